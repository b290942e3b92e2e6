"""Symbols taught once for everybody who looks at them: in the background, one after the other, and kept."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

import torch
from cachetools import LRUCache

from core.data.images.symbols import Symbols
from core.training.transfer import WAYS, Point, Taught, Way, accuracy_by_examples, learnt_from, teach

KEPT = 64
"""Lessons that are kept, the newest ones."""
WAITING = 40
"""Lessons that may wait for their turn: a class of which everybody teaches symbols of their own."""

log = logging.getLogger(__name__)

# What people wait for comes before the curves, which may take half a minute.
_QUICK = ThreadPoolExecutor(1, "teach", initializer=torch.set_num_threads, initargs=(1,))
_SLOW = ThreadPoolExecutor(1, "teach-curves", initializer=torch.set_num_threads, initargs=(1,))


class TooManyLessons(RuntimeError):
    """More lessons were asked for than this machine takes on; the message is a sentence."""


@dataclass
class Lesson:
    """What has been learnt of some symbols so far.

    Attributes:
        symbols: the drawings.
        taught: by way, the network that learnt at most 20 of each symbol; those that are there.
        points: accuracy on drawings kept apart; those that are there.
        failed: whether it broke off.
        stopped: whether nobody wants it any more.
    """

    symbols: Symbols
    taught: dict[Way, Taught] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)
    failed: bool = False
    stopped: bool = False
    futures: tuple[Future[None], ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing more is coming."""
        return self.failed or all(future.done() for future in self.futures)

    @property
    def answers(self) -> bool:
        """Whether there is a network that can be asked."""
        return "transfer" in self.taught


_kept: LRUCache[str, Lesson] = LRUCache(KEPT)
_lock = Lock()


def lesson_of(symbols: Symbols) -> Lesson:
    """Return the lesson of these drawings; it is begun where nobody has asked for it yet.

    Raises:
        TooManyLessons: others have to be finished first.
    """
    with _lock:
        lesson = _kept.get(symbols.key)
        if lesson is None or lesson.failed:
            if sum(not one.done for one in _kept.values()) >= WAITING:
                raise TooManyLessons("Several networks are being taught for others. Try again in a few seconds.")
            lesson = _kept[symbols.key] = Lesson(symbols)
            lesson.futures = (_QUICK.submit(_run, lesson, _teach), _SLOW.submit(_run, lesson, _count))
        return lesson


def stop() -> None:
    """Break off all lessons: Python waits at its end for threads that are at work."""
    with _lock:
        for lesson in _kept.values():
            lesson.stopped = True
            for future in lesson.futures:
                future.cancel()
        _kept.clear()


def _run(lesson: Lesson, work: Callable[[Lesson], None]) -> None:
    try:
        work(lesson)
    except Exception:  # the page says that it failed
        log.exception("Symbols could not be taught")
        lesson.failed = True


def _teach(lesson: Lesson) -> None:
    few = lesson.symbols.at(learnt_from(lesson.symbols))
    for way in WAYS:
        if lesson.stopped:
            return
        lesson.taught[way] = teach(way, few, few)


def _count(lesson: Lesson) -> None:
    for point in accuracy_by_examples(lesson.symbols, lambda: not lesson.stopped):
        lesson.points.append(point)
