import numpy as np
import pytest
import torch

from core.data.pen.path import PenPath, place
from core.data.pen.steps import to_steps
from core.inspection.pen.reading import PenReading, read_pen
from core.models.pen import PenReader
from tests.support.handwriting import ROUND

SIDE = 280


def path(digit: int = 4) -> PenPath:
    return place([np.array(stroke, np.float32) for stroke in ROUND[digit]], SIDE)


@pytest.fixture(scope="module")
def network() -> PenReader:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return PenReader("gru", 16).eval()


def reading(probabilities: list[list[float]], moves: list[tuple[float, float]] | None = None) -> PenReading:
    steps = np.array([(x, y, 0) for x, y in moves or [(1.0, 0.0)] * len(probabilities)], np.float32)
    return PenReading(steps, steps[:, :2], steps, np.array(probabilities, np.float32), ("a", "b"))


def test_a_path_is_read_step_by_step(network: PenReader) -> None:
    read = read_pen(network, path())
    steps = to_steps(path().strokes, SIDE)
    assert len(read) == len(steps)
    assert read.states.shape == (len(steps), 16) and read.probabilities.shape == (len(steps), 10)
    np.testing.assert_allclose(read.probabilities.sum(1), 1, atol=1e-5)
    with torch.inference_mode():
        whole = network(torch.from_numpy(steps)[None]).softmax(1)[0].numpy()
    np.testing.assert_allclose(read.probabilities[-1], whole, atol=1e-6)


def test_what_comes_later_does_not_change_what_was_said(network: PenReader) -> None:
    four = path()
    first = PenPath(four.strokes[:1], four.times[:1], SIDE)
    whole, part = read_pen(network, four), read_pen(network, first)
    np.testing.assert_allclose(whole.probabilities[: len(part)], part.probabilities, atol=1e-6)


def test_the_points_follow_the_pen(network: PenReader) -> None:
    read = read_pen(network, path())
    np.testing.assert_allclose(read.points[-1], path().strokes[-1][-1], atol=0.01)


def test_it_is_sure_from_the_step_after_its_last_doubt() -> None:
    read = reading([[0.5, 0.5], [0.95, 0.05], [0.6, 0.4], [0.92, 0.08], [0.99, 0.01]])
    assert (read.answer, read.sure_from, read.sure_after) == ("a", 3, pytest.approx(0.8))
    assert reading([[0.95, 0.05]] * 3).sure_from == 0


def test_who_was_never_sure_has_no_moment() -> None:
    assert reading([[0.99, 0.01], [0.6, 0.4]]).sure_after is None


def test_the_share_is_of_the_ink_and_not_of_the_jumps() -> None:
    read = reading([[0.5, 0.5], [0.95, 0.05], [0.95, 0.05]], [(1, 0), (0, 8), (3, 0)])
    read.steps[1, 2] = 1
    assert read.sure_from == 1 and read.sure_after == 0.25


def test_a_dot_among_strokes_counts_as_all_there_was() -> None:
    assert reading([[0.95, 0.05]], [(0, 0)]).sure_after == 1.0
