"""How likely each mistake is, letter by letter: counted on misspellings, and kept as bits."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from core.data.text.edits import Edit, edits
from core.paths import ASSETS

FILE = ASSETS / "words" / "mistakes.tsv"
"""The bits that the app carries, made by `core.shipping.word_list`; their source is in `assets/words/README.md`."""
START = "^"
"""Stands before the first letter of a word."""
PRIOR = 20.0
"""Observations that a count is mixed with, of all mistakes of its kind: rare letters get the cost of their kind."""
MOST = 2
"""Mistakes of a misspelling that is counted; with more, the way from one word to the other is a guess."""

Way = Literal["insert", "delete", "change", "swap"]
WAYS: tuple[Way, ...] = ("insert", "delete", "change", "swap")
Mistake = tuple[Way, str, str]
"""What was done, where, and with what: ``insert`` and ``delete`` a letter after another one, ``change`` a letter into
another one, ``swap`` two letters."""


@dataclass(frozen=True)
class MistakeBits:
    """Minus the logarithm, base 2, of the probability of every mistake.

    Attributes:
        bits: by mistake.
    """

    bits: Mapping[Mistake, float]

    def each(self, steps: Sequence[Edit]) -> tuple[float, ...]:
        """Return the bits of every step, 0 where nothing was done."""
        return tuple(self.bits[mistake] if mistake else 0.0 for mistake in _mistakes(steps))

    def total(self, typed: str, right: str) -> float:
        """Return the bits of all mistakes between a right word and what was typed."""
        return sum(self.each(edits(typed, right)))


def count_mistakes(pairs: Iterable[tuple[str, str]], letters: str) -> MistakeBits:
    """Return the bits of all mistakes with `letters`, from pairs of a typed and a right word.

    The four confusion matrices of Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
    model", 1990: how often a mistake was made, of how often it could have been made; mixed with `PRIOR` observations
    in which all letters go wrong alike.
    """
    made: Counter[Mistake] = Counter()
    chances: Counter[tuple[Way, str]] = Counter()
    for typed, right in pairs:
        found = [mistake for mistake in _mistakes(edits(typed, right)) if mistake]
        if len(found) > MOST:
            continue
        made.update(found)
        chances.update(("insert", letter) for letter in START + right)
        chances.update(("change", letter) for letter in right)
        chances.update(("delete", before + letter) for before, letter in zip(START + right, right, strict=False))
        chances.update(("swap", first + second) for first, second in pairwise(right))
    bits = {}
    for way in WAYS:
        all_chances = sum(count for (kind, _), count in chances.items() if kind == way)
        # A chance is one of all letters where a letter is put in or changed: any of them may come.
        rate = sum(count for (kind, *_), count in made.items() if kind == way) / max(all_chances, 1)
        rate = max(rate, 1e-6) / (len(letters) if way in {"insert", "change"} else 1)
        for first in letters if way in {"change", "swap"} else START + letters:
            for second in letters:
                where = first if way in {"insert", "change"} else first + second
                share = (made[way, first, second] + PRIOR * rate) / (chances[way, where] + PRIOR)
                bits[way, first, second] = round(-math.log2(share), 2)
    return MistakeBits(bits)


def write_mistakes(mistakes: MistakeBits, file: Path = FILE) -> None:
    """Write bits: what was done, where, with what, and the bits, with tabs between."""
    lines = ("\t".join((*mistake, f"{bits:.2f}")) + "\n" for mistake, bits in mistakes.bits.items())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), encoding="utf-8", newline="\n")


@cache
def shipped_mistakes(file: Path = FILE) -> MistakeBits:
    """Return the bits that the app carries.

    Raises:
        OSError: the file is missing.
    """
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").split("\n")[:-1])
    ways = {way: way for way in WAYS}
    return MistakeBits({(ways[way], where, what): float(bits) for way, where, what, bits in rows})  # type: ignore[index]


def _mistakes(steps: Sequence[Edit]) -> Iterator[Mistake | None]:
    """Yield the mistake of every step, None where nothing was done."""
    before = START
    for step in steps:
        if step.kind == "same":
            yield None
        elif step.kind == "swap":
            yield "swap", step.right[0], step.right[1]
        elif step.kind == "change":
            yield "change", step.right, step.typed
        elif step.right:
            yield "delete", before, step.right
        else:
            yield "insert", before, step.typed
        before = step.right[-1:] or before
