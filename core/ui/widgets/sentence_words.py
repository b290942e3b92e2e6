"""The words of a sentence as strips show them, and a verdict in words."""

from core.data.text.tokens import Sentence
from core.figures.percent import percent
from core.inspection.text.reading import VERDICTS, unknown
from core.ui.components.strips.strips import Word

EMPTY = "Type a sentence above, and it is read here word by word."


def words_of(sentence: Sentence) -> list[Word]:
    """Return the words as they were typed, and whether the networks know them."""
    strange = unknown(sentence)
    return [Word(token.text, not new) for token, new in zip(sentence.tokens, strange, strict=True)]


def in_percent(probability: float) -> str:
    """Return a verdict in words, ``97.0 % positive`` for example."""
    name, share = (VERDICTS[1], probability) if probability >= 0.5 else (VERDICTS[0], 1 - probability)
    return f"{percent(share)} {name}"
