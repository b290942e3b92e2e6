"""Columns as people type, paste and bring them: read, or refused with a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.columns import (
    MOST_ROWS,
    UnreadableColumns,
    decode_file,
    read_labels,
    read_numbers,
    split_table,
)

ANYTHING = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80) | st.text(
    "01,.;\t \n-+e\"'=\0", max_size=60
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("0 1 1 0", ["0", "1", "1", "0"]),
        ("cat,dog;x", ["cat,dog", "x"]),
        ("cat, dog", ["cat", "dog"]),
        ("a cat\n\n dog \n", ["a cat", "dog"]),
        ("a cat\tdog", ["a cat", "dog"]),
    ],
)
def test_labels_in_lines_or_in_one_line(text: str, labels: list[str]) -> None:
    assert read_labels(text, text) == (labels, labels)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 2.5 -3e2", [1, 2.5, -300]),
        ("1,5\n2,5", [1.5, 2.5]),
        ("1,5;2,5", [1.5, 2.5]),
        ("1.5,2.5", [1.5, 2.5]),
        ("1, 2, 3", [1, 2, 3]),
        ("1,5 2,5", [1.5, 2.5]),
        ("\N{MINUS SIGN}1\n.5", [-1, 0.5]),
    ],
)
def test_numbers_with_commas_and_points(text: str, numbers: list[float]) -> None:
    assert read_numbers(text, text) == (numbers, numbers)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("truth,prediction\na,b\nc,d", ("a\nc", "b\nd")),
        ("id;y_pred;y_true\n1;b;a\n2;d;c", ("a\nc", "b\nd")),
        ("a\tb\nc\td", ("a\nc", "b\nd")),
        ('"a, b",c\nd,e', ("a, b\nd", "c\ne")),
        ("0 1\n1 1", ("0\n1", "1\n1")),
        ("sep=;\r\ntruth;prediction\r\n1,5;2,5\r\n3;4", ("1,5\n3", "2,5\n4")),  # as Excel is told
        ("truth;prediction\na;b\n;\nc;d", ("a\nc", "b\nd")),
        ("true label,predicted label\ncat,dog\ndog,dog", ("cat\ndog", "dog\ndog")),
        ("id\tPredicted Class\tGround-Truth\n1\tb\ta\n2\td\tc", ("a\nc", "b\nd")),
        ("Actual values;Predicted values\n1;2\n3;4", ("1\n3", "2\n4")),
        ("true,false\nfalse,false\ntrue,true", ("true\nfalse\ntrue", "false\nfalse\ntrue")),  # labels
        ("true,false\nfalse,false", ("true\nfalse", "false\nfalse")),
    ],
)
def test_tables(table: str, columns: tuple[str, str]) -> None:
    assert split_table(table) == columns


def test_headings_pasted_with_both_columns_are_no_labels() -> None:
    assert read_labels("true label\ncat\ndog", "predicted label\ncat\ncat") == (["cat", "dog"], ["cat", "cat"])
    assert read_labels("true\nfalse\ntrue", "false\nfalse\ntrue")[0] == ["true", "false", "true"]
    assert read_numbers("Actual\n1\n2", "Predicted\n(1)\n$2") == ([1, 2], [-1, 2])


@pytest.mark.parametrize(
    ("truth", "prediction", "said"),
    [
        ("", "1", "empty"),
        ("1 2", "1", "2 rows and the prediction 1"),
        ("a\n" * (MOST_ROWS + 1), "a", "5,001 rows"),
        ("x" * 61, "1", "longer than 60"),
        (" ".join(map(str, range(51))), " ".join(map(str, range(51))), "51 different labels"),
    ],
)
def test_labels_that_cannot_be_compared(truth: str, prediction: str, said: str) -> None:
    with pytest.raises(UnreadableColumns, match=said):
        read_labels(truth, prediction)


@pytest.mark.parametrize(
    ("truth", "prediction", "said"),
    [
        ("1\n\n3", "\n2\n4", "Row 1 of the prediction is empty"),
        ("1\n3\n", "2\n\n4", "Row 2 of the prediction is empty"),
        ("1", "1\n2", "has 1 row and the prediction 2"),
    ],
)
def test_an_empty_cell_does_not_move_the_rows_below_it_up(truth: str, prediction: str, said: str) -> None:
    for read in (read_labels, read_numbers):
        with pytest.raises(UnreadableColumns, match=said):
            read(truth, prediction)
        assert len(read("1\n\n3\n", "2\n\n4")[0]) == 2  # empty in both: no row


def test_a_table_with_an_empty_cell_is_refused() -> None:
    with pytest.raises(UnreadableColumns, match="Row 2 of the table has an empty cell"):
        split_table("truth,prediction\n1,2\n3,\n,4\n5,6")


@pytest.mark.parametrize("text", ["a", "1\nnan", "inf", "1e400", "1.2.3", "1,2.3\n4", "٣", "0x1", "1_0"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(UnreadableColumns, match=r"^Row [12] of the truth is .*\.$"):
        read_numbers(text, "1")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("é,1".encode(), "é,1"),
        ("\ufeffa,b".encode(), "a,b"),
        ("é,1".encode("cp1252"), "é,1"),
        ("a,b".encode("utf-16"), "a,b"),
    ],
)
def test_files(content: bytes, text: str) -> None:
    assert decode_file(content) == text


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"x" * 1_000_001, b"\xff\xfe\x00"])
def test_what_is_no_table(content: bytes) -> None:
    with pytest.raises(UnreadableColumns, match=r"\.$"):
        decode_file(content)


@settings(max_examples=150, deadline=None)
@given(ANYTHING, ANYTHING)
def test_anything_is_read_or_refused_with_a_sentence(first: str, second: str) -> None:
    for read in (read_labels, read_numbers, lambda one, two: split_table(one + two)):
        try:
            one, two = read(first, second)
        except UnreadableColumns as problem:
            assert str(problem).endswith(".")
        else:
            assert len(one.splitlines() if isinstance(one, str) else one) >= 0 and len(two) >= 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*2 * (st.sampled_from(["cat", "a dog", "é", "0", "x,y"]),)), min_size=2, max_size=20))
def test_a_table_comes_back_as_its_columns(rows: list[tuple[str, str]]) -> None:
    truth, said = split_table("truth\tprediction\n" + "\n".join("\t".join(row) for row in rows))
    assert read_labels(truth, said) == tuple(map(list, zip(*rows, strict=True)))


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        assert "\0" not in decode_file(content)
    except UnreadableColumns as problem:
        assert str(problem).endswith(".")
