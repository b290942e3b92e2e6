"""How the networks that read numbers are scored: on lines of people and digits that they have not learnt."""

import numpy as np
import pytest
import torch

from core.data.images.datasets import sample_digits
from core.data.numbers.writing import LAYOUTS
from core.data.pen.hands import hands
from core.inspection.numbers.scores import ALL, CUTTING, card_scores
from core.models.cards import Card
from core.models.numbers import reader
from core.shipping import numbers
from core.shipping.build import TRAININGS
from core.shipping.training import one_cycle


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(numbers, "digits", lambda split: asked.append(("mnist", split)) or sample_digits())
    monkeypatch.setattr(numbers, "of_part", lambda kind, part: asked.append((kind, part)) or hands())
    monkeypatch.setattr(numbers, "MEASURED", 16)
    monkeypatch.setattr(numbers, "KEPT_BACK", 10)
    numbers.learnt_lines.cache_clear()
    return asked


def test_a_card_counts_every_layout_in_both_ways(small) -> None:
    with torch.random.fork_rng(devices=[]):
        network = reader("cnn-gru").eval()
    results = TRAININGS["number-cnn-gru"].score(network, lines=10)
    assert ("mnist", "test") in small and ("digits", "test") in small and ("digits", "validation") not in small
    card = Card(
        name="", parameters=1, data_sha256={}, recipe={}, seed=0, versions={}, training_seconds=0, weights_sha256="",
        **results,
    )  # fmt: skip
    for way in ("", CUTTING):
        scores = card_scores(card, way)
        assert list(scores) == [ALL, *LAYOUTS]
        assert scores[ALL][1].cases == 16 == sum(scores[layout][1].cases for layout in LAYOUTS)
        assert scores[ALL][0].correct == sum(scores[layout][0].correct for layout in LAYOUTS) or way == ""


def test_training_does_not_touch_what_is_measured_on_or_chosen_by(small, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(numbers, "fit", lambda *arguments: seen.append(arguments))
    numbers.train_number_reader(reader("cnn"), "", one_cycle(learning_rate=1e-3, batch_size=4), lines=12)
    assert set(small) == {("mnist", "train"), ("digits", "train")}
    numbers.learnt_lines.cache_clear()
    assert seen[0][2] == 3
    whole = sample_digits()
    assert len(numbers._part(whole, 0, -10)) == len(whole) - 10
    assert np.array_equal(numbers._part(whole, -10, None).labels, whole.labels[-10:])
