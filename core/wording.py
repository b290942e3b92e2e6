"""Words for numbers of things, and the ends of sentences."""

import re

_ENDED = re.compile(r"[.!?…][\"”)]*\s*$")


def counted(number: float, one: str, several: str = "") -> str:
    """Return a number of things in words: ``1 run``, ``2,000 runs``, ``0.5 epochs``.

    Args:
        number: how many.
        one: the word for one of them.
        several: the word for more, where it is not `one` with an s.
    """
    written = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{written} {one if number == 1 else several or one + 's'}"


def full_stop(text: str) -> str:
    """Return the full stop that a sentence needs whose last words are `text`, or nothing where they bring their own."""
    return "" if _ENDED.search(text) else "."
