from pathlib import Path

import numpy as np

from core.runs.exchange.recorded import load_recorded, save_recorded
from core.runs.store.store import Store
from core.runs.store.watching import watch
from core.runs.workers.execute import execute
from core.training.config import TrainConfig
from core.training.control import Control


def test_a_run_comes_back_from_its_file_without_its_person(store: Store, config: TrainConfig, tmp_path: Path) -> None:
    run = store.create(config, "me", "starting")
    execute(store, run, Control())
    view = watch(store, run)
    assert view is not None
    save_recorded(view, tmp_path / "run.npz")
    again = load_recorded(tmp_path / "run.npz")
    assert again is not None
    assert np.allclose(again.curve.rows, view.curve.rows, rtol=1e-6)
    assert again.events == view.events
    assert (again.run.score, again.run.status, again.run.session) == (view.run.score, "finished", "")


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 nonsense")
    assert load_recorded(tmp_path / "nothing.npz") is None
    assert load_recorded(tmp_path / "broken.npz") is None
