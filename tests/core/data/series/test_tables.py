"""Tables as people paste them: what is understood, and what is refused in a sentence."""

import calendar
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.columns import UnreadableColumns, read_number
from core.data.series.series import LEAST, MOST
from core.data.series.tables import OwnSeries, read_table, series_of


def lines(*rows: str) -> str:
    return "\n".join(rows)


def days(count: int, form: str = "2020-01-{:02d}") -> list[str]:
    return [form.format(day) for day in range(1, count + 1)]


def read(text: str, column: str = "") -> OwnSeries:
    return series_of(read_table(text), column)


MONTHS = [f"{1950 + place // 12}-{1 + place % 12:02d}" for place in range(48)]


def test_dates_say_season_and_labels() -> None:
    own = read(lines("Month,Passengers", *(f"{month},{place}" for place, month in enumerate(MONTHS))))
    assert own.series.season == 12 and own.series.step == "month" and own.series.title == "Passengers"
    assert own.series.labels[0] == "1950-01" and own.series.labels[-1] == "1953-12"
    np.testing.assert_array_equal(own.series.values, np.arange(48))
    assert "a value for every month, from 1950-01 to 1953-12" in own.understood


@pytest.mark.parametrize("separator", [";", "\t"])
def test_decimal_commas_between_columns(separator: str) -> None:
    own = read(lines(f"Datum{separator}Wert", *(f"{month}{separator}{place},5" for place, month in enumerate(MONTHS))))
    np.testing.assert_array_equal(own.series.values, np.arange(48) + 0.5)
    assert "a comma stands before the decimals" in own.understood


def test_decimal_commas_without_columns() -> None:
    own = read(lines(*(f"{place % 9},25" for place in range(48))))
    np.testing.assert_array_equal(own.series.values[:10], np.arange(10) % 9 + 0.25)
    assert own.series.labels == () and "no dates, so the rows are counted" in own.understood
    own = read(lines(*(f"1.{place:03d},5" for place in range(48))))
    np.testing.assert_array_equal(own.series.values, np.arange(48) + 1000.5)


def test_years_are_dates() -> None:
    own = read(lines("Jahr;Wert", *(f"{1950 + place};{place}" for place in range(60))))
    assert own.series.step == "year" and own.series.labels[-1] == "2009" and own.series.season == 1


def test_a_column_that_counts_is_no_value() -> None:
    own = read(lines(*(f"{place},{place * 7 % 5}" for place in range(1, 51))))
    np.testing.assert_array_equal(own.series.values[:5], [2, 4, 1, 3, 0])


def test_exchange_rates_are_no_dates() -> None:
    own = read(lines(*(f"1.{2000 + place}" for place in range(48))))
    assert own.series.labels == () and own.series.values[0] == 1.2


def test_the_order_of_dates_decides_what_is_day_and_month() -> None:
    rows = [f"{month:02d}/01/2020" for month in range(1, 13)] * 4
    dates = [f"{row[:6]}{2000 + place // 12}" for place, row in enumerate(rows)]
    own = read(lines("when,what", *(f"{date},{place}" for place, date in enumerate(dates))))
    assert own.series.step == "month" and "dates are read as month, day, year" in own.understood
    rising = [f"{1 + place % 12:02d}/{1 + place // 12:02d}/2020" for place in range(48)]
    own = read(lines("when,what", *(f"{date},{place}" for place, date in enumerate(rising))))
    assert "dates are read as day, month, year" in own.understood


def test_the_newest_first_is_turned_round_and_twice_is_once() -> None:
    rows = [f"{month},{place}" for place, month in enumerate(MONTHS)][::-1]
    own = read(lines("m,v", *rows, f"{MONTHS[0]},99"))
    assert own.series.values[0] == 99 and own.series.values[-1] == 47
    assert "sorted by date, the oldest first" in own.understood
    assert any("1 date occurred twice" in one for one in own.understood)


def test_a_gap_takes_the_value_before_and_never_the_one_after() -> None:
    written = {5: "NA", 6: "\N{EN DASH}"}
    rows = [f"{month},{written.get(place, place)}" for place, month in enumerate(MONTHS) if place != 20]
    own = read(lines("m,v", *rows))
    assert own.series.values[4:8].tolist() == [4, 4, 4, 7]
    assert own.series.values[19:22].tolist() == [19, 19, 21] and own.series.labels[20] == "1951-09"
    assert any("3 gaps filled with the value before" in one for one in own.understood)


