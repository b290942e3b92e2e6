import numpy as np
import pytest
import torch

from core.data.images.datasets import sample_digits
from core.data.numbers.batches import NO_DIGIT, PADDING, NumberLines, digits_of, line_batches, padded
from core.data.numbers.line import HEIGHT, MARGIN
from core.data.numbers.writing import LAYOUTS, Scribe, many_lines, mnist_scribe, pen_scribe, write_line, write_nothing
from core.data.pen.hands import hands
from core.inspection.numbers.cutting import cut_at_gaps
from core.models import numbers


@pytest.fixture(scope="module")
def scribes() -> list[Scribe]:
    return [mnist_scribe(sample_digits(), 36), pen_scribe(hands(), 36)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_look_as_the_preparation_leaves_them(scribes, layout) -> None:
    draw = np.random.default_rng(0)
    for scribe in scribes:
        line, digits = write_line(scribe, 5, layout, draw)
        assert line.shape[0] == HEIGHT and line.min() >= 0 and line.max() == 1
        assert len(digits) == 5 and set(digits) <= set(range(10))
        assert not line[:, :MARGIN].any() and not line[:, -MARGIN:].any() and line[:, MARGIN].any()


def test_layouts_differ_in_where_there_is_a_gap() -> None:
    """A block is a digit: it can be cut off its neighbour where they are spaced, and not where they touch."""

    def blocks(count: int, draw: np.random.Generator):
        return [8] * count, [np.ones((36, 20), np.float32) for _ in range(count)]

    draw = np.random.default_rng(0)
    pieces = {layout: [] for layout in LAYOUTS}
    widths = {layout: [] for layout in LAYOUTS}
    for layout in LAYOUTS:
        for _ in range(40):
            line, _ = write_line(Scribe(blocks, ""), 4, layout, draw)
            pieces[layout].append(len(cut_at_gaps(line)))
            widths[layout].append(line.shape[1])
    assert set(pieces["spaced"]) == {4}
    assert max(pieces["touching"]) == max(pieces["overlapping"]) == 1
    assert np.mean(widths["overlapping"]) < np.mean(widths["touching"]) < np.mean(widths["spaced"])


def test_a_line_is_by_one_person(scribes) -> None:
    asked = []

    def remember(character, draw):
        asked.append(character.writer)
        return character

    write_line(pen_scribe(hands(), 36, change=remember), 8, "spaced", np.random.default_rng(3))
    assert len(asked) == 8 and len(set(asked)) == 1


def test_many_lines_are_the_same_for_a_seed_and_some_hold_no_number(scribes) -> None:
    lines, targets = many_lines(scribes, 40, 5, nothing=0.3)
    again, same = many_lines(scribes, 40, 5, nothing=0.3)
    assert targets == same and all(np.array_equal(one, other) for one, other in zip(lines, again, strict=True))
    assert 2 < sum(not digits for digits in targets) < 25
    assert {len(digits) for digits in targets} <= set(range(9))
    lengths = {len(digits) for digits in many_lines(scribes, 30, 5, lengths=(2, 3))[1]}
    assert lengths == {2, 3}


def test_nothing_is_a_line_with_ink() -> None:
    for seed in range(20):
        line = write_nothing(np.random.default_rng(seed), held_out=bool(seed % 2))
        assert line.shape[0] == HEIGHT and line.max() == 1


def test_batches_fill_up_lines_and_digits() -> None:
    lines = [np.full((HEIGHT, width), 255, np.uint8) for width in (10, 12, 11, 9)]
    targets = [[1], [2, 3], [], [4, 4, 4]]
    assert (padded(lines)[0, :, 10:] == PADDING).all() and (padded(lines)[0, :, :10] == 1).all()
    assert digits_of(targets)[3].tolist() == [4, 4, 4, *[NO_DIGIT] * 5]
    epoch, steps = line_batches(lines, targets, 2)
    batches = list(epoch(torch.Generator().manual_seed(0)))
    assert steps == len(batches) == 2
    together = sorted(tuple(row[row >= 0].tolist()) for _, digits in batches for row in digits)
    assert together == sorted(map(tuple, targets))
    looked = list(NumberLines(lines, targets, torch.device("cpu"))())
    assert len(looked) == 1 and looked[0][0].shape == (4, HEIGHT, 12)
    assert (PADDING, NO_DIGIT, HEIGHT) == (numbers.PADDING, numbers.NO_DIGIT, numbers.HEIGHT)
