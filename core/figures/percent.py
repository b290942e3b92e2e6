"""A share as a percentage: one spelling for the whole project."""

_BLANK = "\N{NO-BREAK SPACE}"  # a line never ends within a percentage
SIGN = f"{_BLANK}%"
"""What follows the number."""


def percent(share: float, decimals: int = 1, small: int = 0) -> str:
    """Write a probability as a percentage that is never rounded up to certainty or down to nothing.

    0.4567 is ``45.7 %``, 0.99996 is ``> 99.9 %`` and 0.0002 is ``< 0.1 %``. So are 1 and 0 themselves: a softmax that
    has run out of digits is no certainty. In HTML a sign before a blank is text and needs no escaping.

    Args:
        share: 0-1.
        decimals: digits after the point.
        small: digits after the point for what would otherwise be rounded to nothing: with 3, 0.0002 is ``0.020 %``.
    """
    shown = f"{100 * share:.{decimals}f}"
    if float(shown) >= 100:
        return f">{_BLANK}{100 - 10**-decimals:.{decimals}f}{SIGN}"
    if float(shown) <= 0:
        return percent(share, small) if small > decimals else f"<{_BLANK}{10**-decimals:.{decimals}f}{SIGN}"
    return f"{shown}{SIGN}"


def below_one(share: float, decimals: int) -> str:
    """Write an area under a curve, a BLEU or an R² with more decimals where so many would round it up to 1."""
    while share < 1 and decimals < 8 and float(f"{share:.{decimals}f}") >= 1:
        decimals += 1
    return f"{share:.{decimals}f}"


def exact_percent(share: float, decimals: int = 1) -> str:
    """Write a share that was counted, an accuracy for example: as `percent` does, but all and none are facts."""
    return f"{100 * share:.{decimals}f}{SIGN}" if share in (0, 1) else percent(share, decimals)
