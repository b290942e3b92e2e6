"""Pairs of the same number in words of two languages: to learn from, and kept apart to be measured on."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.like_length import batches_of_like_length
from core.data.text.number_words import (
    GLUES,
    LANGUAGES,
    WORDS,
    Language,
    NumberPiece,
    cut,
    cut_bare,
    spell,
    spell_otherwise,
)

PADDING, END = 0, 1
"""Numbers that fill up a sequence beyond its end, and that end it, in both vocabularies."""

TRAINED_TO = 999_999
"""The largest number that is learnt from, but for those with at most `MOST_DIGITS` digits that are not 0.

These teach the word for a million, and where it stands, but no longer texts.
"""

MOST_DIGITS = 3
"""Digits that are not 0 in the numbers beyond `TRAINED_TO` that are learnt from, at most."""

PAIRS: tuple[tuple[Language, Language], ...] = tuple(
    (source, target) for source in LANGUAGES for target in LANGUAGES if source != target
)
"""Every language into every other."""

_APART, _PARTS_OF = 2, 10  # two of ten numbers are kept apart: one for choosing, one for measuring
_ALWAYS_LEARNT = 100  # smaller numbers are the words themselves
_OTHERWISE = 0.25  # share of the sources that are written as people also do
_EMPTIED = 0.35  # share of the numbers in which about half of the digits are 0
_BEYOND = 0.1  # share of the numbers that are learnt from beyond `TRAINED_TO`


@cache
def source_vocabulary() -> dict[str, int]:
    """Return the number of every piece that is read, from 2 on."""
    pieces = dict.fromkeys(word for words in WORDS.values() for word in words)
    return {piece: number for number, piece in enumerate(pieces, 2)}


@cache
def target_vocabulary() -> dict[NumberPiece | Language, int]:
    """Return the number of every language, with which a translation begins, and of every piece that is written."""
    pieces: dict[NumberPiece | Language, None] = dict.fromkeys(LANGUAGES)
    for language, words in WORDS.items():
        pieces |= dict.fromkeys(NumberPiece(glue, word) for word in words for glue in GLUES[language])
    pieces[NumberPiece("", ",")] = None
    return {piece: number for number, piece in enumerate(pieces, 2)}


@cache
def target_pieces() -> tuple[NumberPiece | None, ...]:
    """Return the piece of every number of `target_vocabulary`, None where it is no piece."""
    pieces: list[NumberPiece | None] = [None, None]
    return tuple(pieces + [piece if isinstance(piece, NumberPiece) else None for piece in target_vocabulary()])


def encode_source(text: str, language: Language) -> list[int]:
    """Return the numbers of the pieces of a text, and the end.

    Raises:
        UnknownWord: there is a word that is no number word.
    """
    known = source_vocabulary()
    return [*(known[piece] for piece in cut_bare(text, language)), END]


def encode_target(text: str, language: Language) -> list[int]:
    """Return the number of the language, the numbers of the pieces of a text, and the end."""
    known = target_vocabulary()
    return [known[language], *(known[piece] for piece in cut(text, language)), END]


def part_of(number: int) -> str:
    """Return which part a number is in, whatever is drawn: "train", "validation" or "test"."""
    if number < _ALWAYS_LEARNT:
        return "train"
    drawn = (number * 2_654_435_761 % 2**32) * _PARTS_OF >> 32  # Knuth's multiplicative hash
    return {0: "test", 1: "validation"}.get(drawn, "train")


def draw_numbers(count: int, seed: int, *, largest: int = TRAINED_TO, part: str = "train") -> list[int]:
    """Return numbers of one part: all below 100 first where they are learnt from, the others by number of digits.

    As many have three digits as have six, and in a third of them about half of the digits are 0, for numbers like
    500,021 are rare among all. One in ten of those to learn from has seven to nine digits, most of which are 0.

    Args:
        count: how many.
        seed: of the draw.
        largest: none is larger, but for those of mostly zeros; at least 999 where the part is not learnt from.
        part: see `part_of`.
    """
    draw = np.random.default_rng(seed)
    found = list(range(min(_ALWAYS_LEARNT, largest + 1, count))) if part == "train" else []
    digits = len(str(largest))
    while len(found) < count:
        if part == "train" and largest == TRAINED_TO and draw.random() < _BEYOND:
            sparse = _draw_sparse(draw)
            found += [sparse] if part_of(sparse) == part else []
            continue
        length = int(draw.integers(min(3, digits), digits + 1))
        places = draw.integers(0, 10, length)
        if draw.random() < _EMPTIED:
            places[draw.random(length) < 0.5] = 0
        places[0] = places[0] or draw.integers(1, 10)
        number = int("".join(map(str, places)))
        if number <= largest and part_of(number) == part:
            found.append(number)
    return found


def _draw_sparse(draw: np.random.Generator) -> int:
    """Return a number of seven to nine digits of which at most `MOST_DIGITS` are not 0."""
    length = int(draw.integers(7, 10))
    places = [0, *draw.choice(np.arange(1, length), int(draw.integers(0, MOST_DIGITS)), replace=False).tolist()]
    return sum(int(draw.integers(1, 10)) * 10 ** (length - 1 - place) for place in places)


def numbers_of(digits: int, count: int, seed: int, part: str = "test") -> list[int]:
    """Return numbers of so many digits, all equally likely, of one part of the numbers (see `part_of`)."""
    draw = np.random.default_rng([digits, seed])
    found: list[int] = []
    while len(found) < count:
        number = int(draw.integers(10 ** (digits - 1), 10**digits))
        if part_of(number) == part:
            found.append(number)
    return found


class Spelt(NamedTuple):
    """Numbers in words of all languages, encoded and filled up with `PADDING`.

    Attributes:
        sources: (N, languages, 2, S): as num2words writes them, and as people also do.
        targets: (N, languages, T): language, pieces, end.
    """

    sources: NDArray[np.int64]
    targets: NDArray[np.int64]


def spell_all(numbers: Sequence[int]) -> Spelt:
    """Return numbers in words of all languages."""
    sources: list[list[int]] = []
    targets: list[list[int]] = []
    for number in numbers:
        read, written = _encode(number)
        sources += read
        targets += written
    shape = (len(numbers), len(LANGUAGES))
    return Spelt(_filled(sources).reshape(*shape, 2, -1), _filled(targets).reshape(*shape, -1))


@lru_cache(maxsize=20_000)
def _encode(number: int) -> tuple[list[list[int]], list[list[int]]]:
    """Return a number as it is read, twice in each language, and as it is written; num2words takes its time."""
    sources, targets = [], []
    for language in LANGUAGES:
        text = spell(number, language)
        sources += [encode_source(text, language), encode_source(spell_otherwise(number, language), language)]
        targets.append(encode_target(text, language))
    return sources, targets


def join_pair(source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Return what a network that translates is given, (B, 2, L), and what it is to answer, (B, T).

    The first row of the input is the source, the second what the decoder reads: the target without its last
    column. The answer is the target without its first.
    """
    longest = max(source.shape[1], target.shape[1] - 1)
    rows = [torch.nn.functional.pad(row, (0, longest - row.shape[1])) for row in (source, target[:, :-1])]
    return torch.stack(rows, 1), target[:, 1:]


