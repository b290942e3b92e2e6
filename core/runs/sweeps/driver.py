"""Drives sweeps: queues a run for each trial, follows its validations, and reports them to the study.

One thread of the server drives all its sweeps. It computes next to nothing, because the
trials are trained by the same processes as every other run; a process of its own
would hold hundreds of megabytes to wait in. What must outlive the server is in the
store: the sweep, its trials and their values. The study is in memory alone, so a
sweep ends with its server, and its trials stay.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from core.models.images.design import ImpossibleShape
from core.runs.store.database import StoreProblem
from core.runs.store.events import TrialPruned, TrialStarted
from core.runs.store.rights import Person
from core.runs.store.store import Busy, Store
from core.runs.sweeps.config import SweepConfig, check_sweep
from core.runs.sweeps.ending import SERVER_ENDED, end_sweep
from core.runs.sweeps.study import OpenTrial, Study
from core.settings import settings
from core.training.address import LONGEST, change
from core.training.config import BadConfig, check
from core.training.events import Validation

TICK = 0.2
"""Seconds between two looks at the trials."""
HEARTBEAT = 2.0
"""Seconds between two heartbeats of a sweep."""


@dataclass
class _ActiveSweep:
    """A sweep that has not ended: its study, its open trials by run, and the last event read of each."""

    id: str
    by: Person
    config: SweepConfig
    study: Study
    started: int = 0
    last_heartbeat: float = 0.0
    open: dict[str, OpenTrial] = field(default_factory=dict)
    last_event: dict[str, int] = field(default_factory=dict)
    next: OpenTrial | None = None


class SweepDriver:
    """Drives the sweeps of this server.

    Args:
        store: where sweeps and runs are.
        stop: ends a run.
        wake: called after a run was queued.
        at_once: returns how many trials of one sweep may be active.
    """

    def __init__(
        self,
        store: Store,
        stop: Callable[[str], None],
        wake: Callable[[], object],
        at_once: Callable[[], int] = lambda: settings().trials_at_once,
    ) -> None:
        self._store, self._stop, self._wake, self._at_once = store, stop, wake, at_once
        self._sweeps: list[_ActiveSweep] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, config: SweepConfig, by: Person) -> str:
        """Start a sweep and return its id; it raises what `core.runs.runner.Runner.start_sweep` says."""
        check_sweep(config)
        sweep = self._store.create_sweep(config, by.session)
        with self._lock:
            self._sweeps.append(_ActiveSweep(sweep, by, config, Study(config)))
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
            for sweep in self._sweeps:
                self._store.set_sweep_status(sweep.id, "interrupted", SERVER_ENDED)
            self._sweeps.clear()

    # -- the thread ----------------------------------------------------------------------------------

    def _drive(self) -> None:
        while not self._over.wait(TICK):
            with self._lock:
                sweeps = list(self._sweeps)
                if not sweeps:
                    self._thread = None  # the next sweep starts another
                    return
            for sweep in sweeps:
                if not self._advance(sweep):
                    with self._lock:
                        self._sweeps.remove(sweep)

    def _advance(self, sweep: _ActiveSweep) -> bool:
        """Do what is due now; return whether there will be more."""
        try:
            record = self._store.sweep(sweep.id)
            if record is None or not record.active:
                return False
            if time.monotonic() - sweep.last_heartbeat >= HEARTBEAT:
                self._store.sweep_heartbeat(sweep.id)
                sweep.last_heartbeat = time.monotonic()
            for run in list(sweep.open):
                self._follow(sweep, run)
            while self._start_trial(sweep):
                pass
            if sweep.open or sweep.next or sweep.started < sweep.config.total:
                return True
            self._store.set_sweep_status(sweep.id, "finished")
        except StoreProblem:
            return True  # busy or full for a moment: pages say so; tried again soon
        except (ValueError, RuntimeError, TypeError) as problem:
            with contextlib.suppress(StoreProblem):
                end_sweep(self._store, self._stop, sweep.id, "failed", str(problem).splitlines()[0][:300])
        return False

    def _follow(self, sweep: _ActiveSweep, run: str) -> None:
        """Report the validations of a trial, end it where it falls behind, and close it when it has ended."""
        trial = sweep.open[run]
        record = self._store.get(run)  # before its validations: of an ended run, all are there
        events, sweep.last_event[run] = self._store.new_events(run, sweep.last_event.get(run, 0))
        for event in events:
            if isinstance(event, Validation):
                trial.report(event.score.accuracy)
                if record and record.active and trial.should_prune():
                    trial.pruned = True
                    pruned = TrialPruned(event.step, event.epoch, event.seconds, event.score.accuracy)
                    self._store.add_event(run, pruned)
                    self._stop(run)
        if record is None or not record.active:
            del sweep.open[run]
            sweep.study.close(trial, record)

    def _start_trial(self, sweep: _ActiveSweep) -> bool:
        """Start the next trial where one may start; return whether one did."""
        config = sweep.config
        at_once = self._at_once()
        if len(sweep.open) >= at_once or sweep.started >= config.total:
            return False
        sweep.next = sweep.next or sweep.study.draw([trial.values for trial in sweep.open.values()])
        if sweep.next is None:
            sweep.started = config.total  # there are no new values left
            return False
        values, number = sweep.next.values, sweep.started + 1
        words = [f"{name.replace('_', ' ')} {text}" for name, text in values.items()]
        title = {"title": ", ".join([config.base.title, *words])[:LONGEST]}
        reason, chosen = "", config.base.model_copy(update=title)
        try:
            chosen = change(config.base, values).model_copy(update=title)
            check(chosen)
        except (BadConfig, ImpossibleShape) as problem:
            reason = str(problem)
        try:
            run = self._store.create(
                chosen,
                sweep.by.session,
                "failed" if reason else "queued",
                sweep=sweep.id,
                trial=TrialStarted(0, 0.0, 0.0, number, values),
                trials_at_once=at_once,
                address=sweep.by.address,
            )
        except Busy:
            return False  # the previous trial is just ending
        sweep.open[run], sweep.next, sweep.started = sweep.next, None, number
        if reason:
            self._store.set_status(run, "failed", reason)
        self._wake()
        return True