def test_hours_and_what_is_between_them() -> None:
    hours = [f"2024-03-{1 + place // 24:02d} {place % 24:02d}:00" for place in range(72)]
    own = read(lines("t;kWh", *(f"{hour};{place % 24}" for place, hour in enumerate(hours))))
    assert (own.series.step, own.series.season) == ("hour", 24) and own.series.labels[25] == "2024-03-02 01:00"


def test_weekends_are_no_gaps() -> None:
    dates = np.arange("2020-01-01", "2020-06-01", dtype="datetime64[D]")
    workdays = dates[np.is_busday(dates)]
    own = read(lines("Date,Open,Close", *(f"{day},{place},{place + 0.5}" for place, day in enumerate(workdays))))
    assert own.series.title == "Close" and len(own.series) == len(workdays)
    assert any("row follows row" in one for one in own.understood)
    assert own.series.season == 5 and "no weekends" in own.understood
    assert read_table(lines("Date,Open,Close", *(f"{day},1,2" for day in workdays))).offered == ("Close", "Open")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        (lines("1", "2", "3"), "3 rows"),
        (lines(*["x"] * 60), "not a number: x"),
        (lines(*["1"] * 50, "many"), "Row 51"),
        (lines("a,b", *["2020-01-01,"] * 50), "is empty"),
        (lines(*["1"] * (MOST + 1)), "has 20,001 rows; at most 20,000"),
        (lines(*["1"] * (MOST + 100)), "has 20,100 rows; at most 20,000"),
        (lines(*["1"] * 50, "1e300"), "too large"),
        (lines("m;v", *(f"{month};5" for month in MONTHS), "Sum;240"), "Row 49 of “m” is not a date: Sum"),
        (lines(*["1"] * 20, *[""] * 10, *["NA"] * 30), "20 rows|50 rows|fewer|empty"),
        ('"' + lines(*["1,2"] * 50), "no end|0 rows"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(text: str, sentence: str) -> None:
    try:
        own = read(text)
    except UnreadableColumns as problem:
        assert any(part in str(problem) for part in sentence.split("|")), str(problem)
    else:
        assert len(own.series) >= LEAST


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,5", 1.5), ("1.5", 1.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1.234.567,8", 1234567.8),
        ("\N{MINUS SIGN}3", -3), ("1 234", 1234), ("1e3", 1000), ("1,23,4", None), ("1,2.3,4", None), ("1.2.3", None),
        ("12,34.5", None), ("", None), ("0x1", None), ("nan", None), ("inf", None),
        ("\N{ARABIC-INDIC DIGIT ONE}", None),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(written: str, number: float | None) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(12)", -12), ("(1,234.50)", -1234.5), ("$ (12)", -12), ("($12)", -12), ("(12) €", -12), ("12-", -12),
        ("-$12", -12), ("$-12", -12), ("\N{EN DASH}12", -12), ("CHF 1'234.50", 1234.5), ("1.234,50 EUR", 1234.5),
        ("USD 12", 12), ("R$ 12", 12), ("12 kr", 12), ("12,5 zł", 12.5), ("\N{RUBLE SIGN}12", 12), ("1,5 ‰", 1.5),
        ("1,23,456", 123456), ("1,23,456.5", 123456.5), ("21.5 °C", 21.5), ("()", None), ("(12", None), ("EUR", None),
        ("-", None), ("(-12)", None), ("ABC 12", None),
    ],
)  # fmt: skip
def test_numbers_as_spreadsheets_write_them(written: str, number: float | None) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("write", "first"),
    [
        (lambda place: f"({place + 1})", -1),
        (lambda place: f"({place + 1}.50)" if place % 3 == 0 else "2.25", -1.5),
        (lambda place: f"USD {place + 1},234.50", 1234.5),
        (lambda place: f"1,{place:03d}" if place % 5 else "987", 987),
        (lambda place: "n.a." if place == 3 else f"{place + 1},5", 1.5),
        (lambda place: "".join(chr(0x660 + int(digit)) for digit in str(place + 100)), 100),
        (lambda place: "".join(chr(0xFF10 + int(digit)) for digit in str(place + 100)), 100),
    ],
)
def test_columns_as_spreadsheets_write_them(write: Callable[[int], str], first: float) -> None:
    own = read(lines("when;what", *(f"{month};{write(place)}" for place, month in enumerate(MONTHS))))
    assert own.series.values[0] == first and len(own.series) == 48 and own.series.step == "month"


