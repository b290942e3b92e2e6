"""What a person may do to a training while it goes on: pause it, take one step, stop it, change its learning rate."""

import threading
from collections.abc import Callable

BEAT = 0.5
"""Seconds between two signs of life of a training that is paused."""


class Control:
    """The levers of one run. One thread trains and calls `wait`; any other thread moves the levers."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._paused = False
        self._steps = 0
        self._stopped = False
        self._interrupted = False
        self._factor = 1.0

    @property
    def paused(self) -> bool:
        """Whether the training rests."""
        return self._paused

    @property
    def stopped(self) -> bool:
        """Whether it is to end now; what was learnt is kept."""
        return self._stopped

    @property
    def interrupted(self) -> bool:
        """Whether it ends because its server goes away, to be resumed later."""
        return self._interrupted

    @property
    def factor(self) -> float:
        """What the learning rate of the schedule is multiplied by."""
        return self._factor

    def pause(self) -> None:
        """Rest before the next update."""
        with self._moved:
            self._paused = True
            self._moved.notify_all()

    def resume(self) -> None:
        """Go on."""
        with self._moved:
            self._paused, self._steps = False, 0
            self._moved.notify_all()

    def step(self) -> None:
        """Make one update, then rest."""
        with self._moved:
            self._paused = True
            self._steps += 1
            self._moved.notify_all()

    def stop(self) -> None:
        """End before the next update."""
        with self._moved:
            self._stopped = True
            self._moved.notify_all()

    def interrupt(self) -> None:
        """End before the next update, but as something that is not finished."""
        with self._moved:
            self._interrupted = self._stopped = True
            self._moved.notify_all()

    def scale_learning_rate(self, factor: float) -> None:
        """Multiply the learning rate of the schedule by `factor` from the next update on, 2**-20 to 2**20."""
        with self._moved:
            self._factor = min(max(factor, 2.0**-20), 2.0**20)
            self._moved.notify_all()

    def wait(self, beat: Callable[[], None]) -> bool:
        """Return at once while the training runs; while it rests, return when it may make an update.

        Args:
            beat: called every `BEAT` seconds of a rest.

        Returns:
            Whether there was a rest.
        """
        if not self._paused or self._stopped:
            return False
        rested = False
        while True:
            with self._moved:
                if self._stopped or not self._paused:
                    return rested
                if self._steps:
                    self._steps -= 1
                    return rested
                self._moved.wait(BEAT)
            rested = True
            beat()
