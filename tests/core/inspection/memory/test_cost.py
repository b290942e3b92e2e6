"""Costs are medians of what a clock says, without the first round."""

import pytest
import torch

from core.inspection.memory.cost import BATCH, FEWEST, HIDDEN, KINDS, WIDTH, build, measure_cost


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_read_the_same_and_give_the_same_shape(kind: str) -> None:
    assert build(kind)(torch.zeros(2, 9, WIDTH)).shape == (2, HIDDEN)


def test_times_are_what_the_clock_says() -> None:
    ticks = iter(range(10**6))
    cost = measure_cost(lengths=(4, 8), repeats=3, budget=1e9, clock=lambda: float(next(ticks)))
    assert cost.lengths == (4, 8)
    for times in (*cost.forward.values(), *cost.training.values()):
        assert times == (1000 / BATCH, 1000 / BATCH)


def test_a_short_budget_still_measures_some_rounds() -> None:
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        return float(looks)

    cost = measure_cost(lengths=(4,), repeats=50, budget=0.0, clock=clock)
    assert looks == (1 + FEWEST) * len(KINDS) * 2 * 2 - len(KINDS) * 2
    assert all(times[0] > 0 for times in cost.training.values())
