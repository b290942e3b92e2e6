"""The runner of this server, and what all pages say of runs. The one place of the pages that knows the runner."""

import contextlib
import time

from core.models.images.design import ImpossibleShape
from core.runs.limits import OverLimit
from core.runs.runner import Runner
from core.runs.store.record import Run, RunSummary, Sweep
from core.runs.store.store import Busy, StoreProblem
from core.runs.workers import local
from core.training.config import BadConfig

REFUSALS = (BadConfig, ImpossibleShape, Busy, OverLimit, StoreProblem)
"""Why a run or sweep is not started; each error is a sentence."""

TESTING = 60.0
"""Seconds for which a page waits for the score of a stopped run."""


def current_runner() -> Runner:
    """Return the runner of this server."""
    return local.runner()


def run_label(run: Run | RunSummary | Sweep) -> str:
    """Return the title of a run or sweep with the beginning of its number: titles need not be unique."""
    return f"{run.title} ({run.id[:4]})"


def expects_news(run: Run) -> bool:
    """Whether the run will still change: a stopped run is tested for a moment."""
    tested = run.status != "stopped" or run.score is not None or not run.step
    return run.active or not (tested or time.time() - (run.ended or 0) > TESTING)


def sweep_expects_news(sweep: Sweep) -> bool:
    """Whether a sweep will still change: where it was stopped, its last trials end, and are tested, after it.

    Where the store does not answer, nothing is expected; whoever shows the sweep says that it does not.
    """
    with contextlib.suppress(StoreProblem):
        return sweep.active or any(map(expects_news, current_runner().store.runs(sweep=sweep.id)))
    return False
