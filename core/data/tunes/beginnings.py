"""A tune that somebody has typed, pasted or opened: as it is shown, and as networks read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.data.text.tokens import shows
from core.data.tunes.collection import ALPHABET
from core.data.tunes.notation import MOST_CHARACTERS, plain_metre, voice_of

MOST_READ = 700
"""Letters of a beginning that networks read; 1,000 is the longest tune that they know."""
DEFAULTS = {"M": "4/4", "L": "1/8", "K": "C"}
"""Metre, unit of length and key where notes come without them; in bars shorter than 3/4 the unit is 1/16."""

# From seven flats to seven sharps.
_MAJOR = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
_FIFTHS = {"": 0, "maj": 0, "ion": 0, "mix": -1, "dor": -2, "phr": -4, "loc": -5, "lyd": 1}
_KEY = re.compile(r"([A-G][#b]?)\s*([A-Za-z]*)")
_SHORT = re.compile(r"(\d{1,3})/(\d{1,3})")
_INLINE = re.compile(r"\[([A-Za-z]):([^\]\n]*)\]")
_VOICE = re.compile(r"\s*\[V:([^\]\n]*)\]")
_FIELD = re.compile(r"([A-Za-z+]):(.*)")
_MUSIC_FIELDS = tuple(DEFAULTS)


@dataclass(frozen=True)
class Beginning:
    """The beginning of a tune.

    Attributes:
        title: its `T:` field, empty without one.
        letters: all that networks read of it, from the alphabet of the tunes.
        dropped: signs that they do not know, each once.
        instead: fields that they do not know, as they were written and as they are read: a mode as the major key with
            the same sharps and flats.
        cut: whether there was more than they read.
        voices: how many there were; they read the first one, without what is laid over it.
    """

    title: str
    letters: str
    dropped: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    voices: int = 1


def first_tune(text: str) -> str:
    """Return the first tune of a text or a file of many, without remarks and directives; at most `MOST_CHARACTERS`.

    Args:
        text: untrusted.
    """
    kept: list[str] = []
    text = _without_preface(text)
    for line in text[: 4 * MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bare = "".join(char for char in line if char in "\t " or shows(char))
        if bare.lstrip().startswith("%") or re.match(r"\s*I:", bare):
            continue
        if kept and ((bare.startswith("X:")) or (not bare.strip() and _has_music(kept))):
            break
        if bare.strip():
            kept.append(bare.split("%")[0])
    return "\n".join(kept)[:MOST_CHARACTERS]


def _without_preface(text: str) -> str:
    """Return a file from its first tune on, with the metre and the unit that are said above it for all of them."""
    first = re.search(r"^X:", text, re.MULTILINE)
    above = text[: first.start()] if first else ""
    if not above.strip() or re.search(r"^K:", above, re.MULTILINE):
        return text
    number, _, tune = text[len(above) :].partition("\n")
    return "\n".join([number, *re.findall(r"^[ML]:.*", above, re.MULTILINE), tune])


def _has_music(lines: list[str]) -> bool:
    return any(not _FIELD.match(line) for line in lines)


def as_file(text: str) -> str:
    """Return a tune as a file for other programs: one number, a title, and a key before the music."""
    lines = [line for line in text.strip().split("\n") if not line.startswith("X:")]
    music = next((place for place, line in enumerate(lines) if not _FIELD.match(line)), len(lines))
    head = lines[:music]
    titles = [line for line in head if line.startswith("T:")] or ["T:A tune"]
    key = [] if any(line.startswith("K:") for line in head) else [f"K:{DEFAULTS['K']}"]
    others = [line for line in head if not line.startswith("T:")]
    return "\n".join(["X:1", *titles, *others, *key, *lines[music:]]).rstrip() + "\n"


def read_beginning(text: str) -> Beginning:
    """Return a beginning as networks read it: metre, unit and key first, then the notes; other fields are left out.

    Args:
        text: untrusted.
    """
    head: dict[str, str] = {}
    title, music, instead = "", "", dict[str, str]()

    def known(letter: str, value: str) -> str:
        read = _as_known(letter, value.strip())
        if read != value.strip() and (letter == "M" or _is_mode(value.strip())):
            instead[f"{letter}:{value.strip()}"] = f"{letter}:{read}"
        return f"{letter}:{read}"

    voices: list[str] = []
    for line in _first_voice(first_tune(text), voices).split("\n"):
        field = _FIELD.match(line)
        if not field:
            music += line + "\n"
        elif field[1] == "T":
            title = title or field[2].strip()[:80]
        elif field[1] in _MUSIC_FIELDS and not music:
            head[field[1]] = known(field[1], field[2])[2:]
        elif field[1] in _MUSIC_FIELDS:
            music += f"{known(field[1], field[2])}\n"
    music = _INLINE.sub(lambda one: f"[{known(one[1], one[2])}]" if one[1] in _MUSIC_FIELDS else "", music)
    music = re.sub(r'\["([1-9])[^"\n]*"', r"[\1", music)
    music = re.sub(r'"[\^_<>@][^"\n]*"|\[(?=")|\+[a-z0-9<>().]{1,30}\+', "", music)  # words at a note are no chord
    music = re.sub(r'("[^"\n]*")|x', lambda one: one[1] or "z", music)  # a rest that is not shown is a rest
    music = re.sub(r'("[^"\n]*")|![^!|\n]{1,30}!|y\d*|[$*!]', lambda one: one[1] or "", music)
    overlaid, music = "&" in music, re.sub(r"&[^|]*", "", music)
    music = re.sub(r'("[^"\n]*")|[ZX](\d{0,2})', lambda one: one[1] or _resting(head, int(one[2] or 1)), music)
    graces = "{" in music
    music = re.sub(r"\{[^}\n]*\}", "", music)  # grace notes take no time
    music = re.sub(r"[ \t]+", " ", re.sub(r"![^!\n]{1,30}!", "", music)).removesuffix("\n")
    music = re.sub(r" ?\\\n ?", "", music)
    if music:
        head = DEFAULTS | {"L": _unit(head.get("M", ""))} | head
    written = ""
    for letter in _MUSIC_FIELDS:
        if letter not in head:
            break  # the network writes this line, and what follows it
        written += f"{letter}:{head[letter]}\n"
    whole = written + music
    letters = "".join(char for char in whole if char in ALPHABET)
    dropped = tuple(
        dict.fromkeys(["{", "}"] * graces + ["&"] * overlaid + [char for char in whole if char not in ALPHABET])
    )
    return Beginning(
        title,
        letters[:MOST_READ],
        dropped,
        tuple(instead.items()),
        len(letters) > MOST_READ or len(text) > MOST_CHARACTERS,
        max(1, len(voices)),
    )


def _first_voice(text: str, voices: list[str]) -> str:
    """Return the lines of a tune's first voice; the names of all are added to `voices`, in order."""
    kept, sounding = [], True
    for line in re.sub(r"(?<=[^\n])\[V:", "\n[V:", text).split("\n"):
        field, inline = _FIELD.match(line), _VOICE.match(line)
        named = field[2] if field and field[1] == "V" else inline[1] if inline else ""
        if (voice := voice_of(named)) and voice not in voices:
            voices.append(voice)
        if field and field[1] == "K":
            sounding = True  # what was said of voices above the music only names them
        elif voice:
            sounding = voice == voices[0]
        if sounding or (field and field[1] != "V"):
            kept.append(_VOICE.sub("", line))
    return "\n".join(kept)


