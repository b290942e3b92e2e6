"""CTC against a sum over every alignment, and what a column of a network knows."""

from itertools import product

import pytest
import torch

from core.inspection.numbers.ctc import collapse
from core.models.numbers import (
    BLANK,
    NO_DIGIT,
    PADDING,
    REACH,
    STRIDE,
    columns_in,
    count_lines_right,
    ctc_loss,
    reader,
)


def by_every_path(probabilities: torch.Tensor, digits: str) -> float:
    """Add up the probabilities (T, 11) of all 11 ** T paths that collapse to the digits."""
    total = 0.0
    for path in product(range(BLANK + 1), repeat=len(probabilities)):
        if collapse(path).digits == digits:
            total += float(torch.stack([row[symbol] for row, symbol in zip(probabilities, path, strict=True)]).prod())
    return total


@pytest.mark.parametrize("digits", [[], [3], [3, 5], [7, 7], [1, 2, 1]])
def test_the_loss_is_minus_the_log_of_the_sum_over_all_alignments(digits) -> None:
    torch.manual_seed(len(digits))
    logits = torch.randn(1, 4, BLANK + 1, dtype=torch.float64)
    target = torch.full((1, 8), NO_DIGIT)
    target[0, : len(digits)] = torch.tensor(digits, dtype=target.dtype)
    expected = by_every_path(logits[0].softmax(1), "".join(map(str, digits)))
    assert float(ctc_loss(logits, target)) == pytest.approx(-torch.tensor(expected).log().item(), rel=1e-6)


def test_a_line_too_short_for_its_digits_costs_nothing_and_spoils_no_gradient() -> None:
    logits = torch.randn(2, 3, BLANK + 1, requires_grad=True)
    target = torch.tensor([[1, 1, 1] + [NO_DIGIT] * 5, [2] + [NO_DIGIT] * 7])
    ctc_loss(logits, target).backward()
    assert logits.grad is not None and torch.isfinite(logits.grad).all()
    assert not logits.grad[0].any() and logits.grad[1].any()


def test_lines_are_right_where_the_greedy_path_says_exactly_the_digits() -> None:
    paths = [[10, 3, 3, 10, 3], [3, 3, 3, 3, 3], [10] * 5, [1, 2, 10, 10, 10], [1, 2, 3, 4, 5]]
    logits = torch.nn.functional.one_hot(torch.tensor(paths), BLANK + 1).float()
    targets = torch.full((5, 8), NO_DIGIT)
    for row, digits in zip(targets, [[3, 3], [3], [], [1, 2], [1, 2, 3, 4]], strict=True):
        row[: len(digits)] = torch.tensor(digits, dtype=targets.dtype)
    assert int(count_lines_right(logits, targets)) == 4
    longer = torch.full((1, 3), NO_DIGIT)
    assert int(count_lines_right(logits[4:], torch.tensor([[1, 2, 3]]))) == 0  # more than any target holds
    assert int(count_lines_right(logits[2:3], longer)) == 1


@pytest.mark.parametrize("kind", ["cnn-gru", "cnn"])
def test_what_shares_a_batch_changes_nothing(kind) -> None:
    torch.manual_seed(0)
    network = reader(kind).eval()
    line = torch.rand(1, 32, 41)
    batch = torch.full((2, 32, 90), PADDING)
    batch[0, :, :41] = line[0]
    batch[1] = torch.rand(32, 90)
    with torch.inference_mode():
        alone, together = network(line), network(batch)
    assert columns_in(batch).tolist() == [21, 45] and alone.shape == (1, 21, BLANK + 1)
    torch.testing.assert_close(together[:1, :21], alone, atol=1e-5, rtol=1e-4)
    assert (together[0, 21:].softmax(1)[:, BLANK] > 1 - 1e-6).all()


def test_a_column_of_the_convolutions_sees_its_reach_and_one_of_the_gru_sees_everything() -> None:
    torch.manual_seed(0)
    column = 20
    seen = {}
    for kind in ("cnn", "cnn-gru"):
        network = reader(kind).eval()
        line = torch.rand(1, 32, 100, requires_grad=True)
        network(line)[0, column].sum().backward()
        assert line.grad is not None
        seen[kind] = line.grad[0].abs().sum(0).nonzero()[:, 0].tolist()
    half = REACH // 2
    assert seen["cnn"] == list(range(STRIDE * column - half, STRIDE * column + half + 1))
    assert len(seen["cnn-gru"]) > 90


@pytest.mark.parametrize("width", [1, 2, 3])
def test_the_narrowest_lines_are_read(width) -> None:
    with torch.inference_mode():
        assert reader("cnn-gru").eval()(torch.rand(1, 32, width)).shape == (1, (width + 1) // 2, BLANK + 1)
