"""Misspellings: the list is read, split by the right word, and no held-out word is in two parts."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.data.sources import NotHere, folder_of, read_file
from core.data.text import corpora, spelling
from core.data.text.spelling import (
    CARRIED,
    HELD_OUT,
    PUBLIC,
    Misspelling,
    held_out,
    learnt_from,
    misspellings,
    public_misspellings,
    scored,
    split,
)
from core.data.text.word_list import shipped_words

LINES = "abandonne->abandonment, abandon,\nteh->the\nACII->ASCII\naboutit->about it\ndoesnt->doesn't\nfilmm->film\n"


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where data sets are looked for: an empty folder."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    for cached in (corpora.treebank, spelling.all_corrections):
        cached.cache_clear()
    yield tmp_path
    for cached in (corpora.treebank, spelling.all_corrections):
        cached.cache_clear()


@pytest.mark.parametrize("packed", [False, True])
def test_the_list_is_read_packed_or_not(shelf: Path, packed: bool) -> None:
    folder = shelf / "misspellings"
    folder.mkdir()
    if packed:
        (folder / "dictionary.txt.gz").write_bytes(gzip.compress(LINES.encode()))
    else:
        (folder / "dictionary.txt").write_text(LINES)
    assert folder_of("misspellings") == folder
    assert read_file(folder, "dictionary.txt") == LINES.encode()
    assert misspellings() == (Misspelling("teh", "the"), Misspelling("doesnt", "doesn't"), Misspelling("filmm", "film"))


@pytest.mark.parametrize("content", [b"\xff\xfe->x\n", gzip.compress(b"a->b\n", mtime=0)[:-6], b"no gzip"])
def test_without_the_list_or_with_a_damaged_one_it_says_so(shelf: Path, content: bytes) -> None:
    with pytest.raises(NotHere, match="has not been downloaded"):
        misspellings()
    (shelf / "misspellings").mkdir()
    name = "dictionary.txt" if content.startswith(b"\xff") else "dictionary.txt.gz"
    (shelf / "misspellings" / name).write_bytes(content)
    with pytest.raises(NotHere, match="cannot be read"):
        misspellings()


def test_public_lists_are_read_without_what_was_learnt_from(shelf: Path) -> None:
    (shelf / "misspellings").mkdir()
    (shelf / "misspellings" / "dictionary.txt").write_text("".join(f"wrong{n}->word{n}\n" for n in range(3)))
    with pytest.raises(NotHere, match="no copy of Wikipedia's list"):
        public_misspellings("wikipedia-misspellings")
    (shelf / "wikipedia-misspellings").mkdir()
    (shelf / "wikipedia-misspellings" / "List_of_common_misspellings.txt").write_text(
        "# source:\thttps\nTeh\tthe\nalot\ta lot\nspecif\tspecific, specify\nNasa\tNASA\nfilmm\tfilm\n\n"
    )
    (shelf / "misspellings" / "dictionary.txt").write_text("fillm->film\nfilmm->film\nteh->the\n")
    spelling.all_corrections.cache_clear()
    parts = split(misspellings())
    seen = {pair.right for part in ("train", "dev") for pair in parts[part]}
    pairs = public_misspellings("wikipedia-misspellings")
    expected = [("teh", ("the",)), ("specif", ("specific", "specify")), ("filmm", ("film",))]
    assert [(pair.wrong, pair.rights) for pair in pairs] == [one for one in expected if not seen & {*one[1]}]
    assert ("specif", ("specific", "specify")) in [(pair.wrong, pair.rights) for pair in pairs]


def test_a_list_that_is_tested_on_whole_teaches_nothing(shelf: Path) -> None:
    (shelf / "misspellings").mkdir()
    lines = [f"wrong{n}->word\n" for n in "abc"] + [f"wrog{n}->other{n}\n" for n in "abcdefghij"]
    (shelf / "misspellings" / "dictionary.txt").write_text("".join(lines))
    for name, listed in PUBLIC.items():
        if listed.whole:
            (shelf / name).mkdir()
            (shelf / name / listed.file).write_text("word: wrod owrd\nOthera: othra\n")
    assert [(pair.wrong, pair.rights) for pair in public_misspellings("norvig-testset2")] == [
        ("wrod", ("word",)),
        ("owrd", ("word",)),
        ("othra", ("othera",)),
    ]
    learnt = {pair.right for part in ("train", "dev", "test") for pair in learnt_from(part)}
    assert learnt == {f"other{n}" for n in "bcdefghij"}


def test_a_right_word_is_in_one_part_only() -> None:
    pairs = tuple(Misspelling(f"wrong{number}", f"right{number // 3}") for number in range(300))
    parts = split(pairs)
    rights = {part: {pair.right for pair in some} for part, some in parts.items()}
    assert {part: len(some) for part, some in rights.items()} == {"train": 70, "dev": 10, "test": 20}
    assert not rights["train"] & rights["test"] and not rights["dev"] & (rights["train"] | rights["test"])
    assert sum(map(len, parts.values())) == 300
    assert split(pairs) == parts != split(pairs, seed=1)


def test_what_the_app_carries() -> None:
    words = shipped_words()
    assert len(held_out()) == CARRIED
    assert all(pair.right in words and not words.knows(pair.wrong) for pair in held_out())
    assert sum(file.stat().st_size for file in HELD_OUT.parent.iterdir()) < 450_000


def test_what_the_app_carries_was_held_out() -> None:
    if folder_of("misspellings") is None:
        pytest.skip("the list of misspellings is not here")
    parts = split(misspellings())
    assert set(held_out()) <= set(scored()) <= set(parts["test"])
    seen = {pair.right for part in ("train", "dev") for pair in parts[part]}
    assert not seen & {pair.right for pair in held_out()}