@pytest.mark.parametrize(
    ("write", "last"),
    [
        (lambda place: f"${place + 1},234.50", 48234.5),
        (lambda place: f"$ {place}.50", 47.5),
        (lambda place: f"{place * 7 % 50} 234,50 €", 29234.5),
        (lambda place: f"{place * 7 % 50} 234", 29234),
        (lambda place: f"2 {place:03d}" if place % 2 else "987", 2047),
    ],
)
def test_thousands_in_a_single_column_are_no_columns(write: Callable[[int], str], last: float) -> None:
    own = read(lines("what", *(write(place) for place in range(48))))
    assert (own.series.title, own.series.values[-1], len(own.series)) == ("what", last, 48)


def test_two_columns_with_blanks_between_stay_two() -> None:
    own = read(lines(*(f"{place + 1} {100 + place}" for place in range(48))))
    assert own.series.values[0] == 100
    assert read(lines("a b", *(f"{place * 7 % 50} {100 + place}" for place in range(48))), "b").series.values[0] == 100


@pytest.mark.parametrize(
    ("below", "said"),
    [
        (("Total;1128",), "“Total” below the table left out"),
        (("Summe;1128", "Mittelwert;23,5"), "“Summe”, “Mittelwert” below the table left out"),
        (("Grand total 2024:;1128", "", "Source: the shop;"), "“Grand total 2024:” below the table left out"),
        ((";1128",), "the row without a date below the table left out"),
    ],
)
def test_sums_below_a_table_are_no_values(below: tuple[str, ...], said: str) -> None:
    own = read(lines("when;what", *(f"{month};{place}" for place, month in enumerate(MONTHS)), *below))
    assert own.series.values[-1] == 47 and said in own.understood and own.series.step == "month"


def test_a_sum_below_years_or_rows_that_count_is_no_value() -> None:
    own = read(lines("year,what", *(f"{1950 + place},{place}" for place in range(48)), "Total,1128"))
    assert (own.series.step, own.series.values[-1]) == ("year", 47)
    assert read(lines("what", *(str(place) for place in range(48)), "Total 1128")).series.values[-1] == 47


def words(text: str) -> list[str]:
    return text.split()


GERMAN = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
FRENCH = words("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.")
SPANISH = words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
POLISH = words("styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień")
CROATIAN = words("siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac")
RUSSIAN = words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")


def months(write: Callable[[int, int], str]) -> str:
    """A table of 48 months from 2010 on, whose values count."""
    rows = [f"{write(2010 + place // 12, place % 12)};{place}" for place in range(48)]
    return lines(f"when;{'and;' * (rows[0].count(';') - 1)}what", *rows)


@pytest.mark.parametrize(
    "write",
    [
        lambda year, month: f"{GERMAN[month]} {year}",
        lambda year, month: f"1. {GERMAN[month]} {year}",
        lambda year, month: f"{GERMAN[month][:3]}-{year % 100}",
        lambda year, month: f"{'Mrz' if month == 2 else GERMAN[month][:3] + '.'} {year}",
        lambda year, month: f"{FRENCH[month]} {year}",
        lambda year, month: f"1 de {SPANISH[month]} de {year}",
        lambda year, month: f"{POLISH[month]} {year}",
        lambda year, month: f"{CROATIAN[month]} {year}",
        lambda year, month: f"1 {RUSSIAN[month]} {year} \N{CYRILLIC SMALL LETTER GHE}.",
        lambda year, month: f"{year} {calendar.month_name[month + 1]}",
        lambda year, month: f"{calendar.month_name[month + 1][:4]} {year}",
        lambda year, month: f"{calendar.month_name[month + 1]} 1st, {year}",
        lambda year, month: f"{year}M{month + 1:02d}",
        lambda year, month: f"{year}{month + 1:02d}",
        lambda year, month: f"{year}.{month + 1:02d}.01",
        lambda year, month: f"{year}. {month + 1}. 1.",
        lambda year, month: f"01.{month + 1:02d}.{year}.",
        lambda year, month: f"{month + 1:02d}-{year}",
        lambda year, month: f"01-{month + 1:02d}-{year % 100}",
        lambda year, month: f"{year}年{month + 1}月",
        lambda year, month: f"{year}년 {month + 1}월 1일",
        lambda year, month: f"{calendar.month_abbr[month + 1]} '{year % 100}",
        lambda year, month: f"{month + 1}/1/{year} 12:00:00 AM",
        lambda year, month: f"{year}-{month + 1:02d}-01T00:00:00.000",
        lambda year, month: f"{year};{month + 1}",
        lambda year, month: f"{GERMAN[month]};{year}",
    ],
)
def test_months_as_people_and_programs_write_them(write: Callable[[int, int], str]) -> None:
    own = read(months(write))
    assert (own.series.step, own.series.season) == ("month", 12)
    assert (own.series.labels[0], own.series.labels[-1]) == ("2010-01", "2013-12")
    np.testing.assert_array_equal(own.series.values, np.arange(48))


