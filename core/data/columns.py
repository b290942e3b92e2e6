"""Two columns, the truth and the predictions, as people type them, paste them or bring them as a file."""

import csv
import io
import math
import re
from collections.abc import Sequence

from core.wording import counted

MOST_ROWS = 5000
MOST_CLASSES = 50
LONGEST = 60
"""Characters of a label."""
MOST_BYTES = 1_000_000
"""Of a file."""
_THINGS = ("", " label", " class", " value", " category", " answer")
_TRUTH = {
    f"{word}{thing}" for word in ("true", "actual", "gold", "real", "expected", "correct") for thing in _THINGS
} | {
    *("truth", "ground truth", "y true", "label", "class", "target", "reference", "observed", "y"),
}
_PREDICTION = {f"{word}{thing}" for word in ("predicted", "pred", "model", "network") for thing in _THINGS} | {
    *("prediction", "y pred", "y hat", "answer", "output", "guess", "forecast", "estimate"),
}
"""Headings in small letters, with blanks between their words."""
_TOLD = re.compile(r"sep=([\t;|,])", re.IGNORECASE)  # Excel's line above a table: what parts its columns
_SIGNS = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "}
)
_CODES = (
    "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|RSD|UAH|RUB|TRY|ILS|BRL|MXN|ARS|CLP|COP|PEN|"
    "CAD|AUD|NZD|ZAR|KRW|HKD|SGD|TWD|THB|IDR|MYR|PHP|VND|PKR|BDT|LKR|AED|SAR|EGP|MAD|NGN|KES|GHS"
)
_UNIT = (
    rf"(?:(?:US|CA|AU|NZ|HK|S|C|A|R)?\$|[¢-¥\u058f\u060b\u0e3f\u20a0-\u20c0\uffe0-\uffe6]|{_CODES}|"
    r"S?Fr\.?|kr\.?|Rs\.?|zł|Kč|Ft|lei|TL|%|‰|°[CFK]?|C)"
)
_UNITS = re.compile(rf"{_UNIT}\s*(?=[-+(.\d])|(?<=[-).\d\s]){_UNIT}$", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)['\u2019](?=\d{3}(?!\d))")


class UnreadableColumns(ValueError):
    """Columns that cannot be compared; the message is a sentence for the person who brought them."""


def read_labels(truth: str, prediction: str) -> tuple[list[str], list[str]]:
    """Return two columns of labels of one length.

    A column of several lines holds a label a line, which may be several words. One line is parted by tabs, semicolons
    or commas, else by blanks.

    Raises:
        UnreadableColumns: nothing is there, the lengths differ, or there is too much.
    """
    truth, prediction = _without_headings(truth, prediction)
    columns = _labels(truth), _labels(prediction)
    _check_lengths(*columns)
    _check_gaps(truth, prediction)
    for name, column in zip(("truth", "prediction"), columns, strict=True):
        for row, label in enumerate(column, 1):
            if len(label) > LONGEST:
                raise UnreadableColumns(f"Row {row} of the {name} is longer than {LONGEST} characters.")
    classes = len({*columns[0], *columns[1]})
    if classes > MOST_CLASSES:
        raise UnreadableColumns(
            f"These are {classes} different labels; at most {MOST_CLASSES} are compared. Are they numbers? Then use "
            "the section “Numbers”."
        )
    return columns


def read_numbers(truth: str, prediction: str) -> tuple[list[float], list[float]]:
    """Return two columns of numbers of one length; decimal commas and points are both read.

    Raises:
        UnreadableColumns: something is no number, the lengths differ, or there is too much or nothing.
    """
    truth, prediction = _without_headings(truth, prediction)
    columns = _numbers(truth, "truth"), _numbers(prediction, "prediction")
    _check_lengths(*columns)
    _check_gaps(truth, prediction)
    return columns


def read_column(text: str, name: str) -> list[float]:
    """Return one column of numbers; `name` is what a complaint calls it.

    Raises:
        UnreadableColumns: something is no number, or there is too much or nothing.
    """
    numbers = _numbers(text, name)
    _check_lengths(numbers, numbers)
    return numbers


def split_table(text: str) -> tuple[str, str]:
    """Return the two columns of a pasted table or CSV file, each as a text of lines.

    Columns are found by their headings (truth, prediction and their like), else they are the first two. Tabs,
    semicolons and commas part them, else blanks.

    Raises:
        UnreadableColumns: there are no two columns.
    """
    rows = table_rows(text, MOST_ROWS)
    heading = [_as_heading(cell) for cell in rows[0]]
    named = [next((at for at, cell in enumerate(heading) if cell in names), None) for names in (_TRUTH, _PREDICTION)]
    first, second = named if None not in named else (0, 1)
    if _heads(rows, [at for at in named if at is not None]):
        rows = rows[1:]
    pairs = []
    for number, row in enumerate(rows, 1):
        pair = row[first or 0 : (first or 0) + 1] + row[second or 0 : (second or 0) + 1]
        if len(pair) < 2:
            raise UnreadableColumns(f"Row {number} of the table does not have two columns.")
        if any(pair) != all(pair):
            raise UnreadableColumns(f"Row {number} of the table has an empty cell. Each row needs both.")
        pairs += [pair] if all(pair) else []
    return "\n".join(true for true, _ in pairs), "\n".join(said for _, said in pairs)


def table_rows(text: str, most: int) -> list[list[str]]:
    """Return the cells of a pasted table or CSV file, row by row; at least one row, none without a cell.

    Tabs, semicolons, upright strokes and commas part the columns, else blanks. A heading may stand above `most` rows.

    Raises:
        UnreadableColumns: there is nothing, too much, or a quotation mark without an end.
    """
    lines = [line for line in text.replace("\0", "").lstrip("\ufeff").splitlines() if line.strip()]
    told = _TOLD.fullmatch(lines[0].strip(" ")) if lines else None
    lines = lines[1:] if told else lines
    if len(lines) > most + 1:
        raise UnreadableColumns(f"The table has {len(lines):,} rows; at most {most:,} are read.")
    signs = told[1] if told else "\t;|,"
    separator = next((sign for sign in signs if lines and all(sign in line for line in lines)), None)
    if separator is None and len(lines) > 1 and all(line.startswith('"') for line in lines[1:]):
        separator = ","  # a column of numbers in quotation marks
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)) if separator else [
            line.split() for line in lines
        ]  # fmt: skip
    except csv.Error:
        raise UnreadableColumns("This is not a table: a quotation mark in it has no end.") from None
    rows = [[cell.strip() for cell in row] for row in rows if row]
    if not rows:
        raise UnreadableColumns("The table is empty.")
    return rows


