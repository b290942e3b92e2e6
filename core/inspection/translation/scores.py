"""The names under which the cards of networks that translate keep their scores, and how they are found again."""

from core.data.text.number_words import LANGUAGES, Language
from core.models.cards import Card, CardScore
from core.models.shipped import card
from core.models.text.translation import TranslatorKind

LENGTHS = (3, 4, 5, 6)
"""Digits of the numbers kept apart that are as long as those learnt from."""
LONGER = (7, 8, 9)
"""Digits of numbers that are longer than any learnt from."""
BEAM = 4
"""Width of the beam search that is measured."""


def length_name(digits: int) -> str:
    """Return the name of the score on numbers of so many digits."""
    return f"numbers of {digits} digits, {'longer than any learnt from' if digits in LONGER else 'kept apart'}"


def pair_name(source: Language, target: Language) -> str:
    """Return the name of the score from one language into another."""
    return f"{LANGUAGES[source]} to {LANGUAGES[target]}, numbers kept apart"


OTHERWISE = "the numbers of the test, read as people also write them"
BEAM_NAME = f"the numbers of the test, beam search of width {BEAM}"
"""Names of the other scores."""


def bleu_name(digits: int) -> str:
    """Return the name of BLEU over all numbers of so many digits together."""
    return f"BLEU on {length_name(digits)}"


def translator_card(kind: TranslatorKind) -> Card:
    """Return the card of a shipped network."""
    return card(f"translate-{kind}")


def score_named(found: Card, name: str) -> CardScore:
    """Return the score with a name; there has to be one."""
    return next(score for score in found.also if score.data == name)
