"""Percentages are never rounded up to certainty nor down to nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import percent as written
from core.figures.percent import below_one
from tests.support.blanks import spaced


def percent(*asked, **more):
    return spaced(written.percent(*asked, **more))


def exact_percent(*asked):
    return spaced(written.exact_percent(*asked))


@pytest.mark.parametrize(
    ("share", "decimals", "said"),
    [
        (0.5, 1, "50.0 %"),
        (0.99996, 1, "> 99.9 %"),
        (0.9994, 1, "99.9 %"),
        (1.0, 1, "> 99.9 %"),
        (0.0, 1, "< 0.1 %"),
        (0.0002, 1, "< 0.1 %"),
        (0.0006, 1, "0.1 %"),
        (0.9987, 0, "> 99 %"),
        (0.004, 0, "< 1 %"),
        (0.98871, 2, "98.87 %"),
        (0.9999999, 4, "> 99.9999 %"),
    ],
)
def test_probabilities(share, decimals, said):
    assert percent(share, decimals) == said


def test_a_line_never_ends_within_a_percentage():
    for share in (0, 0.5, 1):
        assert " " not in written.percent(share) and " " not in written.exact_percent(share)


def test_small_ones_can_have_more_digits():
    assert percent(0.0002, small=3) == "0.020 %"
    assert percent(0.000001, small=3) == "< 0.001 %"
    assert percent(0.002, small=3) == "0.2 %"


def test_all_and_none_are_facts_where_they_were_counted():
    assert exact_percent(400 / 400) == "100.0 %"
    assert exact_percent(0 / 400) == "0.0 %"
    assert exact_percent(9999 / 10000) == "> 99.9 %"
    assert exact_percent(1 / 10000, 0) == "< 1 %"


@pytest.mark.parametrize(
    ("share", "decimals", "said"),
    [
        (0.77412, 3, "0.774"),
        (0.99971, 3, "0.9997"),
        (0.999998, 5, "0.999998"),
        (1.0, 4, "1.0000"),
        (-0.0031, 3, "-0.003"),
    ],
)
def test_what_is_below_1_is_not_rounded_up_to_it(share, decimals, said):
    assert below_one(share, decimals) == said


@given(st.floats(0, 1), st.integers(0, 6), st.integers(0, 8))
def test_what_is_said_is_true(share, decimals, small):
    sign, _, number = percent(share, decimals, small).removesuffix(" %").rpartition(" ")
    said = float(number) / 100
    if sign:
        assert share >= said - 1e-12 if sign == ">" else share <= said
    else:
        assert 0 < said < 1
        assert abs(said - share) <= 0.5 * 10 ** -(decimals + 2) + 1e-12
