"""What the page "Read a sentence" remembers."""

import re
from dataclasses import dataclass

from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.inspection.text.passages import Span
from core.inspection.text.reading_times import ReadingTimes
from core.ui.state.address import Field, text
from core.ui.state.page_state import PageState
from core.ui.state.text_history import TextHistory
from core.ui.state.text_selection import SELECTION, TextSelection

FIRST = "The food was good, not bad at all"
_SPAN = re.compile(r"([1-9][0-9]{0,3})-([1-9][0-9]{0,3})")


@dataclass
class SentenceState(TextSelection):
    """The sentence of one session.

    Attributes:
        marked: words that a person has marked, (first, stop); None where none were.
        timed: what was measured for this person, or None.
    """

    text: str = FIRST
    marked: Span | None = None
    timed: ReadingTimes | None = None

    @property
    def sentence(self) -> Sentence:
        """The text as it is read."""
        return read_text(self.text)

    def mark(self, span: Span | None) -> None:
        """Mark some words; None takes the mark away."""
        self.marked = span

    def come_from_link(self, earlier: TextHistory) -> None:
        """Have the field show a text that came by a link, with the words that it marks, if it marks any."""
        super().come_from_link(earlier)
        if isinstance(earlier, SentenceState) and self.marked == earlier.marked:
            self.marked = None

    def _set(self, text: str) -> None:
        if read_text(text).words != self.sentence.words:
            self.marked = None
        super()._set(text)


def _parse_span(asked: str) -> Span:
    """Read ``3-5``, the third to the fifth word, as (2, 5)."""
    found = _SPAN.fullmatch(asked)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError(asked)
    return int(found[1]) - 1, int(found[2])


SENTENCE = PageState(
    "sentence",
    SentenceState,
    {
        "text": text("text", MOST_CHARACTERS, browser=True),
        "marked": Field("sentence-span", _parse_span, lambda span: f"{span[0] + 1}-{span[1]}"),
        **SELECTION,
    },
)
