"""Words for numbers of things, and the ends of sentences."""

import re
from collections.abc import Sequence

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


def about_minutes(seconds: float) -> str:
    """Return a time that is only roughly known: ``less than a minute``, ``about 4 minutes``."""
    return "less than a minute" if seconds < 60 else f"about {counted(round(seconds / 60), 'minute')}"


def counted_words(words: Sequence[str]) -> str:
    """Return how many words there are, and how many signs that are none: ``9 words and 1 sign``."""
    signs = sum(not is_word(word) for word in words)
    return counted(len(words) - signs, "word") + (f" and {counted(signs, 'sign')}" if signs else "")


def is_word(text: str) -> bool:
    """Whether a piece of a sentence is a word or a number, no comma and no emoji."""
    return any(char.isalnum() for char in text)


def full_stop(text: str) -> str:
    """Return the full stop that a sentence needs whose last words are `text`, or nothing where they bring their own."""
    return "" if _ENDED.search(text) else "."
