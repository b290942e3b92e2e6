import numpy as np
import pytest

from core import api
from core.data.numbers.line import PreparedLine, prepare_line
from core.data.numbers.writing import LAYOUTS
from core.inspection.numbers.ctc import DOUBTFUL, is_doubtful
from core.inspection.numbers.cutting import cut_at_gaps, read_by_cutting
from core.inspection.numbers.reading import (
    answer_line,
    emitted,
    influence,
    middle_of,
    number_card,
    read_line,
    seen_by,
)
from core.inspection.numbers.scores import ALL, CUTTING, card_scores, count_lines
from core.models.numbers import STRIDE
from tests.support.numbers import as_png, written


@pytest.fixture(scope="module")
def line() -> PreparedLine:
    return prepare_line(written("3607", step=80), "light")


def test_every_way_reads_a_number_that_is_well_apart() -> None:
    pixels = prepare_line(written("3607", step=110), "light").pixels
    assert read_line(pixels).digits == read_by_cutting(pixels).digits == "3607"
    assert len(cut_at_gaps(pixels)) == 4 and cut_at_gaps(np.zeros((32, 9), np.float32)) == []


@pytest.mark.parametrize("number", ["3061", "417", "90218", "4815"])
def test_a_one_that_is_a_single_straight_line_is_a_digit(number: str) -> None:
    assert read_line(prepare_line(written(number, step=95), "light").pixels).digits == number


def test_touching_digits_are_one_piece_for_the_knife_and_four_for_the_network() -> None:
    pixels = prepare_line(written("3607", step=52), "light").pixels
    assert read_line(pixels).digits == "3607" and len(read_by_cutting(pixels).pieces) < 4


def test_digits_begin_where_the_path_says(line: PreparedLine) -> None:
    reading = read_line(line.pixels)
    places = emitted(reading)
    assert "".join(digit for _, digit, _ in places) == reading.digits == "3607"
    assert [column for column, _, _ in places] == sorted(column for column, _, _ in places)
    for column, digit, share in places:
        assert reading.probabilities[column].argmax() == int(digit)
        assert share >= reading.probabilities[column].max() - 1e-6
    assert 0 < reading.probability <= 1


def test_what_the_convolutions_see_is_what_gradients_say(line: PreparedLine) -> None:
    width = line.pixels.shape[1]
    for column in (0, 11, len(read_line(line.pixels).probabilities) - 1):
        first, last = seen_by(column, width)
        outside = np.ones(width, bool)
        outside[first:last] = False
        assert first <= middle_of(column, width) < last <= width and middle_of(column, width) <= STRIDE * column
        assert not influence(line.pixels, column, "cnn")[outside].any()
        assert influence(line.pixels, column, "cnn").max() == 1
    assert influence(line.pixels, 11, "cnn-gru")[outside].any()


def test_doubt_is_a_mean_of_the_digits() -> None:
    assert is_doubtful("", 1.0)
    assert not is_doubtful("12345678", DOUBTFUL**8 * 1.01) and is_doubtful("12345678", DOUBTFUL**8 * 0.99)


@pytest.mark.parametrize(
    ("picture", "reason"),
    [(np.zeros((190, 940)), "empty"), (np.pad(np.ones((9, 9)), ((90, 91), (400, 531))), "dot")],
)
def test_nothing_and_a_dot_are_no_numbers(picture, reason) -> None:
    line = prepare_line(picture, "light")
    answer = answer_line(line, read_line(line.pixels))
    assert not answer.digits and reason in answer.reason
    assert api.read_number(picture) == ""


def test_the_api_reads_files_and_arrays(tmp_path) -> None:
    paper = 255 - written("508", step=120)
    file = tmp_path / "number.png"
    file.write_bytes(as_png(paper))
    assert [api.read_number(one) for one in (file, str(file), paper, paper / 255)] == ["508"] * 4
    with pytest.raises(api.UnreadableImage, match="no file"):
        api.read_number(tmp_path / "nothing.png")
    with pytest.raises(api.UnreadableImage, match="not a picture"):
        api.read_number(["abc"])


def test_scores_count_digits_and_lines() -> None:
    score = count_lines([("123", "123"), ("12", "123"), ("999", "1"), ("", "45")])
    assert (score.digits, score.mistakes, score.lines, score.right) == (9, 0 + 1 + 3 + 2, 4, 1)
    assert score.digit_accuracy == pytest.approx(1 - 6 / 9)
    digits, lines = count_lines([("99999", "1")]).as_cards("some")
    assert digits.correct == 0 and lines.cases == 1


def test_the_cards_hold_every_layout_and_the_network_is_better_than_the_knife() -> None:
    card = number_card("cnn-gru")
    together, alone, cut = card_scores(card), card_scores(number_card("cnn")), card_scores(card, CUTTING)
    assert list(together) == list(alone) == list(cut) == [ALL, *LAYOUTS]
    assert together[ALL][1].cases == cut[ALL][1].cases == 2000
    for counted in (0, 1):
        assert together[ALL][counted].accuracy > alone[ALL][counted].accuracy > cut[ALL][counted].accuracy
        assert cut["spaced"][counted].accuracy > 0.9 > 0.5 > cut["touching"][counted].accuracy
