"""CTC after the network: from probabilities of every column to a number, step by step and with several guesses.

Graves, Fernandez, Gomez and Schmidhuber, "Connectionist temporal classification" (2006); the search over prefixes as in
Hannun and others, "First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs"
(2014).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from core.models.numbers import BLANK

DOUBTFUL = 0.7
"""Geometric mean of the probability of a digit below which no number is named.

Chosen on lines by the writers to choose by: 4 % of them are below it, almost all read wrong, and 92 % of scribbles,
shapes and letters.
"""
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Guess:
    """A number and how probable it is.

    Attributes:
        digits: the number, as text.
        probability: of all the ways to place it on the columns that were counted, 0-1.
    """

    digits: str
    probability: float


@dataclass(frozen=True)
class Collapse:
    """From a path to a number.

    Attributes:
        path: the likeliest of eleven in every column (T,).
        merged: after neighbours that are alike became one.
        digits: after blanks were taken away.
    """

    path: tuple[int, ...]
    merged: tuple[int, ...]
    digits: str


def collapse(path: Sequence[int]) -> Collapse:
    """Return what becomes of a path of digits and blanks: first repeats are merged, then blanks are dropped."""
    merged = tuple(symbol for symbol, _ in groupby(path))
    return Collapse(tuple(path), merged, "".join(str(symbol) for symbol in merged if symbol != BLANK))


def greedy(probabilities: Floats) -> Collapse:
    """Return the best path of probabilities (T, 11), and what becomes of it."""
    return collapse(probabilities.argmax(1).tolist())


def beam_search(probabilities: Floats, width: int) -> list[Guess]:
    """Return the likeliest numbers for probabilities (T, 11), the best first, at most `width`.

    After every column only the `width` likeliest beginnings are kept. Each keeps two sums: over its paths that end in a
    blank, and over those that end in its last digit; only after a blank does the same digit count as a new one.
    """
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for column in probabilities.astype(np.float64).tolist():
        sums: defaultdict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for beginning, (ends_blank, ends_digit) in beam.items():
            sums[beginning][0] += (ends_blank + ends_digit) * column[BLANK]
            if beginning:
                sums[beginning][1] += ends_digit * column[beginning[-1]]
            for digit in range(BLANK):
                before = ends_blank if beginning and digit == beginning[-1] else ends_blank + ends_digit
                sums[*beginning, digit][1] += before * column[digit]
        possible = [(beginning, blank, digit) for beginning, (blank, digit) in sums.items() if blank + digit > 0]
        possible.sort(key=lambda entry: (-(entry[1] + entry[2]), entry[0]))
        beam = {beginning: (blank, digit) for beginning, blank, digit in possible[:width]}
    return [Guess("".join(map(str, digits)), sum(both)) for digits, both in beam.items()]


def probability_of(probabilities: Floats, digits: Sequence[int]) -> float:
    """Return the probability of exactly these digits: the sum over all paths that collapse to them, 0-1.

    The forward pass of CTC (Graves and others, 2006, equations 5 to 8).
    """
    symbols = [BLANK]
    for digit in digits:
        symbols += [digit, BLANK]
    columns = probabilities.astype(np.float64)
    if not len(columns):
        return float(not digits)
    forward = np.zeros(len(symbols))
    forward[:2] = columns[0, symbols[:2]]
    skips = np.array([at >= 2 and symbols[at] not in {BLANK, symbols[at - 2]} for at in range(len(symbols))])
    for column in columns[1:]:
        one, two = np.append(0.0, forward[:-1]), np.append([0.0, 0.0], forward[:-2])
        forward = (forward + one + np.where(skips, two[: len(symbols)], 0.0)) * column[symbols]
    return float(forward[-2:].sum())


def is_doubtful(digits: str, probability: float) -> bool:
    """Return whether a number of that probability is no answer: no digits, or too improbable ones in the mean."""
    return not digits or probability ** (1 / len(digits)) < DOUBTFUL


def edit_distance(read: str, truth: str) -> int:
    """Return the fewest digits to insert, to delete and to replace that make one number of the other (Levenshtein)."""
    row = list(range(len(truth) + 1))
    for place, one in enumerate(read, 1):
        diagonal, row[0] = row[0], place
        for at, other in enumerate(truth, 1):
            diagonal, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, diagonal + (one != other))
    return row[-1]
