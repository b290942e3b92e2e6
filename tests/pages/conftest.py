"""What all tests of pages share: whatever state they bring a page to, its components are told strict JSON."""

import json
from typing import Any, NoReturn

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def strict_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every run of every page look at what its components were told."""
    run_page = AppTest._run

    def run_and_look(app: AppTest, *given: Any, **named: Any) -> AppTest:
        run_page(app, *given, **named)
        for component in app.get("bidi_component"):
            check(component.proto)
        return app

    monkeypatch.setattr(AppTest, "_run", run_and_look)


def check(proto: Any) -> None:
    """Fail unless a component was told strict JSON: no NaN, and nothing that Streamlit has sent as text instead.

    Streamlit turns data into text as a whole where JSON cannot hold a part of it, one number of NumPy for example.
    """
    kind = proto.WhichOneof("data")
    if kind is None:
        return
    name = proto.component_name
    assert kind == "json", f"{name} was told {kind}"
    assert not isinstance(json.loads(proto.json, parse_constant=lambda word: refuse(name, word)), str), name


def refuse(name: str, word: str) -> NoReturn:
    raise AssertionError(f"{name} was told {word}, which no browser can read")
