"""Trials over many seeds made once for everyone: in the background, one after the other, and kept."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

import torch
from cachetools import LRUCache

from core.inspection.points.luck import UPDATES, SeedResults, try_seeds
from core.models.points import Activation

KEPT = 48
"""Trials that are kept: all truth tables of two inputs with three activations."""
WAITING = 6
"""Trials that may wait for their turn."""

_POOL = ThreadPoolExecutor(1, "try-seeds", initializer=torch.set_num_threads, initargs=(1,))


@dataclass
class SeedTrial:
    """One trial, as far as it has come.

    Attributes:
        outcomes: after 100, 1,000 and 5,000 updates; those that are there.
        future: of the work.
    """

    outcomes: list[SeedResults] = field(default_factory=list)
    future: Future[None] | None = None

    @property
    def done(self) -> bool:
        """Whether all outcomes are there."""
        return len(self.outcomes) == len(UPDATES)


_kept: LRUCache[tuple[tuple[int, ...], Activation], SeedTrial] = LRUCache(KEPT)
_lock = Lock()


class TooMany(RuntimeError):
    """More trials were asked for than this machine takes on; the message is a sentence."""


def trial_of(wanted: tuple[int, ...], activation: Activation) -> SeedTrial:
    """Return the trial of a truth table and an activation; it is begun where nobody has asked for it yet.

    Raises:
        TooMany: others have to be finished first.
    """
    with _lock:
        trial = _kept.get((wanted, activation))
        if trial is None or (trial.future is not None and trial.future.done() and not trial.done):
            if sum(not one.done for one in _kept.values()) >= WAITING:
                raise TooMany("Several trials are being computed for others. Try again in a few seconds.")
            trial = _kept[wanted, activation] = SeedTrial()
            trial.future = _POOL.submit(_run, trial, wanted, activation)
        return trial


def _run(trial: SeedTrial, wanted: tuple[int, ...], activation: Activation) -> None:
    for outcome in try_seeds(wanted, activation):
        trial.outcomes.append(outcome)
