"""What one unit of a network follows in a library of sentences, and which words write into it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.inspection.text.library import LibraryReading

NEGATIONS = frozenset(
    "not n't never no nothing none nobody nowhere neither nor hardly scarcely barely without cannot".split()  # noqa: SIM905 - read more easily
)
"""Words after which something is denied."""
NEGATION_SCOPE = 3
"""Words after a negation word that still count as denied."""
BOUND = 0.4
"""A unit counts as following something from this correlation on, of either sign."""
MIN_OCCURRENCES = 5
"""Occurrences that a word needs before its average is worth showing."""

VERDICT, LABEL, POSITION, NEGATION, LENGTH = "verdict", "label", "position", "negation", "length"
TRAITS = (VERDICT, LABEL, POSITION, NEGATION, LENGTH)
"""What a unit is held against: names of columns of `traits_of`."""


@dataclass(frozen=True)
class Trait:
    """How far a unit goes along with one property of the words read so far.

    Attributes:
        name: one of `TRAITS`.
        r: Pearson's correlation; None where unit or property never change.
        best_unit: the unit of this network whose correlation is the strongest, of either sign.
        best_r: that correlation, None where no unit has one.
    """

    name: str
    r: float | None
    best_unit: int
    best_r: float | None


@dataclass(frozen=True)
class UnitTraits:
    """What a unit follows.

    Attributes:
        unit: its number, from 0.
        words: over how many words the correlations were taken.
        found: one for each of `TRAITS`.
    """

    unit: int
    words: int
    found: tuple[Trait, ...]

    @property
    def strongest(self) -> Trait | None:
        """The property with the strongest correlation; None where there is no correlation at all."""
        measured = [trait for trait in self.found if trait.r is not None]
        return max(measured, key=lambda trait: abs(trait.r or 0.0), default=None)

    @property
    def followed(self) -> Trait | None:
        """The strongest one if it reaches `BOUND`, else None: the unit follows none of these."""
        best = self.strongest
        return best if best is not None and best.r is not None and abs(best.r) >= BOUND else None


@dataclass(frozen=True)
class WordMean:
    """The mean of something over all occurrences of a word."""

    word: str
    mean: float
    count: int


@dataclass(frozen=True)
class UnitWords:
    """The words that matter most to a unit; the strongest first, only those with `MIN_OCCURRENCES` occurrences.

    Attributes:
        up: raise it most: the mean of h_t - h_{t-1} is above zero.
        down: lower it most.
        high: after which it stands highest: the mean of h_t.
        low: after which it stands lowest.
    """

    up: tuple[WordMean, ...]
    down: tuple[WordMean, ...]
    high: tuple[WordMean, ...]
    low: tuple[WordMean, ...]


def traits_in(read: LibraryReading, unit: int) -> UnitTraits:
    """Return what a unit follows over all words that were read."""
    table = correlate(traits_of(read), read.states)
    found = []
    for name, row in zip(TRAITS, table, strict=True):
        strengths = np.nan_to_num(np.abs(row), nan=-1.0)
        best = int(strengths.argmax())
        found.append(Trait(name, _number(row[unit]), best, _number(row[best])))
    return UnitTraits(unit, len(read.words), tuple(found))


def traits_of(read: LibraryReading) -> NDArray[np.float64]:
    """Return the properties of every word (W, 5), in the order of `TRAITS`.

    The network's own verdict so far; whether the sentence is labelled positive; the word's place; whether it is a
    negation word or one of the `NEGATION_SCOPE` words after one; the number of words in the sentence.
    """
    lengths = np.bincount(read.sentence, minlength=len(read.corpus))
    columns = (
        read.verdicts,
        read.corpus.labels[read.sentence],
        read.position,
        in_negation(read.words, read.sentence),
        lengths[read.sentence],
    )
    return np.stack([np.asarray(column, np.float64) for column in columns], 1)


def in_negation(words: tuple[str, ...], sentence: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether every word is a negation or one of the `NEGATION_SCOPE` words after it in its sentence (W,)."""
    begins = np.array([word in NEGATIONS for word in words], bool)
    within = begins.copy()
    for after in range(1, NEGATION_SCOPE + 1):
        within[after:] |= begins[:-after] & (sentence[after:] == sentence[:-after])
    return within


def correlate(one: NDArray[np.floating], other: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return Pearson's correlations of all columns of (W, A) with all of (W, B): (A, B), NaN where one is constant."""
    left, right = _standardised(one), _standardised(other)
    return (left.T @ right).clip(-1, 1)


def strongest_words(read: LibraryReading, unit: int, most: int = 8) -> UnitWords:
    """Return the words that move a unit most, and those after which it stands highest and lowest."""
    spelled, number, count = _glossary(read.words)
    states = read.states[:, unit].astype(np.float64)
    before = np.concatenate([[0.0], states[:-1]])[: len(states)]
    changes = states - np.where(read.position == 0, 0.0, before)  # every sentence begins with a state of zeros
    moved, stands = (
        np.bincount(number, values, minlength=len(spelled)) / np.maximum(count, 1) for values in (changes, states)
    )

    def ranked(means: NDArray[np.float64], sign: int) -> tuple[WordMean, ...]:
        order = np.argsort(-sign * means, kind="stable")
        order = order[(count[order] >= MIN_OCCURRENCES) & (sign * means[order] > 0)][:most]
        return tuple(WordMean(spelled[at], float(means[at]), int(count[at])) for at in order)

    return UnitWords(ranked(moved, 1), ranked(moved, -1), ranked(stands, 1), ranked(stands, -1))


@lru_cache(maxsize=2)
def _glossary(words: tuple[str, ...]) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Return the different words, the number of each word of a text among them, and how often each occurs."""
    numbers: dict[str, int] = {}
    found = np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int64)
    return tuple(numbers), found, np.bincount(found, minlength=len(numbers))


def _standardised(columns: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return columns with mean 0 and length 1; NaN for those that never change."""
    if not len(columns):
        return np.full((1, columns.shape[1]), np.nan)
    values = np.asarray(columns, np.float64)
    # Rounding gives a constant column a tiny deviation, so its span is asked.
    constant = np.ptp(values, axis=0) == 0
    centred = values - values.mean(0)
    lengths = np.sqrt(np.einsum("wc,wc->c", centred, centred))
    lengths[constant] = np.nan
    return centred / lengths


def _number(r: float) -> float | None:
    return None if np.isnan(r) else float(r)
