"""A run in one file, curve and all: `assets/runs/lab.npz` is what a page shows before anybody has trained."""

import json
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from core.paths import ASSETS
from core.runs.store.columns import from_columns, to_columns
from core.runs.store.events import decode, encode
from core.runs.store.watching import RunView
from core.training.curve import Curve

LAB = ASSETS / "runs" / "lab.npz"


def save_recorded(view: RunView, file: Path = LAB) -> None:
    """Write a run that has ended, without the person who started it."""
    run = to_columns(replace(view.run, session=""))
    record = json.dumps({"run": run, "events": [encode(event) for event in view.events]})
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = view.curve.rows.astype(np.float32)
    np.savez_compressed(file, rows=rows, record=np.frombuffer(record.encode(), np.uint8))


@cache
def load_recorded(file: Path = LAB) -> RunView | None:
    """Return the run of a file, or None where there is none that can be read."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            rows, record = stored["rows"].astype(np.float64), json.loads(stored["record"].tobytes())
        events = tuple(decode(*event) for event in record["events"])
        return RunView(from_columns(record["run"]), Curve.from_rows(rows), events)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile):
        return None
