import re
from pathlib import Path

import pytest

from core.paths import ROOT
from core.ui.page_registry import DOORS
from tests.support.apps import open_page


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.title)
def test_every_page_opens_in_the_frame(door) -> None:
    app = open_page(Path(door.script).stem if door.url_path else "")
    assert app.title[0].value == (door.heading or door.title)
    assert any("CPU" in badge.value or "GPU" in badge.value for badge in app.sidebar.markdown)
    assert not app.error


def test_every_script_has_a_door() -> None:
    scripts = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"}
    assert scripts == {door.script for door in DOORS}
    assert len({door.url_path for door in DOORS}) == len(DOORS)
    assert all(re.fullmatch(r"[a-z-]*", door.url_path) for door in DOORS)


def test_a_fresh_machine_has_all_of_mnist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    app = open_page("draw_digit")
    app.button(key="random-test-digit").click().run()
    app.button(key="misread-digit").click().run()
    assert not app.exception
