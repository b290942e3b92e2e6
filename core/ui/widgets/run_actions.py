"""The runner of this server, and what all pages say of runs. The one place of the pages that knows the runner."""

from core.models.images.design import ImpossibleShape
from core.runs.limits import OverLimit
from core.runs.runner import Runner
from core.runs.store.record import Run, RunSummary, Sweep
from core.runs.store.store import Busy, StoreProblem
from core.runs.workers import local
from core.training.config import BadConfig

REFUSALS = (BadConfig, ImpossibleShape, Busy, OverLimit, StoreProblem)
"""Why a run or sweep is not started; each error is a sentence."""


def current_runner() -> Runner:
    """Return the runner of this server."""
    return local.runner()


def run_label(run: Run | RunSummary | Sweep) -> str:
    """Return the title of a run or sweep with the beginning of its number: titles need not be unique."""
    return f"{run.title} ({run.id[:4]})"
