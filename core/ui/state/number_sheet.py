"""The number that the page "Read a number" looks at, with a history that Undo walks back."""

import uuid
from dataclasses import dataclass, field
from itertools import count

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.data.images.digits import Polarity
from core.data.images.pictures import UnreadableImage, decode_data_url
from core.data.numbers.line import PreparedLine, prepare_line
from core.ui.state.drawing import Drawing

TAKEN_FROM = "drawing"
"""In the address under `from`: what is on the sheet of "Draw a digit" is to be taken over."""

_KEY = "number-sheet"
_HISTORY = 20
_versions = count(1)


@dataclass(frozen=True)
class Number:
    """A number on the sheet.

    Attributes:
        line: what the networks read, with every stage on the way.
        picture: PNG data URL of the person's own drawing; None where it is chosen or brought.
        label: the true digits where they are known.
        origin: where it comes from, in a few words.
    """

    line: PreparedLine
    picture: str | None = None
    label: str | None = None
    origin: str = "your drawing"


@dataclass
class NumberSheet:
    """The sheet of one session.

    Attributes:
        number: what is on it now.
        laid: what Python has laid on the canvas; strokes came after it.
        version: of what was laid.
        before: what was there before, the newest last.
        taken: what was taken over from elsewhere already: a file, a drawing of another page.
        problem: why something that was brought could not be used, a sentence.
        identity: tells it from the sheets of other sessions.
    """

    number: Number
    laid: Number
    version: int = field(default_factory=_versions.__next__)
    before: list[Number] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    problem: str = ""
    identity: str = field(default_factory=lambda: uuid.uuid4().hex)

    def draw(self, url: str, version: int | None = None) -> None:
        """Take in what the canvas has sent: a picture, or an empty text for what was laid on it.

        A picture that cannot be read leaves what is there, and a sentence about it. One that was drawn on an older
        `version` comes together with the click that laid another number: Undo leads back to it.
        """
        late = version is not None and version != self.version
        self.problem = ""
        if not url:
            if not late:
                self.number = self.laid
            return
        try:
            drawn = Number(prepare_line(decode_data_url(url), "light"), url)
        except UnreadableImage as problem:
            self.problem = f"{problem} The drawing before it is kept."
            return
        if not late:
            self.number = drawn
        elif all(one.picture != url for one in self.before):
            self._keep(drawn)

    def lay(self, number: Number) -> None:
        """Put another number on the sheet; Undo brings the old one back."""
        self._keep(*self._replaced(), self.number)
        self._lay(number)

    def undo(self) -> None:
        """Go back to what was there before the last number was laid."""
        if self.before:
            self._lay(self.before.pop())

    def take_back(self, content: object) -> None:
        """Lay on a new sheet the drawing that the browser has kept of an old one; what is none changes nothing."""
        if self.before or self.number is not self.laid:
            return  # something was done on it meanwhile
        try:
            self.lay(Number(prepare_line(decode_data_url(content), "light"), str(content)))
        except UnreadableImage:
            return

    def mount(self) -> None:
        """Lay what is there on a new canvas: another page was shown meanwhile, the old canvas and its strokes are gone.

        Undo brings back what they had replaced.
        """
        self._keep(*self._replaced())
        self._lay(self.number)

    def take(self, what: str) -> bool:
        """Return whether something from elsewhere is new, and remember it."""
        new = what not in self.taken
        self.taken.add(what)
        return new

    def _replaced(self) -> tuple[Number, ...]:
        """Return what had been laid, where somebody has drawn since: the canvas knew it, and forgets it now."""
        return () if self.number is self.laid else (self.laid,)

    def _keep(self, *numbers: Number) -> None:
        self.before = [*self.before, *numbers][-_HISTORY:]

    def _lay(self, number: Number) -> None:
        self.number = self.laid = number
        self.version, self.problem = next(_versions), ""


def drawn(drawing: Drawing) -> tuple[NDArray[np.float32], Polarity]:
    """Return the picture from which a digit was prepared, and whether its ink is known to be light."""
    return drawing.prepared.stages[0].image, "light" if drawing.picture else "auto"


def number_sheet(first: Number | None = None) -> NumberSheet | None:
    """Return this session's sheet; where there is none yet, one with `first` on it, or None without it."""
    if _KEY not in st.session_state and first is not None:
        st.session_state[_KEY] = NumberSheet(first, first)
    sheet: NumberSheet | None = st.session_state.get(_KEY)
    return sheet