def bare_number(written: str) -> str:
    """Return a number without what spreadsheets and people write around it, its own commas and points untouched.

    Signs and names of currencies, percent signs and degrees go, and apostrophes between thousands; (12) and 12- become
    -12. Another text stays what it is.
    """
    text = _UNITS.sub("", written.translate(_SIGNS).strip(), count=2).strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{_UNITS.sub('', text[1:-1].strip(), count=2).strip()}"
    elif text.endswith("-"):
        text = f"-{text[:-1].strip()}"
    return _THOUSANDS.sub("", text)


def read_number(written: str) -> float | None:
    """Return a number as people write it, with a decimal comma or point; None where it is none.

    Where both signs occur, the last one is before the decimals and the others are between thousands; where one occurs
    several times, it is between thousands, which in India may be groups of two.
    """
    usual = "".join(bare_number(written).split())
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3}){2,}|[+-]?\d{1,2}(,\d\d)+,\d{3}|[+-]?\d{1,3}(\.\d{3}){2,}", usual, re.ASCII):
        return float(usual.replace(",", "").replace(".", ""))
    if "," in usual and "." in usual:
        decimal = max(",.", key=usual.rindex)
        thousands = "," if decimal == "." else "."
        whole, _, decimals = usual.rpartition(decimal)
        grouped = rf"[+-]?(\d{{1,3}}(\{thousands}\d{{3}})+|\d{{1,2}}(\{thousands}\d\d)+\{thousands}\d{{3}})"
        if not re.fullmatch(grouped, whole, re.ASCII):
            return None
        usual = f"{whole.replace(thousands, '')}.{decimals}"
    elif usual.count(",") == 1:
        usual = usual.replace(",", ".")
    return float(usual) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", usual, re.ASCII) else None


