"""How good a network is: against hand-worked numbers, torchmetrics and scikit-learn."""

import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support
from torch import nn
from torchmetrics.functional.classification import multiclass_calibration_error

from core.data.images.datasets import sample_digits
from core.data.images.image_set import ImageSet
from core.inspection.images import shared_evaluation
from core.inspection.images.calibration import calibrate
from core.inspection.images.evaluation import CannotEvaluate, compare_checkpoints, score_predictions
from core.inspection.images.misclassified import predicted_labels
from core.inspection.images.shared_evaluation import evaluate
from core.inspection.networks import Choice, shipped
from core.inspection.proportions import share

CLASSES = ("a", "b", "c")


def pictures(labels: list[int], source: str = "made up") -> ImageSet:
    count = len(labels)
    return ImageSet(np.zeros((count, 28, 28), np.uint8), np.array(labels, np.int64), np.arange(count), source, True)


def test_an_interval_is_wilsons() -> None:
    # 8 of 10, worked by hand with z = 1.959964: (0.8 + z2/20 -+ z sqrt(0.016 + z2/400)) / (1 + z2/10)
    found = share(8, 10)
    assert (found.low, found.high) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert share(10, 10).high == 1
    assert share(10, 10).low > 0.7
    with pytest.raises(ValueError, match="at least one"):
        share(0, 0)


def test_every_number_of_a_small_examination() -> None:
    probabilities = np.array(
        [[0.9, 0.06, 0.04], [0.3, 0.6, 0.1], [0.2, 0.7, 0.1], [0.8, 0.1, 0.1], [0.5, 0.4, 0.1]], np.float32
    )
    found = score_predictions(probabilities, pictures([0, 0, 1, 1, 2]), CLASSES)
    assert found.confusion.tolist() == [[1, 1, 0], [1, 1, 0], [1, 0, 0]]
    assert (found.accuracy.count, found.top2.count) == (2, 4)
    np.testing.assert_allclose(found.precision, [1 / 3, 1 / 2, np.nan])
    np.testing.assert_allclose(found.recall, [1 / 2, 1 / 2, 0])
    np.testing.assert_allclose(found.f1, [2 / 5, 1 / 2, 0])
    assert found.mistakes().tolist() == [3, 1, 4]
    assert found.in_cell(1, 0).tolist() == [3]
    assert found.in_cell(2, 2).tolist() == []


@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(1, 200))
def test_scores_are_those_of_scikit_learn_and_errors_those_of_torchmetrics(seed: int, classes: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    probabilities = draw.dirichlet(np.full(classes, 0.3), count).astype(np.float32)
    labels = draw.integers(0, classes, count)
    found = score_predictions(probabilities, pictures(labels.tolist()), tuple(map(str, range(classes))))
    wanted = precision_recall_fscore_support(
        labels, probabilities.argmax(1), labels=list(range(classes)), zero_division=np.nan
    )
    np.testing.assert_allclose(found.precision, wanted[0], rtol=1e-6)
    np.testing.assert_allclose(found.recall, wanted[1], rtol=1e-6)
    np.testing.assert_allclose(found.f1, wanted[2], rtol=1e-6)
    assert found.confusion.sum() == count
    error = multiclass_calibration_error(
        torch.from_numpy(probabilities), torch.from_numpy(labels), classes, n_bins=15, norm="l1"
    )
    assert found.calibration.error == pytest.approx(float(error), abs=2e-6)
    assert found.accuracy.low <= found.accuracy.value <= found.accuracy.high


def test_groups_hold_their_upper_edge() -> None:
    found = calibrate(np.array([0.0, 0.5, 0.51, 1.0]), np.array([False, True, True, True]), bins=2)
    assert found.counts.tolist() == [2, 2]
    assert found.confidence.tolist() == pytest.approx([0.25, 0.755])
    assert found.accuracy.tolist() == [0.5, 1.0]
    assert found.error == pytest.approx((0.25 + 0.245) / 2)
    assert np.isnan(calibrate(np.array([0.9]), np.array([True]), bins=2).accuracy[0])


def test_what_was_learnt_and_forgotten() -> None:
    images = pictures([0, 0, 1, 1])
    before = score_predictions(
        np.array([[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.9, 0.1]], np.float32), images, ("a", "b")
    )
    after = score_predictions(
        np.array([[0.4, 0.6], [0.8, 0.2], [0.3, 0.7], [0.1, 0.9]], np.float32), images, ("a", "b")
    )
    change = compare_checkpoints(before, after)
    assert change.learnt.tolist() == [3, 1]
    assert change.forgotten.tolist() == [0]
    with pytest.raises(ValueError, match="same pictures"):
        compare_checkpoints(before, score_predictions(np.array([[1.0, 0.0]], np.float32), pictures([0]), ("a", "b")))


def test_a_shipped_network_is_examined_once() -> None:
    images, choice = sample_digits(), shipped("digit-mlp")
    heard: list[float] = []
    found = evaluate(choice, images, heard.append)
    np.testing.assert_array_equal(found.answers, predicted_labels("digit-mlp", images.images))
    assert found.accuracy.cases == len(images)
    assert heard == sorted(heard)
    assert evaluate(choice, images, lambda _: pytest.fail("it was read again")) is found


def test_other_weights_under_the_same_name_are_examined_anew() -> None:
    def choice(bias: float) -> Choice:
        network = nn.Sequential(nn.Flatten(), nn.Linear(784, 3))
        network[1].weight.data.zero_()
        network[1].bias.data = torch.tensor([0.0, bias, 0.0])
        return Choice("run", "run", "", network.eval().requires_grad_(False), "", CLASSES)

    images = pictures([0, 1, 1, 2], "weights")
    assert evaluate(choice(1.0), images).accuracy.count == 2
    assert evaluate(choice(-1.0), images).accuracy.count == 1
    with pytest.raises(CannotEvaluate, match="diverged"):
        evaluate(choice(float("nan")), images)
    with pytest.raises(CannotEvaluate, match="no test images"):
        evaluate(choice(1.0), pictures([], "none"))


def test_many_who_ask_at_once_wait_for_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    read, times = shared_evaluation._read, []

    def counting(*arguments: object) -> object:
        times.append(1)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(shared_evaluation, "_read", counting)
    images = replace(sample_digits(), source="asked at once")
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(evaluate(shipped("digit-mlp"), images))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1
    assert len(times) == -(-len(images) // shared_evaluation.BATCH)


def test_who_leaves_while_it_is_read_loses_nothing() -> None:
    images = replace(sample_digits(), source="left")

    def leave(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(shipped("digit-mlp"), images, leave)
    assert evaluate(shipped("digit-mlp"), images).accuracy.cases == len(images)