def pair_batches(
    spelt: Spelt, batch_size: int, device: torch.device | None = None
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Every number comes once an epoch, in two languages that are drawn anew; a quarter of the sources are written as
    people also do.
    """
    sources, targets = torch.from_numpy(spelt.sources), torch.from_numpy(spelt.targets)
    count = len(sources)
    languages = list(LANGUAGES)
    pairs = torch.tensor([[languages.index(source), languages.index(target)] for source, target in PAIRS])

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        drawn = pairs[torch.randint(len(pairs), (count,), generator=generator)]
        otherwise = (torch.rand(count, generator=generator) < _OTHERWISE).long()
        rows = torch.arange(count)
        source, target = sources[rows, drawn[:, 0], otherwise], targets[rows, drawn[:, 1]]
        lengths = (source != PADDING).sum(1) + (target != PADDING).sum(1)
        for chosen in batches_of_like_length(lengths, batch_size, generator):
            inputs, answers = join_pair(_trimmed(source[chosen]), _trimmed(target[chosen]))
            yield inputs.to(device), answers.to(device)

    return epoch, count // batch_size


class PairExamples:
    """Numbers in every pair of languages, in order: call it for batches of inputs and answers."""

    def __init__(
        self,
        numbers: Sequence[int],
        device: torch.device,
        pairs: Sequence[tuple[Language, Language]] = PAIRS,
        *,
        otherwise: bool = False,
    ) -> None:
        """Take the numbers.

        Args:
            numbers: each is translated once, the pairs of languages in turn.
            device: where batches are put.
            pairs: of languages.
            otherwise: read them as people also write them.
        """
        spelt = spell_all(numbers)
        languages = list(LANGUAGES)
        self.device = device
        self.batches: list[tuple[Tensor, Tensor]] = []
        for place, (source, target) in enumerate(pairs):
            rows = slice(place, None, len(pairs))
            read = torch.from_numpy(spelt.sources[rows, languages.index(source), int(otherwise)])
            wanted = torch.from_numpy(spelt.targets[rows, languages.index(target)])
            if len(read):
                self.batches += zip(read.split(_LOOK), wanted.split(_LOOK), strict=True)

    def __call__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches."""
        for read, wanted in self.batches:
            inputs, answers = join_pair(_trimmed(read), _trimmed(wanted))
            yield inputs.to(self.device), answers.to(self.device)


_LOOK = 250  # pairs that are only looked at go through a network in batches of this size


def _trimmed(rows: Tensor) -> Tensor:
    return rows[:, : int((rows != PADDING).sum(1).max())]


def _filled(rows: list[list[int]]) -> NDArray[np.int64]:
    filled = np.full((len(rows), max(map(len, rows))), PADDING, np.int64)
    for place, row in enumerate(rows):
        filled[place, : len(row)] = row
    return filled
