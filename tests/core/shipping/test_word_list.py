"""How the list of words is made, from small lists."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from core.data.text.mistakes import shipped_mistakes
from core.data.text.spelling import Misspelling, held_out
from core.data.text.surnames import Surnames
from core.data.text.word_list import LEAST, shipped_words
from core.shipping import word_list

COUNTED = {
    "the": 7.7,
    "dont": 5.0,
    "don't": 6.0,
    "can't": 5.8,
    "cant": 4.3,
    "selfie": 4.0,
    "mom": 5.1,
    "zzz": 2.0,
    "filmm": 1.5,
    "xbox": 2.9,
}
SPELLED = {"mom", "don't", "damn", "Nguyen", "xbox"}


class SmallDictionary:
    """What `spylls` knows of hunspell's dictionary."""

    @classmethod
    def from_files(cls, name: str) -> "SmallDictionary":
        return cls()

    def lookup(self, word: str) -> bool:
        return word in SPELLED

    def lookuper(self, word: str, *, allow_nosuggest: bool) -> bool:
        return word in SPELLED and word != "damn"


@pytest.fixture
def small_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some words of every source."""
    bins: list[list[str]] = [[] for _ in range(900)]
    for word, zipf in COUNTED.items():
        bins[round(900 - 100 * zipf)].append(word)
    wordfreq, hunspell = ModuleType("wordfreq"), ModuleType("spylls.hunspell")
    wordfreq.get_frequency_list = lambda language, wordlist: bins  # type: ignore[attr-defined]
    hunspell.Dictionary = SmallDictionary  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wordfreq", wordfreq)
    monkeypatch.setitem(sys.modules, "spylls", ModuleType("spylls"))
    monkeypatch.setitem(sys.modules, "spylls.hunspell", hunspell)
    monkeypatch.setattr(
        word_list, "_symspell", lambda: iter(["the", "film", "filmm", "film's", "damn", "b", "cant", "can"])
    )
    monkeypatch.setattr(word_list, "shipped_vocabulary", lambda: SimpleNamespace(words=("film", ",", "ending")))
    pairs = (Misspelling("filmm", "film"), Misspelling("teh", "the"), Misspelling("flim", "film"))
    monkeypatch.setattr(word_list, "misspellings", lambda: pairs)
    monkeypatch.setattr(word_list, "split", lambda pairs: {"train": pairs[:1], "dev": (), "test": pairs[1:]})
    monkeypatch.setattr(word_list, "learnt_from", lambda part: pairs[:1])
    monkeypatch.setattr(word_list, "scored", lambda: (*pairs[1:], Misspelling("film", "filmed")))
    monkeypatch.setattr(word_list, "all_corrections", lambda: (("zzz", ("a lot",)), ("it", ("it's",))))
    monkeypatch.setattr(word_list, "first_names", lambda: (("emma",), ("liam",)))
    monkeypatch.setattr(word_list, "surnames", lambda: Surnames(("xbox", "kowalski"), ((0,), (1,))))


def test_every_source_gives_its_words(small_lists: None) -> None:
    words = word_list.collect_words()
    expected = {
        "a",
        "i",
        "the",
        "film",
        "damn",
        "ending",
        "selfie",
        "mom",
        "don't",
        "xbox",
        "it's",
        "emma",
        "liam",
        "can",
        "can't",
    }
    assert set(words.words) == expected  # without "dont", "cant", "filmm", "film's", "zzz", "b", and uncounted surnames
    assert words.never == {"damn"}
    assert (words.zipf_of("the"), words.zipf_of("film")) == (pytest.approx(7.7), LEAST)


def test_it_is_written_as_the_app_reads_it(small_lists: None, tmp_path: Path) -> None:
    files = tmp_path / "words.tsv.xz", tmp_path / "mistakes.tsv.xz", tmp_path / "misspellings.tsv"
    assert word_list.write_words(*files) == len(shipped_words.__wrapped__(files[0])) == 15
    bits = shipped_mistakes.__wrapped__(files[1]).bits
    assert bits(("insert", "m$", "m")) < bits(("insert", "m$", "q"))
    assert held_out.__wrapped__(files[2]) == (Misspelling("flim", "film"), Misspelling("teh", "the"))
