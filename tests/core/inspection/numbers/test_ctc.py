"""Decoding against every path there is."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.inspection.numbers.ctc import beam_search, collapse, edit_distance, greedy, probability_of
from core.models.numbers import BLANK, ctc_loss


def random_columns(steps: int, seed: int, sharp: float = 1.0) -> np.ndarray:
    logits = np.random.default_rng(seed).normal(0, sharp, (steps, BLANK + 1))
    return (np.exp(logits) / np.exp(logits).sum(1, keepdims=True)).astype(np.float32)


def every_number(columns: np.ndarray) -> dict[str, float]:
    """Return every number that any path gives, with the sum over its paths."""
    found: defaultdict[str, float] = defaultdict(float)
    for path in product(range(BLANK + 1), repeat=len(columns)):
        found[collapse(path).digits] += float(np.prod([column[one] for column, one in zip(columns, path, strict=True)]))
    return found


def test_repeats_are_merged_before_blanks_are_dropped() -> None:
    found = collapse([10, 4, 4, 10, 4, 0, 0, 10, 10])
    assert found.merged == (10, 4, 10, 4, 0, 10) and found.digits == "440"
    assert collapse([]).digits == "" and collapse([10, 10]).digits == ""


def test_the_greedy_path_is_the_likeliest_in_every_column() -> None:
    columns = random_columns(12, 1)
    assert greedy(columns).path == tuple(columns.argmax(1))


@pytest.mark.parametrize("seed", range(4))
def test_a_wide_beam_finds_what_all_paths_together_say(seed) -> None:
    columns = random_columns(4, seed, sharp=2)
    truth = every_number(columns)
    found = beam_search(columns, 20_000)
    assert {one.digits for one in found} == {digits for digits, share in truth.items() if share}
    for guess in found:
        assert guess.probability == pytest.approx(truth[guess.digits], rel=1e-5)
    assert found[0].digits == max(truth, key=lambda digits: truth[digits])
    narrow = beam_search(columns, 3)
    assert len(narrow) == 3 and all(one.probability <= truth[one.digits] * 1.00001 for one in narrow)


def test_a_beam_can_know_better_than_the_best_path() -> None:
    """Graves' example: "blank, blank" is the likeliest path, yet most paths together say the digit."""
    columns = np.zeros((2, BLANK + 1), np.float32)
    columns[:, 3], columns[:, BLANK] = 0.4, 0.6
    assert greedy(columns).digits == ""
    best = beam_search(columns, 4)[0]
    assert best.digits == "3" and best.probability == pytest.approx(0.64)


@pytest.mark.parametrize("digits", [[], [2], [2, 2], [9, 0, 9]])
def test_the_probability_of_a_number_is_that_of_torch_and_of_all_paths(digits) -> None:
    columns = random_columns(5, 7)
    target = torch.full((1, 8), -1)
    target[0, : len(digits)] = torch.tensor(digits, dtype=target.dtype)
    loss = float(ctc_loss(torch.from_numpy(columns).log()[None], target))
    assert probability_of(columns, digits) == pytest.approx(np.exp(-loss), rel=1e-4)
    short = columns[:3]
    expected = every_number(short)["".join(map(str, digits))]
    assert probability_of(short, digits) == pytest.approx(expected, rel=1e-5, abs=1e-12)


def test_without_columns_there_is_only_the_empty_number() -> None:
    nothing = np.zeros((0, BLANK + 1), np.float32)
    assert probability_of(nothing, []) == 1 and probability_of(nothing, [1]) == 0
    assert beam_search(nothing, 3)[0].digits == greedy(nothing).digits == ""


def by_definition(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    return min(
        by_definition(one[1:], other) + 1,
        by_definition(one, other[1:]) + 1,
        by_definition(one[1:], other[1:]) + (one[0] != other[0]),
    )


@given(st.text("012", max_size=5), st.text("012", max_size=5))
def test_the_edit_distance_is_that_of_its_definition(one: str, other: str) -> None:
    assert edit_distance(one, other) == by_definition(one, other)
