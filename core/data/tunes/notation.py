"""Reading tunes in ABC notation: what is a note, how long it lasts, and whether the bars add up.

ABC writes music with letters: `M:6/8` is the metre, `L:1/8` the unit of length, `K:D` the key; `d2` is a D two units
long, `|` ends a bar (the ABC music standard 2.1, 2011). No kept library of Python fits: music21 weighs 100 MB, and
others read no tune with two voices of chords. This parser reads one melody with chord names, which is all that the
collection has. It is held against abcjs in the tests.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

MOST_CHARACTERS = 4000
"""What is read of a tune at most."""
FEWEST_BARS = 4
"""A text with fewer bars is no tune whose bars could add up."""

_FIELD = re.compile(r"([A-Za-z+]):(.*)")
_METRE = re.compile(r"(\d{1,3})/(\d{1,3})")
_SUM = re.compile(r"\(?(\d{1,2}(?:\+\d{1,2})+)\)?/(\d{1,3})")
_UNIT = re.compile(r"1/(\d{1,3})")
_KEY = re.compile(r"([A-G][#b]?\s*([A-Za-z]{0,10}))?(\s.*)?|none|HP|Hp")
_MODES = ("", "m", "min", "maj", "mix", "dor", "phr", "lyd", "loc", "ion", "aeo")
_PITCH = r"[_=^]{0,2}[A-Ga-g][,']*"
_LENGTH = r"\d{0,3}(?:/+\d{0,3})?"
_TOKEN = re.compile(
    rf"""
    (?P<bar>\|\][:]?|\[\|(?!\d)|:*\|+:+|:+\|+\]?|::+|\|\|?)(?P<volta>[1-9](?:[,-][1-9])*)?
    |\[(?P<ending>[1-9](?:[,-][1-9])*|(?="))
    |\[(?P<field>[KMLPQRVrI]):(?P<value>[^\]\n]*)\]
    |(?P<chord>\[(?:\s*{_PITCH}{_LENGTH}\s*-?)+\])(?P<chord_length>{_LENGTH})
    |(?P<note>{_PITCH})(?P<note_length>{_LENGTH})
    |(?P<rest>[zx])(?P<rest_length>{_LENGTH})
    |[ZX](?P<resting>\d{{0,2}})
    |\((?P<tuplet>[2-9])(?::(?P<into>\d{{0,2}}))?(?::(?P<over>\d{{0,2}}))?
    |(?P<broken><{{1,3}}|>{{1,3}})
    |(?P<name>"[^"\n]{{0,40}}")
    |(?P<grace>\{{/?(?:\s*{_PITCH}{_LENGTH}\s*)+\}})
    |(?P<mark>![^!\n|]{{1,30}}!|\+[a-z0-9<>().]{{1,30}}\+)
    |(?P<overlay>&)
    |(?P<other>y\d{{0,3}}|[-()~.vuHTJMLOPS\\`$*!]|[ \t]+)
    """,
    re.VERBOSE,
)
_INTO = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}


class BadTune(ValueError):
    """A text is no tune; the message is a sentence for the person who wrote it."""


@dataclass(frozen=True)
class Bar:
    """One bar of a tune, or a part of one beside a repeat sign.

    Attributes:
        length: of its notes and rests together, whole notes.
        full: what the metre asks for, whole notes; None where there is no metre.
        edge: whether a section begins or ends at one of its bar lines: there, an upbeat may be a part of a bar.
        place: where in the text it begins, characters.
    """

    length: Fraction
    full: Fraction | None
    edge: bool
    place: int

    @property
    def adds_up(self) -> bool:
        """Whether it is as long as the metre asks for; at the edge of a section it may be shorter."""
        return self.full is None or self.length == self.full or (self.edge and self.length < self.full)


@dataclass(frozen=True)
class Tune:
    """A tune as it was read.

    Attributes:
        title: its `T:` field, empty without one.
        metre: as written, "6/8".
        key: as written, "D".
        notes: how many notes there are, chords counted once.
        bars: in order; where there are several voices those of the first one, as are the notes.
        voices: how many there are.
    """

    title: str
    metre: str
    key: str
    notes: int
    bars: tuple[Bar, ...]
    voices: int = 1

    @property
    def wrong(self) -> tuple[int, ...]:
        """The numbers of bars that do not add up, counted from 1."""
        return tuple(number for number, bar in enumerate(self.bars, 1) if not bar.adds_up)

    @property
    def adds_up(self) -> bool:
        """Whether there are some bars and each is as long as the metre asks for."""
        return len(self.bars) >= FEWEST_BARS and not self.wrong


def parse_tune(text: str) -> Tune:
    """Return the first tune of a text.

    Args:
        text: untrusted; what comes after the first empty line below the key is not read.

    Raises:
        BadTune: too long, no `K:` line, no note, or a sign that is none of ABC.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadTune(f"A tune of more than {MOST_CHARACTERS:,} characters is not read.")
    reader = _Reader()
    for place, line in _lines(text):
        if not line.strip():
            if reader.begun:
                break
            continue
        field = _FIELD.fullmatch(line)
        if field:
            reader.read_field(field[1], field[2].strip())
        elif not reader.begun:
            raise BadTune("Music comes after the line with the key: write K:D for D major, for example.")
        else:
            reader.read_music(line, place)
    return reader.tune()


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines without comments, each with the place where it begins; a comment alone is no empty line."""
    found, place = [], 0
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        if not bare.lstrip().startswith("%"):
            found.append((place, re.sub(r"(?<!\\)%.*", "", bare)))
        place += len(line) + 1
    return found


class _Reader:
    """Reads lines one after the other."""

    def __init__(self) -> None:
        self.begun = False
        self.title = self.metre = self.key = ""
        self.unit: Fraction | None = None
        self.full: Fraction | None = None
        self.compound = False
        self.notes = 0
        self.bars: list[Bar] = []
        self.length = Fraction(0)
        self.edge = True  # the tune begins here
        self.place: int | None = None
        self.last: Fraction | None = None  # the length of the note before, for < and >
        self.factor = Fraction(1)  # for the next note, after < or >
        self.tuplet, self.left = Fraction(1), 0
        self.beside: Fraction | None = None  # the length of a bar before what is laid over it by &
        self.voices: list[str] = []
        self.silent = False  # in another voice than the first

    def read_field(self, letter: str, value: str) -> None:
        if letter == "T" and not self.title:
            self.title = value
        elif letter == "M":
            self.full = _metre(value)
            self.compound = value.partition("/")[0] in ("6", "9", "12")
            self.metre = self.metre or value
        elif letter == "L":
            self.unit = _unit(value)
        elif letter == "V":
            voice = voice_of(value)
            if voice not in self.voices:
                self.voices.append(voice)
            self.silent = voice != self.voices[0]
        elif letter == "K":
            self.silent = False  # what was said of voices above the music only names them
            _check_key(value)
            self.key = self.key or value
            self.begun = True

    def read_music(self, line: str, place: int) -> None:
        here = 0
        while here < len(line):
            token = _TOKEN.match(line, here)
            if token is None or token.end() == here:
                seen = line[max(0, here - 12) : here + 1]
                raise BadTune(f"“{line[here]}” is not a sign of ABC notation here: “{seen}”.")
            if not self.silent or token["field"]:
                self.take(token, place + here)
            here = token.end()

    def take(self, token: re.Match[str], place: int) -> None:
        kind = token.lastgroup or ""
        if token["bar"]:
            self.end_bar(section=token["bar"] != "|")
        elif token["ending"] is not None:
            self.end_bar(section=False)
        elif token["overlay"]:
            self.beside = self.length if self.beside is None else self.beside
        elif token["resting"] is not None:
            self.rest(int(token["resting"] or 1), place)
        elif token["field"]:
            self.read_field(token["field"], token["value"].strip())
        elif token["tuplet"]:
            self.begin_tuplet(int(token["tuplet"]), token["into"], token["over"])
        elif token["broken"]:
            self.break_rhythm(token["broken"])
        elif token["chord"]:
            first = re.search(rf"{_PITCH}({_LENGTH})", token["chord"])
            inner = _multiple(first[1]) if first else Fraction(1)
            self.add(inner * _multiple(token["chord_length"]), place)
            self.notes += 1
        elif token["note"] or token["rest"]:
            self.notes += bool(token["note"])
            self.add(_multiple(token["note_length"] if token["note"] else token["rest_length"]), place)
        elif kind == "name" and self.place is None:
            self.place = place

    def rest(self, bars: int, place: int) -> None:
        """Add whole bars of rest: Z4 are four of them."""
        for _ in range(bars - 1):
            self.add_length(self.full or Fraction(1), place)
            self.end_bar(section=False)
        self.add_length(self.full or Fraction(1), place)

    def add_length(self, length: Fraction, place: int) -> None:
        self.length += length
        self.place = place if self.place is None else self.place

    def add(self, multiple: Fraction, place: int) -> None:
        """Add a note or rest of so many units."""
        length = multiple * self.unit_length() * self.factor
        self.factor = Fraction(1)
        if self.left:
            length *= self.tuplet
            self.left -= 1
        self.length += length
        self.last = length
        if self.place is None:
            self.place = place

    def unit_length(self) -> Fraction:
        """Return the length of a note without a number: without L:, 1/16 in short bars and 1/8 in others."""
        if self.unit is None:
            return Fraction(1, 16) if self.full is not None and self.full < Fraction(3, 4) else Fraction(1, 8)
        return self.unit

    def begin_tuplet(self, count: int, into: str | None, over: str | None) -> None:
        time = int(into) if into else _INTO.get(count, 3 if self.compound else 2)
        self.tuplet, self.left = Fraction(time, count), int(over) if over else count

    def break_rhythm(self, signs: str) -> None:
        if self.last is None:
            raise BadTune(f"“{signs}” stands between two notes: the one before it is missing.")
        short = Fraction(1, 2 ** len(signs))
        before, self.factor = (2 - short, short) if signs[0] == ">" else (short, 2 - short)
        self.length += self.last * (before - 1)

    def end_bar(self, *, section: bool) -> None:
        """End a bar; two bar lines with nothing between them are one. What is laid over it takes no time."""
        if self.beside is not None:
            self.length, self.beside = self.beside, None
        if self.length:
            edge = self.edge or section
            self.bars.append(Bar(self.length, self.full, edge, self.place or 0))
            self.edge = section
        else:
            self.edge = self.edge or section
            if section and self.bars:  # "|" and then ":|" with nothing between
                last = self.bars[-1]
                self.bars[-1] = Bar(last.length, last.full, True, last.place)
        self.length, self.place, self.last = Fraction(0), None, None

    def tune(self) -> Tune:
        """Return what was read.

        Raises:
            BadTune: there is no key or no note.
        """
        if not self.begun:
            raise BadTune("A tune needs a line with its key before the music: K:D, for example.")
        if not self.notes:
            raise BadTune("There is no note in this tune: notes are the letters A to G and a to g.")
        self.end_bar(section=True)
        return Tune(self.title, self.metre, self.key, self.notes, tuple(self.bars), max(1, len(self.voices)))


def voice_of(value: str) -> str:
    """Return which voice a field `V:` names, without what it says of its clef and name."""
    return value.split(maxsplit=1)[0] if value.strip() else ""


def _multiple(text: str | None) -> Fraction:
    """Return what a length written after a note means: "3", "3/2", "/2", "/", "//"."""
    if not text:
        return Fraction(1)
    top, slash, bottom = text.partition("/")
    if not slash:
        found = Fraction(int(top))
    elif bottom.startswith("/"):
        found = Fraction(int(top or 1), 2 ** (1 + bottom.count("/")))
    elif bottom == "0":
        found = Fraction(0)
    else:
        found = Fraction(int(top or 1), int(bottom or 2))
    if not found:
        raise BadTune(f"“{text}” is not the length of a note.")
    return found


def _metre(value: str) -> Fraction | None:
    """Return the length of a full bar, whole notes; None without a metre."""
    if value in ("C", "C|"):
        return Fraction(1)
    if value == "none":
        return None
    found = _METRE.fullmatch(plain_metre(value))
    if not found or not int(found[1]) or not int(found[2]):
        raise BadTune(f"“M:{value[:20]}” is not a metre: write M:6/8, for example.")
    return Fraction(int(found[1]), int(found[2]))


def plain_metre(value: str) -> str:
    """Return a metre that is written as a sum, (2+2+3)/8, in one number."""
    found = _SUM.fullmatch(value)
    return f"{sum(map(int, found[1].split('+')))}/{found[2]}" if found else value


def _unit(value: str) -> Fraction:
    found = _UNIT.fullmatch(value)
    if not found or not int(found[1]):
        raise BadTune(f"“L:{value[:20]}” is not a unit of length: write L:1/8, for example.")
    return Fraction(1, int(found[1]))


def _check_key(value: str) -> None:
    found = _KEY.fullmatch(value)
    if not value or not found or (found[2] or "").lower()[:3] not in _MODES:
        raise BadTune(f"“K:{value[:20]}” is not a key: write K:D for D major or K:Am for A minor.")
