"""Dates as people write them: in digits, with names of months in many languages, quarters, weeks, years alone."""

import itertools
import re
import statistics
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from core.data.columns import read_number

_ISO = ("%Y-%m-%d", "%Y-%m", "%Y/%m/%d", "%Y/%m", "%Y.%m.%d")
_DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%d-%m-%y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m-%d-%y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_SPELLED = ("~%m %Y", "%d ~%m %Y", "~%m %d %Y", "%Y ~%m", "%Y ~%m %d", "~%m %y", "%d ~%m %y", "%d ~%m %Y %H:%M")
"""A tilde stands before a month that was a word."""
_PACKED = {"%Y%m%d": 8, "%Y%m": 6}
"""Dates that are whole numbers as well, and their lengths."""
_DAYS = tuple(day + time for day in (*_ISO, *_DAY_FIRST, *_MONTH_FIRST) for time in _TIMES)
_FORMATS = ("iso", *_DAYS, "%m/%Y", "%m.%Y", "%m-%Y", *_SPELLED, *_PACKED)
_FIRST_YEAR, _LAST_YEAR = 1500, 2200
_SECONDS = (10**8, 4 * 10**9)
"""Between them lie whole numbers that count the seconds since 1970: from 1973 to 2096."""
_THOUSANDTHS = (2 * 10**11, 4 * 10**12)
"""Those that count its thousandths: from 1976 to 2096."""
_SHEET_DAYS = (10_000, 80_000)
"""Days since the end of 1899, as a sheet shows a date that has lost its format: from 1927 to 2119."""
_FEW_YEARS = 10
_DAY_NAMES = {"date", "day", "datum", "tag", "jour", "fecha", "dia", "data", "dato", "giorno"}
_YEAR = {"year", "years", "jahr", "annee", "ano", "anno", "jaar", "rok", "god", "yil", "ar", "vuosi"}
_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "tr", "sv", "da", "nb"),
    *("fi", "hu", "ro", "hr", "sl", "sk", "uk", "ru", "el", "et", "lv", "lt"),
)
"""Whose names of months are known; of those in which a whole column makes sense, the first one counts."""
_ALSO = {"mrz": 3}
"""German spreadsheets write so."""
_FILLERS = {"de", "del", "of", "the", "uhr", "st", "nd", "rd", "th", "\N{CYRILLIC SMALL LETTER GHE}"}
_WORD = re.compile(r"[^\W\d_]+\.?")
_QUARTER = re.compile(
    r"(?P<year>\d{4})[ /.-]*[qt](?P<quarter>[1-4])|[qt](?P<quarter_2>[1-4])[ /.-]*(?P<year_2>\d{4})"
    r"|(?P<quarter_3>[1-4])\.? *(?:quarter|quartal|q)[ /.-]*(?P<year_3>\d{4})"
)
_POINTED = re.compile(r"(\d{1,4})\. ?(\d\d?)\. ?(\d{1,4})\.?")
"""In Korea and Hungary a point ends a date, in the Balkans too."""
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(\d\d?) ?[月월](?: ?(\d\d?) ?[日일])?")
_MONTH_NUMBER = re.compile(r"(\d{4}) ?m(\d\d?)")
_LONGEST = 40
"""Characters of a date."""


@dataclass(frozen=True)
class Dates:
    """A column of dates as it was read.

    Attributes:
        moments: when each row is.
        notes: what was understood, beyond the obvious; sentences.
    """

    moments: tuple[datetime, ...]
    notes: tuple[str, ...] = ()


def read_dates(column: Sequence[str]) -> Dates | None:
    """Return when each row of a column is; None where it holds no dates.

    Where both day and month may come first, that is taken by which the dates are in order, and their steps more equal.
    """
    for cells in _spellings(column):
        fitting = [form for form in _FORMATS if _date_as(cells[0], form) and all(_date_as(one, form) for one in cells)]
        ways = [(form, [found for one in cells if (found := _date_as(one, form))]) for form in fitting]
        if ways:
            form, moments = min(ways, key=lambda way: _unevenness(way[1])) if len(ways) > 1 else ways[0]
            return Dates(tuple(moments), _notes(form, cells))
    return None


