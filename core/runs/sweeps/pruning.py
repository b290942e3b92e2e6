"""Ends trials of a sweep that fall behind the others."""

import statistics

import optuna
from optuna.trial import FrozenTrial, TrialState


class BehindTheMedian(optuna.pruners.BasePruner):
    """Prune a trial that is worse than the median of the finished ones now, and was so at its last report.

    Optuna's own MedianPruner looks at the best report so far, so a trial that
    collapses after a good start would go on to its end.

    Args:
        n_startup_trials: trials that must have ended before.
        n_warmup_steps: reports of a trial that are not judged.
    """

    def __init__(self, n_startup_trials: int, n_warmup_steps: int = 1) -> None:
        self._startup, self._warmup = n_startup_trials, n_warmup_steps

    def prune(self, study: optuna.Study, trial: FrozenTrial) -> bool:
        """Return whether the trial is to be ended; values are better the larger they are."""
        ended = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE, TrialState.PRUNED))
        judged = sorted(step for step in trial.intermediate_values if step > self._warmup)[-2:]
        return len(ended) >= self._startup and len(judged) == 2 and all(self._behind(ended, trial, at) for at in judged)

    @staticmethod
    def _behind(ended: list[FrozenTrial], trial: FrozenTrial, step: int) -> bool:
        others = [other.intermediate_values[step] for other in ended if step in other.intermediate_values]
        return bool(others) and trial.intermediate_values[step] < statistics.median(others)
