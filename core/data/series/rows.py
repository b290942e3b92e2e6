"""The rows of a table that somebody pastes or brings, without what stands above and below, and the names over it."""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.data.columns import UnreadableColumns, bare_number, read_number, table_rows
from core.data.series.dates import is_date, read_dates
from core.data.series.series import LEAST, MOST
from core.wording import counted

NOTHING = frozenset(
    {"", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "/", "?", ".", "..", "...", "\N{HORIZONTAL ELLIPSIS}"}
    | {"na", "n/a", "n.a.", "k.a.", "nan", "null", "none", "#n/a", "#nv"}
)
"""What people write where there is no number."""
_MARGIN = 10
"""Rows above and below a table that are passed over."""
_TOTALS = re.compile(
    "(grand |sub)?total|sum|average|mean|summe|(ins)?gesamt|mittelwert|durchschnitt|mittel|somme|moyenne|ensemble|"
    "totale|somma|media|promedio|suma|totaal|gemiddelde|soma|razem|celkem|summa|toplam|"
    "\u0438\u0442\u043e\u0433\u043e|\u5408\u8ba1|\u5408\u8a08"
)
"""What stands before sums and means below a table."""
_WHOLE = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)")
_GROUPED = re.compile(r"[+-]?(?:\d{1,3}(?:([ .,'])\d{3})+(?:(?!\1)[.,]\d+)?|\d{1,3}(?:[.,]\d+)?)")
"""A number whose thousands may be apart."""
_SPACED = re.compile(r"(\S+)\s+[+-]?\d[\d.]*,\d+")
_SIGNS = "\t;|,"
_OTHER_SIGNS = {0x066B: ".", 0x066C: "'", 0xFF0C: ",", 0xFF0E: "."}  # Arabic decimals and thousands; full width


@dataclass(frozen=True)
class SeriesRows:
    """Rows of cells, all of one width.

    Attributes:
        names: of the columns, no two alike.
        rows: cells as they were written.
        notes: what was passed over, sentences.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def read_sheet(text: str) -> SeriesRows:
    """Return the rows of a table.

    Raises:
        UnreadableColumns: it is empty, too long or too short, or a row has more cells than the heading.
    """
    text = _plain_digits(text.replace("\0", "").lstrip("\ufeff"))
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST + 2 * _MARGIN:
        raise UnreadableColumns(_too_long(len(lines)))
    one_column = _is_one_column(lines)
    trimmed = lines if one_column else _between_margins(lines)
    if one_column:
        rows = [[line.strip()] for line in trimmed]
    else:
        rows = _one_below_the_other(table_rows("\n".join(_with_semicolons(trimmed)), len(lines)))
    begin = next((place for place, row in enumerate(rows[:_MARGIN]) if _says_something(row)), 1)
    end = len(rows) - next((place for place, row in enumerate(rows[::-1][:_MARGIN]) if not _is_remark(row)), 0)
    totals = _totals(rows[begin:end])
    end -= len(totals)
    names = max(reversed(rows[:begin]), key=_filled, default=[])
    body = _whole(rows[begin:end], names) if "," in text else rows[begin:end]
    passed_over = len(lines) - len(trimmed) + max(0, begin - 1) + len(rows) - end - len(totals)
    notes = [f"{counted(passed_over, 'line')} above or below the table left out"] if passed_over else []
    if totals:
        notes.append(f"{', '.join(totals)} below the table left out")
    if len(body) > MOST:
        raise UnreadableColumns(_too_long(len(body)))
    if len(body) < LEAST:
        raise UnreadableColumns(
            f"The table has {counted(len(body), 'row')} of values; a forecast needs {LEAST} or more."
        )
    width = max(len(names), *map(len, body))
    named = [place for place in range(len(names)) if names[place]]
    if named and (wide := next((place for place, row in enumerate(body, 1) if _filled(row[max(named) + 1 :])), 0)):
        raise UnreadableColumns(
            f"Row {wide} has more cells than the heading. If commas stand before the decimals, part the columns by "
            "semicolons."
        )
    kept = [place for place in range(width) if place in named or any(_filled(row[place : place + 1]) for row in body)]
    kept = kept or [0]
    return SeriesRows(
        _names([names[place] if place < len(names) else "" for place in kept]),
        tuple(tuple(row[place] if place < len(row) else "" for place in kept) for row in body),
        tuple(notes),
    )


def _plain_digits(text: str) -> str:
    """Return a text with the digits 0 to 9 for those of other scripts, and their signs between them."""
    if text.isascii():
        return text
    others = {ord(char): str(unicodedata.decimal(char)) for char in set(text) if char.isdecimal()}
    return text.translate(others | _OTHER_SIGNS)


def _too_long(rows: int) -> str:
    return f"The table has {rows:,} rows; at most {MOST:,} are read."


def is_number(cell: str) -> bool:
    """Whether there is a number in a cell, which may have a unit or a sign for a currency."""
    return read_number(cell) is not None


def _between_margins(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without those at both ends that have no columns where the others have some."""
    sign = next((one for one in _SIGNS if sum(one in line for line in lines) > 0.8 * len(lines)), None)
    if sign is None:
        return lines
    with_columns = [place for place, line in enumerate(lines) if sign in line or is_number(line)]
    begin, end = with_columns[0], with_columns[-1] + 1
    return lines if begin > _MARGIN or len(lines) - end > _MARGIN else lines[begin:end]


