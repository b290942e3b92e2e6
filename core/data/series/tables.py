"""A series out of a table that somebody pastes or brings: with dates or without, with gaps, with decimal commas."""

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from core.data.columns import UnreadableColumns, bare_number, read_number
from core.data.series.coding import LARGEST
from core.data.series.dates import Dates, first_broken, read_dates, read_whole_numbers
from core.data.series.rows import NOTHING, counts, is_number, read_sheet
from core.data.series.series import LEAST, MOST, Numbers, TimeSeries
from core.wording import counted

_SATURDAY = 5
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
_SIGN = re.compile(r"(\d*)([.,])(\d*)")
_PREFERRED = ("close", "adj close", "adj_close", "value", "values", "y")


@dataclass(frozen=True)
class SeriesTable:
    """A table as it was read.

    Attributes:
        names: of its columns.
        columns: cells as they were written, a tuple for each column.
        dates: when each row is; None where nothing says it.
        numbers: places of the columns that hold numbers.
        notes: what was understood of the table as a whole, sentences.
    """

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    dates: Dates | None
    numbers: tuple[int, ...]
    notes: tuple[str, ...] = ()

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
    sheet = read_sheet(text)
    names, columns = sheet.names, tuple(zip(*sheet.rows, strict=True))
    dates, places = _find_dates(columns, names)
    notes = list(sheet.notes)
    if dates is None and len(columns) > 1:
        if counts(columns[0]):
            places = {0}
            notes.append(f"“{names[0]}” counts the rows")
        elif not _mostly_numbers(columns[0]):
            notes.append(f"“{names[0]}” holds no dates that can be read")
    numbers = tuple(place for place, column in enumerate(columns) if place not in places and _mostly_numbers(column))
    if not numbers:
        raise UnreadableColumns(_complaint(columns, names, places))
    if dates is not None and _repeats(dates):
        raise UnreadableColumns(
            f"Most dates of “{names[min(places)]}” occur several times, as where several series are "
            "stacked. Bring the rows of one of them."
        )
    return SeriesTable(names, columns, dates, numbers, tuple(notes))


