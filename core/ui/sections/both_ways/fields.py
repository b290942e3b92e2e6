"""What outlives the page "Before and after": two sentences, and the word that is looked at."""

from dataclasses import dataclass, field

import streamlit as st

from core.data.text.entities import OTHER
from core.data.text.tokens import MOST_CHARACTERS, Sentence
from core.inspection.tagging.tagging import BOTH, differing, tag
from core.ui.state.sentence_pair import ADDRESSES, Pair
from core.ui.widgets.sentence_pair import show_pair

_KEY = "both-ways"
LOOK = "word"
"""The name of the word that is looked at in the address."""

PAIRS = (
    (
        "President Roosevelt said that Roosevelt signed the law",
        "President Roosevelt said that Roosevelt Street was closed",
    ),
    ("Washington, as everybody knows, has two children", "Washington, as everybody knows, has two bridges"),
    ("My sister says that Jordan is an old man", "My sister says that Jordan is a small country"),
    ("I think May is late again", "I think May is a warm month"),
    ("We danced with Paris yesterday", "We flew to Paris yesterday"),
    ("In the evening Florence still slept well", "In the evening Florence still was crowded"),
    ("roosevelt signed the letter", "roosevelt street is closed"),
)
"""Pairs with a name that means a person in one sentence and something else in the other."""


@dataclass
class Paper(Pair):
    """Two sentences, and the word that was clicked.

    Attributes:
        chosen: the sentence (0 or 1), the place of the word in it, and the word; None where nobody has chosen.
    """

    texts: list[str] = field(default_factory=lambda: list(PAIRS[0]))
    chosen: tuple[int, int, str] | None = None

    def choose(self, number: int, at: int, word: str) -> None:
        """Look at a word of a sentence."""
        self.chosen = (number, at, word)

    def exchange(self) -> None:
        """Exchange the two sentences; the word goes with its own."""
        kept = self.chosen
        super().exchange()
        self.chosen = (1 - kept[0], *kept[1:]) if kept else None

    def _lay(self, first: str, second: str) -> None:
        super()._lay(first, second)
        self.chosen = None

    def looked_at(self, sentences: tuple[Sentence, Sentence]) -> tuple[int, int] | None:
        """Return the sentence and the place of the word that is looked at, None where there are no words.

        The one that was clicked as long as it stands there; else one that the readers take for different things, else
        a name, else the first word.
        """
        if self.chosen is not None:
            number, at, word = self.chosen
            tokens = sentences[number].tokens
            if at < len(tokens) and word in (tokens[at].text, ""):
                return number, at
        for number in (1, 0):
            apart = differing(sentences[number].tokens)
            if apart:
                return number, apart[0]
        for number in (1, 0):
            tags = tag(BOTH, sentences[number].tokens).tags
            names = [at for at, found in enumerate(tags) if found != OTHER]
            if names:
                return number, names[0]
        return next(((number, 0) for number in (0, 1) if sentences[number].tokens), None)


def paper() -> Paper:
    """Return this session's sentences; the first time they are those of the address."""
    if _KEY not in st.session_state:
        first = Paper()
        for number, name in enumerate(ADDRESSES):
            first.texts[number] = st.query_params.get(name, first.texts[number])[:MOST_CHARACTERS]
        first.chosen = _asked(st.query_params.get(LOOK, ""))
        st.session_state[_KEY] = first
    kept: Paper = st.session_state[_KEY]
    return kept


def in_address(kept: Paper, looked: tuple[int, int] | None) -> str:
    """Return how the address names the word that was clicked: ``2.5``; nothing where none was, or it is gone."""
    if kept.chosen is None or looked is None or kept.chosen[:2] != looked:
        return ""
    return f"{looked[0] + 1}.{looked[1] + 1}"


def show_fields(kept: Paper) -> tuple[Sentence, Sentence]:
    """Show both fields with what belongs to them; return the sentences as they are read."""
    return show_pair(
        kept,
        page=_KEY,
        labels=("One sentence", "The other"),
        help="Type, and both networks tag along. English works best.",
        pairs=PAIRS,
        about="Names that mean a person in one sentence and something else in the other",
    )


def _asked(text: str) -> tuple[int, int, str] | None:
    """Return the word that an address asks for, ``2.5`` the fifth word of the second sentence; None for nonsense."""
    number, _, at = text.partition(".")
    if number in {"1", "2"} and at.isascii() and at.isdecimal() and 0 < int(at[:4]) <= 999:
        return int(number) - 1, int(at[:4]) - 1, ""
    return None
