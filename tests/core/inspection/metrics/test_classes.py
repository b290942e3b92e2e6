"""Scores of classes: hand-worked, and those of torchmetrics and scikit-learn."""

import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk
from torchmetrics.functional import classification as tm

from core.inspection.metrics.classes import Counts, bootstrap, count_answers, rates, scores

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40)


def test_four_answers_are_scored_as_in_the_lecture() -> None:
    counts = count_answers(list("0110"), list("0100"))
    assert counts.classes == ("0", "1") and counts.confusion.tolist() == [[2, 0], [1, 1]]
    assert scores(counts.confusion)["accuracy"] == 0.75
    assert round(float(rates(counts.confusion).f1[1]), 2) == 0.67


@settings(max_examples=25, deadline=None)
@given(PAIRS)
def test_scores_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    truth, said = ([str(one) for one in column] for column in zip(*pairs, strict=True))
    counts = count_answers(truth, said)
    found = {name: float(value) for name, value in scores(counts.confusion).items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of classes that never occur
        assert counts.confusion.tolist() == sk.confusion_matrix(truth, said, labels=list(counts.classes)).tolist()
        assert found["accuracy"] == pytest.approx(sk.accuracy_score(truth, said))
        assert found["balanced"] == pytest.approx(sk.balanced_accuracy_score(truth, said))
        assert found["kappa"] == pytest.approx(sk.cohen_kappa_score(truth, said), nan_ok=True)
        for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
            for average in ("micro", "macro", "weighted"):
                assert found[f"{name} {average}"] == pytest.approx(score(truth, said, average=average)), average
            assert getattr(rates(counts.confusion), name) == pytest.approx(score(truth, said, average=None))


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_torchmetrics(seed: int) -> None:
    draw = np.random.default_rng(seed)
    truth, said = torch.from_numpy(draw.integers(0, 4, 50)), torch.from_numpy(draw.integers(0, 4, 50))
    counts = count_answers([str(one) for one in truth.tolist()], [str(one) for one in said.tolist()])
    found = {name: float(value) for name, value in scores(counts.confusion).items()}
    assert counts.confusion.tolist() == tm.multiclass_confusion_matrix(said, truth, 4).tolist()
    assert found["kappa"] == pytest.approx(float(tm.multiclass_cohen_kappa(said, truth, 4)), abs=1e-6)
    assert found["balanced"] == pytest.approx(float(tm.multiclass_accuracy(said, truth, 4, average="macro")), abs=1e-6)
    of = {"precision": tm.multiclass_precision, "recall": tm.multiclass_recall, "f1": tm.multiclass_f1_score}
    for name, score in of.items():
        for average in ("micro", "macro", "weighted"):
            expected = float(score(said, truth, 4, average=average))
            assert found[f"{name} {average}"] == pytest.approx(expected, abs=1e-6)


def test_where_libraries_disagree_is_as_the_page_says() -> None:
    truth, said = [0, 0, 1, 1], [0, 2, 1, 1]  # 2 is answered, never true; 3 is neither
    t, s = torch.tensor(truth), torch.tensor(said)
    ours = scores(count_answers([str(one) for one in truth], [str(one) for one in said]).confusion)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert float(ours["balanced"]) == sk.balanced_accuracy_score(truth, said) == 0.75
        assert tm.multiclass_accuracy(s, t, 3, average="macro") == 0.5
        macro = sk.f1_score(truth, said, average="macro")
        assert float(ours["f1 macro"]) == pytest.approx(macro)
        assert float(tm.multiclass_f1_score(s, t, 4)) == pytest.approx(macro)
        assert sk.f1_score(truth, said, average="macro", labels=[0, 1, 2, 3]) < macro
        assert np.isnan(sk.cohen_kappa_score([1, 1], [1, 1]))
    one = torch.tensor([1, 1])
    assert torch.isnan(tm.multiclass_cohen_kappa(one, one, 2))
    assert np.isnan(scores(count_answers(["a", "a"], ["a", "a"]).confusion)["kappa"])
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert sk.precision_score([0, 1], [0, 0]) == 0 and seen
    zero = torch.tensor([0, 0]), torch.tensor([0, 1])
    assert tm.binary_precision(*zero) == 0 and tm.binary_precision(*zero, zero_division=1) == 1
    tied = [[0.3, 0.3, 0.4], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    found = [sk.top_k_accuracy_score([first, 0, 1, 2], tied, k=2, normalize=False) for first in (0, 1)]
    assert found == [3, 4]  # of two equal ones the last is preferred


def test_a_bootstrap_of_cells_is_one_of_rows() -> None:
    draw = np.random.default_rng(1)
    truth = draw.integers(0, 3, 200)
    said = np.where(draw.random(200) < 0.7, truth, draw.integers(0, 3, 200))
    counts = count_answers([str(one) for one in truth], [str(one) for one in said])
    ends = bootstrap(counts, 2)
    rows = draw.integers(200, size=(2000, 200))
    low, high = np.quantile((truth == said)[rows].mean(1), (0.025, 0.975))
    assert ends["accuracy"] == pytest.approx((low, high), abs=0.02)
    assert all(
        low <= float(value) <= high for name, value in scores(counts.confusion).items() for low, high in [ends[name]]
    )
    assert bootstrap(counts, 2) == ends


def test_fifty_classes_need_little_memory() -> None:
    counts = Counts(tuple(map(str, range(50))), np.eye(50, dtype=np.int64))
    assert bootstrap(counts, 0)["accuracy"] == (1, 1)
