"""English words and how they are misspelt: codespell's list, split by the right word, and a list of words to offer."""

import random
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.data.sources import NotHere, folder_of, read_file
from core.data.text.alphabet import Alphabet
from core.data.text.corpora import Part, treebank
from core.data.text.vocabulary import shipped_vocabulary
from core.paths import ASSETS

ALPHABET = Alphabet("abcdefghijklmnopqrstuvwxyz'")
"""What words are spelled with here."""
LONGEST = 24
"""Letters that are read of a word."""
_FOLDER = ASSETS / "words"
WORDS, HELD_OUT = _FOLDER / "words.tsv", _FOLDER / "misspellings.tsv"
"""What the app carries: the words with their frequency, and a sample of the test part. `assets/words/README.md`."""
SCORED, CARRIED = 2000, 200
"""Misspellings of the test part that the answers are scored on, and how many of these the app carries."""


@dataclass(frozen=True)
class Misspelling:
    """A misspelling and the one right word."""

    wrong: str
    right: str


@dataclass(frozen=True)
class WordList:
    """The words that are offered, in the order of the alphabet.

    Attributes:
        words: distinct.
        counts: how often each occurs in SST-2's training sentences.
    """

    words: tuple[str, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_count", dict(zip(self.words, self.counts, strict=True)))

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: object) -> bool:
        return word in self._count  # type: ignore[attr-defined]

    def count(self, word: str) -> int:
        """Return how often a word occurs in SST-2's training sentences, 0 for one that is not in the list."""
        counts: dict[str, int] = self._count  # type: ignore[attr-defined]
        return counts.get(word, 0)


@cache
def _corrections() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every misspelling with its corrections, one or several.

    Raises:
        NotHere: the list has not been downloaded, or it is damaged.
    """
    folder = folder_of("misspellings")
    if folder is None:
        raise NotHere("The list of misspellings has not been downloaded yet.")
    try:
        lines = read_file(folder, "dictionary.txt").decode().split("\n")
    except (OSError, EOFError, UnicodeDecodeError):
        raise NotHere("The list of misspellings cannot be read.") from None
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
        for wrong, right in _corrections()
        if len(right) == 1 and _is_word(wrong) and _is_word(right[0])
    )


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


def collect_words() -> WordList:
    """Return the words to offer: those of the shipped vocabulary, and all that the list corrects to.

    A word of the vocabulary that the training part calls a misspelling is left
    out: film reviews have those as well.

    Raises:
        NotHere: the list or SST-2 is not here.
    """
    wrong = {pair.wrong for pair in split(misspellings())["train"]}
    words = {word for word in shipped_vocabulary().words if _is_word(word) and word not in wrong}
    words |= {word for _, right in _corrections() for word in right if _is_word(word)}
    counts = Counter(word for sentence in treebank("train").sentences for word in sentence)
    return WordList(tuple(sorted(words)), tuple(counts[word] for word in sorted(words)))


def _is_word(text: str) -> bool:
    return 2 <= len(text) <= LONGEST and text[0] != "'" and all(letter in ALPHABET.letters for letter in text)


def scored() -> tuple[Misspelling, ...]:
    """Return the misspellings that answers are scored on, `SCORED` of the test part.

    Raises:
        NotHere: the list is not here.
    """
    test = sorted(split(misspellings())["test"], key=_by_word)
    drawn = sorted(random.Random(0).sample(range(len(test)), min(SCORED, len(test))))
    return tuple(test[at] for at in drawn)


def _by_word(pair: Misspelling) -> tuple[str, str]:
    return pair.right, pair.wrong


def write_words(words: Path = WORDS, sample: Path = HELD_OUT) -> int:
    """Write the words to offer and some of the test part, for the app to carry; return how many words there are.

    Raises:
        NotHere: the list or SST-2 is not here.
    """
    offered = collect_words()
    test = scored()
    drawn = sorted(random.Random(0).sample(test, min(CARRIED, len(test))), key=_by_word)
    listed = (f"{word}\t{count}\n" for word, count in zip(offered.words, offered.counts, strict=True))
    for file, lines in (
        (words, listed),
        (sample, (f"{pair.wrong}\t{pair.right}\n" for pair in drawn)),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(offered)


@cache
def shipped_words(file: Path = WORDS) -> WordList:
    """Return the words that the app carries.

    Raises:
        OSError: the file is missing.
    """
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    return WordList(tuple(word for word, _ in rows), tuple(int(count) for _, count in rows))


@cache
def held_out(file: Path = HELD_OUT) -> tuple[Misspelling, ...]:
    """Return the misspellings that the app carries: some of those that the answers were scored on.

    None of their right words had a misspelling in the training part.

    Raises:
        OSError: the file is missing.
    """
    return tuple(Misspelling(*line.split("\t")) for line in file.read_text(encoding="utf-8").split("\n")[:-1])
