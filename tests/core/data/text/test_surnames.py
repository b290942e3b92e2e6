"""Surnames: distinct, without accents, split so that no name is in two parts."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.sources import NotHere, folder_of
from core.data.text import surnames as module
from core.data.text.surnames import ALPHABET, CARRIED, LANGUAGES, Surnames, carried, held_out, split, surnames


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty folder for the list."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    surnames.cache_clear()
    (tmp_path / "names").mkdir()
    yield tmp_path / "names"
    surnames.cache_clear()


def write(shelf: Path, **names: str) -> None:
    for language in LANGUAGES:
        (shelf / f"{language}.txt").write_text(names.get(language, ""), encoding="utf-8")


def test_repeats_and_accents_fall_together_and_languages_are_kept(shelf: Path) -> None:
    write(shelf, Arabic="Khoury\nKhoury\n", Czech="Maxa/B\nČech\n", English="Cech\nSmith\n", Scottish="Smith\n")
    czech, english, scottish = (LANGUAGES.index(name) for name in ("Czech", "English", "Scottish"))
    found = surnames()
    assert found.names == ("cech", "khoury", "smith")
    assert found.languages == ((czech, english), (0,), (english, scottish))
    assert found.single.names == ("khoury",)
    assert found.several.names == ("cech", "smith")
    letters, languages = found.encode()
    assert languages.tolist() == [czech, english, 0, english, scottish]
    np.testing.assert_array_equal(letters[:2], ALPHABET.encode(["cech", "cech", "khoury"])[:2])


def test_without_the_list_or_with_a_damaged_one_it_says_so(shelf: Path) -> None:
    with pytest.raises(NotHere, match="has not been downloaded"):
        surnames()
    write(shelf)
    (shelf / "Greek.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(NotHere, match="cannot be read"):
        surnames()


def test_every_language_is_split_alike_and_no_name_is_in_two_parts() -> None:
    names = tuple(f"name {number}" for number in range(200))
    everything = Surnames(names, tuple([(0,)] * 100 + [(1,)] * 50 + [(0, 1)] * 50))
    parts = split(everything)
    assert sorted(name for part in parts.values() for name in part.names) == sorted(names)
    for part, tenths in (("train", 7), ("dev", 1), ("test", 2)):
        some = parts[part].languages
        assert [some.count(kind) for kind in ((0,), (1,), (0, 1))] == [10 * tenths, 5 * tenths, 5 * tenths]
    assert split(everything) == parts != split(everything, seed=1)


def test_what_the_app_carries_was_held_out(tmp_path: Path) -> None:
    counts = [carried().languages.count((one,)) for one in range(len(LANGUAGES))]
    assert sum(counts) == len(carried()) and max(counts) == CARRIED and sum(count > 0 for count in counts) == 17
    if folder_of("names") is None:
        pytest.skip("the list of surnames is not here")
    parts = split(surnames())
    assert held_out() == parts["test"].single
    assert not set(held_out().names) & {*parts["train"].names, *parts["dev"].names}
    assert set(carried().names) <= set(held_out().names)
    assert module.write_sample(tmp_path / "names.tsv") == len(carried())
    assert (tmp_path / "names.tsv").read_bytes() == module.SAMPLE.read_bytes()


def test_without_the_list_the_app_carries_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "folder_of", lambda name: None)
    assert held_out() == carried()
