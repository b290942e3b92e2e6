"""The shipped networks that read words letter by letter: their sizes."""

from core.models.text.letters import LetterReader, NextLetter
from core.models.text.sentences import begin_well

WORD_LETTERS = 28
"""Numbers that words are spelled with: the end, a to z, the apostrophe."""
NAME_LETTERS = 30
"""Numbers that surnames are spelled with: nothing, a to z, the apostrophe, the hyphen, the blank."""
LANGUAGES = 18


def word_letters() -> NextLetter:
    """Return a GRU that guesses the next letter of an English word."""
    network = NextLetter(WORD_LETTERS, 32, "gru", 192, dropout=0.05)
    begin_well(network.recurrent, "gru")
    return network


def name_reader() -> LetterReader:
    """Return a GRU that says which of 18 languages a surname comes from."""
    network = LetterReader(NAME_LETTERS, 32, "gru", 128, LANGUAGES, dropout=0.3)
    begin_well(network.recurrent, "gru")
    return network
