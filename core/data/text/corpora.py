"""Labelled sentences: the Stanford Sentiment Treebank where it can be had, and sentences made by rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.sources import NotHere, folder_of
from core.data.text.generated import HELD_OUT_PATTERNS, PAIRED, order_pairs, single_sentences
from core.data.text.tokens import read_treebank
from core.wording import counted

Part = Literal["train", "dev", "test"]

TRAINED_PATTERNS = tuple(name for name in PAIRED if name not in HELD_OUT_PATTERNS)
"""The paired patterns that networks are trained on."""


@dataclass(frozen=True)
class Corpus:
    """Labelled sentences.

    Attributes:
        sentences: their words, as `core.data.text.tokens` spells them.
        labels: (N,) 1 for positive, 0 for negative.
        source: where they come from, in words.
    """

    sentences: tuple[tuple[str, ...], ...]
    labels: NDArray[np.int64]
    source: str

    def __len__(self) -> int:
        return len(self.sentences)

    def __add__(self, other: "Corpus") -> "Corpus":
        return Corpus(
            self.sentences + other.sentences,
            np.concatenate([self.labels, other.labels]),
            f"{self.source}; {other.source}",
        )


@cache
def treebank(part: Part) -> Corpus:
    """Return a part of SST-2 (Socher and others, 2013): whole sentences of film reviews, neutral ones left out.

    Raises:
        NotHere: it has not been downloaded, or its files are damaged.
    """
    folder = folder_of("sst2")
    if folder is None:
        raise NotHere("The Stanford Sentiment Treebank has not been downloaded yet.")
    try:
        lines = (folder / f"stsa.binary.{part}").read_text(encoding="utf-8").split("\n")
        labels = [int(line[0]) for line in lines if line]
    except (OSError, ValueError):
        raise NotHere("The files of the Stanford Sentiment Treebank cannot be read.") from None
    sentences = tuple(read_treebank(line[2:]) for line in lines if line)
    return Corpus(sentences, np.array(labels), f"SST-2, {part}: {counted(len(labels), 'sentence')} of film reviews")


@cache
def made_by_rule(pairs: int, singles: int, seed: int) -> Corpus:
    """Return sentences of `core.data.text.generated` for training: pairs with opposite meanings, and single ones."""
    found = order_pairs(held_out=False, patterns=TRAINED_PATTERNS, count=pairs, seed=seed)
    alone = single_sentences(singles, seed)
    sentences = [words for pair in found for words in (pair.positive, pair.negative)]
    sentences += [words for words, _ in alone]
    labels = [1, 0] * len(found) + [label for _, label in alone]
    return Corpus(tuple(sentences), np.array(labels), f"{counted(len(labels), 'sentence')} made by rule")


def paired(*, held_out: bool, patterns: Sequence[str] = TRAINED_PATTERNS, count: int = 500, seed: int = 1) -> Corpus:
    """Return pairs in which the order alone decides: 2 * `count` sentences, a positive and a negative one in turn."""
    found = order_pairs(held_out=held_out, patterns=tuple(patterns), count=count, seed=seed)
    sentences = tuple(words for pair in found for words in (pair.positive, pair.negative))
    return Corpus(sentences, np.array([1, 0] * len(found)), f"{len(found):,} pairs of the same words in another order")


@cache
def library() -> Corpus:
    """Return sentences to look things up in, none of which a network was trained on.

    SST-2's test sentences where they are at hand, and pairs in which the order alone decides.
    """
    pairs = paired(held_out=True, count=300)
    return treebank("test") + pairs if is_here() else pairs


def is_here() -> bool:
    """Return whether SST-2 is at hand."""
    return folder_of("sst2") is not None
