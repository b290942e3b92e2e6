import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.inspection.images.softmax import round_to_sum, softmax, softmax_steps


def test_by_hand() -> None:
    worked = softmax_steps([0.0, math.log(3), 0.0])
    assert worked.logits.tolist() == [0.0, 1.0986, 0.0]
    assert worked.exponentials[0] == 1.0
    assert worked.percent.sum() == pytest.approx(100, abs=1e-9)
    assert worked.percent == pytest.approx([20, 60, 20], abs=2e-3)


@given(st.lists(st.floats(-30, 25), min_size=10, max_size=10))
def test_the_shown_columns_add_up_and_agree_with_pytorch(logits: list[float]) -> None:
    worked = softmax_steps(logits)
    units = np.round(worked.percent * 10_000).astype(int)
    assert units.sum() == 1_000_000
    assert round(worked.exponentials.sum(), 4) == pytest.approx(worked.total, abs=2e-4, rel=1e-12)
    expected = torch.tensor(logits, dtype=torch.float64).softmax(0).numpy()
    assert np.abs(worked.percent / 100 - expected).max() < 2e-4
    assert np.abs(softmax(logits) - expected).max() < 1e-6


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
def test_no_rounded_value_is_off_by_a_unit(values: list[float]) -> None:
    exact = np.array(values)
    assert np.abs(round_to_sum(exact) - exact).max() <= 1.0001e-4


@pytest.mark.parametrize("logits", [[800.0, 799.0, 2.0], [-50.0, -49.0], [0.0] * 20])
def test_logits_of_any_size_are_worked_out(logits: list[float]) -> None:
    """An overfitted network, or one on raw pixels: its exponentials could not be written down as they are."""
    worked = softmax_steps(logits)
    assert worked.subtracted == (max(logits) if max(logits) else 0.0)
    by_hand = [math.exp(value - worked.subtracted) for value in logits]
    assert worked.exponentials == pytest.approx(by_hand, abs=1.0001e-4)
    assert worked.percent.sum() == pytest.approx(100, abs=1e-9)
    assert np.abs(worked.percent / 100 - torch.tensor(logits).softmax(0).numpy()).max() < 2e-4


@pytest.mark.parametrize("bad", [[[1.0]], [math.nan, 1], [math.inf, 1.0], []])
def test_what_cannot_be_written_down_is_refused(bad: list) -> None:
    with pytest.raises(ValueError, match="finite logits"):
        softmax_steps(bad)
