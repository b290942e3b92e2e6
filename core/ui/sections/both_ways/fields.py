"""What the page "Before and after" remembers: two sentences, and the selected word."""

import re
from dataclasses import dataclass

from core.data.text.entities import OTHER
from core.data.text.tokens import Sentence
from core.inspection.tagging.tagging import BIDIRECTIONAL, disagreements, tag
from core.ui.state.address import Field
from core.ui.state.page_state import PageState
from core.ui.state.sentence_pair import TEXTS, SentencePair
from core.ui.widgets.sentence_pair import show_pair

_WORD = re.compile(r"([12])\.([1-9][0-9]{0,2})")

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
class TaggingState(SentencePair):
    """Two sentences, and the word that was clicked.

    Attributes:
        chosen: the sentence (0 or 1), the place of the word in it, and the word; None where nobody has chosen. A word
            that comes from the address is not known yet: it is empty.
    """

    first: str = PAIRS[0][0]
    second: str = PAIRS[0][1]
    chosen: tuple[int, int, str] | None = None

    def choose(self, number: int, at: int, word: str) -> None:
        """Select a word of a sentence."""
        self.chosen = (number, at, word)

    def exchange(self) -> None:
        """Swap the two sentences; the word goes with its own."""
        kept = self.chosen
        super().exchange()
        self.chosen = (1 - kept[0], *kept[1:]) if kept else None

    def come_from_link(self, earlier: SentencePair) -> None:
        """Have the fields show sentences that came by a link, with the word that it names, if it names one."""
        super().come_from_link(earlier)
        if isinstance(earlier, TaggingState) and self.chosen == earlier.chosen:
            self.chosen = None

    def _fill(self, first: str, second: str) -> None:
        super()._fill(first, second)
        self.chosen = None

    def selected(self, sentences: tuple[Sentence, Sentence]) -> tuple[int, int] | None:
        """Return the sentence and the place of the selected word, None where there are no words.

        The one that was clicked as long as it stands there; else one that the readers take for different things, else
        a name, else the first word.
        """
        if self.chosen is not None:
            number, at, word = self.chosen
            tokens = sentences[number].tokens
            if at < len(tokens) and word in (tokens[at].text, ""):
                return number, at
        for number in (1, 0):
            apart = disagreements(sentences[number].tokens)
            if apart:
                return number, apart[0]
        for number in (1, 0):
            tags = tag(BIDIRECTIONAL, sentences[number].tokens).tags
            names = [at for at, found in enumerate(tags) if found != OTHER]
            if names:
                return number, names[0]
        return next(((number, 0) for number in (0, 1) if sentences[number].tokens), None)

    def address(self, selected: tuple[int, int] | None) -> str:
        """Return how the address names the word that was clicked; nothing where none was, or it is gone."""
        if self.chosen is None or self.chosen[:2] != selected:
            return ""
        return _format_word(self.chosen)


def _parse_word(asked: str) -> tuple[int, int, str]:
    """Read ``2.5``, the fifth word of the second sentence."""
    found = _WORD.fullmatch(asked)
    if not found:
        raise ValueError(asked)
    return int(found[1]) - 1, int(found[2]) - 1, ""


def _format_word(chosen: tuple[int, int, str]) -> str:
    return f"{chosen[0] + 1}.{chosen[1] + 1}"


TAGGING = PageState(
    "both-ways", TaggingState, {**TEXTS, "chosen": Field("word", _parse_word, _format_word, browser=True)}
)


def show_fields(state: TaggingState) -> tuple[Sentence, Sentence]:
    """Show both fields with what belongs to them; return the sentences as they are read."""
    return show_pair(
        state,
        page="both-ways",
        labels=("One sentence", "The other"),
        help="Type, and both networks tag along. English works best.",
        pairs=PAIRS,
        about="Names that mean a person in one sentence and something else in the other",
    )
