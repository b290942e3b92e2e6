"""Text as networks read it: a sentence cut into words. Knows no vocabulary."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

MOST_CHARACTERS = 4000
"""What is read of a text; the rest is cut off."""
MOST_WORDS = 200
"""Words that are read of a text; the rest is cut off."""

_WORD = regex.compile(
    r"""
      [ ]+                                                        # no word, nor what an accent can stand on
    | [0-9#*]\ufe0f?\u20e3                                        # keys, which are emoji
    | \d+(?:[.,:]\d+)*\p{L}*(?:['\u2019\u02bc-][\p{L}\p{M}\p{N}]+)*  # 3.5, 1,000, 1930s, 85-minute
    | [\p{L}\p{M}\p{N}]+(?:['\u2019\u02bc\u200c\u200d-][\p{L}\p{M}\p{N}]+)*  # food, café, cutting-room, don't
    | (?<![^ ])['\u2019](?:s|re|ve|ll|d|m)(?![\p{L}\p{M}\p{N}])      # a clitic that is alone already: it 's
    | \.{2,} | -{2,}                                              # pauses
    | \X                                                          # one character as people see it: a sign, an emoji
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# Clitics stand alone, as in the Penn Treebank: "do n't", "it 's".
_CLITIC = regex.compile(r"(n't|'s|'re|'ve|'ll|'d|'m)$")
# What is written to the word before it: clitics and punctuation. Not to another clitic, which would become part of it,
# nor to a number, which ends at an apostrophe.
_GLUED = regex.compile(r"n't|'s|'re|'ve|'ll|'d|'m|[,.;:!?]")
_ENDS_WORD = regex.compile(r"^(?!n't$)[\p{L}\p{M}].*[\p{L}\p{M}\p{N}]$|^[\p{L}\p{M}]$")
_STRAIGHT = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'}  # curly quotes
    | {"\u2013": "--", "\u2014": "--", "\u2026": "..."}  # dashes, an ellipsis
)
_JOINERS = "\u200c\u200d"  # within an emoji or a Persian word they mean something
_TREEBANK = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "``": '"', "''": '"'}


@dataclass(frozen=True)
class Token:
    """A word of a sentence.

    Attributes:
        text: as it was typed.
        word: as the networks look it up: lower case, straight quotes.
    """

    text: str
    word: str


@dataclass(frozen=True)
class Sentence:
    """A text as it is read.

    Attributes:
        text: what is left of what was typed, without what cannot be shown.
        tokens: its words.
        cut: whether there was more than is read.
    """

    text: str
    tokens: tuple[Token, ...]
    cut: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words as the networks look them up."""
        return tuple(token.word for token in self.tokens)


def clean(text: str) -> str:
    """Return text without what cannot be shown: control characters, lone surrogates, invisible marks of direction.

    White space becomes single blanks; accents are composed with their letters (NFC).
    """
    visible = (" " if char.isspace() else char for char in text if char.isspace() or shows(char))
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())


def shows(char: str) -> bool:
    """Return whether a character can be shown: no control character, half of a pair, or invisible mark."""
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn", "Co"}


def read_text(text: str, most_words: int = MOST_WORDS) -> Sentence:
    """Cut what somebody typed into words; any text will do, and a text of nothing has no words.

    Args:
        text: untrusted.
        most_words: what comes after that many is left out.
    """
    shown = clean(text[:MOST_CHARACTERS])
    cut = len(text) > MOST_CHARACTERS
    tokens: list[Token] = []
    for match in _WORD.finditer(shown):
        if not match.group().strip(" " + _JOINERS):
            continue
        for part in split_clitic(match.group()):
            tokens.append(Token(part, part.translate(_STRAIGHT).lower()))
        if len(tokens) > most_words:
            return Sentence(shown, tuple(tokens[:most_words]), True)
    return Sentence(shown, tuple(tokens), cut)


def split_clitic(text: str) -> tuple[str, ...]:
    """Return ``do`` and ``n't`` for ``don't``, ``it`` and ``'s`` for ``it's``, any other word as it is."""
    found = _CLITIC.search(text.translate(_STRAIGHT).lower())
    if not found or not found.start() or len(text.lower()) != len(text):
        return (text,)
    return text[: found.start()], text[found.start() :]


def write_text(words: Sequence[str]) -> str:
    """Return words of `read_text` as a text in which it finds them again: ``it's`` for ``it`` and ``'s``."""
    text, before = "", ""
    for word in words:
        glued = _ENDS_WORD.search(before) and _GLUED.fullmatch(word)
        text += word if glued else f" {word}"
        before = word
    return text.strip()


def read_treebank(line: str) -> tuple[str, ...]:
    """Return the words of a line of the Penn Treebank's making, as `read_text` would spell them."""
    spelled = line.lower().replace("\\/", " / ").replace("\\*", " * ")  # writer\/director is read as three words
    return tuple(_TREEBANK.get(word, word) for word in spelled.split())
