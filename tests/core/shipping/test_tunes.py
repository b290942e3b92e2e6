"""How the networks that write tunes are scored, and what counts as a tune."""

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from core.data.tunes.collection import ALPHABET, END, encode
from core.inspection.letters.tunes import compose, judge, score_name, write_on
from core.models.text.letters import TUNE_LETTERS, tune_writer
from core.shipping import tunes as shipped
from core.shipping.training import one_cycle
from core.shipping.tunes import measure


class Always(nn.Module):
    """Expects b after a and a after everything else, nearly surely."""

    def forward(self, letters: Tensor) -> Tensor:
        a, b = encode("ab").tolist()
        logits = torch.full((*letters.shape, len(ALPHABET)), -30.0)
        logits[..., b] = torch.where(letters == a, 0.0, -30.0)
        logits[..., a] = torch.where(letters == a, -30.0, 0.0)
        return logits


def test_networks_know_every_letter() -> None:
    assert len(ALPHABET) == TUNE_LETTERS


def test_bits_and_right_answers_by_hand() -> None:
    bits, right = measure(Always(), ["abab", "ba"], "by hand")  # each tune begins with a state of zeros
    assert (right.cases, right.correct) == (6, 5)
    assert bits == pytest.approx(30 / math.log(2) / 6, rel=1e-3)


def test_a_tune_is_judged() -> None:
    whole = "M:2/4\nL:1/4\nK:G\nGA|Bc|d2|G2||" + END
    wrong = whole.replace("Bc", "Bcd")
    assert judge([whole, wrong, whole.rstrip(), "K:G\n" + END, ""]) == (2, 1)


def test_the_same_seed_writes_the_same_and_the_end_ends() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = tune_writer("gru").eval()
    first, again = (compose(network, "M:3/4\n", 3, 1.0, seed=5, most=60) for _ in range(2))
    assert first == again != compose(network, "M:3/4\n", 3, 1.0, seed=6, most=60)
    assert all(text.endswith(END) or len(text) == 54 for text in first)
    assert compose(network, "abc", 2, 1.0, seed=0, most=3) == ("", "")
    with torch.no_grad():
        network.dense.bias[0] += 1000  # the end of a line, always
    assert compose(network, "M:3/4\n", 2, 1.0, seed=0) == ("\n", "\n")
    assert compose(network, "abc", 1, 1.0, seed=0) == (END,)


def test_shipped_networks_write() -> None:
    assert write_on("lstm", "M:6/8\n", 0.5, 1) == write_on("lstm", "M:6/8\n", 0.5, 1)


def test_scores_have_different_names() -> None:
    names = {score_name(temperature, bars) for temperature in (None, 0.5, 0.8, 1.0) for bars in (False, True)}
    assert len(names) == 8


def test_a_small_training_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    tune = "M:2/4\nL:1/4\nK:G\nGA|Bc|d2|G2||" + END
    monkeypatch.setattr(shipped, "part", lambda name: (tune,) * 16)
    monkeypatch.setattr(shipped, "describe", lambda name: f"tunes to {name}")
    training = one_cycle(epochs=15, batch_size=8, learning_rate=1e-2)
    network = replace(shipped.TUNE_TRAININGS["tunes-lstm"], training=training).run("tunes-lstm")
    bits, right = measure(network, [tune], "it")
    assert bits < 2 and right.accuracy > 0.5
