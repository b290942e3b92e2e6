"""Examinations made once for everyone: in the background, a batch at a time, and kept."""

import hashlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import torch
from cachetools import LRUCache
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.images.image_set import ImageSet
from core.inspection.images.evaluation import Evaluation, score_predictions
from core.inspection.networks import Choice

BATCH = 250
"""Pictures that go through a network together: more take longer each, as they no longer fit the caches."""
KEPT = 64
"""Examinations that are kept; 10,000 pictures take half a megabyte."""

Progress = Callable[[float], None]
"""Told which share of the pictures has been read, 0-1, in the thread of who asks."""

_POOL = ThreadPoolExecutor(
    max_workers=min(4, os.cpu_count() or 1),
    thread_name_prefix="examine",
    initializer=torch.set_num_threads,  # counts for the thread that says it
    initargs=(1,),
)


@dataclass
class _Reading:
    """The batches of one examination, some of them read already, and what came of it."""

    batches: list["Future[NDArray[np.float32]]"]
    lock: threading.Lock = field(default_factory=threading.Lock)
    result: Evaluation | None = None


_kept: LRUCache[tuple[str, ...], _Reading] = LRUCache(KEPT)
_lock = threading.Lock()


def evaluate(choice: Choice, images: ImageSet, progress: Progress = lambda _: None) -> Evaluation:
    """Return how good a network is on labelled pictures; computed once, also where many ask at the same time.

    Args:
        choice: the network.
        images: pictures that it was not trained on, their labels places in `choice.classes`.
        progress: told how far it is; an exception in it ends the waiting, not the work.

    Raises:
        CannotExamine: no pictures, or answers that are no numbers.
    """
    key = (choice.name, _digest(choice.network), images.source, str(len(images)))
    with _lock:
        reading = _kept.get(key)
        if reading is None:
            pictures = torch.from_numpy(images.images.copy()).unsqueeze(1)  # (N, 1, 28, 28), bytes
            batches = pictures.split(BATCH) if len(images) else ()
            reading = _Reading([_POOL.submit(_read, choice.network, batch) for batch in batches])
            _kept[key] = reading
    try:
        return _await(reading, choice, images, progress)
    except (RuntimeError, MemoryError):  # the next one who asks shall try again
        with _lock:
            _kept.pop(key, None)
        raise


def _await(reading: _Reading, choice: Choice, images: ImageSet, progress: Progress) -> Evaluation:
    for done, batch in enumerate(reading.batches, 1):
        batch.result()
        if reading.result is None:
            progress(done / len(reading.batches))
    with reading.lock:
        if reading.result is None:
            read = [batch.result() for batch in reading.batches]
            empty = np.empty((0, len(choice.classes)), np.float32)
            reading.result = score_predictions(np.concatenate(read) if read else empty, images, choice.classes)
            reading.batches = []
    return reading.result


def _read(network: nn.Module, pictures: Tensor) -> NDArray[np.float32]:
    with torch.inference_mode():
        return np.asarray(network(pictures / 255).softmax(1).numpy())


def _digest(network: nn.Module) -> str:
    """Return what tells the weights of a network from others: a run that goes on keeps its name."""
    content = hashlib.blake2b(digest_size=16)
    for value in network.state_dict().values():
        content.update(value.contiguous().numpy().tobytes())
    return content.hexdigest()
