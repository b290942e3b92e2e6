"""Scripts that the browser fetches once: their addresses, and what is answered there."""

import gzip
import json
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.ui.components import convolution, player, serving, strips, typing
from core.ui.components.convolution import convolution as bench
from core.ui.components.player import player as played
from core.ui.components.strips import strips as pictures
from core.ui.components.typing import typing as field

COMPONENTS = [(convolution, bench), (player, played), (strips, pictures), (typing, field)]


def address_in(lines: str) -> str:
    """The address that a loader imports."""
    return str(json.loads(lines[lines.index("= [") + 2 : lines.index("]\n") + 1])[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.js").write_text("const A = 1")
    (tmp_path / "b.js").write_text("export default () => A")
    (tmp_path / "b.css").write_text('.b::before { content: "\u2713" }')
    return tmp_path


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=serving.routes()))


def test_scripts_and_style_become_one_module(folder: Path, client: TestClient) -> None:
    lines = serving.script(folder, ("a.js", "b.js"), "b.css")
    answer = client.get("/" + address_in(lines))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    first, second, style = answer.text.split("\n")
    assert (first, second) == ("const A = 1", "export default () => A")
    assert json.loads(style.removeprefix("export const componentStyle = ")) == (folder / "b.css").read_text()


def test_another_content_has_another_address(folder: Path, client: TestClient) -> None:
    before = address_in(serving.script(folder, ("a.js", "b.js"), "b.css"))
    assert address_in(serving.script(folder, ("a.js", "b.js"), "b.css")) == before
    (folder / "b.css").write_text("")
    after = address_in(serving.script(folder, ("a.js", "b.js"), "b.css"))
    assert before != after
    assert client.get("/" + before).status_code == client.get("/" + after).status_code == 200


@pytest.mark.parametrize(("package", "module"), COMPONENTS)
def test_every_component_is_served(package, module, client: TestClient) -> None:
    folder = Path(package.__file__).parent
    (address,) = (one for one in serving._published if one.startswith(f"scripts/{folder.name}/"))
    text = client.get("/" + address).text
    for name in module._SCRIPTS:
        assert (folder / name).read_text("utf-8") in text
    assert {path.name for path in folder.glob("*.js")} == set(module._SCRIPTS)


def test_nothing_else_is_served(client: TestClient) -> None:
    for address in (
        "scripts/",
        "scripts/strips/0123/strips.js",
        "scripts/..%2f..%2fapp.py",
        "scripts/strips/strips.py",
    ):
        assert client.get("/" + address).status_code == 404


def test_the_app_may_live_below_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serving.routes()[0].path == "/scripts/{rest:path}"
    monkeypatch.setattr(st, "get_option", lambda name: "/class/")
    assert serving.routes()[0].path == "/class/scripts/{rest:path}"


def test_what_goes_with_every_run_is_short() -> None:
    assert gzip.decompress(serving.packed(b"x")) == b"x"
    assert len(serving.loader("scripts/strips/" + "0" * 20 + "/strips.js")) < 2500
