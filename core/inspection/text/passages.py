"""Which units are on over exactly these words, and where else in a library they do the same.

After LSTMVis: Strobelt, Gehrmann, Pfister and Rush, "LSTMVis: A tool for visual analysis of hidden state dynamics in
recurrent neural networks", 2018. Other than there, a unit may also be on below zero, where the negated unit would be
on: both signs are candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.inspection.text.library import LibraryReading

Span = tuple[int, int]
"""Words from the first up to, but not including, the second number."""

SUBSTITUTES = 5
"""Units that are looked for where none is on exactly over the span."""
MOST = 6
"""Passages that are returned."""
DEFAULT_THRESHOLD = 0.3
"""The threshold with which a span is suggested."""


@dataclass(frozen=True)
class UnitMatch:
    """A unit that is on over a span, more or less.

    Attributes:
        unit: its number, from 0.
        sign: +1 where it is on at or above the threshold, -1 where it is on at or below minus the threshold.
        right: words of the span, and of its two neighbours, at which it is as it should be.
        asked: how many these are.
        strength: mean of sign times its state over the span.
    """

    unit: int
    sign: int
    right: int
    asked: int
    strength: float

    @property
    def exact(self) -> bool:
        """Whether it is on at every word of the span, and off before and after it."""
        return self.right == self.asked


@dataclass(frozen=True)
class Passage:
    """Words of the library over which units are on, as they are over the span.

    Attributes:
        sentence: its number in the corpus.
        start: first word of the passage in the sentence.
        stop: first word after it.
        shared: those candidates that are on at every word of it, and off before and after.
        label: of the sentence, 1 for positive.
    """

    sentence: int
    start: int
    stop: int
    shared: tuple[UnitMatch, ...]
    label: int


@dataclass(frozen=True)
class SearchResult:
    """What a search has found.

    Attributes:
        passages: the best, at most one a sentence.
        shared: the most units that any passage shares with the span.
        count: passages that share so many.
        positive: those of them whose sentence is labelled positive.
    """

    passages: tuple[Passage, ...]
    shared: int
    count: int
    positive: int


def rank_units(states: NDArray[np.floating], span: Span, threshold: float) -> tuple[UnitMatch, ...]:
    """Return the units that are as they should be at most words: the exact ones first, then by words right.

    Left out are units that are right at half of the words or fewer, or on at no word of the span.

    Args:
        states: after every word (T, H), without the state before the first word.
        span: at least one of the words.
        threshold: above 0; at or beyond it a unit is on.
    """
    first, stop = span
    start, end = max(first - 1, 0), min(stop + 1, len(states))
    wanted = np.zeros(end - start, bool)
    wanted[first - start : stop - start] = True
    window = states[start:end].astype(np.float64)
    found = []
    for sign in (1, -1):
        on = sign * window >= threshold
        right = (on == wanted[:, None]).sum(0)
        strengths = sign * window[wanted].mean(0)
        found += [
            UnitMatch(int(unit), sign, int(right[unit]), len(wanted), float(strengths[unit]))
            for unit in np.flatnonzero(on[wanted].any(0) & (2 * right > len(wanted)))
        ]
    return tuple(sorted(found, key=lambda one: (-one.right, -one.strength, one.unit)))


def choose_units(ranked: Sequence[UnitMatch]) -> tuple[UnitMatch, ...]:
    """Return the candidates to search with: the exact ones, or the best few where there are none."""
    exact = tuple(one for one in ranked if one.exact)
    return exact or tuple(ranked[:SUBSTITUTES])


def suggest_span(states: NDArray[np.floating], threshold: float = DEFAULT_THRESHOLD) -> Span:
    """Return words to begin with: those over which most units are on together around the largest change.

    Raises:
        ValueError: there is no word.
    """
    if not len(states):
        raise ValueError("There is no word to mark.")
    before = np.vstack([np.zeros_like(states[:1]), states[:-1]])
    turning = int(np.linalg.norm(states - before, axis=1).argmax())
    counts: dict[Span, int] = {}
    for row in threshold <= np.hstack([states, -states]).T:
        if row[turning]:
            off = np.flatnonzero(~row)
            first = int(off[off < turning].max(initial=-1)) + 1
            stop = int(off[off > turning].min(initial=len(row)))
            counts[first, stop] = counts.get((first, stop), 0) + 1
    # Of equally common spans the shorter one: it says more about its words.
    return min(counts, key=lambda one: (-counts[one], one[1] - one[0], one), default=(turning, turning + 1))


def search_passages(
    read: LibraryReading,
    candidates: Sequence[UnitMatch],
    length: int,
    threshold: float,
    but_not: tuple[str, ...] = (),
    most: int = MOST,
) -> SearchResult:
    """Return passages of the library over which the same units are on, and off before and after.

    Passages that share more units come first, then those nearer to the span in length, then in the library's order.

    Args:
        read: the library.
        candidates: units with their signs.
        length: words of the span.
        threshold: as for `rank_units`.
        but_not: a sentence that is left out, because it is the one that is compared.
        most: at most so many passages.
    """
    if not candidates or not len(read.words):
        return SearchResult((), 0, 0, 0)
    candidate, begins, lengths = _runs(read, candidates, threshold)
    if but_not:
        other = np.array([words != but_not for words in read.corpus.sentences], bool)
        kept = other[read.sentence[begins]]
        candidate, begins, lengths = candidate[kept], begins[kept], lengths[kept]
    if not len(begins):
        return SearchResult((), 0, 0, 0)
    keys = begins * (len(read.words) + 1) + lengths  # one number for every pair of beginning and length
    different, shared = np.unique(keys, return_counts=True)
    begins, lengths = np.divmod(different, len(read.words) + 1)
    sentences = read.sentence[begins]
    labels = read.corpus.labels[sentences]
    order = np.lexsort((begins, np.abs(lengths - length), -shared))
    _, first = np.unique(sentences[order], return_index=True)  # the best passage of every sentence
    passages = []
    for at in order[np.sort(first)[:most]].tolist():
        start = int(read.position[begins[at]])
        together = tuple(candidates[one] for one in candidate[keys == different[at]].tolist())
        passages.append(Passage(int(sentences[at]), start, start + int(lengths[at]), together, int(labels[at])))
    best = shared == shared.max()
    return SearchResult(tuple(passages), int(shared.max()), int(best.sum()), int(labels[best].sum()))


def _runs(
    read: LibraryReading, candidates: Sequence[UnitMatch], threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return all runs of words of one sentence over which a candidate is on: its place, their first word and length."""
    units, signs = [one.unit for one in candidates], np.array([one.sign for one in candidates], np.float32)
    on = threshold <= (read.states[:, units] * signs).T
    opens = read.position == 0
    closes = np.append(opens[1:], True)
    # A run begins where the word before was off or there is none in the sentence, and ends likewise.
    begins, ends = on.copy(), on.copy()
    begins[:, 1:] &= opens[1:] | ~on[:, :-1]
    ends[:, :-1] &= closes[:-1] | ~on[:, 1:]
    candidate, first = np.nonzero(begins)  # row by row, so beginnings and ends come in the same order
    last = np.nonzero(ends)[1]
    return candidate, first, last - first + 1
