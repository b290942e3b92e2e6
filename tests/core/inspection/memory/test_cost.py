"""Costs are medians of what a clock says, without the first round."""

import pytest
import torch

from core.inspection.memory.cost import BATCH, HIDDEN, KINDS, WIDTH, build, measure_cost


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_read_the_same_and_give_the_same_shape(kind: str) -> None:
    assert build(kind)(torch.zeros(2, 9, WIDTH)).shape == (2, HIDDEN)


def test_times_are_what_the_clock_says() -> None:
    ticks = iter(range(10**6))
    cost = measure_cost(lengths=(4, 8), repeats=3, budget=1e9, clock=lambda: float(next(ticks)))
    assert cost.lengths == (4, 8)
    for times in (*cost.forward.values(), *cost.training.values()):
        assert times == (1000 / BATCH, 1000 / BATCH)


def test_a_short_budget_still_measures_once() -> None:
    cost = measure_cost(lengths=(4,), repeats=50, budget=0.0)
    assert all(times[0] > 0 for times in cost.training.values())
