"""How the networks that read numbers are trained, and scored on lines by writers kept apart."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

import numpy as np
import torch
from torch import Tensor, nn

from core.data.images.datasets import digits
from core.data.images.image_set import ImageSet
from core.data.numbers.batches import LOOK, line_batches, padded
from core.data.numbers.line import DIGITS
from core.data.numbers.writing import LAYOUTS, Lines, Scribe, many_lines, mnist_scribe, pen_scribe, write_nothing
from core.data.pen.drawing import plain_pen
from core.data.pen.habits import with_habits
from core.data.pen.unipen import of_part
from core.inspection.numbers.ctc import beam_search, greedy
from core.inspection.numbers.cutting import read_by_cutting
from core.inspection.numbers.scores import ALL, CUTTING, count_lines, score_name
from core.models.cards import CardScore
from core.models.numbers import NumberKind, columns_in, ctc_loss
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training

SIDE, CANVAS = 36, 100
"""Height of digits before a line is scaled, pixels: of those learnt from, and of those measured on, as on the page."""
NOTHING = 0.06
"""Share of lines without a number."""
MEASURED = 2_000
"""Lines that are measured on, as many of each layout, half of them MNIST's."""
KEPT_BACK = 5_000
"""MNIST's training digits that are not learnt from: with them and the writers to choose by, settings were chosen."""
BEAM = 8
"""Width of the beam search that is measured."""

_FEWEST = 2


@cache
def learnt_lines(count: int) -> tuple[Lines, list[list[int]]]:
    """Return the lines that are learnt from, (HEIGHT, W) in 0-255, and their digits.

    Raises:
        NotHere: the pen strokes are not on this machine.
    """
    mnist = mnist_scribe(_part(digits("train"), 0, -KEPT_BACK), SIDE)
    people = pen_scribe(of_part("digits", "train"), SIDE, change=with_habits)
    return many_lines([mnist, people, people], count, seed=1, nothing=NOTHING)


def scribes(part: str) -> tuple[Scribe, Scribe]:
    """Return who writes the lines to choose by ("validation") or to measure on ("test"): MNIST, and people with a pen.

    Raises:
        NotHere: the pen strokes are not on this machine.
    """
    if part == "test":
        mnist, characters = digits("test"), of_part("digits", "test")
    else:
        mnist, characters = _part(digits("train"), -KEPT_BACK, None), of_part("digits", "validation")
    return mnist_scribe(mnist, SIDE), pen_scribe(characters, CANVAS, plain_pen)


