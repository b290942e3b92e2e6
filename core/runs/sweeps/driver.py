"""Makes the trials of sweeps: asks Optuna for values, queues a run with them, and tells Optuna what came of it.

One thread of the server drives all its sweeps. It computes next to nothing, for the
trials are trained by the same processes as every other run; a process of its own
would hold hundreds of megabytes to wait in. What must outlive the server is in
the store: the sweep, its trials and their values. Optuna's study is in memory alone, so
a sweep ends with its server, and its trials stay.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState

from core.models.images.design import ImpossibleShape
from core.runs.store.database import StoreProblem
from core.runs.store.record import USABLE, Run
from core.runs.store.store import Busy, Store
from core.runs.sweeps.pruning import BehindTheMedian
from core.runs.sweeps.sweep import PRUNED, SERVER_ENDED, SweepConfig, Varied, check_sweep, end_sweep
from core.settings import settings
from core.training.address import LONGEST, change
from core.training.config import BadConfig, check

TICK = 0.2
"""Seconds between two looks at the trials."""
BEAT = 2.0
"""Seconds between two signs of life of a sweep."""
FIRST = 3
"""Trials that have to end, and validations that a trial has to have, before one is ended early: 3 and 2."""
AGAIN = 50
"""Draws that may be the same as earlier ones before no more are made."""


@dataclass
class _Open:
    """A trial whose run has not ended."""

    trial: optuna.Trial
    values: dict[str, str]
    last: int = 0
    validations: int = 0
    best: float | None = None
    pruned: bool = False


@dataclass
class _Driven:
    """A sweep on its way."""

    sweep: str
    session: str
    config: SweepConfig
    study: optuna.Study
    begun: int = 0
    beaten: float = 0.0
    open: dict[str, _Open] = field(default_factory=dict)
    known: dict[tuple[tuple[str, str], ...], float | None] = field(default_factory=dict)
    waiting: _Open | None = None


class SweepDriver:
    """Drives the sweeps of this server.

    Args:
        store: where sweeps and runs are.
        stop: ends a run.
        wake: called after a run was queued.
    """

    def __init__(self, store: Store, stop: Callable[[str], None], wake: Callable[[], None]) -> None:
        self._store, self._stop, self._wake = store, stop, wake
        self._driven: list[_Driven] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, config: SweepConfig, session: str) -> str:
        """Begin a sweep and return its id; what it raises is said in `core.runs.runner.Runner.start_sweep`."""
        check_sweep(config)
        title = f"Sweep: {config.base.title}"[:LONGEST]
        sweep = self._store.create_sweep(config.model_dump(mode="json"), title, session)
        with self._lock:
            self._driven.append(_Driven(sweep, session, config, _study(config)))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._drive, name="sweeps", daemon=True)
                self._thread.start()
        return sweep

    def close(self) -> None:
        """Leave all sweeps; they count as interrupted."""
        self._over.set()
        if self._thread:
            self._thread.join(TICK * 10)
        with self._lock, contextlib.suppress(StoreProblem):
            for driven in self._driven:
                self._store.set_sweep_status(driven.sweep, "interrupted", SERVER_ENDED)
            self._driven.clear()

    # -- the thread ----------------------------------------------------------------------------------

    def _drive(self) -> None:
        while not self._over.wait(TICK):
            with self._lock:
                driven = list(self._driven)
                if not driven:
                    self._thread = None  # the next sweep starts another
                    return
            for one in driven:
                if not self._goes_on(one):
                    with self._lock:
                        self._driven.remove(one)

    def _goes_on(self, driven: _Driven) -> bool:
        """Do what is to be done now; return whether there will be more."""
        try:
            record = self._store.sweep(driven.sweep)
            if record is None or not record.active:
                return False
            if time.monotonic() - driven.beaten >= BEAT:
                self._store.beat_sweep(driven.sweep)
                driven.beaten = time.monotonic()
            for run in list(driven.open):
                self._look_at(driven, run)
            while self._ask(driven):
                pass
            if driven.open or driven.waiting or driven.begun < driven.config.total:
                return True
            self._store.set_sweep_status(driven.sweep, "finished")
        except StoreProblem:
            return True  # busy or full for a moment: pages say so; tried again soon
        except (ValueError, RuntimeError, TypeError) as problem:
            with contextlib.suppress(StoreProblem):
                end_sweep(self._store, self._stop, driven.sweep, "failed", str(problem).splitlines()[0][:300])
        return False

    def _look_at(self, driven: _Driven, run: str) -> None:
        """Hear what a trial says, end it where it is worse than the others, and tell the study when it is over."""
        opened = driven.open[run]
        record = self._store.get(run)  # before its validations: of one that has ended, all are there
        for one in self._store.happenings(run, opened.last):
            opened.last = one.number
            if one.kind != "validation":
                continue
            accuracy = one.data["correct"] / one.data["cases"]
            opened.best = max(opened.best or 0.0, accuracy)
            opened.validations += 1
            opened.trial.report(accuracy, opened.validations)
            if record and record.active and not opened.pruned and opened.trial.should_prune():
                opened.pruned = True
                self._store.add_happening(run, PRUNED, (one.step, one.epoch, one.seconds), {"accuracy": accuracy})
                self._stop(run)
        if record is None or not record.active:
            del driven.open[run]
            state, value = _outcome(record, opened)
            driven.known[_key(opened.values)] = value
            driven.study.tell(opened.trial, value if state is TrialState.COMPLETE else None, state)

    def _ask(self, driven: _Driven) -> bool:
        """Begin the next trial where one may begin; return whether one did."""
        config = driven.config
        if len(driven.open) >= settings().trials_at_once or driven.begun >= config.total:
            return False
        driven.waiting = driven.waiting or self._draw(driven)
        if driven.waiting is None:
            driven.begun = config.total  # nothing new is to be had
            return False
        values, number = driven.waiting.values, driven.begun + 1
        words = [f"{name.replace('_', ' ')} {text}" for name, text in values.items()]
        title = ", ".join([config.base.title, *words])[:LONGEST]
        reason, tree = "", config.base.model_dump(mode="json")
        try:
            chosen = change(config.base, values).model_copy(update={"title": title})
            tree = chosen.model_dump(mode="json")
            check(chosen)
        except (BadConfig, ImpossibleShape) as problem:
            reason = str(problem)
        try:
            run = self._store.create(
                tree,
                title,
                driven.session,
                "failed" if reason else "queued",
                sweep=driven.sweep,
                trial={"number": number, "values": values},
                at_once=settings().trials_at_once,
            )
        except Busy:
            return False  # the one before it is just leaving
        opened, driven.waiting, driven.begun = driven.waiting, None, number
        driven.open[run] = opened
        if reason:
            self._store.set_status(run, "failed", reason)
        self._wake()
        return True

    def _draw(self, driven: _Driven) -> _Open | None:
        """Return values that were not tried yet, or None where only old ones come."""
        distributions = {one.name: _distribution(one, driven.config) for one in driven.config.vary}
        for _ in range(AGAIN):
            trial = driven.study.ask(distributions)
            values = {one.name: one.text(trial.params[one.name]) for one in driven.config.vary}
            if _key(values) not in driven.known and values not in [one.values for one in driven.open.values()]:
                return _Open(trial, values)
            value = driven.known.get(_key(values))
            driven.study.tell(trial, value, TrialState.FAIL if value is None else TrialState.COMPLETE)
        return None


def _study(config: SweepConfig) -> optuna.Study:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = (
        optuna.samplers.TPESampler(seed=config.seed, n_startup_trials=min(10, max(FIRST, config.total // 3)))
        if config.sampler == "tpe"
        else optuna.samplers.RandomSampler(seed=config.seed)
    )
    pruner = BehindTheMedian(n_startup_trials=FIRST) if config.pruning else optuna.pruners.NopPruner()
    study = optuna.create_study(direction="maximize", sampler=sampler, pruner=pruner)
    if config.sampler == "grid":  # Optuna's GridSampler cannot be asked and told
        for combination in config.combinations:
            study.enqueue_trial(dict(combination))
    return study


def _distribution(one: Varied, config: SweepConfig) -> BaseDistribution:
    if one.values or config.sampler == "grid":
        return CategoricalDistribution(one.on_grid())
    assert one.low is not None
    assert one.high is not None
    if one.whole:
        return IntDistribution(int(one.low), int(one.high), log=one.log)
    return FloatDistribution(one.low, one.high, log=one.log)


def _outcome(record: Run | None, opened: _Open) -> tuple[TrialState, float | None]:
    """Return what the study is told; a run that diverged is as bad as can be, and the sampler had better know."""
    if record is None:
        return TrialState.FAIL, None
    if opened.pruned:
        return TrialState.PRUNED, opened.best
    if record.status == "diverged":
        return TrialState.COMPLETE, 0.0
    if record.status in USABLE and opened.best is not None:
        return TrialState.COMPLETE, opened.best
    return TrialState.FAIL, None


def _key(values: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(values.items())
