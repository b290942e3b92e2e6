"""What the typing field is told, and what of its messages reaches the page."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.runtime.state.session_state import SessionState

from core.ui.components.typing import typing as field
from core.ui.shell.typed_first import hear_what_was_typed_first

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "version", "number", "x"]), inner)
    ),
    max_leaves=6,
)


def deliver(monkeypatch: pytest.MonkeyPatch, message: object, version: int = 1, limit: int = 5) -> list[str]:
    """Draw the field, let a browser send a message, and return what the page was told."""
    drawn: dict[str, Any] = {}
    heard: list[str] = []
    monkeypatch.setattr(field, "_show", lambda **given: drawn.update(given))
    monkeypatch.setattr(field.st, "session_state", {})
    field.typing_field(
        "a", key="k", version=version, on_type=heard.append, label="Text", help="", placeholder="", limit=limit
    )
    monkeypatch.setattr(field.st, "session_state", {"k": SimpleNamespace(typed=message)})
    drawn["on_typed_change"]()
    return heard


def test_text_reaches_the_page_and_its_number_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deliver(monkeypatch, {"text": "so", "version": 1, "number": 7}) == ["so"]
    assert field._heard({"text": "so", "version": 1, "number": 7}) == 7


def test_too_much_text_is_seen_to_be_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deliver(monkeypatch, {"text": "abcdefghij" * 1000, "version": 1}) == ["abcdef"]
    assert deliver(monkeypatch, {"text": "\U0001f600" * 9, "version": 1}) == ["\U0001f600" * 6]


def test_what_was_typed_into_an_older_version_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deliver(monkeypatch, {"text": "late", "version": 1}, version=2) == []


def test_what_was_typed_is_heard_before_the_click_that_came_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(field, "_show", lambda **given: None)
    monkeypatch.setattr(field.st, "session_state", {"k": SimpleNamespace(typed={"text": "so", "version": 1})})
    monkeypatch.setattr(SessionState, "_call_callbacks", lambda _state: heard.append("click"))
    field.typing_field("a", key="k", version=1, on_type=heard.append, label="Text", help="", placeholder="", limit=5)
    hear_what_was_typed_first()
    SessionState()._call_callbacks()
    assert heard == ["so", "click"]


@pytest.mark.parametrize("message", [None, "text", 3, [], {}, {"version": 1}, {"text": 5, "version": 1}])
def test_what_is_no_text_is_ignored(monkeypatch: pytest.MonkeyPatch, message: object) -> None:
    assert deliver(monkeypatch, message) == []
    assert field._heard(message) is None


@given(ANYTHING, st.integers(0, 20))
def test_whatever_arrives_becomes_text_that_can_be_encoded_or_nothing(sent: object, limit: int) -> None:
    text = field.readable(sent, limit)
    assert (text is None) == (not isinstance(sent, str))
    if text is not None:
        text.encode()
        assert len(text) <= limit + 1
    number = field._heard(sent)
    assert number is None or type(number) is int


@given(st.text(max_size=40), st.integers(0, 20))
def test_whole_characters_come_through_unchanged(text: str, limit: int) -> None:
    assert field.readable(text, limit) == text[: limit + 1]


def test_half_a_character_is_replaced() -> None:
    assert field.readable("a\ud83d", 9) == "a\ufffd"
    assert field.readable("\ude00b", 9) == "\ufffdb"
    assert field.readable("\ud83d\ude00", 9) == "\U0001f600"
