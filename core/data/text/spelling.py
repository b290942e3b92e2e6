"""How English words are misspelt: codespell's list, split by the right word, and two lists that others test on."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.data.sources import NotHere, folder_of, read_file, read_list
from core.data.text.alphabet import Alphabet
from core.data.text.corpora import Part
from core.paths import ASSETS

ALPHABET = Alphabet("abcdefghijklmnopqrstuvwxyz'")
"""What words are spelled with here."""
LONGEST = 24
"""Letters that are read of a word."""
HELD_OUT = ASSETS / "words" / "misspellings.tsv"
"""What the app carries of the test part: a sample. `assets/words/README.md`."""
SCORED, CARRIED = 2000, 200
"""Misspellings of the test part that the answers are scored on, and how many of these the app carries."""


@dataclass(frozen=True)
class Misspelling:
    """A misspelling and the one right word."""

    wrong: str
    right: str


@dataclass(frozen=True)
class PublicMisspelling:
    """A misspelling of a list that others test on, and all right words that the list names."""

    wrong: str
    rights: tuple[str, ...]


@dataclass(frozen=True)
class PublicList:
    """A list of misspellings that others test on.

    Attributes:
        file: its name.
        title: in a sentence.
        whole: whether none of its right words chose anything here, so that all of it is scored. Of others, the
            misspellings of such words are passed over.
    """

    file: str
    title: str
    whole: bool = False


PUBLIC = {
    "norvig-testset1": PublicList("spell-testset1.txt", "the first list that Peter Norvig tests on", True),
    "norvig-testset2": PublicList("spell-testset2.txt", "the second list that Peter Norvig tests on", True),
    "wikipedia-misspellings": PublicList("List_of_common_misspellings.txt", "Wikipedia's list of common misspellings"),
    "aspell-misspellings": PublicList("02-orig.tab", "the misspellings that GNU Aspell is tested on"),
}
"""Lists of misspellings that others test on, by the name of their folder."""


@cache
def all_corrections() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every misspelling with its corrections, one or several.

    Raises:
        NotHere: the list has not been downloaded, or it is damaged.
    """
    lines = read_list("misspellings", "dictionary.txt", "The list of misspellings").split("\n")
    split_up = (line.partition("->") for line in lines if "->" in line)
    # Several corrections end in a comma each, and then perhaps in a remark.
    return tuple((wrong, tuple(one.strip() for one in right.split(","))) for wrong, _, right in split_up)


def misspellings() -> tuple[Misspelling, ...]:
    """Return the misspellings with a single correction, where both are one word of `ALPHABET`.

    Raises:
        NotHere: the list is not here.
    """
    return tuple(
        Misspelling(wrong, right[0])
        for wrong, right in all_corrections()
        if len(right) == 1 and is_word(wrong) and is_word(right[0])
    )


def public_misspellings(name: str) -> tuple[PublicMisspelling, ...]:
    """Return the misspellings of one of `PUBLIC` whose right words chose nothing here, in small letters.

    Wikipedia's list is a source of codespell's, so a right word that is in the training part or the part to choose by
    is passed over, with all its misspellings. The rest are words of `ALPHABET`, the wrong one and all right ones. The
    words of a list that is `PublicList.whole` were left out of these parts instead (`learnt_from`).

    Raises:
        NotHere: the list, or codespell's, is not here.
    """
    listed = PUBLIC[name]
    if listed.whole:
        return _listed(name)
    parts = split(misspellings())
    seen = {pair.right for part in (parts["train"], parts["dev"]) for pair in part}
    return tuple(
        pair
        for pair in _listed(name)
        if all(map(is_word, (pair.wrong, *pair.rights))) and pair.wrong not in pair.rights and not seen & {*pair.rights}
    )


def _listed(name: str) -> tuple[PublicMisspelling, ...]:
    """Return all that a public list has: ``wrong, tab, right, right`` or ``right: wrong wrong`` in a line."""
    listed, folder = PUBLIC[name], folder_of(name)
    if folder is None:
        raise NotHere(f"There is no copy of {listed.title} here yet.")
    try:
        lines = read_file(folder, listed.file).decode("latin-1").lower().split("\n")
    except (OSError, EOFError):
        raise NotHere(f"The file with {listed.title} cannot be read.") from None
    found = []
    for line in lines:
        if ": " in line:
            right, _, wrongs = line.partition(": ")
            found += [PublicMisspelling(wrong, (right.strip(),)) for wrong in wrongs.split()]
        elif "\t" in line and not line.startswith("#"):
            wrong, _, rights = line.partition("\t")
            found.append(PublicMisspelling(wrong.strip(), tuple(one.strip() for one in rights.split(","))))
    return tuple(found)


def learnt_from(part: Part) -> tuple[Misspelling, ...]:
    """Return a part of codespell's misspellings without those whose right word is on a list that is tested on whole.

    Raises:
        NotHere: one of the lists is not here.
    """
    tested = {
        right for name, listed in PUBLIC.items() if listed.whole for pair in _listed(name) for right in pair.rights
    }
    return tuple(pair for pair in split(misspellings())[part] if pair.right not in tested)


def split(pairs: tuple[Misspelling, ...], seed: int = 0) -> dict[Part, tuple[Misspelling, ...]]:
    """Return seven right words of ten to train on, one to choose by, two to test on, each with its misspellings."""
    words = sorted({pair.right for pair in pairs})
    random.Random(seed).shuffle(words)
    tested, chosen_by = len(words) // 5, 3 * len(words) // 10
    test, dev = set(words[:tested]), set(words[tested:chosen_by])
    return {
        "train": tuple(pair for pair in pairs if pair.right not in test and pair.right not in dev),
        "dev": tuple(pair for pair in pairs if pair.right in dev),
        "test": tuple(pair for pair in pairs if pair.right in test),
    }


def is_word(text: str) -> bool:
    """Return whether a text is one word of at least two letters of `ALPHABET`."""
    return 2 <= len(text) <= LONGEST and text[0] != "'" and all(letter in ALPHABET.letters for letter in text)


def scored() -> tuple[Misspelling, ...]:
    """Return the misspellings that answers are scored on, `SCORED` of the test part.

    Raises:
        NotHere: the list is not here.
    """
    test = sorted(split(misspellings())["test"], key=by_right_word)
    drawn = sorted(random.Random(0).sample(range(len(test)), min(SCORED, len(test))))
    return tuple(test[at] for at in drawn)


def by_right_word(pair: Misspelling) -> tuple[str, str]:
    """Return what misspellings are sorted by."""
    return pair.right, pair.wrong


@cache
def held_out(file: Path = HELD_OUT) -> tuple[Misspelling, ...]:
    """Return the misspellings that the app carries: some of those that the answers were scored on.

    None of their right words had a misspelling in the training part.

    Raises:
        OSError: the file is missing.
    """
    return tuple(Misspelling(*line.split("\t")) for line in file.read_text(encoding="utf-8").split("\n")[:-1])
