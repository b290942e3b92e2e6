"""The trials of a sweep: what each tried, and with which result."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.runs.store.events import TrialPruned, TrialStarted
from core.runs.store.record import USABLE, Run
from core.runs.store.store import Store
from core.training.events import Validation


@dataclass(frozen=True)
class Trial:
    """A run of a sweep.

    Attributes:
        run: its record.
        number: from 1, in the order in which they started.
        values: of the hyperparameters that vary, as in an address.
        pruned: whether it was ended early because it fell behind.
        accuracy: its best validation accuracy so far, 0-1; None before the first validation.
        best: whether it has the highest accuracy of those that have ended, but for those that were ended early or
            diverged: how good these were once says little of their end.
    """

    run: Run
    number: int
    values: Mapping[str, str]
    pruned: bool
    accuracy: float | None
    best: bool = False


def sweep_table(store: Store, sweep: str) -> list[Trial]:
    """Return the trials of a sweep in the order in which they started; of equally good ones the first is the best."""
    started: dict[str, TrialStarted] = {}
    accuracies: dict[str, float] = {}
    pruned = set()
    for run, event in store.sweep_events(sweep, (TrialStarted, TrialPruned, Validation)):
        match event:
            case TrialStarted():
                started[run] = event
            case TrialPruned():
                pruned.add(run)
            case Validation(score=score):
                accuracies[run] = max(accuracies.get(run, 0.0), score.accuracy)
    trials = [
        Trial(record, trial.number, trial.values, record.id in pruned, accuracies.get(record.id))
        for record in store.runs(sweep=sweep)
        if (trial := started.get(record.id))
    ]
    trials.sort(key=lambda trial: trial.number)
    ended = [
        trial for trial in trials if trial.accuracy is not None and trial.run.status in USABLE and not trial.pruned
    ]
    winner = max(ended, key=lambda trial: trial.accuracy or 0.0, default=None)
    return [replace(trial, best=trial is winner) for trial in trials]


def best_trial(table: list[Trial]) -> Trial | None:
    """Return the best trial of a table, or None while none has ended."""
    return next((trial for trial in table if trial.best), None)
