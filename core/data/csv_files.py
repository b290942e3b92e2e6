"""Tables as CSV files that spreadsheets of several languages open right."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | float | None


@dataclass(frozen=True)
class CsvStyle:
    """How a CSV file is written.

    Attributes:
        title: who reads it like that, with an example.
        separator: between columns.
        decimal: before the decimals of a number.
    """

    title: str
    separator: str
    decimal: str


STYLES = {
    "point": CsvStyle("1.5, 2.5 (English, Python)", ",", "."),
    "comma": CsvStyle("1,5; 2,5 (German, French, Spanish and more)", ";", ","),
    "swiss": CsvStyle("1.5; 2.5 (Swiss)", ";", "."),
}
"""Styles by their names; the first one is that of the standard."""


def write_csv(rows: Iterable[Sequence[Cell]], style: CsvStyle = STYLES["point"]) -> bytes:
    """Return rows as a CSV file in UTF-8, with a mark before it where Excel would break accents.

    Numbers have all their digits; None is an empty cell; texts cannot be formulas.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=style.separator, lineterminator="\r\n")
    writer.writerows([_written(cell, style) for cell in row] for row in rows)
    text = file.getvalue()
    return text.encode("ascii" if text.isascii() else "utf-8-sig")


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula; numbers, also negative ones, stay as they are.

    After https://owasp.org/www-community/attacks/CSV_Injection
    """
    if not cell.startswith(_DANGEROUS):
        return cell
    try:
        number = float(cell)
    except ValueError:
        return f"'{cell}"
    plain = cell.isascii() and not cell[0].isspace() and "_" not in cell
    return cell if plain and math.isfinite(number) else f"'{cell}"


def _written(cell: Cell, style: CsvStyle) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0").replace(".", style.decimal)
    return harmless(cell) if isinstance(cell, str) else str(cell)
