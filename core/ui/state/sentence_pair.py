"""Two sentences that can be edited, with pairs to begin with."""

from dataclasses import dataclass, field

import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS

_KEY = "order"
_HISTORY = 30
ADDRESSES = ("first", "second")
"""The names of the sentences in the address."""

PAIRS = (
    ("The food was good, not bad at all", "The food was bad, not good at all"),
    ("The acting was dull, but the story was lovely", "The acting was lovely, but the story was dull"),
    ("I expected a boring film and got a funny one", "I expected a funny film and got a boring one"),
    ("I know how to speak French fluently", "How fluently I know to speak French"),
)
"""Pairs of the same words in another order."""


@dataclass
class Pair:
    """The two sentences of one session.

    Attributes:
        texts: as they were typed.
        versions: raised when a text comes from elsewhere than its field.
        before: pairs that Undo goes back to, the newest last.
    """

    texts: list[str] = field(default_factory=lambda: list(PAIRS[0]))
    versions: list[int] = field(default_factory=lambda: [0, 0])
    before: list[tuple[str, str]] = field(default_factory=list)

    def type(self, number: int, version: int, text: str) -> None:
        """Take in what stands in a field; what was typed into an older one is dropped."""
        if version == self.versions[number]:
            self.texts[number] = text

    def replace(self, first: str, second: str) -> None:
        """Put another pair into the fields; Undo brings the old one back."""
        if [first, second] != self.texts:
            self.before = [*self.before, (self.texts[0], self.texts[1])][-_HISTORY:]
            self._lay(first, second)

    def exchange(self) -> None:
        """Exchange the two sentences."""
        self._lay(self.texts[1], self.texts[0])

    def undo(self) -> None:
        """Bring back the pair before the last one that was taken."""
        if self.before:
            self._lay(*self.before.pop())

    def _lay(self, first: str, second: str) -> None:
        self.texts = [first, second]
        self.versions = [version + 1 for version in self.versions]


def pair() -> Pair:
    """Return this session's sentences; the first time they are those of the address."""
    if _KEY not in st.session_state:
        first = Pair()
        for number, name in enumerate(ADDRESSES):
            first.texts[number] = st.query_params.get(name, first.texts[number])[:MOST_CHARACTERS]
        st.session_state[_KEY] = first
    kept: Pair = st.session_state[_KEY]
    return kept
