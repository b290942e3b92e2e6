"""Titles and tags of runs, cleaned so that they fit on one line. They may still contain markup."""

from collections.abc import Iterable

TITLE, TAG = 80, 24
"""Longest title and longest tag, characters."""
TAGS = 8
"""Most tags of a run."""

_JOINERS = "\u200c\u200d"  # invisible, but Persian words and many emoji fall apart without them


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
    """Return a text as one line without control characters, cut to some characters."""
    printed = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(printed.split())[:longest].strip()
