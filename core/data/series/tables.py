"""A series out of a table that somebody pastes or brings: with dates or without, with gaps, with decimal commas."""

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.data.columns import UnreadableColumns, read_number, table_rows
from core.data.series.coding import LARGEST
from core.data.series.series import LEAST, MOST, Numbers, TimeSeries
from core.wording import counted

NOTHING = frozenset({"", "-", "--", "?", ".", "na", "n/a", "nan", "null", "none", "#n/a", "#nv"})
"""What people write where there is no number."""
_ISO = ("%Y-%m-%d", "%Y-%m", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y/%m/%d")
_DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m/%d/%Y %H:%M")
_OTHERS = ("%m/%Y", "%b %Y", "%B %Y", "%d %b %Y", "%b %d, %Y", "%Y%m%d", "%d-%b-%y")
_FORMATS = (*_ISO, *_DAY_FIRST, *_MONTH_FIRST, *_OTHERS)
_SATURDAY = 5
_FIRST_YEAR, _LAST_YEAR = 1500, 2200
_HOUR, _DAY = 3600.0, 86_400.0
_STEPS = (
    ("minute", 0.9 * 60, 1.1 * 60, 60),
    ("hour", 0.9 * _HOUR, 1.1 * _HOUR, 24),
    ("day", 0.9 * _DAY, 1.1 * _DAY, 7),
    ("week", 6.5 * _DAY, 7.5 * _DAY, 52),
    ("month", 27.5 * _DAY, 31.5 * _DAY, 12),
    ("quarter", 89 * _DAY, 93 * _DAY, 4),
    ("year", 364 * _DAY, 367 * _DAY, 1),
)
"""What lies between two dates: its name, its shortest and longest length in seconds, and how many make a season."""
_WHOLE = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)")
_PREFERRED = ("close", "adj close", "adj_close", "value", "values", "y")


@dataclass(frozen=True)
class SeriesTable:
    """A table as it was read.

    Attributes:
        names: of its columns.
        columns: cells as they were written, a tuple for each column.
        dates: place of the column that says when; None where nothing says it.
        numbers: places of the columns that hold numbers.
        begin: places of those, the likeliest first.
    """

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    dates: int | None
    numbers: tuple[int, ...]

    @property
    def offered(self) -> tuple[str, ...]:
        """The names of the columns that hold numbers, the likeliest first."""
        named = [self.names[place] for place in self.numbers]
        return tuple(sorted(named, key=lambda name: name.lower() not in _PREFERRED))


@dataclass(frozen=True, eq=False)
class OwnSeries:
    """A series that somebody brought.

    Attributes:
        series: its values.
        understood: what was made of the table, sentences.
    """

    series: TimeSeries
    understood: tuple[str, ...]


def read_table(text: str) -> SeriesTable:
    """Return a table with a row for each step.

    Raises:
        UnreadableColumns: there is no column of numbers, or too much or too little; the message is a sentence.
    """
    rows = _whole(table_rows(text, MOST))
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    heading = not any(_is_number(cell) or _date(cell) for cell in rows[0])
    names = _names(rows[0] if heading else [""] * width)
    rows = rows[1:] if heading else rows
    if len(rows) > MOST:
        raise UnreadableColumns(f"The table has {len(rows):,} rows; at most {MOST:,} are read.")
    if len(rows) < LEAST:
        raise UnreadableColumns(
            f"The table has {counted(len(rows), 'row')} of values; a forecast needs {LEAST} or more."
        )
    columns = tuple(tuple(row[place] for row in rows) for place in range(width))
    dates = next((place for place, column in enumerate(columns) if _format_of(column) is not None), None)
    if dates is None:
        _refuse_broken_dates(columns, names)
        dates = 0 if width > 1 and _counts(columns[0]) else None
    numbers = tuple(place for place, column in enumerate(columns) if place != dates and _mostly_numbers(column))
    if not numbers:
        raise UnreadableColumns(_complaint(columns, names, dates))
    return SeriesTable(names, columns, dates, numbers)