def _is_one_column(lines: Sequence[str]) -> bool:
    """Whether each line is one number with signs or blanks in it that would be taken for ends of columns."""
    bare = [bare_number(line) for line in lines]
    begin = next((place for place, line in enumerate(bare[:_MARGIN]) if _GROUPED.fullmatch(line)), len(bare))
    body = bare[begin:]
    if len(body) < LEAST or not all(map(_GROUPED.fullmatch, body)):
        return False
    blanks = [line.split() for line in body if " " in line]
    if not blanks:
        return any(
            ("," in line and "." in line) or line != written.strip()
            for line, written in zip(body, lines[begin:], strict=True)
        )
    if len(blanks) == len(body) and counts([parts[0] for parts in blanks]):
        return False
    decimals = any(not sign.isdigit() for line in body for sign in line.strip("+-").replace(" ", ""))
    return (
        decimals or len({len(line.split()) for line in body}) > 1 or (begin > 0 and len(lines[begin - 1].split()) == 1)
    )


def _with_semicolons(lines: Sequence[str]) -> Sequence[str]:
    """Return lines of a date, blanks and a number with a decimal comma with semicolons for the blanks."""
    body = [_SPACED.fullmatch(line.strip()) for line in lines[1:]]
    if not body or not all(body):
        return lines
    firsts = [found[1] for found in body if found]
    if not all(re.fullmatch(r"\d{4}", first) for first in firsts) and read_dates(firsts) is None:
        return lines
    return [";".join(line.split()) for line in lines]


def _one_below_the_other(rows: list[list[str]]) -> list[list[str]]:
    """Return the cells of a single row as rows: that is how a list of numbers is pasted."""
    return [[cell] for cell in rows[0] if cell] if len(rows) == 1 and len(rows[0]) >= LEAST else rows


def _filled(row: Sequence[str]) -> int:
    """Return how many cells hold words or numbers, not only a rule under a heading."""
    return sum(any(sign.isalnum() for sign in cell) for cell in row)


def _says_something(row: Sequence[str]) -> bool:
    """Whether a row holds a number or a date, as those of headings do not."""
    return any(is_number(cell) or is_date(cell) for cell in row)


def _is_remark(row: Sequence[str]) -> bool:
    """Whether a row is words alone; a row without any is one of which everything is missing."""
    return any(cell.lower() not in NOTHING for cell in row) and not _says_something(row)


def _totals(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what the last rows are called that add the others up, or tell their mean; none where there are none.

    One without a name is known by the empty cell where all rows above it have a date.
    """
    found: list[str] = []
    for row in rows[::-1][:_MARGIN]:
        name = next((cell for cell in row if cell), "")
        if not _TOTALS.fullmatch(" ".join(re.findall(r"[^\W\d_]+", name.casefold()))):
            break
        found.insert(0, f"“{name[:40]}”")
    above = rows[: len(rows) - len(found)]
    last = above[-1] if len(above) > LEAST and not found else []
    if last and last[0] == "" and _says_something(last) and all(is_date(row[0]) for row in above[-LEAST:-1]):
        return ["the row without a date"]
    return found


def _whole(rows: list[list[str]], names: Sequence[str]) -> list[list[str]]:
    """Return rows whose decimal commas were taken for the ends of columns, put together again.

    That was so where every row has one cell more than the heading, the last two of them digits, in the first of these
    perhaps with points between thousands; without a heading where there are two, and the first ones are no dates and
    do not count.
    """
    width = max(len(names), 1) + 1
    if any(len(row) != width or not _WHOLE.fullmatch(row[-2]) or not row[-1].isdigit() for row in rows):
        return rows
    firsts = [row[0] for row in rows]
    if width == 2 and (counts(firsts) or read_dates(firsts) is not None):
        return rows
    return [[*row[:-2], f"{row[-2]},{row[-1]}"] for row in rows]


def counts(column: Sequence[str]) -> bool:
    """Whether a column only counts the rows: whole numbers, each one more than the one before."""
    if not all(cell.isascii() and cell.isdigit() and len(cell) < 10 for cell in column):
        return False
    return all(after - before == 1 for before, after in itertools.pairwise(map(int, column)))


def _names(written: Sequence[str]) -> tuple[str, ...]:
    """Return a name for every column, no two alike."""
    found: list[str] = []
    for place, name in enumerate(written, 1):
        short = " ".join(name.split())[:40] or f"column {place}"
        found.append(short if short not in found else f"{short} ({place})")
    return tuple(found)
