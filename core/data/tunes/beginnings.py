"""A tune that somebody has typed, pasted or opened: as it is shown, and as networks read it."""

import re
from dataclasses import dataclass

from core.data.text.tokens import shows
from core.data.tunes.collection import ALPHABET
from core.data.tunes.notation import MOST_CHARACTERS

MOST_READ = 700
"""Letters of a beginning that networks read; 1,000 is the longest tune that they know."""
DEFAULTS = {"M": "4/4", "L": "1/8", "K": "C"}
"""Metre, unit of length and key where notes come without them."""

_FIELD = re.compile(r"([A-Za-z+]):(.*)")
_MUSIC_FIELDS = tuple(DEFAULTS)


@dataclass(frozen=True)
class Beginning:
    """The beginning of a tune.

    Attributes:
        title: its `T:` field, empty without one.
        letters: all that networks read of it, from the alphabet of the tunes.
        dropped: signs that they do not know, each once.
        cut: whether there was more than they read.
    """

    title: str
    letters: str
    dropped: tuple[str, ...] = ()
    cut: bool = False


def first_tune(text: str) -> str:
    """Return the first tune of a text or a file of many, without remarks and directives; at most `MOST_CHARACTERS`.

    Args:
        text: untrusted.
    """
    kept: list[str] = []
    for line in text[: 4 * MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bare = "".join(char for char in line if char in "\t " or shows(char))
        if bare.lstrip().startswith("%") or re.match(r"\s*I:", bare):
            continue
        if kept and ((bare.startswith("X:")) or (not bare.strip() and _has_music(kept))):
            break
        if bare.strip():
            kept.append(bare.split("%")[0])
    return "\n".join(kept)[:MOST_CHARACTERS]


def _has_music(lines: list[str]) -> bool:
    return any(not _FIELD.match(line) for line in lines)


def read_beginning(text: str) -> Beginning:
    """Return a beginning as networks read it: metre, unit and key first, then the notes; other fields are left out.

    Args:
        text: untrusted.
    """
    head: dict[str, str] = {}
    title, music = "", ""
    for line in first_tune(text).split("\n"):
        field = _FIELD.match(line)
        if not field:
            music += line + "\n"
        elif field[1] == "T":
            title = title or field[2].strip()[:80]
        elif field[1] in _MUSIC_FIELDS and not music:
            head[field[1]] = field[2].strip()
        elif field[1] in _MUSIC_FIELDS:
            music += f"{field[1]}:{field[2].strip()}\n"
    music = re.sub(r"[ \t]+", " ", re.sub(r"![^!\n]{1,30}!", "", music)).removesuffix("\n")
    music = re.sub(r" ?\\\n ?", "", music)
    if music:
        head = DEFAULTS | head
    written = ""
    for letter in _MUSIC_FIELDS:
        if letter not in head:
            break  # the network writes this line, and what follows it
        written += f"{letter}:{head[letter]}\n"
    whole = written + music
    letters = "".join(char for char in whole if char in ALPHABET)
    dropped = tuple(dict.fromkeys(char for char in whole if char not in ALPHABET))
    return Beginning(title, letters[:MOST_READ], dropped, len(letters) > MOST_READ or len(text) > MOST_CHARACTERS)
