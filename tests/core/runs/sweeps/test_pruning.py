"""Which trials are ended early."""

import optuna
import pytest
from optuna.trial import TrialState

from core.runs.sweeps.pruning import BehindTheMedian


def study_with(*curves: list[float]) -> optuna.Study:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", pruner=BehindTheMedian(n_startup_trials=3))
    for curve in curves:
        trial = study.ask()
        for step, value in enumerate(curve, 1):
            trial.report(value, step)
        study.tell(trial, max(curve), TrialState.COMPLETE)
    return study


def ends_at(study: optuna.Study, curve: list[float]) -> int | None:
    """The report at which a trial with this curve is ended."""
    trial = study.ask()
    for step, value in enumerate(curve, 1):
        trial.report(value, step)
        if trial.should_prune():
            return step
    return None


GOOD = [0.5, 0.7, 0.8, 0.9, 0.92]


@pytest.mark.parametrize(
    ("curve", "step"),
    [
        ([0.6, 0.95, 0.1, 0.1, 0.1], 4),  # collapses after the best start of all
        ([0.1, 0.2, 0.3, 0.4, 0.5], 3),
        ([0.6, 0.75, 0.7, 0.95, 0.96], None),  # one bad report is no falling behind
        ([0.1, 0.8, 0.85, 0.91, 0.93], None),  # the first report is not judged
    ],
)
def test_who_is_behind_twice_is_ended(curve: list[float], step: int | None) -> None:
    assert ends_at(study_with(GOOD, GOOD, GOOD), curve) == step


def test_nobody_is_ended_before_there_is_something_to_compare_with() -> None:
    assert ends_at(study_with(GOOD, GOOD), [0.1] * 5) is None
