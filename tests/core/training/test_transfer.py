"""Teaching symbols: what learns, what stays, and what is counted on drawings kept apart."""

import numpy as np
import pytest
import torch

from core.data.images.symbols import Symbols
from core.inspection.images.serialisation import serialise
from core.inspection.images.transfer import load_transfer
from core.models.shipped import load_shipped
from core.training import transfer
from core.training.shared_lessons import lesson_of, stop
from core.training.transfer import MOST, UPDATES, WAYS, accuracy_by_examples, learnt_from, teach
from tests.support.waiting import wait_until


def bars(each: int, people: int = 1, classes: int = 3) -> Symbols:
    """Strokes that stand, lie or lean, somewhere near the middle."""
    draw, images, labels, writers = np.random.default_rng(0), [], [], []
    for number in range(each):
        for label in range(classes):
            image, (x, y) = np.zeros((28, 28), np.uint8), draw.integers(-3, 4, 2)
            for step in range(-9, 10):
                row, column = ((14 + step, 14), (14, 14 + step), (14 + step, 14 + step))[label]
                image[row + y : row + y + 2, column + x : column + x + 2] = 255
            images.append(image)
            labels.append(label)
            writers.append(f"m{number % people}" if people > 1 else "")
    names = ("|", "-", "\\")[:classes]
    return Symbols(names, np.stack(images), np.array(labels, np.int64), tuple(writers))


def learn_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lessons end after one epoch."""
    monkeypatch.setattr(transfer, "EPOCHS", 1)
    monkeypatch.setattr(transfer, "UPDATES", 1)


def test_only_the_last_layer_learns_and_all_of_it_is_in_the_network() -> None:
    few, others = bars(5), bars(9)
    shipped = load_shipped("digit-cnn").network.state_dict()
    before = {name: weight.clone() for name, weight in shipped.items()}
    taught = teach("transfer", few, others)
    assert taught.right == taught.of == 27
    assert len(taught.curve) == UPDATES
    assert taught.curve.loss[-1] < taught.curve.loss[0] / 4
    weights = taught.network.state_dict()
    for name, weight in before.items():
        assert torch.equal(shipped[name], weight)
        if name.startswith("conv"):
            assert torch.equal(weights[name], weight)
    pixels = torch.from_numpy(others.images.astype(np.float32) / 255).unsqueeze(1)
    assert (taught.network(pixels).argmax(1).numpy() == others.labels).sum() == taught.right
    assert serialise(taught.network)  # the browser can compute it


def test_from_scratch_all_layers_learn_as_long_with_the_same_batches() -> None:
    few = bars(5)
    shipped, scratch = teach("transfer", few, few), teach("scratch", few, few)
    assert np.array_equal(shipped.curve.step, scratch.curve.step)
    conv = scratch.network.state_dict()["conv1.weight"]
    assert not torch.equal(conv, load_shipped("digit-cnn").network.state_dict()["conv1.weight"])
    again = teach("scratch", few, few)
    assert np.array_equal(scratch.curve.loss, again.curve.loss)
    assert torch.equal(conv, again.network.state_dict()["conv1.weight"])


def test_drawings_kept_apart_are_all_counted_at_every_number_of_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    points = list(accuracy_by_examples(bars(8, people=2)))
    assert [(point.way, point.examples) for point in points] == [(way, n) for n in (1, 2, 4) for way in WAYS]
    assert {point.of for point in points} == {24}
    assert points[-2].accuracy >= 0.9
    learn_little(monkeypatch)  # how well it is learnt is no longer asked
    assert list(accuracy_by_examples(bars(1))) == []
    assert [point.of for point in accuracy_by_examples(bars(2))] == [6, 6]


def test_a_class_that_draws_a_lot_teaches_no_more_than_twenty_of_each() -> None:
    many = bars(30, classes=2)
    assert np.bincount(many.labels[learnt_from(many)]).tolist() == [MOST, MOST]


def test_a_lesson_is_taught_once_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    learn_little(monkeypatch)
    lesson = lesson_of(bars(3))
    assert lesson_of(bars(3)) is lesson
    assert lesson_of(bars(1)) is not lesson
    wait_until(lambda: lesson.done, 60)
    assert not lesson.failed
    assert set(lesson.taught) == set(WAYS)
    assert [point.examples for point in lesson.points] == [1, 1, 2, 2]


def test_a_lesson_breaks_off_where_the_server_ends() -> None:
    lesson = lesson_of(bars(20, classes=3))
    stop()
    wait_until(lambda: lesson.done, 60)
    assert len(lesson.points) < 10
    assert lesson_of(bars(2)) is not lesson
    stop()


def test_what_is_shipped_says_that_transfer_needs_fewer_examples() -> None:
    record = load_transfer()
    assert [one.examples for one in record.scores] == [1, 2, 5, 10, 20]
    five = record.scores[2]
    assert np.mean(five.transfer) > np.mean(five.scratch) + 0.05