def read_whole_numbers(column: Sequence[str], name: str, *, first: bool) -> Dates | None:
    """Return when each row of a column is that holds years, or counts seconds or days; None where it does neither.

    They are taken for that where the column's name says that they are years, or where it is the `first` one and they
    rise or fall all the way, in steps of a few years.
    """
    if not all(cell.isascii() and cell.isdigit() and len(cell) <= 13 for cell in column):
        return None
    numbers = [int(cell) for cell in column]
    gaps = [after - before for before, after in itertools.pairwise(numbers)] or [0]
    ordered = first and (min(gaps) > 0 or max(gaps) < 0)
    if min(numbers) >= _FIRST_YEAR and max(numbers) < _LAST_YEAR:
        even = ordered and max(map(abs, gaps)) <= _FEW_YEARS
        return Dates(tuple(datetime(one, 1, 1) for one in numbers)) if even or _plain(name) in _YEAR else None
    if ordered and _SECONDS[0] <= min(numbers) and max(numbers) < _SECONDS[1]:
        moments = (datetime.fromtimestamp(number, UTC).replace(tzinfo=None) for number in numbers)
        return Dates(tuple(moments), (f"“{name}” counts seconds since 1970",))
    if ordered and _THOUSANDTHS[0] <= min(numbers) and max(numbers) < _THOUSANDTHS[1]:
        moments = (datetime.fromtimestamp(number / 1000, UTC).replace(tzinfo=None) for number in numbers)
        return Dates(tuple(moments), (f"“{name}” counts thousandths of a second since 1970",))
    if ordered and _SHEET_DAYS[0] <= min(numbers) and max(numbers) < _SHEET_DAYS[1] and _plain(name) in _DAY_NAMES:
        moments = (datetime(1899, 12, 30) + timedelta(number) for number in numbers)
        return Dates(tuple(moments), (f"“{name}” counts days as a spreadsheet does",))
    return None


def is_date(cell: str) -> bool:
    """Whether one cell is a date, in any language."""
    return any(_date_as(spelled, form) for (spelled,) in _spellings([cell]) for form in _FORMATS)


