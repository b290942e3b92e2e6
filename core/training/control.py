"""Control of a running training: pause, single steps, stop, and the learning rate."""

import threading
from collections.abc import Callable

HEARTBEAT = 0.5
"""Seconds between two heartbeats of a paused training."""


class Control:
    """Control of one run. One thread trains and calls `wait`; any other thread calls the other methods.

    Attributes, to be read only:
        paused: whether the training is paused.
        stopped: whether it is to end now; its weights are kept.
        interrupted: whether it ends because its server does, to be resumed later.
        factor: by which the learning rate of the schedule is multiplied.
    """

    def __init__(self) -> None:
        self.paused = self.stopped = self.interrupted = False
        self.factor = 1.0
        self._steps = 0
        self._changed = threading.Condition()

    def pause(self) -> None:
        """Wait before the next update."""
        with self._changed:
            self.paused = True
            self._changed.notify_all()

    def resume(self) -> None:
        """Continue."""
        with self._changed:
            self.paused, self._steps = False, 0
            self._changed.notify_all()

    def step(self) -> None:
        """Make one update, then wait."""
        with self._changed:
            self.paused = True
            self._steps += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End before the next update."""
        with self._changed:
            self.stopped = True
            self._changed.notify_all()

    def interrupt(self) -> None:
        """End before the next update, to be resumed later."""
        with self._changed:
            self.interrupted = self.stopped = True
            self._changed.notify_all()

    def scale_learning_rate(self, factor: float) -> None:
        """Multiply the learning rate of the schedule by `factor` from the next update on, 2**-20 to 2**20."""
        with self._changed:
            self.factor = min(max(factor, 2.0**-20), 2.0**20)
            self._changed.notify_all()

    def wait(self, heartbeat: Callable[[], None]) -> None:
        """While the training is paused, return when it may make an update.

        Args:
            heartbeat: called every `HEARTBEAT` seconds of a pause.
        """
        while True:
            with self._changed:
                if self.stopped or not self.paused:
                    return
                if self._steps:
                    self._steps -= 1
                    return
                self._changed.wait(HEARTBEAT)
            heartbeat()
