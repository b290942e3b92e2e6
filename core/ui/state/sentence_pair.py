"""Two sentences that can be edited, with pairs to begin with."""

from dataclasses import dataclass, field
from typing import Literal

from core.data.text.tokens import MOST_CHARACTERS
from core.ui.state.address import Field, text
from core.ui.state.page_state import PageState

_HISTORY = 30
Side = Literal["first", "second"]
SIDES: tuple[Side, Side] = ("first", "second")
TEXTS: dict[str, Field[str]] = {side: text(side, MOST_CHARACTERS, browser=True) for side in SIDES}
"""How the sentences stand in the address."""

PAIRS = (
    ("The food was good, not bad at all", "The food was bad, not good at all"),
    ("The acting was dull, but the story was lovely", "The acting was lovely, but the story was dull"),
    ("I expected a boring film and got a funny one", "I expected a funny film and got a boring one"),
    ("I know how to speak French fluently", "How fluently I know to speak French"),
)
"""Pairs of the same words in another order."""


@dataclass
class SentencePair:
    """The two sentences of one session.

    Attributes:
        first: as it was typed.
        second: as it was typed.
        version: raised when the texts come from elsewhere than their fields.
        before: pairs that Undo goes back to, the newest last.
        typing: whether they are being typed; those before the typing are kept.
    """

    first: str = PAIRS[0][0]
    second: str = PAIRS[0][1]
    version: int = 0
    before: list[tuple[str, str]] = field(default_factory=list)
    typing: bool = False

    def update(self, side: Side, version: int, text: str) -> None:
        """Accept what was typed; what was typed into an older version of the field is dropped."""
        if version != self.version or text == getattr(self, side):
            return
        if not self.typing:
            self._keep()
        setattr(self, side, text)
        self.typing = True

    def replace(self, first: str, second: str) -> None:
        """Put another pair into the fields; Undo brings the old one back."""
        if (first, second) != (self.first, self.second):
            self._keep()
            self._fill(first, second)

    def exchange(self) -> None:
        """Swap the two sentences; Undo swaps them back."""
        self.replace(self.second, self.first)

    def undo(self) -> None:
        """Bring back the pair before the typing, the last `replace` or `exchange`."""
        if self.before:
            self._fill(*self.before.pop())

    def come_from_link(self, earlier: "SentencePair") -> None:
        """Have the fields show sentences that came by a link; Undo brings those of an earlier copy back."""
        self.before = [*self.before, (earlier.first, earlier.second)][-_HISTORY:]
        self.version += 1
        self.typing = False

    def _keep(self) -> None:
        self.before = [*self.before, (self.first, self.second)][-_HISTORY:]

    def _fill(self, first: str, second: str) -> None:
        self.first, self.second = first, second
        self.version += 1
        self.typing = False


SENTENCE_PAIR = PageState("order", SentencePair, TEXTS)
