"""Labelled sentences: SST-2 where it is, and what there is without it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.sources import NotHere
from core.data.text import corpora
from core.data.text.corpora import Corpus, is_here, library, made_by_rule, paired, treebank


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where data sets are looked for: an empty folder."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    treebank.cache_clear()
    library.cache_clear()
    yield tmp_path / "sst2"
    treebank.cache_clear()
    library.cache_clear()


@pytest.mark.parametrize(("part", "size", "positive"), [("train", 6920, 3610), ("dev", 872, 444), ("test", 1821, 909)])
def test_the_published_sizes(part: corpora.Part, size: int, positive: int) -> None:
    if not is_here():
        pytest.skip("SST-2 is not here")
    corpus = treebank(part)
    assert len(corpus) == len(corpus.labels) == size
    assert corpus.labels.sum() == positive
    assert set(corpus.labels.tolist()) == {0, 1}
    assert min(map(len, corpus.sentences)) > 0
    assert corpus.source == f"SST-2, {part}: {size:,} sentences of film reviews"


def test_the_parts_have_hardly_a_sentence_in_common() -> None:
    if not is_here():
        pytest.skip("SST-2 is not here")
    train, test = set(treebank("train").sentences), set(treebank("test").sentences)
    assert len(train & test) <= 5


def test_without_data_it_says_so(shelf: Path) -> None:
    assert not is_here()
    with pytest.raises(NotHere, match="has not been downloaded"):
        treebank("test")


def test_without_data_the_library_has_pairs_only(shelf: Path) -> None:
    assert library().sentences == paired(held_out=True, count=300).sentences
    assert len(library()) == 600


@pytest.mark.parametrize("content", [b"1 \xff\xfe", b"good film\n", b"1 fine\nnot\n"])
def test_damaged_files(shelf: Path, content: bytes) -> None:
    shelf.mkdir()
    for part in ("train", "dev", "test"):
        (shelf / f"stsa.binary.{part}").write_bytes(content)
    with pytest.raises(NotHere, match="cannot be read"):
        treebank("train")


def test_files_are_read_line_by_line(shelf: Path) -> None:
    shelf.mkdir()
    for part in ("train", "dev", "test"):
        (shelf / f"stsa.binary.{part}").write_text("1 A Good -LRB- film -RRB-\n0 it 's bad\x85so\n", encoding="utf-8")
    corpus = treebank("dev")
    assert corpus.sentences == (("a", "good", "(", "film", ")"), ("it", "'s", "bad", "so"))
    assert corpus.labels.tolist() == [1, 0]
    assert len(library()) == 602


def test_with_data_the_library_begins_with_the_test_sentences() -> None:
    if not is_here():
        pytest.skip("SST-2 is not here")
    assert len(library()) == 1821 + 600
    assert library().sentences[:1821] == treebank("test").sentences


def test_corpora_are_put_together() -> None:
    both = Corpus((("a",),), np.array([1]), "one") + Corpus((("b",), ("c", "d")), np.array([0, 1]), "two")
    assert both.sentences == (("a",), ("b",), ("c", "d"))
    assert both.labels.tolist() == [1, 0, 1]
    assert both.source == "one; two"


def test_sentences_made_by_rule_are_balanced() -> None:
    corpus = made_by_rule(100, 40, 7)
    assert len(corpus) == len(corpus.labels) == 240
    assert corpus.labels[:200].tolist() == [1, 0] * 100
    assert corpus.source == "240 sentences made by rule"
