"""CSV files: read back as a spreadsheet of each language reads them."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.csv_files import STYLES, harmless, write_csv

ROWS = [["name", "value", "count"], ['Müller; "a, b"', -0.125, 3], ["=1+1", 1e-7, None], ["", float("nan"), 1]]


@pytest.mark.parametrize("name", STYLES)
def test_every_style_is_read_back_in_its_own_way(name: str) -> None:
    style = STYLES[name]
    content = write_csv(ROWS, style)
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark for accents"
    assert write_csv([["plain", 1]], style).startswith(b"plain")
    text = content.decode("utf-8-sig")
    head, first, second, _ = csv.reader(io.StringIO(text), delimiter=style.separator)
    assert head == ROWS[0]
    assert first == ['Müller; "a, b"', f"-0{style.decimal}125", "3"]
    assert (second[0], float(second[1].replace(style.decimal, ".")), second[2]) == ("'=1+1", 1e-7, "")
    assert style.separator != style.decimal


def test_numbers_keep_all_their_digits() -> None:
    numbers = [0.1, 1 / 3, -2.0, 1e300, 5e-324]
    (line,) = write_csv([numbers]).decode("utf-8-sig").splitlines()
    assert [float(cell) for cell in line.split(",")] == numbers
    assert line.startswith("0.1,") and ",-2," in line


@pytest.mark.parametrize("cell", ["-1", "-0.5e-3", "+5", "1", "a=b", "", "digits", "'x"])
def test_numbers_and_plain_texts_stay(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.sampled_from("=+-@\t\r\n"), st.text())
def test_no_text_begins_like_a_formula(first: str, rest: str) -> None:
    cell = harmless(first + rest)
    if cell[0] != "'":
        assert first in "+-"
        assert np.isfinite(float(cell))
        assert set(rest) <= set("0123456789.eE+-")