@pytest.mark.parametrize(
    ("write", "step", "first"),
    [
        (lambda place: f"Q{1 + place % 4} {1990 + place // 4}", "quarter", "1990-01-01"),
        (lambda place: f"{1990 + place // 4}-Q{1 + place % 4}", "quarter", "1990-01-01"),
        (lambda place: f"{1 + place % 4}. Quartal {1990 + place // 4}", "quarter", "1990-01-01"),
        (lambda place: f"2020-W{1 + place:02d}", "week", "2019-12-30"),
        (lambda place: f"{2020 - place}", "year", "1973"),
        (lambda place: f"{1_700_000_000 + 3600 * place}", "hour", "2023-11-14 22:13"),
        (lambda place: f"{1_700_000_000_000 + 3_600_000 * place}", "hour", "2023-11-14 22:13"),
        (lambda place: f"2024-01-{1 + place // 24:02d}T{place % 24:02d}:00+01:00", "hour", "2023-12-31 23:00"),
        (lambda place: f"{words('Fr Sa So Mo Di Mi Do')[place % 7]}, {1 + place % 31:02d}.{1 + place // 31}.2021",
         "day", "2021-01-01"),
    ],
)  # fmt: skip
def test_other_dates(write: Callable[[int], str], step: str, first: str) -> None:
    own = read(lines("when;what", *(f"{write(place)};{place}" for place in range(48))))
    assert (own.series.step, own.series.labels[0], own.series.title) == (step, first, "what")
    expected = np.arange(48)[::-1] if step == "year" else np.arange(48)
    np.testing.assert_array_equal(own.series.values, expected)


def test_days_of_a_spreadsheet_whose_format_is_lost() -> None:
    own = read(lines("Date;Sales", *(f"{45_292 + place};{place}" for place in range(48))))
    assert (own.series.title, own.series.step, own.series.labels[0]) == ("Sales", "day", "2024-01-01")
    assert "“Date” counts days as a spreadsheet does" in own.understood


def test_dates_that_cannot_be_read_are_said() -> None:
    own = read(lines("when;what", *(f"at {place};{place}" for place in range(48))))
    assert "“when” holds no dates that can be read" in own.understood


@pytest.mark.parametrize(
    "above",
    [
        ("Sales of a shop", "", "As of 3.4.2021", "when;what"),
        ("Sales;;", ";;", "when;what;"),
        ("when;what", ";EUR"),
        ("sep=;", "when;what"),
        ("# made by a program", "when;what"),
    ],
)
def test_what_stands_above_and_below_a_table_is_left_out(above: tuple[str, ...]) -> None:
    rows = [f"{month};{place},5 €" for place, month in enumerate(MONTHS)]
    own = read(lines(*above, *rows, "Source: the shop;"))
    np.testing.assert_array_equal(own.series.values, np.arange(48) + 0.5)
    assert own.series.title == "what" and own.series.labels[0] == "1950-01"
    assert any("above or below the table left out" in one for one in own.understood)


@pytest.mark.parametrize("sign", [" ", ", ", ";"])
def test_numbers_in_one_line(sign: str) -> None:
    np.testing.assert_array_equal(read(sign.join(f"{place}.5" for place in range(48))).series.values[:2], [0.5, 1.5])


def test_decimal_commas_between_commas() -> None:
    own = read(lines("when,what", *(f"{month},{place},5" for place, month in enumerate(MONTHS))))
    np.testing.assert_array_equal(own.series.values, np.arange(48) + 0.5)
    with pytest.raises(UnreadableColumns, match="Row 3 has more cells than the heading"):
        read(lines("when,what", *(f"{month},{place}{',5' * (place == 2)}" for place, month in enumerate(MONTHS))))


