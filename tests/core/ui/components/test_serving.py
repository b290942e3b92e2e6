"""What the browser fetches for components: the addresses, and what is answered there."""

import gzip
import json
import posixpath
import re
from pathlib import Path, PurePosixPath

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.ui.components import component, serving

FOLDER = Path(serving.__file__).parent
SCRIPTS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))
VENDORED = [name for name in SCRIPTS if "/vendor/" in name]
MODULES = [name for name in SCRIPTS if name not in VENDORED]
STYLES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.css"))


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=serving.routes()))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_comes_without_its_comments(name: str, client: TestClient) -> None:
    answer = client.get("/" + serving.address(name))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    source = (FOLDER / name).read_text("utf-8")
    assert 0 < len(answer.text) < len(source)
    assert not re.search(r"^\s*(//|/\*\*)", answer.text, re.MULTILINE)


@pytest.mark.parametrize("name", VENDORED)
def test_what_others_wrote_comes_whole_with_its_licence(name: str, client: TestClient) -> None:
    answer = client.get("/" + serving.address(name))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.text == (FOLDER / name).read_text("utf-8")
    assert "Permission is hereby granted" in answer.text[:2000]


@pytest.mark.parametrize("name", STYLES)
def test_a_style_comes_as_it_is(name: str, client: TestClient) -> None:
    answer = client.get("/" + serving.address(name))
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.text == (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("attempt", [0, 3])
def test_imports_lead_to_modules_of_the_same_attempt(name: str, attempt: int, client: TestClient) -> None:
    address = serving.address(name, attempt)
    for imported in re.findall(r'^import\b[^"]*"([^"]+)"', client.get("/" + address).text, re.M):
        target = client.get(f"/{PurePosixPath(address).parent}/{imported}")
        assert target.status_code == 200, f"{name} imports {imported}"
        assert f"/{attempt}/" in target.url.path


ENTRIES = [name for name in MODULES if PurePosixPath(name).stem == PurePosixPath(name).parent.name]


@pytest.mark.parametrize("name", ENTRIES)
def test_a_component_is_one_pack_in_which_nothing_is_missing(name: str, client: TestClient) -> None:
    address = serving.address(name).removesuffix(".js") + ".json"
    answer = client.get("/" + address)
    assert answer.headers["Content-Type"] == "application/json" and "immutable" in answer.headers["Cache-Control"]
    pack = answer.json()
    assert pack["place"] == serving.PLACE
    style = FOLDER / name.replace(".js", ".css")
    assert pack["style"] == (style.read_text("utf-8") if style.exists() else None)
    paths = [path for path, _ in pack["modules"]]
    assert paths[-1] == name and len(paths) == len(set(paths))
    for place, (path, source) in enumerate(pack["modules"]):
        alone = client.get("/" + serving.address(path)).text
        imported = re.findall(r'(?:\bfrom|\bimport) ?"(\.[^"]+)"', alone)
        names = [posixpath.normpath(f"{PurePosixPath(path).parent}/{one}") for one in imported]
        assert re.findall(r'"module:([^"]+)"', source) == names
        assert set(names) <= set(paths[:place]), path  # each module after those that it imports
        for relative, full in zip(imported, names, strict=True):
            alone = alone.replace(f'"{relative}"', f'"module:{full}"')
        assert source == alone


def test_nothing_else_is_served(client: TestClient) -> None:
    place = serving.PLACE
    for address in (
        f"{place}/0/",
        f"{place}/0/serving.py",
        f"{place}/0/../serving.py",
        f"{place}/0/..%2f..%2fplain_text.py",
        f"{place}/x/pick/pick.js",
        f"{place}/0/pick/serving.json",
        f"{place}/0/loader/../serving.json",
        "components/0123/0/pick/pick.js",
        "components/published/0123",
        "components/",
    ):
        assert client.get("/" + address).status_code == 404, address


def test_the_app_may_live_below_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(route.path.startswith("/components/") for route in serving.routes())
    monkeypatch.setattr(st, "get_option", lambda name: "/class/")
    assert all(route.path.startswith("/class/components/") for route in serving.routes())


def test_what_goes_with_every_run_is_short_and_whole() -> None:
    lines = component.loader("pick")
    assert len(lines) < 1300
    (text,) = re.findall(r'JSON\.parse\(("(?:[^"\\]|\\.)*")\)', lines)
    assert json.loads(json.loads(text)) == {"place": serving.PLACE, "name": "pick"}


@pytest.fixture
def nothing_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_published", serving.OrderedDict())


@pytest.mark.usefixtures("nothing_published")
def test_the_address_of_a_published_file_is_its_content(client: TestClient) -> None:
    first, second = serving.publish(b"one network"), serving.publish(b"another")
    assert first != second
    assert serving.publish(b"one network") == first
    assert serving.is_published(first) and serving.is_published(second)
    assert not serving.is_published("components/published/0123")
    assert client.get("/" + first).content == b"one network"
    assert gzip.decompress(serving._published[first.rpartition("/")[2]]) == b"one network"


@pytest.mark.usefixtures("nothing_published")
def test_the_file_unused_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_FILES", 2)
    first, second = serving.publish(b"1"), serving.publish(b"2")
    assert serving.is_published(first)  # which is a use
    third = serving.publish(b"3")
    assert [serving.is_published(one) for one in (first, second, third)] == [True, False, True]