def series_of(table: SeriesTable, column: str = "", season: int = 0) -> OwnSeries:
    """Return one column of a table as a series.

    Rows go in the order of their dates. Where a value is missing, the one before it is taken: a value between its
    neighbours would let the one that follows be seen too early.

    Args:
        table: with the column.
        column: its name; the likeliest where there is none of that name.
        season: steps after which it repeats itself; 0 for what its dates suggest.

    Raises:
        UnreadableColumns: too few values, or one is out of all bounds; the message is a sentence.
    """
    name = column if column in table.offered else table.offered[0]
    cells = table.columns[next(place for place in table.numbers if table.names[place] == name)]
    written = np.array([_value(cell, row, name) for row, cell in enumerate(cells, 1)])
    understood = [f"{len(cells):,} rows; the values are in “{name}”"]
    if any("," in cell for cell in cells) and not any("." in cell for cell in cells):
        understood.append("a comma stands before the decimals")
    when, step, usual = None, "step", 1
    if table.dates is not None:
        when = _dates(table.columns[table.dates], understood)
    labels: tuple[str, ...] = ()
    if when is not None:
        order = sorted(range(len(when)), key=when.__getitem__)
        if order != list(range(len(when))):
            understood.append("sorted by date, the oldest first")
        when, written = [when[place] for place in order], written[order]
        when, written = _one_a_date(when, written, understood)
        step, usual = _step_of(when)
        if step == "day" and all(moment.weekday() < _SATURDAY for moment in when):
            usual = _SATURDAY
            understood.append("no weekends")
        when, written = _with_missing_dates(when, written, step, understood)
        labels = tuple(_label(moment, step) for moment in when)
        understood.append(f"a value for every {step}, from {labels[0]} to {labels[-1]}")
    elif table.dates is None:
        understood.append("no dates, so the rows are counted")
    values = _without_gaps(written, understood)
    labels = labels[len(labels) - len(values) :]
    if len(values) < LEAST:
        raise UnreadableColumns(f"There are {len(values)} values; a forecast needs {LEAST} or more.")
    season = season or usual
    series = TimeSeries("own", name, values, min(max(season, 1), len(values) // 2), step=step, labels=labels)
    return OwnSeries(series, tuple(understood))


def _whole(rows: list[list[str]]) -> list[list[str]]:
    """Return rows whose decimal commas were taken for the ends of columns, put together again.

    That was so where every row has two cells of digits, in the first one perhaps with points between thousands, and
    the first ones are no dates and do not count.
    """
    body = rows if _WHOLE.fullmatch(rows[0][0]) else rows[1:]
    if not body or any(len(row) != 2 or not _WHOLE.fullmatch(row[0]) or not row[1].isdigit() for row in body):
        return rows
    firsts = tuple(row[0] for row in body)
    if (len(rows[0]) == 2 and body is not rows) or _counts(firsts) or _format_of(firsts) is not None:
        return rows
    return [*rows[: len(rows) - len(body)], *([f"{row[0]},{row[1]}"] for row in body)]


def _names(written: Sequence[str]) -> tuple[str, ...]:
    """Return a name for every column, no two alike."""
    found: list[str] = []
    for place, name in enumerate(written, 1):
        short = " ".join(name.split())[:40] or f"column {place}"
        found.append(short if short not in found else f"{short} ({place})")
    return tuple(found)


def _is_number(cell: str) -> bool:
    return read_number(cell) is not None


def _mostly_numbers(column: Sequence[str]) -> bool:
    given = [cell for cell in column if cell.lower() not in NOTHING]
    return bool(given) and all(map(_is_number, given))


def _complaint(columns: Sequence[Sequence[str]], names: Sequence[str], dates: int | None) -> str:
    """Return why no column holds numbers: the first cell that is none."""
    places = [place for place in range(len(columns)) if place != dates] or [0]
    best = max(places, key=lambda place: sum(map(_is_number, columns[place])))
    for row, cell in enumerate(columns[best], 1):
        if cell.lower() not in NOTHING and not _is_number(cell):
            return f"Row {row} of “{names[best]}” is no number: {cell[:40]}."
    return f"The column “{names[best]}” is empty."


def _value(cell: str, row: int, name: str) -> float:
    number = read_number(cell)
    if number is None:
        return float("nan")
    if not np.isfinite(number) or abs(number) > LARGEST:
        raise UnreadableColumns(f"Row {row} of “{name}” is too large: {cell[:40]}.")
    return number


def _counts(column: Sequence[str]) -> bool:
    """Whether a column only counts the rows: whole numbers, each one more than the one before."""
    if not all(cell.isascii() and cell.isdigit() and len(cell) < 10 for cell in column):
        return False
    numbers = list(map(int, column))
    return all(after - before == 1 for before, after in itertools.pairwise(numbers))


def _format_of(column: Sequence[str]) -> str | None:
    """Return how the dates of a column are written; None where it holds none.

    Where both day and month may come first, that is taken by which the dates are in order, and their steps more equal.
    """
    fitting = [one for one in _FORMATS if _date_as(column[0], one) and all(_date_as(cell, one) for cell in column)]
    if len(fitting) < 2:
        return next(iter(fitting), None)
    return min(fitting, key=lambda form: _unevenness([found for cell in column if (found := _date_as(cell, form))]))


def _refuse_broken_dates(columns: Sequence[Sequence[str]], names: Sequence[str]) -> None:
    """Raise UnreadableColumns where nearly all cells of a column are dates: the others stand there by mistake."""
    for name, column in zip(names, columns, strict=True):
        forms = [form for form in _FORMATS if _date_as(column[len(column) // 2], form)]
        for form in forms:
            wrong = [row for row, cell in enumerate(column, 1) if _date_as(cell, form) is None]
            if 0 < len(wrong) <= len(column) // 5:
                raise UnreadableColumns(
                    f"Row {wrong[0]} of “{name}” is no date: {column[wrong[0] - 1][:40] or 'empty'}."
                )


def _unevenness(moments: Sequence[datetime]) -> tuple[bool, float]:
    """Return whether dates are out of order, and how many times as long as the usual step the longest one is."""
    gaps = [(after - before).total_seconds() for before, after in itertools.pairwise(moments)]
    long = [abs(gap) for gap in gaps]
    return min(gaps) < 0 < max(gaps), max(long) / max(statistics.median(long), 1.0)


def _date(cell: str) -> datetime | None:
    return next((found for one in _FORMATS if (found := _date_as(cell, one)) is not None), None)


def _date_as(cell: str, form: str) -> datetime | None:
    packed = form == "%Y%m%d"
    if not cell.isascii() or len(cell) > 30 or (_is_number(cell) and not (packed and len(cell) == 8)):
        return None
    try:
        found = datetime.strptime(cell.strip().removesuffix("Z"), form)
    except ValueError:
        return None
    return found if not packed or _FIRST_YEAR <= found.year < _LAST_YEAR else None


def _dates(column: Sequence[str], understood: list[str]) -> list[datetime] | None:
    """Return when each row is; None where the column only counts."""
    form = _format_of(column)
    if form is None and _FIRST_YEAR <= int(column[0]) <= int(column[-1]) < _LAST_YEAR:
        return [datetime(int(cell), 1, 1) for cell in column]
    if form is None:
        understood.append("the first column counts the rows")
        return None
    if form in (*_DAY_FIRST, *_MONTH_FIRST):
        understood.append(
            "dates are read as day, month, year" if form in _DAY_FIRST else "dates are read as month, day, year"
        )
    return [moment for cell in column if (moment := _date_as(cell, form)) is not None]


def _one_a_date(when: list[datetime], values: Numbers, understood: list[str]) -> tuple[list[datetime], Numbers]:
    """Return each date once; of several values of a date the last one counts."""
    last = {moment: place for place, moment in enumerate(when)}
    if len(last) < len(when):
        understood.append(f"{counted(len(when) - len(last), 'date')} occurred twice; the last value counts")
    return list(last), values[list(last.values())]


def _step_of(when: Sequence[datetime]) -> tuple[str, int]:
    """Return what usually lies between two dates, and how many of them make a season."""
    gaps = [(after - before).total_seconds() for before, after in itertools.pairwise(when)]
    usual = statistics.median(gaps) if gaps else 0.0
    return next(((name, season) for name, low, high, season in _STEPS if low <= usual <= high), ("step", 1))


def _with_missing_dates(
    when: list[datetime], values: Numbers, step: str, understood: list[str]
) -> tuple[list[datetime], Numbers]:
    """Return dates without gaps, and NaN for those that were missing.

    Not where more than a tenth is missing, as weekends are in a table of prices: then row follows row.
    """
    places = [_place(moment, step) for moment in when]
    if None in places:
        return when, values
    numbers = [place for place in places if place is not None]
    steps = numbers[-1] - numbers[0] + 1
    missing = steps - len(numbers)
    if missing <= 0 or len(set(numbers)) < len(numbers):
        return when, values
    if missing > len(numbers) // 10 or steps > MOST:
        understood.append(f"{missing:,} dates between the first and the last have no row; row follows row")
        return when, values
    filled = np.full(steps, np.nan)
    filled[np.array(numbers) - numbers[0]] = values
    known = dict(zip(numbers, when, strict=True))
    dates: list[datetime] = []
    for place in range(numbers[0], numbers[-1] + 1):
        dates.append(known.get(place) or _moment(place, step, dates[-1]))
    understood.append(f"{counted(missing, 'date')} missing between the others")
    return dates, filled


def _place(moment: datetime, step: str) -> int | None:
    """Return the number of a step, so that neighbours differ by 1; None for steps that are not counted."""
    if step == "day":
        return moment.toordinal()
    if step == "month":
        return 12 * moment.year + moment.month
    return moment.year if step == "year" else None


def _moment(place: int, step: str, before: datetime) -> datetime:
    if step == "day":
        return datetime.fromordinal(place)
    year, month = (divmod(place - 1, 12)[0], divmod(place - 1, 12)[1] + 1) if step == "month" else (place, before.month)
    return datetime(year, month, 1)


def _label(moment: datetime, step: str) -> str:
    if step in ("hour", "minute") or moment.hour or moment.minute:
        return moment.strftime("%Y-%m-%d %H:%M")
    return {"month": moment.strftime("%Y-%m"), "year": moment.strftime("%Y")}.get(step, moment.strftime("%Y-%m-%d"))


def _without_gaps(written: Numbers, understood: list[str]) -> Numbers:
    """Return values where each gap has the value before it; gaps at the beginning are left out."""
    known = np.flatnonzero(np.isfinite(written))
    if not len(known):
        return np.empty(0)
    values = written[known[0] :]
    gaps = int(np.isnan(values).sum())
    if known[0]:
        understood.append(f"{counted(int(known[0]), 'row')} without a value at the beginning left out")
    if gaps:
        understood.append(f"{counted(gaps, 'gap')} filled with the value before, so that nothing is known too early")
    last = np.maximum.accumulate(np.where(np.isfinite(values), np.arange(len(values)), 0))
    return values[last]