@pytest.mark.parametrize("when", [lambda place: MONTHS[place], lambda place: str(1950 + place)])
def test_decimal_commas_behind_blanks(when: Callable[[int], str]) -> None:
    own = read(lines("when what", *(f"{when(place)}  {place},5" for place in range(48))))
    np.testing.assert_array_equal(own.series.values, np.arange(48) + 0.5)
    assert own.series.labels[0] == when(0)


def test_dates_with_blanks_before_commas() -> None:
    own = read(lines("when,what", *(f"{GERMAN[place % 12]} {2010 + place // 12},{place}" for place in range(48))))
    np.testing.assert_array_equal(own.series.values, np.arange(48))
    own = read(
        lines("when,what", *(f"2024-03-01 {place // 2:02d}:{30 * (place % 2):02d},{place}" for place in range(48)))
    )
    np.testing.assert_array_equal(own.series.values, np.arange(48))


@pytest.mark.parametrize(
    ("cells", "first", "said"),
    [
        (("1.234", "987,5"), 1234, "a point stands between thousands"),
        (("1,234", "987.5"), 1234, "a comma stands between thousands"),
        (("1.234", "1.234.567"), 1234, "a point stands between thousands"),
        (("1.234", "5.678"), 1.234, "the point in 1.234 stands before the decimals"),
        (("1.234", "0.5"), 1.234, ""),
        (("1'234.5", "7"), 1234.5, ""),
        (("$1,234.50", "12.00"), 1234.5, "a comma stands between thousands"),
        (("12 %", "13 %"), 12, ""),
    ],
)
def test_one_number_says_what_the_signs_in_the_others_mean(cells: tuple[str, str], first: float, said: str) -> None:
    own = read(lines("what", *(f'"{cell}"' for cell in cells * 24)))
    assert own.series.values[0] == first and (not said or said in own.understood)


@pytest.mark.parametrize("when", [lambda place: 1960 + place % 50, lambda place: f"{1960 + place % 50}-01-01"])
def test_several_series_one_below_the_other_are_refused(when: Callable[[int], object]) -> None:
    with pytest.raises(UnreadableColumns, match="Most dates of “year” occur several times"):
        read(lines("land;year;what", *(f"{'AB'[place // 50]};{when(place)};{place}" for place in range(100))))


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "NA",
            "Mai 2020",
            "1. März 2021",
            "2020-Q1",
            "1.5 €",
            "1'234",
            "1,5",
            "2.5",
            "2020-01-01",
            "31.12.2020",
            "1/2/20",
            "-",
            "1.234,5",
            '"',
            "x",
            "1e999",
        ]
    ),
    st.integers(-5, 99999999).map(str),
    st.floats().map(str),
    st.text(max_size=6),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=0, max_size=60),
    st.sampled_from([",", ";", "\t", "|", " "]),
)
def test_any_table_is_a_series_or_a_sentence(rows: list[list[str]], separator: str) -> None:
    try:
        own = read("\n".join(separator.join(row) for row in rows))
    except UnreadableColumns as problem:
        assert str(problem).endswith(".") and len(str(problem)) < 300
    else:
        assert LEAST <= len(own.series) <= MOST and np.isfinite(own.series.values).all()
        assert own.understood and len(own.series.labels) in (0, len(own.series))
        assert 1 <= own.series.season <= len(own.series) // 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-(10**6), 10**6).map(lambda whole: whole / 100), min_size=LEAST, max_size=80),
    st.sampled_from([(",", "."), (";", ","), ("\t", ","), (";", ".")]),
    st.booleans(),
    st.sets(st.integers(1, LEAST - 1), max_size=5),
)
def test_what_is_written_is_read(values: list[float], style: tuple[str, str], dated: bool, gaps: set[int]) -> None:
    separator, decimal = style
    start = np.datetime64("1999-12-25")
    rows, expected = [], []
    for place, value in enumerate(values):
        cell = "" if place in gaps else f"{value:.2f}".replace(".", decimal)
        rows.append(f"{start + place if dated else place}{separator}{cell}")
        expected.append(expected[-1] if place in gaps else value)
    own = read(lines(f"when{separator}what", *rows))
    np.testing.assert_allclose(own.series.values, expected)
    assert bool(own.series.labels) == dated
