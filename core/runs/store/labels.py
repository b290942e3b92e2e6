"""Titles and tags of runs, cleaned so that they fit on one line. They may still contain markup."""

import unicodedata
from collections.abc import Iterable

TITLE, TAG = 80, 24
"""Longest title and longest tag, characters."""
TAGS = 8
"""Most tags of a run."""

_JOINERS = "\u200c\u200d"  # invisible, but Persian words and many emoji fall apart without them
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a Braille sign, but nothing to be seen


class BadLabel(ValueError):
    """A title or tags that cannot be used; the message is for people."""


def clean_title(text: str) -> str:
    """Return a title as one line, without control characters, cut to `TITLE` characters.

    Raises:
        BadLabel: nothing is left of it.
    """
    title = one_line(text, TITLE)
    if not title:
        raise BadLabel("A run needs a title.")
    return title


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Return tags as one line each, cut to `TAG` characters, without empty ones and repeats, in their order.

    Raises:
        BadLabel: more than `TAGS`.
    """
    kept = list(dict.fromkeys(filter(None, (one_line(tag, TAG) for tag in tags))))
    if len(kept) > TAGS:
        raise BadLabel(f"A run has at most {TAGS} tags.")
    return kept


def one_line(text: str, longest: int) -> str:
    """Return a text as one line without control characters, cut to some characters; empty where nothing can be seen."""
    composed = unicodedata.normalize("NFC", text)
    printed = "".join(c if c.isprintable() or c in _JOINERS else " " for c in composed)
    line = " ".join(printed.split())[:longest].strip(" " + _JOINERS)
    return line if any(map(_can_be_seen, line)) else ""


def _can_be_seen(character: str) -> bool:
    """Return whether a character shows by itself: neither an invisible one nor an accent without its letter."""
    return unicodedata.category(character)[0] not in "MCZ" and character not in _BLANK
