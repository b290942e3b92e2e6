"""How the list of English words is made from published lists, with what mistakes cost and a sample of misspellings.

Three packages of `requirements-dev.txt` hold the lists: symspellpy (82,765 words of SCOWL that Google's books have),
wordfreq (how common a word is) and spylls (hunspell's American dictionary). The app itself needs none of them.
"""

import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np

from core.data.text.mistakes import FILE as MISTAKES_FILE
from core.data.text.mistakes import count_mistakes, write_mistakes
from core.data.text.spelling import (
    CARRIED,
    HELD_OUT,
    all_corrections,
    by_right_word,
    is_word,
    learnt_from,
    misspellings,
    scored,
    split,
)
from core.data.text.surnames import first_names, surnames
from core.data.text.vocabulary import shipped_vocabulary
from core.data.text.word_list import LEAST, WORDS, WordList, write_word_list

COMMON, COMMON_SHORT = 3.0, 4.0
"""From which Zipf value on a word of wordfreq is taken that no dictionary has, and one of at most `SHORT` letters."""
SHORT = 3
FIRST_NAMES, COUNTED = 2_000, 1.5
"""How many first names of girls and of boys are taken, the most frequent ones; from which Zipf value on, surnames."""


def collect_words() -> WordList:
    """Return the words that are known, with their Zipf values.

    All of symspellpy's list, of the shipped vocabulary and of what codespell corrects to; of the words that wordfreq
    has counted those that hunspell knows or that are common; first names, and surnames. Not ``dont``, nor ``cant`` and
    ``wont``, which are words but hardly ever meant. A word that
    the training part of codespell's list calls a misspelling is left out unless it is common, and so is the genitive
    of another word, but not ``it's``. `WordList.never` are those that hunspell never suggests.

    Raises:
        NotHere: codespell's list, or a list of names, is not here.
    """
    import wordfreq
    from spylls.hunspell import Dictionary

    wrong = {pair.wrong for pair in split(misspellings())["train"]}
    wrong |= {word for word, right in all_corrections() if any(" " in one for one in right)}
    zipf = {
        word: round(9 - hundredths / 100, 1)
        for hundredths, some in enumerate(wordfreq.get_frequency_list("en", "large"))
        for word in some
        if is_word(word)
    }
    common = {word for word, value in zipf.items() if value >= (COMMON_SHORT if len(word) <= SHORT else COMMON)}
    books = set(_symspell())
    listed = {*shipped_vocabulary().words, *(word for _, right in all_corrections() for word in right)}
    dictionary = Dictionary.from_files("en_US")
    spelled = {
        word
        for word in zipf.keys() - books
        if len(word) > SHORT and (dictionary.lookup(word) or dictionary.lookup(word.capitalize()))
    }
    short_of = {word.replace("'", "") for word in zipf if "'" in word} - spelled  # dont, todays
    people = {name for names in first_names() for name in names[:FIRST_NAMES]}
    people |= {word for word in surnames().names if zipf.get(word, 0) >= COUNTED}
    found = (common - short_of) | spelled | listed | people
    found = (found - wrong) | (books - {word for word in wrong if zipf.get(word, LEAST) < COMMON}) | {"a", "i"}
    found -= {word.replace("'", "") for word in found if word.endswith("n't")}
    found = {word for word in found if is_word(word) or word in {"a", "i"}}
    words = sorted(
        word for word in found if not (word.endswith("'s") and word not in listed and word.removesuffix("'s") in found)
    )
    never = frozenset(
        word for word in words if dictionary.lookup(word) and not dictionary.lookuper(word, allow_nosuggest=False)
    )
    return WordList(tuple(words), np.array([zipf.get(word, LEAST) for word in words], np.float32), never)


def write_words(words: Path = WORDS, mistakes: Path = MISTAKES_FILE, sample: Path = HELD_OUT) -> int:
    """Write the words, the bits of mistakes and some of the test part, for the app to carry; return how many words.

    Mistakes are counted on the training part. The sample is of misspellings that are no words themselves.

    Raises:
        NotHere: codespell's list is not here.
    """
    known = collect_words()
    write_word_list(known, words)
    write_mistakes(count_mistakes((pair.wrong, pair.right) for pair in learnt_from("train")), mistakes)
    test = [pair for pair in scored() if not known.knows(pair.wrong)]
    drawn = sorted(random.Random(0).sample(test, min(CARRIED, len(test))), key=by_right_word)
    lines = (f"{pair.wrong}\t{pair.right}\n" for pair in drawn)
    sample.write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(known)


def _symspell() -> Iterator[str]:
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return (line.split()[0] for line in text.split("\n") if line.strip())