def first_broken(column: Sequence[str]) -> int | None:
    """Return the place of the first cell that is no date where nearly all others are: it stands there by mistake."""
    middle = column[len(column) // 2]
    for language in (None, *_languages_of([middle])):
        cells = _in_digits(column, language)
        for form in (form for form in _FORMATS if _date_as(cells[len(cells) // 2], form)):
            wrong = [row for row, cell in enumerate(cells) if _date_as(cell, form) is None]
            if 0 < len(wrong) <= len(column) // 5:
                return wrong[0]
    return None


def _notes(form: str, cells: Sequence[str]) -> tuple[str, ...]:
    if form.startswith(_DAY_FIRST):
        return ("dates are read as day, month, year",)
    if form.startswith(_MONTH_FIRST):
        return ("dates are read as month, day, year",)
    zones = form == "iso" and any(_zone(cell) for cell in cells)
    return ("times are those of UTC",) if zones else ()


def _unevenness(moments: Sequence[datetime]) -> tuple[bool, float]:
    """Return whether dates are out of order, and how many times as long as the usual step the longest one is."""
    gaps = [(after - before).total_seconds() for before, after in itertools.pairwise(moments)]
    long = [abs(gap) for gap in gaps] or [0.0]
    return min(gaps, default=0) < 0 < max(gaps, default=0), max(long) / max(statistics.median(long), 1.0)


def _date_as(cell: str, form: str) -> datetime | None:
    if not cell.isascii() or len(cell) > _LONGEST or (read_number(cell) is not None and len(cell) != _PACKED.get(form)):
        return None
    try:
        found = _from_iso(cell) if form == "iso" else datetime.strptime(cell, form)
    except (ValueError, OverflowError):
        return None
    return found if form not in _PACKED or _FIRST_YEAR <= found.year < _LAST_YEAR else None


def _from_iso(cell: str) -> datetime:
    found = datetime.fromisoformat(cell)
    return found if found.tzinfo is None else found.astimezone(UTC).replace(tzinfo=None)


def _zone(cell: str) -> timedelta | None:
    return datetime.fromisoformat(cell).utcoffset()


def _spellings(column: Sequence[str]) -> list[list[str]]:
    """Return a column as dates may be hidden in it: as it is, and with the words of languages in which it makes sense.

    Names of months become numbers behind a tilde, those of days and little words between them nothing.
    """
    return [_in_digits(column, language) for language in (None, *_languages_of(column))]


def _languages_of(column: Sequence[str]) -> list[str]:
    """Return the languages in which every word of a column belongs to a date; none where there are no words."""
    words = {word for cell in column[:: max(1, len(column) // 400)] for word in _words(cell)}
    if not words or len(words) > 100:
        return []
    return [one for one in _LANGUAGES if words <= {*_calendar(one), *_FILLERS} and words & _calendar(one).keys()]


def _words(cell: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(cell[:_LONGEST])]


def _in_digits(column: Sequence[str], language: str | None) -> list[str]:
    if language is None:
        return [_regular(cell) for cell in column]
    known = _calendar(language)

    def number(word: re.Match[str]) -> str:
        month = known.get(_plain(word[0]), 0)
        return f" ~{month:02d} " if month else " "

    written = (_WORD.sub(number, cell[: _LONGEST + 1]).strip(" ,.") for cell in column)
    return [re.sub(r"[\s,./'\u2019-]+", " ", cell) if "~" in cell else cell for cell in written]


def _regular(cell: str) -> str:
    """Return a cell with one blank between its parts; quarters and months with their letter as a first of a month."""
    short = " ".join(cell.split())
    if found := _QUARTER.fullmatch(short.lower()):
        parts = found.groupdict()
        year, quarter = (
            next(filter(None, (parts[f"{name}{end}"] for end in ("", "_2", "_3")))) for name in ("year", "quarter")
        )
        return f"~{3 * int(quarter) - 2:02d} {year}"
    if found := _MONTH_NUMBER.fullmatch(short.lower()):
        return f"~{int(found[2]):02d} {found[1]}"
    if found := _EAST_ASIAN.fullmatch(short):
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3] or 1):02d}"
    if found := _POINTED.fullmatch(short):
        return ".".join(found.groups())
    return short


def _plain(word: str) -> str:
    """Return a word in small letters, without accents and without a point behind it."""
    apart = unicodedata.normalize("NFKD", word.casefold().rstrip("."))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def _calendar(language: str) -> Mapping[str, int]:
    """Return the months by their names in a language, full or shortened to three letters and more; days are 0.

    The names are those of the Unicode Common Locale Data Repository.
    """
    from babel import Locale  # some 30 ms for a language, and only where a table holds words

    locale = Locale(language)
    names: dict[str, set[int]] = {}
    for context, width in itertools.product(("format", "stand-alone"), ("wide", "abbreviated")):
        for month, name in locale.months[context][width].items():
            word = _plain(name)
            lengths = range(min(3, len(word)), len(word) + 1) if width == "wide" else (len(word),)
            for length in lengths:
                names.setdefault(word[:length], set()).add(month)
    whole = {_plain(name): month for month, name in locale.months["format"]["wide"].items()}
    months = {word: min(found) for word, found in names.items() if len(found) == 1} | whole
    days = (
        _plain(name)
        for context, width in itertools.product(("format", "stand-alone"), ("wide", "abbreviated"))
        for name in locale.days[context][width].values()
    )
    return dict.fromkeys(days, 0) | months | (_ALSO if language == "de" else {})
