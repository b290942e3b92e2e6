"""How likely each mistake is, letter by letter and by the letters beside it: counted on misspellings, told as bits."""

import lzma
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from core.data.text.edits import Edit, edits
from core.data.text.spelling import ALPHABET
from core.paths import ASSETS

FILE = ASSETS / "words" / "mistakes.tsv.xz"
"""The counts that the app carries, made by `core.shipping.word_list`; their source is in `assets/words/README.md`."""
START, END = "^", "$"
"""Stand before the first letter of a word and behind the last."""
PRIOR, PRIOR_BESIDE = 20.0, 50.0
"""Observations that a count is mixed with: of all mistakes of its kind, and of this mistake beside any letters."""
MOST = 3
"""Mistakes of a misspelling that is counted; with more, the way from one word to the other is a guess."""

Way = Literal["insert", "delete", "change", "swap"]
WAYS: tuple[Way, ...] = ("insert", "delete", "change", "swap")
Mistake = tuple[Way, str, str]
"""What was done, where, and with what.

`change` and `delete` a letter, told with the one before and the one behind it, into another one or none; `insert` a
letter between two; `swap` two letters with each other.
"""


@dataclass(frozen=True)
class MistakeBits:
    """What mistakes cost: minus the logarithm, base 2, of their probability.

    The confusion matrices of Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
    model", 1990: how often a mistake was made, of how often it could have been made. Each count is mixed with `PRIOR`
    observations in which all letters go wrong alike, and beside other letters with `PRIOR_BESIDE` of that share:
    letters that stand at the end of a word, or are doubled, go wrong in other ways (after Brill and Moore, "An improved
    error model for noisy channel spelling correction", 2000).

    Attributes:
        made: how often each mistake was made.
        chances: how often three letters followed each other in the right words, one of them perhaps `START` or `END`.
    """

    made: Mapping[Mistake, int]
    chances: Mapping[str, int]

    def each(self, steps: Sequence[Edit]) -> tuple[float, ...]:
        """Return the bits of every step, 0 where nothing was done."""
        return tuple(self.bits(mistake) if mistake else 0.0 for mistake in _mistakes(steps))

    def total(self, typed: str, right: str) -> float:
        """Return the bits of all mistakes between a right word and what was typed."""
        return sum(self.each(edits(typed, right)))

    def bits(self, mistake: Mistake) -> float:
        """Return the bits of one mistake."""
        way, where, what = mistake
        places = self._places[way]
        # A chance is one of all letters where a letter is put in or changed: any of them may come.
        rate = max(self._made[way, "", ""] / max(places[""], 1), 1e-6)
        rate /= len(ALPHABET.letters) if way in {"insert", "change"} else 1
        core = _core(way, where)
        share = (self._made[way, core, what] + PRIOR * rate) / (places[core] + PRIOR)
        if where != core:
            share = (self.made.get(mistake, 0) + PRIOR_BESIDE * share) / (places[where] + PRIOR_BESIDE)
        return -math.log2(share)

    @cached_property
    def _made(self) -> Counter[Mistake]:
        """How often each mistake was made beside any letters, and each kind in all."""
        found: Counter[Mistake] = Counter()
        for (way, where, what), count in self.made.items():
            found[way, _core(way, where), what] += count
            found[way, "", ""] += count
        return found

    @cached_property
    def _places(self) -> dict[Way, Counter[str]]:
        """How often each mistake could have been made: at a place, beside any letters, and in all."""
        letters, pairs, between = Counter[str](), Counter[str](), Counter[str]()
        for three, count in self.chances.items():
            letters.update({three: count, three[1]: count, "": count})
            around = [three[:2], three[1:]] if three.endswith(END) else [three[:2]]
            for two in around:
                between.update({two: count, two[0]: count, "": count})
                if START not in two and END not in two:
                    pairs.update({two: count, "": count})
        return {"change": letters, "delete": letters, "insert": between, "swap": pairs}


def _core(way: Way, where: str) -> str:
    """Return the letters of a place that a mistake is about: the middle one of three, the first of two, both."""
    return {"insert": where[:1], "swap": where}.get(way, where[1:2])


def count_mistakes(pairs: Iterable[tuple[str, str]]) -> MistakeBits:
    """Count the mistakes in pairs of a typed and a right word."""
    made: Counter[Mistake] = Counter()
    chances: Counter[str] = Counter()
    for typed, right in pairs:
        found = [mistake for mistake in _mistakes(edits(typed, right)) if mistake]
        if len(found) > MOST:
            continue
        made.update(found)
        marked = START + right + END
        chances.update(marked[at : at + 3] for at in range(len(right)))
    return MistakeBits(made, chances)


def write_mistakes(mistakes: MistakeBits, file: Path = FILE) -> None:
    """Write counts with tabs between: what was done, where, with what, how often; then three letters, how often."""
    lines = ["\t".join((*mistake, f"{count}")) for mistake, count in sorted(mistakes.made.items())]
    lines += [f"{three}\t{count}" for three, count in sorted(mistakes.chances.items())]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))


@cache
def shipped_mistakes(file: Path = FILE) -> MistakeBits:
    """Return the bits that the app carries.

    Raises:
        OSError: the file is missing.
    """
    rows = [line.split("\t") for line in lzma.decompress(file.read_bytes()).decode().split("\n")]
    ways = {way: way for way in WAYS}
    return MistakeBits(
        {(ways[row[0]], row[1], row[2]): int(row[3]) for row in rows if len(row) == 4},  # type: ignore[index]
        {row[0]: int(row[1]) for row in rows if len(row) == 2},
    )


def _mistakes(steps: Sequence[Edit]) -> Iterator[Mistake | None]:
    """Yield the mistake of every step, None where nothing was done."""
    right = START + "".join(step.right for step in steps) + END
    at = 1  # of the next letter of the right word
    for step in steps:
        if step.kind == "same":
            yield None
        elif step.kind == "swap":
            yield "swap", step.right, ""
        elif step.kind == "change":
            yield "change", right[at - 1 : at + 2], step.typed
        elif step.right:
            yield "delete", right[at - 1 : at + 2], ""
        else:
            yield "insert", right[at - 1 : at + 1], step.typed
        at += len(step.right)