def _find_dates(columns: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[Dates | None, set[int]]:
    """Return when each row is, and the places of the columns that say it: one, or the first few together.

    Raises:
        UnreadableColumns: a date is broken; the message is a sentence.
    """
    read = ((place, read_dates(column)) for place, column in enumerate(columns))
    at, dates = next(((place, found) for place, found in read if found is not None), (0, None))
    if dates is None and len(columns) > 1:
        years = ((place, read_whole_numbers(columns[place], names[place], first=place == 0)) for place in (0, 1))
        at, dates = next(((place, found) for place, found in years if found is not None), (0, None))
    if len(columns) > 2 and (dates is None or _repeats(dates)) and len(set(columns[0])) < len(columns[0]):
        for width, sign in ((3, "-"), (2, "-"), (2, " ")):
            parts = columns[: min(width, len(columns) - 1)]
            together = read_dates([sign.join(cells) for cells in zip(*parts, strict=True)])
            if together is not None and not _repeats(together):
                return together, set(range(len(parts)))
    if dates is None:
        _refuse_broken_dates(columns, names)
    return dates, {at} if dates is not None else set()


def _repeats(dates: Dates) -> bool:
    """Whether most dates stand there several times."""
    return 2 * len(set(dates.moments)) <= len(dates.moments)


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
    understood = [*table.notes, f"{len(cells):,} rows; the values are in “{name}”"]
    numbers = enumerate(_with_points(cells, understood), 1)
    written = np.array([_value(cell, row, name) for row, cell in numbers])
    step, usual = "step", 1
    labels: tuple[str, ...] = ()
    if table.dates is not None:
        when = list(table.dates.moments)
        understood.extend(table.dates.notes)
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
    else:
        understood.append("no dates, so the rows are counted")
    values = _without_gaps(written, understood)
    labels = labels[len(labels) - len(values) :]
    if len(values) < LEAST:
        raise UnreadableColumns(f"There are {len(values)} values; a forecast needs {LEAST} or more.")
    season = season or usual
    series = TimeSeries("own", name, values, min(max(season, 1), len(values) // 2), step=step, labels=labels)
    return OwnSeries(series, tuple(understood))


def _mostly_numbers(column: Sequence[str]) -> bool:
    given = [cell for cell in column if cell.lower() not in NOTHING]
    return bool(given) and all(map(is_number, given))


def _complaint(columns: Sequence[Sequence[str]], names: Sequence[str], dates: set[int]) -> str:
    """Return why no column holds numbers: the first cell that is none."""
    places = [place for place in range(len(columns)) if place not in dates] or [0]
    best = max(places, key=lambda place: sum(map(is_number, columns[place])))
    for row, cell in enumerate(columns[best], 1):
        if cell.lower() not in NOTHING and not is_number(cell):
            return f"Row {row} of “{names[best]}” is not a number: {cell[:40]}."
    return f"The column “{names[best]}” is empty."


def _with_points(cells: Sequence[str], understood: list[str]) -> list[str]:
    """Return the numbers of a column with a point before the decimals and nothing between thousands.

    What one cell leaves open, 1.234 for example, others of the column decide.
    """
    cells = [bare_number(cell) for cell in cells]
    telling = [cell for cell in cells if is_number(cell)]
    signs = {sign for cell in telling for sign in ",." if sign in cell}
    decimal = {found for cell in telling if (found := _decimal_sign(cell))}
    if not signs or len(decimal) > 1:
        return list(cells)
    one = next(iter(decimal), "")
    small = [cell.strip("+-") for cell in telling if not signs & set(cell)]
    if not one and len(signs) == 1 and small and max(map(len, small)) <= 3:
        one = "," if signs == {"."} else "."  # 1,234 beside 987: three digits behind each sign, and none without need
    if one or signs == {","}:
        one = one or ","
        words = {",": "comma", ".": "point"}
        if one == ",":
            understood.append("a comma stands before the decimals")
        if signs - {one}:
            (other,) = signs - {one}
            understood.append(f"a {words[other]} stands between thousands")
    elif signs == {"."}:
        one = "."
        example = next(cell for cell in telling if "." in cell)
        understood.append(f"the point in {example[:20]} stands before the decimals")
    else:
        return list(cells)
    thousands = "," if one == "." else "."
    return [cell.replace(thousands, "").replace(",", ".") for cell in cells]


def _decimal_sign(cell: str) -> str:
    """Return the sign before the decimals of a number; nothing where that cannot be told."""
    if "," in cell and "." in cell:
        return max(",.", key=cell.rindex)
    for sign, other in (",.", ".,"):
        if cell.count(sign) > 1:
            return other
        if sign in cell:
            before, _, after = cell.partition(sign)
            digits = [sum(map(str.isdigit, part)) for part in (before, after)]
            return "" if digits[1] == 3 and 1 <= digits[0] <= 3 and before.strip("+-")[:1] != "0" else sign
    return ""


def _value(cell: str, row: int, name: str) -> float:
    number = read_number(cell)
    if number is None:
        return float("nan")
    if not np.isfinite(number) or abs(number) > LARGEST:
        raise UnreadableColumns(f"Row {row} of “{name}” is too large: {cell[:40]}.")
    return number


def _refuse_broken_dates(columns: Sequence[Sequence[str]], names: Sequence[str]) -> None:
    """Raise UnreadableColumns where nearly all cells of a column are dates."""
    for name, column in zip(names, columns, strict=True):
        wrong = first_broken(column)
        if wrong is not None:
            raise UnreadableColumns(f"Row {wrong + 1} of “{name}” is not a date: {column[wrong][:40] or 'empty'}.")


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
