import numpy as np
import torch

from core.data.pen.movements import LOOK, Movements, many_movements, movement, movement_batches, pad
from core.data.pen.steps import UNIT
from core.data.pen.unipen import Character
from core.models.pen import PADDING
from tests.support.handwriting import ROUND


def strokes(digit: int) -> tuple[np.ndarray, ...]:
    return tuple(np.array(stroke, np.float32) for stroke in ROUND[digit])


def test_a_character_takes_the_share_of_the_canvas_that_was_asked_for() -> None:
    steps = movement(strokes(1), size=0.5)
    assert np.abs(steps[:, 1].sum()) == np.float32(0.5 * UNIT)


def test_movements_are_filled_up_with_what_the_network_passes_over() -> None:
    batch = pad([np.zeros((2, 3), np.float32), np.ones((4, 3), np.float32)])
    assert batch.shape == (2, 4, 3)
    assert batch[0, 2:, 2].tolist() == [PADDING, PADDING] and batch[0, 2:, :2].abs().sum() == 0
    assert (batch[1] == 1).all()


def test_an_epoch_has_every_movement_once() -> None:
    shown = [movement(strokes(digit)) for digit in range(10)] * 5
    epoch, count = movement_batches(shown, np.arange(50), 7)
    seen = [label for batch, labels in epoch(torch.Generator().manual_seed(0)) for label in labels.tolist()]
    assert count == 7 and len(seen) == len(set(seen)) == 49
    again = [label for _, labels in epoch(torch.Generator().manual_seed(0)) for label in labels.tolist()]
    assert seen == again


def test_movements_and_labels_stay_together() -> None:
    shown = [movement(strokes(digit)) for digit in range(10)]
    epoch, _ = movement_batches(shown, np.arange(10), 5)
    for batch, labels in epoch(torch.Generator().manual_seed(1)):
        for row, label in zip(batch, labels.tolist(), strict=True):
            np.testing.assert_array_equal(row[row[:, 2] >= 0].numpy(), shown[label])


def test_many_movements_come_in_many_sizes() -> None:
    made, chosen = many_movements([Character(strokes(digit), str(digit), digit) for digit in range(10)], 100, seed=0)
    assert len(made) == len(chosen) == 100
    lengths = [np.hypot(*steps[:, :2].T).sum() for steps, at in zip(made, chosen, strict=True) if at == 1]
    assert max(lengths) > 1.5 * min(lengths)


def test_looking_goes_through_all_in_order() -> None:
    shown = [movement(strokes(3))] * (LOOK + 1)
    labels = [
        label for _, some in Movements(shown, np.arange(LOOK + 1), torch.device("cpu"))() for label in some.tolist()
    ]
    assert labels == list(range(LOOK + 1))