def measured_lines(part: str, count: int) -> dict[str, tuple[Lines, list[list[int]]]]:
    """Return lines of 2 to 8 digits by layout: the same number of each, MNIST's and people's in turn."""
    return {
        layout: many_lines(scribes(part), count // len(LAYOUTS), seed, layouts=[layout], lengths=(_FEWEST, DIGITS))
        for seed, layout in enumerate(LAYOUTS, 100)
    }


def train_number_reader(network: nn.Module, title: str, training: Training, *, lines: float) -> None:
    """Train a network in place on generated lines."""
    batches, steps = line_batches(*learnt_lines(round(lines)), training.batch_size)
    fit(network, batches, steps, ctc_loss, training, title)


def describe_number_reader(network: nn.Module, kind: NumberKind, *, lines: float) -> Results:
    """Score a network on lines by writers kept apart: by layout and source, longer lines, and no number at all."""
    measured = measured_lines("test", MEASURED)
    answers = {layout: _answers(network, *some) for layout, some in measured.items()}
    mnist, people = scribes("test")
    also = [*_by_layout(answers)]
    for name, scribe in (("MNIST's test digits", mnist), ("pen strokes of UNIPEN by 20 writers", people)):
        some = many_lines([scribe], MEASURED // 4, 200, lengths=(_FEWEST, DIGITS))
        also += count_lines(_answers(network, *some)).as_cards(f"further lines, all of {name}")
    longer = many_lines([mnist, people], MEASURED // 4, 300, lengths=(DIGITS + 1, DIGITS + 4))
    also += count_lines(_answers(network, *longer)).as_cards(f"lines of {DIGITS + 1} to {DIGITS + 4} digits")
    also.append(_refused(network))
    if kind == "cnn-gru":
        also += _by_layout({layout: _cut(*some) for layout, some in measured.items()}, CUTTING)
        searched = [pair for some in measured.values() for pair in _answers(network, *some, beam=BEAM)]
        also += count_lines(searched).as_cards(score_name(ALL, f"beam search of width {BEAM}"))
    return {
        "data": f"{round(lines):,} generated lines of 1 to {DIGITS} digits, spaced, touching, overlapping and slanted, "
        f"a third of MNIST's training digits but the last {KEPT_BACK:,}, the others of pen strokes of UNIPEN by "
        f"{len({one.writer for one in of_part('digits', 'train')})} writers, drawn with many pens; {NOTHING:.0%} "
        "are scribbles, shapes and letters without a number",
        "test": also[0],
        "also": tuple(also[1:]),
    }


def _by_layout(answers: dict[str, list[tuple[str, str]]], way: str = "") -> list[CardScore]:
    everything = {ALL: [pair for some in answers.values() for pair in some]} | answers
    return [
        score for layout, some in everything.items() for score in count_lines(some).as_cards(score_name(layout, way))
    ]


def _answers(
    network: nn.Module, lines: Lines, targets: Sequence[Sequence[int]], beam: int = 0
) -> list[tuple[str, str]]:
    """Return what the network reads and what was written, line by line."""

    def decode(probabilities: np.ndarray) -> str:
        return beam_search(probabilities, beam)[0].digits if beam else greedy(probabilities).digits

    read = [decode(columns) for columns in _probabilities(network, lines)]
    return list(zip(read, map(_text, targets), strict=True))


def _probabilities(network: nn.Module, lines: Lines) -> list[np.ndarray]:
    found: list[np.ndarray] = []
    with torch.inference_mode():
        for at in range(0, len(lines), LOOK):
            batch = padded(lines[at : at + LOOK])
            shares: Tensor = network(batch).softmax(2)
            found += [row[:columns].numpy() for row, columns in zip(shares, columns_in(batch), strict=True)]
    return found


def _cut(lines: Lines, targets: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
    return [
        (read_by_cutting(line.astype(np.float32) / np.float32(255)).digits, _text(digits))
        for line, digits in zip(lines, targets, strict=True)
    ]


def _refused(network: nn.Module) -> CardScore:
    """Return in how many drawings without a number none is read; letters are in fonts not learnt from."""
    draw = np.random.default_rng(400)
    drawn = [(write_nothing(draw, held_out=True) * 255 + 0.5).astype(np.uint8) for _ in range(MEASURED // 4)]
    read = [digits for digits, _ in _answers(network, drawn, [[]] * len(drawn))]
    return CardScore(
        data="scribbles, shapes, noise and letters in fonts not learnt from: no number read",
        cases=len(read),
        correct=sum(not digits for digits in read),
    )


def _text(digits: Sequence[int]) -> str:
    return "".join(map(str, digits))


def _part(whole: ImageSet, begin: int, end: int | None) -> ImageSet:
    return replace(
        whole, images=whole.images[begin:end], labels=whole.labels[begin:end], indices=whole.indices[begin:end]
    )


def _shipped(kind: NumberKind, epochs: float, lines: int) -> ShippedTraining:
    training = one_cycle(epochs=epochs, batch_size=32, learning_rate=6e-3, clip_norm=1.0)
    describe: Callable[..., Results] = partial(describe_number_reader, kind=kind)
    return ShippedTraining(train_number_reader, describe, training, ("mnist", "unipen"), {"lines": lines}, threads=1)


NUMBER_TRAININGS = {"number-cnn-gru": _shipped("cnn-gru", 10, 80_000), "number-cnn": _shipped("cnn", 4, 26_000)}
"""How each of them is trained."""