def decode_file(content: bytes) -> str:
    """Return the text of a CSV file, in UTF-8, in UTF-16 with its mark, or as Windows writes it.

    Raises:
        UnreadableColumns: it is too large, or no text.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableColumns(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    text = decode_text(content)
    if text is None:
        raise UnreadableColumns("This file is not text. Save the table as CSV and bring it again.")
    return text


def decode_text(content: bytes) -> str | None:
    """Return the text of a file, in UTF-8, in UTF-16 with its mark, or as Windows writes it; None where it is none."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _as_heading(cell: str) -> str:
    """Return a cell as the names of columns are known: in small letters, with blanks between its words."""
    singular = " ".join(re.split(r"[\s_.-]+", cell.casefold().strip(" :")))
    return singular if singular in _TRUTH | _PREDICTION else singular.removesuffix("s")


def _heads(rows: Sequence[Sequence[str]], named: Sequence[int]) -> bool:
    """Whether the first row is a heading, by the places of its cells that would be one.

    A name that stands in its column once more is a label; so may be “true” or “class” where it is the only name.
    """
    if not named or any(len(row) > at and row[at] == rows[0][at] for at in named for row in rows[1:]):
        return False
    numbers = all(read_number(cell) is not None for row in rows[1:] for cell in row[:2])
    return len(named) > 1 or numbers or _as_heading(rows[0][named[0]]) not in {"true", "class", "real", "correct", "y"}


def _without_headings(truth: str, prediction: str) -> tuple[str, str]:
    """Return two columns of lines without the headings that were pasted with both of them."""
    rows = list(zip(truth.strip().splitlines(), prediction.strip().splitlines(), strict=False))
    names = [_as_heading(cell) for cell in rows[0]] if len(rows) > 1 else []
    if names and names[0] in _TRUTH and names[1] in _PREDICTION and _heads(rows, (0, 1)):
        return truth.strip().partition("\n")[2], prediction.strip().partition("\n")[2]
    return truth, prediction


def _labels(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) != 1:
        return lines
    line = text.strip()
    sign = next((sign for sign in "\t;," if sign in line), None)
    return [" ".join(part.split()) for part in line.split(sign) if part.strip()]


def _numbers(text: str, name: str) -> list[float]:
    parts = re.split(r"[\n\r\t;]+|,\s+", text.translate(_SIGNS).strip(" \n\r\t;,"))
    if len(parts) == 1:
        parts = re.split(r"\s+" if " " in parts[0] else ",", parts[0])
    written = [part.strip() for part in parts if part.strip()]
    return [_number(part, row, name) for row, part in enumerate(written, 1)]


def _number(written: str, row: int, name: str) -> float:
    number = read_number(written)
    if number is None:
        raise UnreadableColumns(f"Row {row} of the {name} is not a number: {written[:LONGEST]}.")
    if not math.isfinite(number) or abs(number) > 1e12:
        raise UnreadableColumns(f"Row {row} of the {name} is too large: {written[:LONGEST]}.")
    return number


def _check_lengths(truth: list[str] | list[float], prediction: list[str] | list[float]) -> None:
    if not truth or not prediction:
        empty = "truth" if not truth else "prediction"
        raise UnreadableColumns(f"The column “{empty}” is empty. Type or paste what is to be compared.")
    if max(len(truth), len(prediction)) > MOST_ROWS:
        raise UnreadableColumns(
            f"These are {max(len(truth), len(prediction)):,} rows; at most {MOST_ROWS:,} are compared."
        )
    if len(truth) != len(prediction):
        raise UnreadableColumns(
            f"The truth has {counted(len(truth), 'row')} and the prediction {len(prediction):,}. Each row needs both."
        )


def _check_gaps(truth: str, prediction: str) -> None:
    """Refuse columns of lines whose empty ones stand at different places: their rows would be paired wrongly."""
    columns = [[bool(line.strip()) for line in text.splitlines()] for text in (truth, prediction)]
    if min(sum(column) for column in columns) < 2:
        return  # values in one line
    for row, filled in enumerate(zip(*columns, strict=False), 1):
        if filled in ((True, False), (False, True)):
            name = "prediction" if filled[0] else "truth"
            raise UnreadableColumns(f"Row {row} of the {name} is empty. Each row needs both.")
