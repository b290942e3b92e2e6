"""How the networks that read the movement of a pen are trained and scored."""

import numpy as np
import torch
from torch import nn

from core.data.pen.habits import HABITS, habits_of, with_habits
from core.data.pen.movements import USUAL, Movements, many_movements, movement, movement_batches
from core.data.pen.orders import in_another_order
from core.data.pen.unipen import Character, of_part
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training

SMALL = 0.3
"""Share of the canvas that a small digit takes."""


def train_pen_reader(
    network: nn.Module,
    title: str,
    training: Training,
    *,
    label_smoothing: float,
    movements: float,
    other_orders: float,
    choosers: float,
) -> None:
    """Train a network to name digits by the movement of the pen.

    Args:
        network: the reader.
        title: of the progress bar.
        training: the hyperparameters.
        label_smoothing: of the loss.
        movements: how many are learnt from: digits of many writers, each in another hand and in another size.
        other_orders: 1 where digits are now and then written by another movement (`core.data.pen.orders`), else 0.
        choosers: 1 where the writers to choose by are learnt from as well, once all is chosen, else 0.
    """
    written = _learnt_from(choosers)
    change = _in_many_ways if other_orders else with_habits
    steps, shown = many_movements(written, round(movements), seed=1, change=change)
    labels = np.array([int(character.label) for character in written])[shown]
    batches, count = movement_batches(steps, labels, training.batch_size)
    fit(network, batches, count, nn.CrossEntropyLoss(label_smoothing=label_smoothing), training, title)


def describe_pen_reader(
    network: nn.Module, *, movements: float, other_orders: float, choosers: float, **_: float
) -> Results:
    """Score a network on writers kept apart."""
    written = _learnt_from(choosers)
    everything, *others = score_pen(network)
    writers = len({character.writer for character in written})
    orders = ", now and then with strokes in another order, joined, broken or the other way round" * bool(other_orders)
    return {
        "data": f"pen strokes of UNIPEN: {len(written):,} digits by {writers} writers, in {round(movements):,} hands "
        f"and sizes{orders}, cut into steps of equal length",
        "test": everything,
        "also": tuple(others),
    }


def _learnt_from(choosers: float) -> tuple[Character, ...]:
    return of_part("digits", "train") + (of_part("digits", "validation") if choosers else ())


def _in_many_ways(character: Character, draw: np.random.Generator) -> Character:
    return in_another_order(with_habits(character, draw), draw)


def score_pen(network: nn.Module) -> tuple[CardScore, ...]:
    """Return how many digits of writers kept apart are read right: all, small ones, digit by digit, habit by habit."""
    written = of_part("digits", "test")
    labels = np.array([int(character.label) for character in written])
    writers = len({character.writer for character in written})
    right = {size: _answers(network, size) == labels for size in (USUAL, SMALL)}
    source = f"pen strokes of UNIPEN by {writers} writers kept apart, all {len(written):,} digits"
    all_of_them, shown = np.ones(len(labels), bool), [habits_of(character) for character in written]
    groups = [(source, all_of_them, USUAL), (f"{source}, drawn small", all_of_them, SMALL)]
    groups += [(f"the {digit} of these writers", labels == digit, USUAL) for digit in range(10)]
    for habit in HABITS:
        groups.append((f"{habit.title} of these writers", np.array([habit.title in one for one in shown]), USUAL))
    return tuple(
        CardScore(data=what, cases=int(group.sum()), correct=int(right[size][group].sum()))
        for what, group, size in groups
        if group.any()
    )


def _answers(network: nn.Module, size: float) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    written = of_part("digits", "test")
    steps = [movement(character.strokes, size) for character in written]
    examples = Movements(steps, np.zeros(len(steps), np.int64), torch.device("cpu"))
    with torch.inference_mode():
        return torch.cat([network(batch).argmax(1) for batch, _ in examples()]).numpy()


def _shipped(
    epochs: int, learning_rate: float, movements: int = 60_000, *, everything: bool = False
) -> ShippedTraining:
    training = one_cycle(epochs=epochs, batch_size=64, learning_rate=learning_rate, clip_norm=1.0)
    options = {"label_smoothing": 0.05, "movements": movements, "other_orders": everything, "choosers": everything}
    # In half precision: the browser fetches halves, and computes with the same numbers.
    return ShippedTraining(train_pen_reader, describe_pen_reader, training, ("unipen",), options)


PEN_TRAININGS = {
    "pen-gru": _shipped(8, 4e-3, 120_000, everything=True),
    "pen-rnn": _shipped(12, 1e-3),
    "pen-lstm": _shipped(8, 4e-3),
}
"""How each of them is trained. The GRU is the one that the page begins with, and has learnt from the most."""
