"""A share that was counted on some cases, and how far the true one may be from it."""

from dataclasses import dataclass

CONFIDENCE = 0.95
"""Of the intervals: how often such an interval holds the true share."""


@dataclass(frozen=True)
class Share:
    """How many of some cases; the interval holds the true share with 95 % confidence, were the cases drawn at random.

    Attributes:
        count: cases that count.
        cases: all of them.
        low: lower end of the interval, 0-1.
        high: upper end, 0-1.
    """

    count: int
    cases: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, 0-1."""
        return self.count / self.cases


def share(count: int, cases: int) -> Share:
    """Return a share with its interval after Wilson ("Probable inference", 1927), as SciPy computes it.

    It fits shares near 0 and 1 too, where the interval from the normal
    distribution leaves 0-1 (Brown, Cai and DasGupta, "Interval estimation for a
    binomial proportion", 2001).

    Raises:
        ValueError: no cases, or more that count than there are.
    """
    from scipy.stats import binomtest

    if cases < 1:
        raise ValueError("A share needs at least one case.")
    interval = binomtest(count, cases).proportion_ci(CONFIDENCE, method="wilson")
    return Share(count, cases, float(interval.low), float(interval.high))
