import pytest
import streamlit as st

from core.ui.components.kept_drawing import kept_drawing as component


def test_what_comes_back_while_another_page_is_chosen_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, object] = {}
    returned: list[object] = []
    monkeypatch.setattr(component, "_show", lambda **told: shown.update(told))
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    component.kept_drawing("1", None, "", returned.append)
    pass_on = shown["on_returned_change"]
    pass_on()
    assert returned == []
    state["kept-drawing"] = {"returned": "strokes"}
    pass_on()
    assert returned == ["strokes"]
