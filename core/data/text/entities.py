"""Names in sentences: which words name a person, which a place, and which neither. Knows no network.

Published sentences are those of WNUT 2017 (Derczynski, Nichols, van Erp and Limsopatham, "Results of the WNUT2017
shared task on novel and emerging entity recognition", CC BY 4.0): posts of many people, unfiltered, with rude words and
names of accounts, so none of them is ever shown unasked. It knows six kinds of entities; here ``person`` stays a
person, ``location`` is a place, and ``group``, ``corporation``, ``product`` and ``creative-work`` are other words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.data.sources import NotHere, folder_of
from core.data.text.tokens import Token, read_text
from core.data.text.vocabulary import FILE, Vocabulary, shipped_vocabulary

Part = Literal["train", "dev", "test"]

TAGS = ("other", "person", "place")
"""What a word can be, by the number of its tag."""
OTHER, PERSON, PLACE = range(3)
IGNORED = -100
"""The tag of a place beyond the end of a sentence, about which nothing is asked."""

SHAPES = ("nothing", "small", "Capital", "CAPITALS", "mIxed", "with digits", "no letters")
"""How a word is written, by number: names begin with a capital, which the vocabulary does not see."""

VOCABULARY = FILE.with_name("vocabulary-tagging.txt")
"""The words with vectors of their own, of the networks that tag."""

FILES: dict[Part, str] = {"train": "wnut17train.conll", "dev": "emerging.dev.conll", "test": "emerging.test.annotated"}
_KINDS = {"person": PERSON, "location": PLACE}
_GAP = re.compile(r"\n\s*\n")
_LINK = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


@dataclass(frozen=True)
class Span:
    """Words that name something together: `first` to before `stop`, tagged `PERSON` or `PLACE`."""

    first: int
    stop: int
    tag: int


@dataclass(frozen=True)
class Tagged:
    """A sentence and the names in it.

    Attributes:
        tokens: its words.
        spans: the names, in their order; they do not overlap.
    """

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]

    @property
    def tags(self) -> tuple[int, ...]:
        """The tag of every word."""
        tags = [OTHER] * len(self.tokens)
        for span in self.spans:
            tags[span.first : span.stop] = [span.tag] * (span.stop - span.first)
        return tuple(tags)


@cache
def posts(part: Part) -> tuple[Tagged, ...]:
    """Return a part of WNUT 2017.

    Raises:
        NotHere: it has not been downloaded, or its files are damaged.
    """
    folder = folder_of("wnut17")
    if folder is None:
        raise NotHere("The posts of WNUT 2017 have not been downloaded yet.")
    try:
        return read_conll((folder / FILES[part]).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotHere("The files of WNUT 2017 cannot be read.") from None


def read_conll(text: str) -> tuple[Tagged, ...]:
    """Return sentences of lines ``TOKEN<tab>TAG`` with tags O, B-kind and I-kind, a blank line between sentences.

    Raises:
        ValueError: a line is something else.
    """
    found, token = [], cache(post_token)  # most words come again
    for block in _GAP.split(text):
        lines = [line.strip().split("\t") for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        if any(len(line) != 2 or not (line[1] == "O" or line[1][:2] in {"B-", "I-"}) for line in lines):
            raise ValueError("not a word and its tag")
        found.append(Tagged(tuple(token(word) for word, _ in lines), _spans_of([tag for _, tag in lines])))
    return tuple(found)


def _spans_of(tags: Sequence[str]) -> tuple[Span, ...]:
    """Return the names that tags O, B-kind, I-kind mark; one that begins with I- is a name all the same."""
    spans: list[Span] = []
    before = "O"
    for at, tag in enumerate(tags):
        kind = _KINDS.get(tag[2:])
        if kind is not None:
            goes_on = tag[0] == "I" and before[2:] == tag[2:]
            first = spans.pop().first if goes_on else at
            spans.append(Span(first, at + 1, kind))
        before = tag
    return tuple(spans)


def post_token(text: str) -> Token:
    """Return a word of a post; whose account it names and where a link leads do not matter: both are read as signs."""
    text = _ENTITIES.get(text, text)
    if _LINK.fullmatch(text):
        return Token(text, "http")
    if text.startswith("@") and len(text) > 1:
        return Token(text, "@")
    return Token(text, "".join(read_text(text).words) or text.lower())


def runs_of(tags: Sequence[int]) -> tuple[Span, ...]:
    """Return names as somebody understands them who says person, place or other of every word: words in a row."""
    spans: list[Span] = []
    for at, tag in enumerate(tags):
        if tag == OTHER:
            continue
        if spans and spans[-1].stop == at and spans[-1].tag == tag:
            spans[-1] = Span(spans[-1].first, at + 1, tag)
        else:
            spans.append(Span(at, at + 1, tag))
    return tuple(spans)


@dataclass(frozen=True)
class Found:
    """How many names were found.

    Attributes:
        right: found with the same first word, last word and tag.
        found: taken for names.
        there: names that there are.
    """

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """Share of what was taken for a name that is one; 0 where nothing was."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the names that were found; 0 where there are none."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """2PR / (P + R), the harmonic mean of precision and recall (van Rijsbergen, 1979); 0 where nothing is right."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 0.0


def count_found(
    there: Sequence[Sequence[Span]], said: Sequence[Sequence[Span]], tags: Sequence[int] = (PERSON, PLACE)
) -> Found:
    """Count names sentence by sentence, as the shared task CoNLL-2003 does: only the whole name counts.

    Args:
        there: the names of every sentence.
        said: those that somebody found in it.
        tags: which kinds of names are counted.
    """
    right = found = exist = 0
    for true, claimed in zip(there, said, strict=True):
        one, other = ({span for span in spans if span.tag in tags} for spans in (true, claimed))
        right, found, exist = right + len(one & other), found + len(other), exist + len(one)
    return Found(right, found, exist)


def shape_of(text: str) -> int:
    """Return the number in `SHAPES` of how a word is written."""
    if any(char.isdigit() for char in text):
        return 5
    letters = "".join(char for char in text if char.isalpha())
    if not letters:
        return 6
    if letters.lower() == letters:  # and a script without capitals
        return 1
    if letters.upper() == letters:
        return 3 if len(letters) > 1 else 2
    return 2 if letters[0].isupper() else 4


def encode_tokens(
    vocabulary: Vocabulary, sentences: Sequence[Sequence[Token]], *, as_unknown: bool = False
) -> NDArray[np.int64]:
    """Return the pieces of all words and, as the last, their shape (N, T, MOST_PIECES + 1), filled up with 0.

    Args:
        vocabulary: of the network.
        sentences: the words of each.
        as_unknown: read every word as if it were not known.
    """
    words = vocabulary.encode([[token.word for token in tokens] for tokens in sentences], as_unknown=as_unknown)
    shapes = np.zeros((*words.shape[:2], 1), np.int64)
    for row, tokens in enumerate(sentences):
        shapes[row, : len(tokens), 0] = [shape_of(token.text) for token in tokens]
    return np.concatenate([words, shapes], 2)


def encode_tags(sentences: Sequence[Tagged]) -> NDArray[np.int64]:
    """Return the tags of all words (N, T), `IGNORED` beyond the end; T is at least 1."""
    longest = max((len(sentence.tokens) for sentence in sentences), default=0)
    tags = np.full((len(sentences), max(1, longest)), IGNORED, np.int64)
    for row, sentence in enumerate(sentences):
        tags[row, : len(sentence.tokens)] = sentence.tags
    return tags


def tagging_vocabulary(file: Path = VOCABULARY) -> Vocabulary:
    """Return the vocabulary that the shipped networks that tag were trained with.

    Raises:
        OSError: the file is missing.
    """
    return shipped_vocabulary(file)
