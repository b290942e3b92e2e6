"""What the server keeps for the live view, and under which addresses."""

import gzip

import pytest
import streamlit as st
from cachetools import LRUCache

from core.ui.components.live import serving


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_networks", LRUCache(serving.MOST_FILES))


def test_the_address_is_the_content() -> None:
    first, second = serving.publish(b"one network"), serving.publish(b"another")
    assert first != second
    assert serving.publish(b"one network") == first
    assert serving.published(first) and serving.published(second)
    assert not serving.published("live/network/0123")
    assert gzip.decompress(serving._networks[first.rpartition("/")[2]]) == b"one network"


def test_the_network_asked_for_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_networks", LRUCache(2))
    first, second = serving.publish(b"1"), serving.publish(b"2")
    assert serving.published(first)  # which brings it to the front again
    third = serving.publish(b"3")
    assert [serving.published(one) for one in (first, second, third)] == [True, False, True]


def test_the_app_may_live_below_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    script = serving.script_address()
    assert serving.routes()[1].path == "/" + script.replace("live.js", "{name}")
    monkeypatch.setattr(st, "get_option", lambda name: "/class/")
    assert serving.routes()[1].path == "/class/" + script.replace("live.js", "{name}")
    assert serving.routes()[0].path == "/class/live/network/{name}"


def test_every_script_is_served() -> None:
    folder = serving._HERE
    assert set(serving._scripts) == {path.name for path in folder.glob("*.js")}
    for name, packed in serving._scripts.items():
        assert gzip.decompress(packed) == (folder / name).read_bytes()
