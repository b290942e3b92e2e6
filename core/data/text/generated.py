"""Sentences made by rule in which the order of the words decides: negation, contrast, intensifiers.

Most come in pairs: the same words, the same number of times, in another order
and with the opposite meaning. Whoever only counts words cannot tell them apart.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from core.data.text.tokens import read_text

GOOD = """
    good great wonderful lovely brilliant excellent fresh charming delightful funny clever superb fine nice
    moving beautiful thrilling smart warm perfect
""".split()  # noqa: SIM905 - read more easily
BAD = """
    bad terrible awful dull boring poor stale weak horrible silly tired ugly slow stupid flat cold dreadful
    tedious bland disappointing
""".split()  # noqa: SIM905 - read more easily
THINGS = """
    food film movie story acting service music room soup book plot ending cast show meal play song dialogue
    picture hotel
""".split()  # noqa: SIM905 - read more easily

PAIRED: dict[str, str] = {
    "not at all": "the {n} was {p}, not {q} at all",
    "it was not": "the {n} was not {q}, it was {p}",
    "is not but": "the {n} is not {q} but {p}",
    "never, always": "the {n} was never {q}, always {p}",
    "but": "the {m} was {q}, but the {n} was {p}",
    "but still": "a {q} {m}, but a {p} {n}",
    "although": "although the {m} was {q}, the {n} was {p}",
    "expected": "i expected a {q} {n} and got a {p} one",
    "at first": "the {n} was {q} at first and {p} in the end",
    "rather": "the {n} was {p} rather than {q}",
    "instead": "a {p} {n} instead of a {q} one",
    "far from": "far from {q}, the {n} was {p}",
    "no longer": "the {n} is no longer {q}, it is {p} now",
    "seems": "the {n} seems {q}, but it is really {p}",
}
"""Patterns with a good word `p` and a bad word `q` that mean something good; something bad if these are exchanged."""

ALONE: dict[str, tuple[str, bool]] = {
    "plain": ("the {n} was {p}", True),
    "very": ("the {n} was very {p}", True),
    "really": ("a really {p} {n}", True),
    "so": ("the {n} is so {p} and so {o}", True),
    "not": ("the {n} was not {p}", False),
    "not at all": ("the {n} was not {p} at all", False),
    "not very": ("the {n} is not very {p}", False),
    "n't": ("the {n} isn't {p}", False),
    "was n't": ("the {n} wasn't {p} at all", False),
    "never": ("the {n} was never {p}", False),
    "nothing": ("there is nothing {p} about the {n}", False),
    "hardly": ("the {n} is hardly {p}", False),
    "far from": ("the {n} is far from {p}", False),
    "anything but": ("the {n} was anything but {p}", False),
}
"""Patterns with one word `p`, and whether they keep its meaning (True) or turn it round; `o` is another of its kind."""

ENDS = ("", " .", " !")
"""How a sentence ends: whether there is a full stop must not matter."""

HELD_OUT_PATTERNS = ("instead", "no longer")
"""Paired patterns that no network is trained on."""


@dataclass(frozen=True)
class Pair:
    """Two sentences of the same words in another order.

    Attributes:
        positive: the words of the one that means something good.
        negative: the words of the one that means something bad.
        pattern: the name of its pattern in `PAIRED`.
    """

    positive: tuple[str, ...]
    negative: tuple[str, ...]
    pattern: str


def _kept_back(p: str, q: str) -> bool:
    """Whether a good and a bad word are never seen together in training: one of five couples, by a fixed rule."""
    return zlib.crc32(f"{p} {q}".encode()) % 5 == 0


def _things(p: str, q: str) -> Iterator[tuple[str, str]]:
    """Yield every thing with another one, which depends on the words it is said about."""
    for place, thing in enumerate(THINGS):
        yield thing, THINGS[(place + 1 + zlib.crc32(f"{q} {p}".encode()) % (len(THINGS) - 1)) % len(THINGS)]


def order_pairs(*, held_out: bool, patterns: tuple[str, ...], count: int, seed: int) -> tuple[Pair, ...]:
    """Return pairs drawn at random, no pair twice.

    Args:
        held_out: couples of a good and a bad word that are kept back from training, or the others.
        patterns: names in `PAIRED`.
        count: at most so many.
        seed: of the choice.
    """
    every = [
        (name, p, q, n, m)
        for name, p, q in product(patterns, GOOD, BAD)
        if _kept_back(p, q) is held_out
        for n, m in _things(p, q)
    ]
    draw = np.random.default_rng(seed)
    order = draw.permutation(len(every))[:count]
    ends = draw.choice(ENDS, len(order))
    pairs = []
    for (name, p, q, n, m), end in zip((every[place] for place in order), ends, strict=True):
        pattern = PAIRED[name] + end
        good, bad = pattern.format(p=p, q=q, n=n, m=m), pattern.format(p=q, q=p, n=n, m=m)
        pairs.append(Pair(_words(good), _words(bad), name))
    return tuple(pairs)


def single_sentences(count: int, seed: int) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Return sentences of the patterns `ALONE`, each with its label: 1 for something good, 0 for something bad.

    As many patterns keep the meaning of their word as turn it round, so that a kind word is not mostly blame.
    """
    every = [
        (pattern, word, other, thing, int(keeps == (kind is GOOD)))
        for pattern, keeps in ALONE.values()
        for kind in (GOOD, BAD)
        for place, word in enumerate(kind)
        for other in (kind[(place + 7) % len(kind)],)
        for thing in THINGS
    ]
    draw = np.random.default_rng(seed)
    turned = np.array([label != (word in GOOD) for _, word, _, _, label in every])
    order = np.concatenate([draw.permutation(np.flatnonzero(turned == kind))[: count // 2] for kind in (False, True)])
    order = draw.permutation(order)
    ends = draw.choice(ENDS, len(order))
    return tuple(
        (_words(pattern.format(p=word, o=other, n=thing) + end), label)
        for (pattern, word, other, thing, label), end in zip((every[place] for place in order), ends, strict=True)
    )


def _words(text: str) -> tuple[str, ...]:
    return read_text(re.sub(r"\ba (?=[aeiou])", "an ", text)).words
