"""A score beside what the largest class alone would get, and classes that count alike."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from pydantic import TypeAdapter
from sklearn.metrics import balanced_accuracy_score
from sklearn.utils.class_weight import compute_class_weight
from torch import nn

from core.training.config import TrainConfig
from core.training.prepare import prepare
from core.training.task import Score, Task, count_right, evaluate
from core.training.tasks.images import class_weights
from tests.support.stripes import short_run, store_uneven


class Answers(nn.Module):
    """Hands on the logits that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(()))

    def forward(self, logits: torch.Tensor) -> torch.Tensor:
        return logits


def task_of(labels: torch.Tensor, answers: torch.Tensor, classes: int) -> Task:
    """Return a task whose network gives these answers, in batches of seven."""
    logits = F.one_hot(answers, classes).float()
    return Task(
        network=Answers(),
        epoch=lambda generator: iter(()),
        steps_per_epoch=1,
        loss=F.cross_entropy,
        correct=count_right,
        validation=None,
        test=lambda: zip(logits.split(7), labels.split(7), strict=True),
        sizes=(0, 0, len(labels)),
        outputs=tuple(map(str, range(classes))),
    )


def test_a_network_that_always_says_the_largest_class_is_found_out() -> None:
    score = Score(loss=0.2, correct=40, cases=42, by_class=((40, 40), (0, 2)))
    assert score.majority == score.accuracy == pytest.approx(0.952381, abs=1e-6)
    assert score.mean_recall == 0.5


def test_even_classes_have_no_mean_recall_and_uncounted_ones_no_majority() -> None:
    assert Score(0.1, 15, 20, ((8, 10), (7, 10))).majority == 0.5
    assert Score(0.1, 15, 20, ((8, 10), (7, 10))).mean_recall is None
    assert Score(0.1, 20, 30, ((15, 20), (5, 10))).mean_recall is None, "twice is not more than twice"
    assert (Score(0.1, 15, 20).majority, Score(0.1, 15, 20).mean_recall) == (None, None)
    assert Score(0.1, 3, 9, ((3, 9), (0, 0))).mean_recall is None, "a class without a case has no recall"


def test_classes_are_counted_as_scikit_learn_counts_them() -> None:
    draw = np.random.default_rng(0)
    labels, answers = draw.choice(3, 200, p=[0.8, 0.15, 0.05]), draw.integers(0, 3, 200)
    task = task_of(torch.from_numpy(labels), torch.from_numpy(answers), 3)
    score = evaluate(task, task.test, by_class=True)
    assert evaluate(task, task.test).by_class == ()
    assert score.mean_recall == pytest.approx(balanced_accuracy_score(labels, answers))
    assert score.majority == np.bincount(labels).max() / 200
    assert (sum(right for right, _ in score.by_class), sum(of for _, of in score.by_class)) == (score.correct, 200)


def test_scores_that_were_stored_before_are_read() -> None:
    read = TypeAdapter(Score)
    assert read.validate_python({"loss": 0.1, "correct": 3, "cases": 4}) == Score(0.1, 3, 4)
    score = Score(0.1, 3, 4, ((3, 3), (0, 1)))
    assert read.validate_json(read.dump_json(score)) == read.validate_python(asdict(score)) == score


def test_weights_are_those_of_scikit_learn_and_missing_classes_weigh_nothing() -> None:
    labels = np.array([0] * 20 + [1] * 4 + [3])
    weights = class_weights(labels, 5)
    expected = compute_class_weight("balanced", classes=np.array([0, 1, 3]), y=labels)
    np.testing.assert_allclose(weights[[0, 1, 3]], expected, rtol=1e-6)
    assert weights[2] == weights[4] == 0
    assert weights[torch.from_numpy(labels)].mean() == pytest.approx(1)


def test_weights_make_a_network_see_the_rare_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    config = short_run(store_uneven())
    losses = {}
    for weighted in (False, True):
        task = config.images.model_copy(update={"class_weights": weighted})
        ready = prepare(TrainConfig(task=task, training=config.training))
        logits = torch.tensor([[2.0, 0.0], [2.0, 0.0]], requires_grad=True)
        losses[weighted] = ready.loss(logits, torch.tensor([0, 1])).item()
        with torch.no_grad():
            plain = ready.loss(logits.detach(), torch.tensor([0, 1])).item()
        assert plain == pytest.approx(F.cross_entropy(logits, torch.tensor([0, 1])).item())
    assert losses[True] > losses[False], "a mistake on the rare class counts more"
