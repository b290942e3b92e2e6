"""Text as networks read it: a sentence cut into words. Knows no vocabulary."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from core.data.text.punctuation import APOSTROPHES, QUOTES

MOST_CHARACTERS = 4000
"""What is read of a text; the rest is cut off."""
MOST_WORDS = 200
"""Words that are read of a text; the rest is cut off."""

_WORD = regex.compile(
    rf"""
      [ ]+                                                        # no word, nor what an accent can stand on
    | [0-9#*]\ufe0f?\u20e3                                        # keys, which are emoji
    | \d+(?:[.,:]\d+)*\p{{L}}*(?:['{APOSTROPHES}-][\p{{L}}\p{{M}}\p{{N}}]+)*  # 3.5, 1,000, 1930s, 85-minute
    | [\p{{L}}\p{{M}}\p{{N}}]+(?:['{APOSTROPHES}\u200c\u200d-][\p{{L}}\p{{M}}\p{{N}}]+)*  # food, café, don't
    | (?<![^ ])['{APOSTROPHES}](?:s|re|ve|ll|d|m)(?![\p{{L}}\p{{M}}\p{{N}}])  # a clitic that is alone: it 's
    | \.{{2,}} | -{{2,}}                                              # pauses
    | \X                                                          # one character as people see it: a sign, an emoji
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# Clitics stand alone, as in the Penn Treebank: "do n't", "it 's".
_NEGATED = {"is", "are", "was", "were", "do", "does", "did", "have", "has", "had"}
_NEGATED |= {"ca", "could", "would", "should", "might", "wo", "sha", "must", "need", "ai"}
"""What a negation stands behind; people leave its apostrophe out: isnt, dont, cant."""
_CLITIC = regex.compile(r"(n't|'s|'re|'ve|'ll|'d|'m)$")
# What is written to the word before it: clitics and punctuation. Not to another clitic, which would become part of it,
# nor to a number, which ends at an apostrophe.
_GLUED = regex.compile(r"n't|'s|'re|'ve|'ll|'d|'m|[,.;:!?]")
_ENDS_WORD = regex.compile(r"^(?!n't$)[\p{L}\p{M}].*[\p{L}\p{M}\p{N}]$|^[\p{L}\p{M}]$")
_STRAIGHT = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(QUOTES, '"')
    | {"\u2013": "--", "\u2014": "--", "\u2026": "..."}  # dashes, an ellipsis
)
_OTHER_LETTERS = regex.compile(r"[\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\U0001d400-\U0001d7ff]+")
"""Latin letters of full width, those that a PDF has joined (fi), and those that imitate another font."""
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
            tokens.append(Token(part, _look_up(part)))
        if len(tokens) > most_words:
            return Sentence(shown, tuple(tokens[:most_words]), True)
    return Sentence(shown, tuple(tokens), cut)


def _look_up(part: str) -> str:
    """Return a word as the networks know it."""
    if len(part) == 1 and part in "`\u00b4":
        return part  # a sign that stands alone; the treebank opens quotations with a backtick
    word = usual_letters(part).translate(_STRAIGHT).lower()
    return "n't" if word == "nt" else word


def usual_letters(text: str) -> str:
    """Return a text with the Latin letters of a keyboard for others that look like them."""
    return _OTHER_LETTERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def split_clitic(text: str) -> tuple[str, ...]:
    """Return ``do`` and ``n't`` for ``don't``, ``do`` and ``nt`` for ``dont``, ``it`` and ``'s`` for ``it's``.

    ``cannot`` is two words, as in the treebank; any other word is returned as it is.
    """
    if text.lower() == "cannot":
        return text[:3], text[3:]
    if text[-2:].lower() == "nt" and text[:-2].lower() in _NEGATED:
        return text[:-2], text[-2:]
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
