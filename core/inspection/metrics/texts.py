"""How good a language model is, and how near a translation is to another."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

ORDERS = 4
"""The longest groups of words that BLEU compares."""


@dataclass(frozen=True)
class Surprise:
    """How surprised a model was.

    Attributes:
        bits: -log2 of each probability.
        mean: their mean.
        perplexity: 2 to the power of it: among how many equally likely words it seems to choose.
    """

    bits: tuple[float, ...]
    mean: float
    perplexity: float


def surprise(probabilities: Sequence[float]) -> Surprise:
    """Return the surprise of a model that gave the words that came these probabilities, above 0 and up to 1.

    Raises:
        ValueError: a probability is not above 0 and up to 1; the message is a sentence.
    """
    for row, share in enumerate(probabilities, 1):
        if not 0 < share <= 1:
            raise ValueError(f"Number {row}, {share:g}, is not a probability above 0 and up to 1.")
    bits = tuple(0.0 - math.log2(share) for share in probabilities)
    mean = sum(bits) / len(bits)
    return Surprise(bits, mean, 2.0**mean if mean < 1000 else math.inf)


@dataclass(frozen=True)
class Bleu:
    """BLEU of one candidate against one reference.

    Attributes:
        matches: for groups of 1 to 4 words, how many of the candidate are in the reference, none more often than there.
        groups: for groups of 1 to 4 words, how many the candidate has.
        candidate: its length in words.
        reference: the length of the reference.
        penalty: for being too short, up to 1.
        score: 0-1; 0 where one of the four finds no match.
    """

    matches: tuple[int, ...]
    groups: tuple[int, ...]
    candidate: int
    reference: int
    penalty: float
    score: float


def bleu(candidate: Sequence[str], reference: Sequence[str]) -> Bleu:
    """Return BLEU, unsmoothed (Papineni, Roukos, Ward and Zhu, "BLEU", 2002)."""
    return corpus_bleu([candidate], [reference])


def corpus_bleu(candidates: Sequence[Sequence[str]], references: Sequence[Sequence[str]]) -> Bleu:
    """Return BLEU of many translations together, as the paper defines it: groups and lengths are added up first."""
    matches, groups = [], []
    for order in range(1, ORDERS + 1):
        pairs = [
            (groups_of(mine, order), groups_of(theirs, order))
            for mine, theirs in zip(candidates, references, strict=True)
        ]
        matches.append(sum((mine & theirs).total() for mine, theirs in pairs))
        groups.append(sum(mine.total() for mine, _ in pairs))
    said, wanted = sum(map(len, candidates)), sum(map(len, references))
    penalty = 0.0 if not said else 1.0 if said > wanted else math.exp(1 - wanted / said)
    logs = [math.log(match / group) for match, group in zip(matches, groups, strict=True) if match]
    score = penalty * math.exp(sum(logs) / ORDERS) if len(logs) == ORDERS else 0.0
    return Bleu(tuple(matches), tuple(groups), said, wanted, penalty, score)


def groups_of(words: Sequence[str], order: int) -> Counter[tuple[str, ...]]:
    """Return how often a text has each group of `order` neighbouring words, in the order in which they come."""
    return Counter(tuple(words[at : at + order]) for at in range(len(words) - order + 1))
