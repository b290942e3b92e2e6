"""What outlives a page: the drawing, with a history that Undo walks back."""

import contextlib
import uuid
from dataclasses import dataclass, field
from itertools import count

import numpy as np
import streamlit as st

from core.data.images.digits import Prepared, prepare
from core.data.images.pictures import UnreadableImage, decode_data_url, sent_picture

SIDE = 280
"""Width and height of the canvas, pixels."""

_DRAWING_KEY = "drawing"
_HISTORY = 20
_SAME = 0.5  # mean difference of two pictures (of 0-255) that are the same but for rounding
_numbers = count()


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
        strokes: how many strokes a person has drawn, 0 for a digit that is chosen; None where they came back as a
            picture and nobody knows any more how the pen moved.
        number: tells it from all other drawings.
    """

    prepared: Prepared
    picture: str | None = None
    label: int | None = None
    origin: str = "your drawing"
    index: int | None = None
    strokes: int | None = 0
    number: int = field(default_factory=_numbers.__next__, compare=False)


@dataclass
class Sheet:
    """The sheet of paper of one session.

    Attributes:
        number: tells it from the sheets of other sessions, so that none takes another one's canvas for its own.
        drawings: what has been on it, the newest last.
        canvas: number of the canvas; a new number makes a new one.
        start: the strokes that the canvas starts with, a data URL, or None for none.
        version: of `start`, so that the same start can be laid twice.
        echo: whether the canvas is going to send back what it was told to start with.
        seen: the picture the canvas sent last, so that it is not read twice.
        page_changes: how many there had been when the canvas was shown last.
        file_seen: the file or photo taken in last, likewise.
        file_problem: why that file could not be used, a sentence.
    """

    number: str = field(default_factory=lambda: uuid.uuid4().hex)
    drawings: list[Drawing] = field(default_factory=list)
    canvas: int = 0
    start: str | None = None
    version: int = 0
    echo: bool = False
    seen: str | None = None
    page_changes: int = 0
    file_seen: str | None = None
    file_problem: str | None = None

    @property
    def drawing(self) -> Drawing | None:
        """What is on the sheet now."""
        return self.drawings[-1] if self.drawings else None

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to go back to."""
        return len(self.drawings) > 1

    @property
    def canvas_key(self) -> str:
        """The key of the canvas, under which the session finds what it has sent."""
        return f"canvas-{self.number}-{self.canvas}"

    def read(self) -> None:
        """Take in what the canvas has sent, unless it is known already.

        Told to start with other strokes, the canvas sends them back at once; that echo is no stroke.

        Raises:
            UnreadableImage: it is no picture.
        """
        url = sent_picture(st.session_state.get(self.canvas_key))
        if url is None or url == self.seen:
            return
        picture = decode_data_url(url)
        self.seen = url
        if self.echo:
            self.echo = False
            start = decode_data_url(self.start)[..., 3] if self.start else np.zeros_like(picture[..., 3])
            if picture.shape[:2] == start.shape and np.abs(picture[..., 3].astype(int) - start).mean() < _SAME:
                return
        before = self.drawing
        known = 0 if before is None or before.picture is None else before.strokes
        strokes = None if known is None else known + 1
        self.drawings = [*self.drawings, Drawing(prepare(picture, "light"), picture=url, strokes=strokes)][-_HISTORY:]

    def replace(self, drawing: Drawing) -> None:
        """Put another digit on the sheet; Undo brings the old one back."""
        self.read_last_stroke()
        self.drawings = [*self.drawings, drawing][-_HISTORY:]
        self._lay()

    def undo(self) -> None:
        """Go back to what was there before, if anything was."""
        self.read_last_stroke()
        if self.can_undo:
            self.drawings = self.drawings[:-1]
            self._lay()

    def mount(self) -> None:
        """Ask for a new canvas with the strokes of the drawing as it is; the old one is gone."""
        self._lay()
        self.canvas += 1
        self.seen, self.echo = None, False

    def read_last_stroke(self) -> None:
        """Take in a stroke that has come together with a click; one that cannot be read is left to `read`."""
        with contextlib.suppress(UnreadableImage):
            self.read()

    def _lay(self) -> None:
        """Tell the canvas what to start with from now on."""
        self.start = self.drawing.picture if self.drawing else None
        self.version += 1
        self.echo = True


def sheet() -> Sheet:
    """Return this session's sheet of paper, with all that its canvas has sent."""
    if _DRAWING_KEY not in st.session_state:
        st.session_state[_DRAWING_KEY] = Sheet()
    kept: Sheet = st.session_state[_DRAWING_KEY]
    kept.read_last_stroke()
    return kept
