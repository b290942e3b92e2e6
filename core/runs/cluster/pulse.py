"""When an actor was asked how it is, and when it answered. Times are those of `time.monotonic`."""

import math
from dataclasses import dataclass

ASKED = 0.5
"""Seconds between an answer and the next question."""
FRESH = 3.0
"""Seconds for which an answer counts."""
HANGS = 15.0
"""Seconds without an answer after which an actor that has answered before counts as hanging."""


@dataclass
class Pulse:
    """The questions to one actor; there is one at a time.

    Attributes:
        answered: when the last answer came.
        asked: when the open question was asked; None where there is none.
    """

    answered: float = -math.inf
    asked: float | None = None

    @property
    def has_answered(self) -> bool:
        """Whether there was an answer at all."""
        return self.answered > -math.inf

    def is_due(self, now: float) -> bool:
        """Whether it is time for the next question."""
        return self.asked is None and now - self.answered >= ASKED

    def is_fresh(self, now: float) -> bool:
        """Whether the last answer still counts."""
        return now - self.answered <= FRESH

    def hangs(self, now: float) -> bool:
        """Whether it answered once, and does not any more. One that has never answered may be about to start."""
        return self.has_answered and self.asked is not None and now - self.asked >= HANGS

    def answer(self, now: float) -> None:
        """Note that the open question is answered."""
        self.answered, self.asked = now, None
