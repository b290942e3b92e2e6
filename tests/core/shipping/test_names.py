"""How the networks that read words and names are trained, in a small world."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.data.sources import published
from core.data.text.edits import MISTAKES
from core.data.text.spelling import Misspelling, WordList
from core.data.text.surnames import LANGUAGES, Surnames
from core.inspection.letters.spelling import NETWORK_WEIGHT, WITHOUT_LIST, card_figure, nearby_words
from core.models.shipped import load_shipped
from core.shipping import build
from core.shipping import names as shipped_names
from core.shipping import words as shipped_words
from core.shipping.__main__ import LISTS, main
from core.shipping.names import macro_f1
from core.shipping.words import fit_weights, next_letter_loss
from core.training.tasks import surnames as surname_task

WORDS = WordList(("film", "films", "the", "they", "network", "networks"), (30, 5, 99, 9, 0, 0))
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
NAMES = Surnames(tuple(f"name {'abcdefghij'[n % 10] * (1 + n // 10)}" for n in range(60)), ((0,), (14,), (4, 15)) * 20)


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A list of six words, eight misspellings, sixty names; trainings of one epoch, files of four bytes."""
    for data in ("misspellings", "sst2", "names"):
        for file in published(data).files:
            (tmp_path / data).mkdir(exist_ok=True)
            (tmp_path / data / file).write_bytes(b"data")
    monkeypatch.setattr(build, "folder_of", lambda name: tmp_path / name)
    monkeypatch.setattr(shipped_words, "shipped_words", lambda: WORDS)
    monkeypatch.setattr(shipped_words, "misspellings", lambda: PAIRS)
    monkeypatch.setattr(shipped_words, "split", lambda pairs: {"dev": pairs})
    monkeypatch.setattr(shipped_words, "scored", lambda: PAIRS)
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
        assert [score.cases for score in (first.test, *first.also)] == [8] * 6 + [6] * 6 + [2] * 2
        named = [NETWORK_WEIGHT, *map(card_figure, MISTAKES)]
        assert list(first.figures) == [*named, *(name + WITHOUT_LIST for name in named)]
    else:
        assert (first.test.cases, [score.cases for score in first.also]) == (8, [4, 8])
        assert list(first.figures) == ["macro F1 over 2 languages on 8 other surnames"]


def test_lists_are_written_from_what_is_fetched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetched = []
    monkeypatch.setattr(build, "folder_of", lambda name: None)
    monkeypatch.setattr(build, "download", fetched.append)
    monkeypatch.setitem(LISTS, "words", (lambda: 1234, ("misspellings", "sst2")))
    assert main(["words"]) == 0
    assert fetched == ["misspellings", "sst2"]
    assert "words: 1,234 words" in capsys.readouterr().out


def test_what_is_common_costs_little() -> None:
    near = [nearby_words(pair.wrong, WORDS) for pair in PAIRS]
    weights = fit_weights([(pair, some, np.zeros(len(some))) for pair, some in zip(PAIRS, near, strict=True)], WORDS)
    assert weights.network == 0
    assert weights.cost("swap") < weights.cost("insert")
    case = (Misspelling("thex", "the"), ("the", "they"), np.array([2.0, 5.0]))
    assert fit_weights([case], WORDS).network > 0


def test_macro_f1_by_hand() -> None:
    truth = np.array([0, 0, 0, 1])
    answers = np.array([0, 0, 1, 1])
    assert macro_f1(answers, truth) == round((0.8 + 2 / 3) / 2, 4)
    assert macro_f1(np.full(4, len(LANGUAGES) - 1), truth) == 0


def test_ends_count_and_what_is_beyond_does_not() -> None:
    logits = torch.zeros(1, 3, 28)
    logits[0, 2, 5] = 100
    assert next_letter_loss(logits, torch.tensor([[1, 0, -100]])).item() == pytest.approx(np.log(28), rel=1e-5)
