"""How the networks that read words and names are trained, in a small world."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.data.sources import published
from core.data.text.mistakes import count_mistakes
from core.data.text.spelling import PUBLIC, Misspelling, PublicMisspelling
from core.data.text.surnames import LANGUAGES, Surnames
from core.data.text.word_list import WordList
from core.inspection.letters.spelling import WEIGHTS, WITHOUT_LIST
from core.models.shipped import load_shipped
from core.shipping import build
from core.shipping import names as shipped_names
from core.shipping import words as speller
from core.shipping.__main__ import LISTS, main
from core.shipping.names import macro_f1
from core.shipping.words import Features, fit_weights, next_letter_loss
from core.training.tasks import surnames as surname_task

WORDS = WordList(("film", "films", "network", "networks", "the", "they"), np.array([5, 4, 3, 2, 7, 6], np.float32))
PAIRS = tuple(
    Misspelling(wrong, right)
    for wrong, right in (
        ("fim", "film"),
        ("filn", "film"),
        ("flims", "films"),
        ("teh", "the"),
        ("thhe", "the"),
        ("tehy", "they"),
        ("netwrok", "network"),
        ("networs", "networks"),
    )
)
MISTAKES = count_mistakes((pair.wrong, pair.right) for pair in PAIRS)
NAMES = Surnames(tuple(f"name {'abcdefghij'[n % 10] * (1 + n // 10)}" for n in range(60)), ((0,), (14,), (4, 15)) * 20)


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A list of six words, eight misspellings, sixty names; trainings of one epoch, files of four bytes."""
    for data in ("misspellings", "sst2", *PUBLIC, "names"):
        for file in published(data).files:
            (tmp_path / data).mkdir(exist_ok=True)
            (tmp_path / data / file).write_bytes(b"data")
    monkeypatch.setattr(build, "folder_of", lambda name: tmp_path / name)
    monkeypatch.setattr(speller, "shipped_words", lambda: WORDS)
    monkeypatch.setattr(speller, "training_words", lambda: dict.fromkeys(WORDS.words, 3))
    monkeypatch.setattr(speller, "shipped_mistakes", lambda: MISTAKES)
    monkeypatch.setattr(speller, "misspellings", lambda: PAIRS)
    public = (PublicMisspelling("teh", ("the", "they")), PublicMisspelling("film", ("films",)))
    monkeypatch.setattr(speller, "public_misspellings", lambda name: public)
    monkeypatch.setattr(speller, "learnt_from", lambda part: PAIRS)
    monkeypatch.setattr(speller, "scored", lambda: PAIRS)
    for module in (shipped_names, surname_task):
        monkeypatch.setattr(module, "surnames", lambda: NAMES)
    for name in ("word-letters", "names-gru"):
        shipped = build.TRAININGS[name]
        small = shipped.training.model_copy(update={"epochs": 1, "batch_size": 2})
        monkeypatch.setitem(build.TRAININGS, name, replace(shipped, training=small))
    monkeypatch.setattr(build, "THREADS", 1)
    threads = torch.get_num_threads()
    yield
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", ["word-letters", "names-gru"])
def test_the_same_seed_gives_the_same_file(small_world: None, tmp_path: Path, name: str) -> None:
    first, again = (build.pretrain(name, tmp_path / folder) for folder in ("first", "again"))
    files = [(tmp_path / folder / f"{name}.safetensors").read_bytes() for folder in ("first", "again")]
    assert files[0] == files[1]
    assert load_shipped(name, tmp_path / "first").card == first
    assert (first.precision, first.weights_sha256) == ("float16", again.weights_sha256)
    if name == "word-letters":
        assert [score.cases for score in (first.test, *first.also)] == [8] * 6 + [2] * 24 + [2] * 2
        known = next(score for score in first.also if score.data.startswith("distance and frequency; top 3; 2"))
        assert known.correct == 1, "a misspelling that is a word of the list is left alone"
        assert list(first.figures) == [*WEIGHTS.values(), *(name + WITHOUT_LIST for name in WEIGHTS.values())]
    else:
        assert (first.test.cases, [score.cases for score in first.also]) == (8, [4, 8])
        assert list(first.figures) == ["macro F1 over 2 languages on 8 other surnames"]


def test_lists_are_written_from_what_is_fetched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetched = []
    monkeypatch.setattr(build, "folder_of", lambda name: None)
    monkeypatch.setattr(build, "download", fetched.append)
    monkeypatch.setitem(LISTS, "words", (lambda: 1234, ("misspellings", "names")))
    assert main(["words"]) == 0
    assert fetched == ["misspellings", "names"]
    assert "words: 1,234 words" in capsys.readouterr().out


def test_what_tells_words_apart_counts() -> None:
    case = Features(frozenset({"the"}), ("the", "they"), np.array([[2.0, 3.0, 9.0], [5.0, 3.0, 4.0]]))
    weights = fit_weights([case], WORDS)
    assert weights.network > 0 and weights.mistakes < weights.network
    assert case.ranked(weights) == ["the", "they"]
    assert fit_weights([case], WORDS, network=False).network == 0
    assert fit_weights([case], WORDS, frequency=False).frequency == 0
    nothing = Features(frozenset({"the"}), (), np.zeros((0, 3)))
    assert fit_weights([case, nothing], WORDS) == weights and nothing.ranked(weights) == []


def test_macro_f1_by_hand() -> None:
    truth = np.array([0, 0, 0, 1])
    answers = np.array([0, 0, 1, 1])
    assert macro_f1(answers, truth) == round((0.8 + 2 / 3) / 2, 4)
    assert macro_f1(np.full(4, len(LANGUAGES) - 1), truth) == 0


def test_ends_count_and_what_is_beyond_does_not() -> None:
    logits = torch.zeros(1, 3, 28)
    logits[0, 2, 5] = 100
    assert next_letter_loss(logits, torch.tensor([[1, 0, -100]])).item() == pytest.approx(np.log(28), rel=1e-5)
