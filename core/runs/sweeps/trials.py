"""The trials of a sweep: what each tried, and with which result."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.runs.store.events import TrialPruned, TrialStarted
from core.runs.store.record import USABLE, Status
from core.runs.store.store import Store
from core.training.events import Validation


@dataclass(frozen=True)
class Trial:
    """A run of a sweep, as a table shows it.

    Attributes:
        run: its id.
        number: from 1, in the order in which they started.
        values: of the hyperparameters that vary, as they stand in an address.
        status: of the run.
        reason: a sentence where the status alone does not say enough.
        pruned: whether it was ended early because it was worse than the median.
        score: its best validation accuracy so far, 0-1; None before the first validation.
        test: its accuracy on the test data, 0-1, once it is known.
        epoch: passes over the training data done.
        seconds: spent on updates.
        best: whether no other trial that ended has a higher score.
    """

    run: str
    number: int
    values: Mapping[str, str]
    status: Status
    reason: str
    pruned: bool
    score: float | None
    test: float | None
    epoch: float
    seconds: float
    best: bool = False


def sweep_table(store: Store, sweep: str) -> list[Trial]:
    """Return the trials of a sweep in the order in which they started; of equally good ones the first is the best."""
    started: dict[str, TrialStarted] = {}
    scores: dict[str, float] = {}
    pruned = set()
    for run, event in store.sweep_events(sweep, (TrialStarted, TrialPruned, Validation)):
        match event:
            case TrialStarted():
                started[run] = event
            case TrialPruned():
                pruned.add(run)
            case Validation(score=score):
                scores[run] = max(scores.get(run, 0.0), score.accuracy)
    trials = [
        Trial(
            run=run.id,
            number=started[run.id].number,
            values=started[run.id].values,
            status=run.status,
            reason=run.reason,
            pruned=run.id in pruned,
            score=scores.get(run.id),
            test=run.accuracy,
            epoch=run.epoch,
            seconds=run.seconds,
        )
        for run in store.runs(sweep=sweep)
        if run.id in started
    ]
    trials.sort(key=lambda trial: trial.number)
    ended = [trial for trial in trials if trial.score is not None and trial.status in USABLE and not trial.pruned]
    winner = max(ended, key=lambda trial: trial.score or 0.0, default=None)
    return [replace(trial, best=True) if trial is winner else trial for trial in trials]


def best_trial(table: list[Trial]) -> Trial | None:
    """Return the best trial of a table, or None while none has ended."""
    return next((trial for trial in table if trial.best), None)
