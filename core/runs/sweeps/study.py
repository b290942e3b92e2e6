"""A sweep as a study of Optuna: which values to try next, and what is learnt from a trial."""

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState

from core.runs.store.record import USABLE, Run
from core.runs.sweeps.config import SweepConfig, Varied
from core.runs.sweeps.pruning import BehindTheMedian

WARM_UP = 3
"""Trials that must have ended before one is ended early."""
ATTEMPTS = 50
"""Draws that may repeat earlier values before the sweep ends."""

Values = dict[str, str]
"""What a trial tries: values by setting, as in an address."""


class OpenTrial:
    """A trial that has not ended."""

    def __init__(self, trial: optuna.Trial, values: Values) -> None:
        self.values = values
        self.best: float | None = None
        self.pruned = False
        self.optuna, self._validations = trial, 0

    def report(self, accuracy: float) -> None:
        """Tell the study the accuracy of a validation."""
        self.best = max(self.best or 0.0, accuracy)
        self._validations += 1
        self.optuna.report(accuracy, self._validations)

    def should_prune(self) -> bool:
        """Whether the trial should be ended now; only once."""
        return not self.pruned and self.optuna.should_prune()


class Study:
    """Draws values for one sweep, and learns from the results."""

    def __init__(self, config: SweepConfig) -> None:
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self._distributions = {one.name: _distribution(one, config) for one in config.vary}
        self._vary = config.vary
        self._known: list[tuple[Values, float | None]] = []
        sampler = (
            optuna.samplers.TPESampler(seed=config.seed, n_startup_trials=min(10, max(WARM_UP, config.total // 3)))
            if config.sampler == "tpe"
            else optuna.samplers.RandomSampler(seed=config.seed)
        )
        pruner = BehindTheMedian(n_startup_trials=WARM_UP) if config.pruning else optuna.pruners.NopPruner()
        self._study = optuna.create_study(direction="maximize", sampler=sampler, pruner=pruner)
        if config.sampler == "grid":  # Optuna's GridSampler does not work with ask and tell
            for combination in config.combinations:
                self._study.enqueue_trial(dict(combination))

    def draw(self, active: list[Values]) -> OpenTrial | None:
        """Return a trial with new values, or None where only old ones come; `active` are those of other open trials."""
        for _ in range(ATTEMPTS):
            trial = self._study.ask(self._distributions)
            values = {one.name: one.text(trial.params[one.name]) for one in self._vary}
            known = [value for tried, value in self._known if tried == values]
            if not known and values not in active:
                return OpenTrial(trial, values)
            value = known[0] if known else None
            self._study.tell(trial, value, TrialState.FAIL if value is None else TrialState.COMPLETE)
        return None

    def close(self, trial: OpenTrial, run: Run | None) -> None:
        """Learn how a trial ended; a run that diverged counts as accuracy 0, so that the sampler avoids its values."""
        if run is None:
            state, value = TrialState.FAIL, None
        elif trial.pruned:
            state, value = TrialState.PRUNED, trial.best
        elif run.status == "diverged":
            state, value = TrialState.COMPLETE, 0.0
        elif run.status in USABLE and trial.best is not None:
            state, value = TrialState.COMPLETE, trial.best
        else:
            state, value = TrialState.FAIL, None
        self._known.append((trial.values, value))
        self._study.tell(trial.optuna, value if state is TrialState.COMPLETE else None, state)


def _distribution(one: Varied, config: SweepConfig) -> BaseDistribution:
    if one.values or config.sampler == "grid":
        return CategoricalDistribution(one.on_grid())
    assert one.low is not None
    assert one.high is not None
    if one.whole:
        return IntDistribution(int(one.low), int(one.high), log=one.log)
    return FloatDistribution(one.low, one.high, log=one.log)
