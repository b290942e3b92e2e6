"""Surnames and the languages they come from: distinct names, split so that no name is in two parts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.data.sources import TEXTS, folder_of, read_list
from core.data.text.alphabet import Alphabet
from core.data.text.corpora import Part
from core.paths import ASSETS

LANGUAGES = tuple(file.removesuffix(".txt") for file in TEXTS["names"].files)
"""The languages of the list, in the order of the alphabet."""
ALPHABET = Alphabet("abcdefghijklmnopqrstuvwxyz'- ")
"""What surnames are spelled with here; the list itself has accents in one name of a hundred."""
LONGEST = 30
"""Letters that are read of a name."""
SAMPLE = ASSETS / "words" / "surnames.tsv"
"""Some names of the test part, which the app carries: a name a line, a tab, its language."""
CARRIED = 20
"""Names of every language in it, at most."""


@dataclass(frozen=True)
class Surnames:
    """Distinct surnames.

    Attributes:
        names: as `ALPHABET` spells them.
        languages: for each, the places in `LANGUAGES` that list it; most have one, some several.
    """

    names: tuple[str, ...]
    languages: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.names)

    def take(self, places: Sequence[int]) -> "Surnames":
        """Return the names at some places."""
        return Surnames(tuple(self.names[at] for at in places), tuple(self.languages[at] for at in places))

    @property
    def single(self) -> "Surnames":
        """Those that only one language lists: the others have no single right answer."""
        return self.take([at for at, found in enumerate(self.languages) if len(found) == 1])

    @property
    def several(self) -> "Surnames":
        """Those that several languages list."""
        return self.take([at for at, found in enumerate(self.languages) if len(found) > 1])

    def encode(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return letters (N, T) and languages (N,): a name that several languages list stands there for each."""
        names = [name for name, found in zip(self.names, self.languages, strict=True) for _ in found]
        return ALPHABET.encode(names), np.array([one for found in self.languages for one in found], np.int64)


def first_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return first names given in the United States in small letters: girls' and boys', the most frequent first.

    The file has all girls' names and then all boys'; these begin with the first name that comes again.

    Raises:
        NotHere: the list has not been downloaded, or it is damaged.
    """
    names = read_list("makemore_names", "names.txt", "The list of first names").split()
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            return tuple(names[:place]), tuple(names[place:])
        seen.add(name)
    return tuple(names), ()


@cache
def surnames() -> Surnames:
    """Return all distinct surnames of the list, without accents, in the order of the alphabet.

    Raises:
        NotHere: the list has not been downloaded, or its files are damaged.
    """
    found: defaultdict[str, set[int]] = defaultdict(set)
    for place, language in enumerate(LANGUAGES):
        for line in read_list("names", f"{language}.txt", "The list of surnames").split("\n"):
            spelled = ALPHABET.spell(line)
            if spelled.letters and not spelled.strange:  # one line holds two names, with a slash
                found[spelled.letters[:LONGEST]].add(place)
    names = tuple(sorted(found))
    return Surnames(names, tuple(tuple(sorted(found[name])) for name in names))


def split(everything: Surnames, seed: int = 0) -> dict[Part, Surnames]:
    """Return seven names of ten to train on, one to choose settings by, two to test on, of every language as many.

    No name is in two parts: they are distinct, and one that several languages
    list goes to one part as a whole.
    """
    draw = np.random.default_rng(seed)
    kinds: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, found in enumerate(everything.languages):
        kinds[found if len(found) == 1 else ()].append(at)
    parts: dict[Part, list[int]] = {"train": [], "dev": [], "test": []}
    for _, places in sorted(kinds.items()):
        order = draw.permutation(places).tolist()
        tested, chosen_by = round(0.2 * len(order)), round(0.1 * len(order))
        parts["test"] += order[:tested]
        parts["dev"] += order[tested : tested + chosen_by]
        parts["train"] += order[tested + chosen_by :]
    return {part: everything.take(sorted(places)) for part, places in parts.items()}


def write_sample(file: Path = SAMPLE) -> int:
    """Write some test names of every language, for the app to carry; return how many.

    Raises:
        NotHere: the list of surnames is not here.
    """
    test, draw = split(surnames())["test"].single, np.random.default_rng(0)
    chosen: list[int] = []
    for language in range(len(LANGUAGES)):
        places = [at for at, found in enumerate(test.languages) if found == (language,)]
        chosen += draw.permutation(places).tolist()[:CARRIED]
    some = test.take(sorted(chosen))
    lines = (f"{name}\t{LANGUAGES[found[0]]}\n" for name, found in zip(some.names, some.languages, strict=True))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(some)


def held_out() -> Surnames:
    """Return names that no network was trained on and one language lists: all where the list is here, or a sample.

    Raises:
        OSError: neither is here.
    """
    return _test_part() if folder_of("names") is not None else carried()


@cache
def _test_part() -> Surnames:
    return split(surnames())["test"].single


@cache
def carried(file: Path = SAMPLE) -> Surnames:
    """Return the names that the app carries: some that no network was trained on, of every language.

    Raises:
        OSError: the file is missing.
    """
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    return Surnames(tuple(name for name, _ in lines), tuple((LANGUAGES.index(language),) for _, language in lines))
