"""The rows of a table that somebody pastes or brings, without what stands above and below, and the names over it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.data.columns import UnreadableColumns, read_number, table_rows
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
_UNITS = "€$£¥₹%°C "
_THOUSANDS = re.compile(r"(?<=\d)['\u2019](?=\d{3}(?!\d))")
_WHOLE = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)")
_SPACED = re.compile(r"(\S+)\s+[+-]?\d[\d.]*,\d+")
_SIGNS = "\t;|,"


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
    lines = [line for line in text.replace("\0", "").lstrip("\ufeff").splitlines() if line.strip()]
    if len(lines) > MOST + 2 * _MARGIN:
        raise UnreadableColumns(_too_long(len(lines)))
    trimmed = _between_margins(lines)
    rows = _one_below_the_other(table_rows("\n".join(_with_semicolons(trimmed)), len(lines)))
    begin = next((place for place, row in enumerate(rows[:_MARGIN]) if _says_something(row)), 1)
    end = len(rows) - next((place for place, row in enumerate(rows[::-1][:_MARGIN]) if not _is_remark(row)), 0)
    names = max(reversed(rows[:begin]), key=_filled, default=[])
    body = _whole(rows[begin:end], names)
    passed_over = len(lines) - len(trimmed) + max(0, begin - 1) + len(rows) - end
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
        (f"{counted(passed_over, 'line')} above or below the table left out",) if passed_over else (),
    )


def _too_long(rows: int) -> str:
    return f"The table has {rows:,} rows; at most {MOST:,} are read."


def number_in(cell: str) -> float | None:
    """Return the number in a cell, which may have a unit or a sign for a currency; None where it is none."""
    return read_number(_THOUSANDS.sub("", cell.strip(_UNITS)))


def is_number(cell: str) -> bool:
    """Whether there is a number in a cell."""
    return number_in(cell) is not None


def _between_margins(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without those at both ends that have no columns where the others have some."""
    sign = next((one for one in _SIGNS if sum(one in line for line in lines) > 0.8 * len(lines)), None)
    if sign is None:
        return lines
    with_columns = [place for place, line in enumerate(lines) if sign in line or is_number(line)]
    begin, end = with_columns[0], with_columns[-1] + 1
    return lines if begin > _MARGIN or len(lines) - end > _MARGIN else lines[begin:end]


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
