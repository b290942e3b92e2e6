"""Transfer learning against training from scratch: a few letters each, by writers who are not tested on."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.data.images.symbols import Symbols
from core.data.pen.drawing import picture, plain_pen
from core.data.pen.unipen import Character, of_part
from core.inspection.images.transfer import FILE, TransferMeasurement, TransferScore
from core.shipping.build import versions
from core.training.transfer import EXAMPLES, WAYS, teach

LETTERS = "ABCDEFGHIJ"
"""The letters that are told apart."""
DRAWS = 20
"""So often the examples are drawn anew."""


def write_transfer(file: Path = FILE, draws: int = DRAWS) -> TransferMeasurement:
    """Teach letters by a few examples, test them on other people's, and write what came of it.

    Nothing was chosen by the writers of the test.

    Raises:
        NotHere: the collection is not on this machine.
    """
    learnt, tested = one_by_each(of_part("capitals", "train")), one_by_each(of_part("capitals", "test"))
    test = as_symbols(tested, 0)
    scores = []
    for examples in EXAMPLES:
        shares: dict[str, list[float]] = {way: [] for way in WAYS}
        for draw in range(draws):
            few = as_symbols(choose_few(learnt, examples, draw), draw + 1)
            for way in WAYS:
                taught = teach(way, few, test, draw)
                shares[way].append(round(taught.right / taught.of, 4))
        scores.append(
            TransferScore(examples=examples, transfer=tuple(shares["transfer"]), scratch=tuple(shares["scratch"]))
        )
    record = TransferMeasurement(
        data="capital letters of UNIPEN, one of each by every writer; examples and test by different writers",
        letters=LETTERS,
        cases=len(test),
        writers=len(set(test.writers)),
        scores=tuple(scores),
        versions=versions(),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(record.model_dump_json() + "\n")
    return record


def one_by_each(characters: Sequence[Character]) -> list[Character]:
    """Return the first of each of the letters by every writer."""
    found: dict[tuple[int, str], Character] = {}
    for character in characters:
        if character.label in LETTERS:
            found.setdefault((character.writer, character.label), character)
    return list(found.values())


def choose_few(characters: Sequence[Character], examples: int, seed: int) -> list[Character]:
    """Return so many of each of the letters, every one by another writer, drawn by chance."""
    draw = np.random.default_rng(seed)
    chosen: list[Character] = []
    for letter in LETTERS:
        these = [character for character in characters if character.label == letter]
        chosen += [these[place] for place in draw.permutation(len(these))[:examples]]
    return chosen


def as_symbols(characters: Sequence[Character], seed: int) -> Symbols:
    """Return letters as they look on the page's canvas, drawn by pens of several widths."""
    draw = np.random.default_rng(seed)
    images = np.stack([picture(character, plain_pen(draw), draw) for character in characters])
    labels = np.array([LETTERS.index(character.label) for character in characters], np.int64)
    return Symbols(tuple(LETTERS), images, labels, tuple(str(character.writer) for character in characters))
