"""Loss landscapes computed once for everyone: in the background, one after the other, and kept on disk."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import torch
from cachetools import LRUCache
from torch import Tensor, nn

from core.inspection.images.landscape import Directions, LossLandscape, survey
from core.settings import settings

WAITING = 6
"""Landscapes that may wait for their turn."""
KEPT = 32
"""Landscapes that are kept in memory."""

_POOL = ThreadPoolExecutor(1, "loss-landscape", initializer=torch.set_num_threads, initargs=(1,))


@dataclass
class LandscapeJob:
    """One landscape, as far as it has come: which share is done, and the landscape when all of it is."""

    share: float = 0.0
    result: LossLandscape | None = None
    future: Future[None] | None = None

    @property
    def failed(self) -> bool:
        """Whether the work ended without a landscape."""
        return self.future is not None and self.future.done() and self.result is None


class TooManyLandscapes(RuntimeError):
    """More landscapes were asked for than this machine takes on; the message is a sentence."""


_kept: LRUCache[str, LandscapeJob] = LRUCache(KEPT)
_lock = Lock()


def landscape_of(
    key: str, way: Callable[[], Sequence[nn.Module]], pictures: Tensor, labels: Tensor, directions: Directions
) -> LandscapeJob:
    """Return the landscape of a training, as far as it has come; it is begun where nobody has asked for it yet.

    Args:
        key: tells trainings and their pictures apart.
        way: loads the networks of the training, in order; called in the background.
        pictures: (N, 1, 28, 28) in 0-1.
        labels: (N,).
        directions: of the plane.

    Raises:
        TooManyLandscapes: others have to be finished first.
    """
    name = hashlib.sha256(f"{key} {directions} {len(labels)}".encode()).hexdigest()[:32]
    with _lock:
        job = _kept.get(name)
        if job is None or job.failed:
            if sum(one.result is None and not one.failed for one in _kept.values()) >= WAITING:
                raise TooManyLandscapes("Several landscapes are being computed for others. Try again in a minute.")
            job = _kept[name] = LandscapeJob(result=_read(_file(name)))
            if job.result is None:
                job.future = _POOL.submit(_run, job, name, way, pictures, labels, directions)
        return job


def _run(
    job: LandscapeJob,
    name: str,
    way: Callable[[], Sequence[nn.Module]],
    pictures: Tensor,
    labels: Tensor,
    directions: Directions,
) -> None:
    def progress(share: float) -> None:
        job.share = share

    found = survey(way(), pictures, labels, directions, progress=progress)
    _write(_file(name), found)
    job.result = found  # on the disk before anybody is told: what is told is there after a restart too


def _file(name: str) -> Path:
    return settings().home / "landscapes" / f"{name}.npz"


def _write(file: Path, found: LossLandscape) -> None:
    with suppress(OSError):  # a full disk takes nothing away from who looks at it now
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(".half")
        with half.open("wb") as opened:
            np.savez_compressed(opened, **asdict(found))
        half.replace(file)


def _read(file: Path) -> LossLandscape | None:
    """Return a landscape that was kept, or None where there is none that can be read."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            arrays = {name: np.asarray(stored[name], np.float64) for name in stored.files}
        held = float(arrays.pop("held"))
        found = LossLandscape(**arrays, held=held)
        return found if found.losses.shape == (len(found.second), len(found.first)) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None
