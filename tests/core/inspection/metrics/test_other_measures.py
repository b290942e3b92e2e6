"""Errors of numbers, perplexity, BLEU and thresholds: those of torchmetrics and scikit-learn."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics as sk
from torchmetrics import functional as tm
from torchmetrics.functional.text import bleu_score, perplexity

from core.inspection.metrics.numbers import bootstrap_errors, errors
from core.inspection.metrics.texts import bleu, surprise
from core.inspection.metrics.threshold import curve_of, outcome_at, thin


@pytest.mark.parametrize("seed", range(3))
def test_errors_are_those_of_both_libraries(seed: int) -> None:
    draw = np.random.default_rng(seed)
    truth, said = draw.normal(size=(2, 30))
    found, t, s = errors(truth, said), torch.tensor(truth), torch.tensor(said)
    assert found.mae == pytest.approx(sk.mean_absolute_error(truth, said))
    assert found.mae == pytest.approx(float(tm.mean_absolute_error(s, t)))
    assert found.mse == pytest.approx(sk.mean_squared_error(truth, said))
    assert found.mse == pytest.approx(float(tm.mean_squared_error(s, t)))
    assert found.rmse == pytest.approx(sk.root_mean_squared_error(truth, said))
    assert found.r2 == pytest.approx(sk.r2_score(truth, said))
    assert found.r2 == pytest.approx(float(tm.r2_score(s, t)))
    for name, (low, high) in bootstrap_errors(truth, said).items():
        assert low < getattr(found, name) < high


def test_r2_of_a_truth_that_never_changes_is_as_the_page_says() -> None:
    assert math.isnan(errors([2, 2], [2, 3]).r2)
    for said, expected in (([2.0, 2.0], 1), ([2.0, 3.0], 0)):
        assert sk.r2_score([2.0, 2.0], said) == expected
        assert tm.r2_score(torch.tensor(said), torch.tensor([2.0, 2.0])) == expected
    assert all(math.isnan(end) for end in bootstrap_errors([2, 2], [2, 3])["r2"])


def test_perplexity_is_that_of_torchmetrics() -> None:
    shares = [0.5, 0.25, 0.125, 0.5]
    logits = torch.tensor([[[share, 1 - share] for share in shares]]).log()
    found = surprise(shares)
    assert found.bits == (1, 2, 3, 1) and found.mean == 1.75
    assert found.perplexity == pytest.approx(float(perplexity(logits, torch.zeros(1, 4, dtype=torch.long))))
    assert surprise([1]).perplexity == 1
    for nonsense in ([0.0], [1.5], [-0.1]):
        with pytest.raises(ValueError, match=r"not a probability.*\."):
            surprise(nonsense)


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("the cat sat on the mat today", "the cat sat on a mat today"),
        ("the the the the the the the", "the cat is on the mat"),
        ("it is a guide to action", "it is a guide to action that ensures it"),
        ("a b", "a b"),
        ("a b c d e f", "a b c d e f"),
    ],
)
def test_bleu_is_that_of_torchmetrics(candidate: str, reference: str) -> None:
    found = bleu(candidate.split(), reference.split())
    assert found.score == pytest.approx(float(bleu_score([candidate], [[reference]])), abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_curves_are_those_of_scikit_learn(seed: int) -> None:
    draw = np.random.default_rng(seed)
    positive = draw.random(300) < 0.2
    shares = np.round(np.clip(0.3 * positive + draw.random(300), 0, 1), 2)  # with ties
    curve = curve_of(shares, positive)
    alarms, found, thresholds = sk.roc_curve(positive, shares, drop_intermediate=False)
    assert np.array_equal(curve.thresholds, thresholds)
    assert np.allclose(curve.recall, found) and np.allclose(curve.false_alarms, alarms)
    assert curve.area == pytest.approx(sk.roc_auc_score(positive, shares))
    assert curve.average_precision == pytest.approx(sk.average_precision_score(positive, shares))
    target = torch.from_numpy(positive).long()
    average = tm.classification.binary_average_precision(torch.from_numpy(shares), target)
    assert curve.average_precision == pytest.approx(float(average), abs=1e-6)
    best, least = curve.cheapest(10, 1)
    costs = [outcome_at(shares, positive, one).cost(10, 1) for one in (*np.unique(shares), np.inf)]
    assert least == min(costs) == outcome_at(shares, positive, best).cost(10, 1)


def test_outcomes_and_thinning() -> None:
    shares, positive = np.array([0.9, 0.5, 0.4, 0.1]), np.array([True, False, True, False])
    found = outcome_at(shares, positive, 0.5)
    assert (found.true_positives, found.false_positives, found.false_negatives, found.true_negatives) == (1, 1, 1, 1)
    assert found.accuracy == 0.5 and found.cost(10, 1) == 11
    many = np.arange(10_000) % 10 == 7
    kept = thin(many, 0.01)
    assert many[kept].mean() == pytest.approx(0.01, abs=1e-4) and (~many[kept]).sum() == 9000
    assert len(np.unique(kept)) == len(kept)
