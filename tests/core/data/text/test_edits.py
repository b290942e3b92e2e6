"""Edits between a typed word and the right one, against rapidfuzz and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from core.data.text.edits import distance, edits

WORDS = st.text("abcde'", max_size=9)


@given(WORDS, WORDS)
def test_the_way_is_as_short_as_rapidfuzz_says_and_leads_there(typed: str, right: str) -> None:
    found = edits(typed, right)
    assert sum(edit.kind != "same" for edit in found) == OSA.distance(typed, right) == distance(typed, right)
    assert "".join(edit.typed for edit in found) == typed
    assert "".join(edit.right for edit in found) == right
    for edit in found:
        assert (edit.kind == "same") == (edit.typed == edit.right)
        if edit.kind == "swap":
            assert edit.typed == edit.right[::-1]


@pytest.mark.parametrize(
    ("typed", "right", "kinds"),
    [
        ("networc", "network", ["change"]),
        ("netowrk", "network", ["swap"]),
        ("teh", "the", ["swap"]),
        ("untill", "until", ["double"]),
        ("acommodate", "accommodate", ["single"]),
        ("nework", "network", ["delete"]),
        ("nestwork", "network", ["insert"]),
        ("network", "network", []),
        ("", "ab", ["delete", "delete"]),
        ("zz", "", ["double", "double"]),
    ],
)
def test_by_hand(typed: str, right: str, kinds: list[str]) -> None:
    assert [edit.kind for edit in edits(typed, right) if edit.kind != "same"] == kinds
