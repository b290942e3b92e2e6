"""What outlives a page: the drawing, with a history that Undo walks back."""

from dataclasses import dataclass, field

import streamlit as st

from core.data.digits import Prepared

_DRAWING_KEY = "drawing"
_HISTORY = 20


@dataclass(frozen=True)
class Drawing:
    """The digit that all pages about images look at.

    Attributes:
        prepared: what the networks read, with every stage on the way.
        picture: PNG data URL of the person's own strokes, to be laid on a new canvas,
            or None when the digit is not drawn but chosen.
        label: the true digit where it is known.
        origin: where it comes from, in a few words.
        index: its place among MNIST's test digits where it is one of them.
    """

    prepared: Prepared
    picture: str | None = None
    label: int | None = None
    origin: str = "your drawing"
    index: int | None = None


@dataclass
class Sheet:
    """The sheet of paper of one session.

    Attributes:
        drawings: what has been on it, the newest last.
        number: of the canvas; a new number makes a new, empty canvas.
        start: the strokes that this canvas started with, a data URL.
        seen: the picture the canvas sent last, so that it is not read twice.
        file_seen: the file or photo taken in last, likewise.
    """

    drawings: list[Drawing] = field(default_factory=list)
    number: int = 0
    start: str | None = None
    seen: str | None = None
    file_seen: str | None = None

    @property
    def drawing(self) -> Drawing | None:
        """What is on the sheet now."""
        return self.drawings[-1] if self.drawings else None

    def add_stroke(self, drawing: Drawing) -> None:
        """Keep the drawing as it is after one more stroke on the same canvas."""
        self.drawings = [*self.drawings, drawing][-_HISTORY:]
        self.seen = drawing.picture

    def replace(self, drawing: Drawing) -> None:
        """Put another digit on the sheet, on a new canvas; Undo brings the old one back."""
        self.drawings = [*self.drawings, drawing][-_HISTORY:]
        self.new_canvas()

    def undo(self) -> None:
        """Go back to what was there before, if anything was."""
        if len(self.drawings) > 1:
            self.drawings = self.drawings[:-1]
            self.new_canvas()

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to go back to."""
        return len(self.drawings) > 1

    def new_canvas(self) -> None:
        """Lay a new canvas that starts with the strokes of the drawing as it is."""
        self.number += 1
        self.start = self.drawing.picture if self.drawing else None
        self.seen = None


def sheet() -> Sheet:
    """Return this session's sheet of paper."""
    if _DRAWING_KEY not in st.session_state:
        st.session_state[_DRAWING_KEY] = Sheet()
    kept: Sheet = st.session_state[_DRAWING_KEY]
    return kept
