from pathlib import Path

import pytest

from core.runs.store.store import Store
from core.runs.workers import local
from tests.support.apps import open_page
from tests.support.runs import Notebook


@pytest.mark.parametrize("about", ["4 seats, 2 GPUs on 3 machines", ""])
def test_the_side_bar_says_where_trainings_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, about: str) -> None:
    class Elsewhere(Notebook):
        def about(self) -> str:
            return about

    runner = Elsewhere(Store(tmp_path / "runs"))
    monkeypatch.setattr(local, "runner", lambda: runner)
    said = [caption.value for caption in open_page("runs").sidebar.caption]
    assert any("4 seats, 2 GPUs on 3 machines" in one for one in said) == bool(about)
