"""What may be sent to a component, and how a mistake is told."""

import json
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ui.components.payload import NotJson, strict_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_json_stays_what_it_is(data: Any) -> None:
    assert strict_json(data) == data
    assert json.loads(json.dumps(strict_json(data), allow_nan=False)) == data


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (np.float32(0.5), 0.5),
        (np.float64(0.1), 0.1),
        (np.int64(3), 3),
        (np.uint8(255), 255),
        (np.bool_(True), True),
        (np.str_("word"), "word"),
        ((1, (2.0, None)), [1, [2.0, None]]),
        (OrderedDict(a=(np.int16(1),)), {"a": [1]}),
    ],
)
def test_numpy_numbers_and_tuples_become_plain(given: Any, plain: Any) -> None:
    found = strict_json(given)
    assert found == plain
    assert type(found) is type(plain)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (float("nan"), r"data\.tracks\[1\] is nan"),
        (np.float32("inf"), r"data\.tracks\[1\] is inf"),
        (np.zeros(2), r"data\.tracks\[1\] is a ndarray"),
        (b"bytes", r"data\.tracks\[1\] is a bytes"),
        ({1: 2}, r"data\.tracks\[1\] has the key 1"),
        ({1, 2}, r"data\.tracks\[1\] is a set"),
        (1j, r"data\.tracks\[1\] is a complex"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(wrong: Any, message: str) -> None:
    with pytest.raises(NotJson, match=message):
        strict_json({"tracks": [0, wrong]})