def _resting(head: Mapping[str, str], bars: int) -> str:
    """Return whole bars of rest, written out."""
    metre, unit = (_SHORT.fullmatch(head.get(name, "")) for name in ("M", "L"))
    whole = Fraction(int(metre[1]), int(metre[2]) or 1) if metre else Fraction(1)
    units = whole / (
        Fraction(int(unit[1]), int(unit[2]) or 1) if unit and int(unit[1]) else Fraction(_unit(head.get("M", "")))
    )
    top, bottom = units.as_integer_ratio()
    return "|".join([f"z{'' if units == 1 else top if bottom == 1 else f'{top}/{bottom}'}"] * max(1, bars))


def _unit(metre: str) -> str:
    """Return the length of a plain letter where no `L:` says it, by the standard."""
    found = _SHORT.fullmatch(metre)
    return "1/16" if found and int(found[2]) and int(found[1]) / int(found[2]) < 0.75 else DEFAULTS["L"]


def _as_known(letter: str, value: str) -> str:
    """Return a field as the networks know it: major keys bare, minor ones with an m, a metre in numbers."""
    if letter == "M":
        return DEFAULTS["M"] if value == "none" else plain_metre(value)
    found = _KEY.match(value)
    if letter != "K" or not found:
        return {"none": "C", "HP": "D", "Hp": "D"}.get(value, value)
    tonic, mode = found[1], found[2].lower()[:3]
    if mode in ("m", "min", "aeo"):
        return f"{tonic}m"
    if mode not in _FIFTHS:
        return value if not value[len(tonic) :].startswith(" ") else tonic  # a clef, for example
    place = _MAJOR.index(tonic) + _FIFTHS[mode] if tonic in _MAJOR else -1
    return _MAJOR[place] if mode and 0 <= place < len(_MAJOR) else tonic


def _is_mode(key: str) -> bool:
    found = _KEY.match(key)
    return not found or bool(_FIFTHS.get(found[2].lower()[:3]))
