"""The canvas on which symbols are drawn, and the network that reads what is on it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.classroom.symbols import SymbolSet, symbol_sets
from core.data.images.digits import from_pixels, prepare
from core.data.images.pictures import UnreadableImage, decode
from core.inspection.networks import Choice
from core.training.shared_lessons import Lesson
from core.ui.plain_text import plain
from core.ui.sections.teach.attempt import changed, say, show_said, tried
from core.ui.sections.teach.drawings import BEAT
from core.ui.sections.teach.lesson import show_button
from core.ui.sections.teach.owner import Desk, look
from core.ui.state.drawing import Drawing, Sheet
from core.ui.widgets.canvas import clear, read_canvas, show_canvas
from core.ui.widgets.kept_drawing import keep_drawing
from core.ui.widgets.live_network import show_live
from core.ui.widgets.photo import take_photo
from core.ui.widgets.uploads import PHOTO_HELP, TOO_MANY, files_in, may_upload
from core.wording import counted

ENOUGH = 5
"""Drawings of each symbol that are asked for."""
_SHEET, _CHOSEN, _SEEN = "teach-sheet", "teach-symbol", "teach-files-seen"
_FILES, _PHOTO = "teach-files", "teach-photo"


@st.fragment
def show_pad(desk: Desk, names: tuple[str, ...], lesson: Lesson | None) -> None:
    """Show the canvas, the symbol that is drawn, and what the network says: all that changes with a stroke."""
    now = look(desk)
    if now is None:
        return
    if changed() or now.names != names:
        st.rerun()
    show_said()
    paper = _sheet()
    read_canvas(paper)
    _take_files(desk)
    drawing = paper.drawings[-1]
    with st.container(horizontal=True, gap="medium"):
        show_canvas(paper)
        with st.container(width="stretch", key="teach-beside"):
            symbol = _choose_symbol(now)
            st.fragment(_count, run_every=BEAT if desk.shared else None)(desk)
            with st.container(horizontal=True, gap="small", vertical_alignment="top"):
                st.button(
                    f"Add it as {plain(symbol)}",
                    icon=":material/add:",
                    type="secondary" if drawing.prepared.blank else "primary",
                    key="teach-add",
                    disabled=drawing.prepared.blank,
                    on_click=_add,
                    args=(desk,),
                    help="Keeps the drawing below and gives you an empty sheet.",
                )
                if desk.decides:
                    st.fragment(show_button, run_every=BEAT if desk.shared else None)(desk)
            _show_answer(desk, lesson, drawing)
    way = st.segmented_control(
        "Or bring pictures", ["Upload", "Camera"], key="teach-own", help="Of the symbol that is chosen above."
    )
    if way == "Upload":
        st.file_uploader(
            f"Pictures of {plain(symbol)}, PNG or JPEG, one symbol each",
            type=["png", "jpg", "jpeg"],
            accept_multiple_files=True,
            key=_FILES,
            help=PHOTO_HELP,
        )
    elif way == "Camera":
        take_photo(f"Hold {plain(symbol)} up to the camera, dark ink on light paper", key=_PHOTO)
    keep_drawing(paper, _SHEET)


def _choose_symbol(now: SymbolSet) -> str:
    if st.session_state.get(_CHOSEN) not in now.names:
        st.session_state[_CHOSEN] = now.names[0]
    symbol = st.pills(
        "You draw",
        now.names,
        format_func=plain,  # without counts: where a label changes, Streamlit takes back what was chosen meanwhile
        required=True,
        key=_CHOSEN,
        help=f"{ENOUGH} drawings of each are a good start.",
    )
    return str(symbol)


def _count(desk: Desk) -> None:
    """Say how many drawings there are of each symbol; in a room this follows what everybody draws."""
    now = look(desk)
    if now is not None:
        st.caption("So far: " + ", ".join(f"{plain(name)} {len(now.of(name))}" for name in now.names))


def _show_answer(desk: Desk, lesson: Lesson | None, drawing: Drawing) -> None:
    taught = lesson.taught.get("transfer") if lesson else None
    if lesson is None or taught is None:
        st.caption(
            f"Draw about {ENOUGH} of each symbol, not all alike. "
            + ("Press **Teach it**, and " if desk.decides else "Once your teacher has taught it, ")
            + "the network answers here while you draw."
        )
        return
    about = Choice("taught-symbols", "new network", "", taught.network, "", lesson.symbols.classes)
    show_live(about, drawing.prepared.pixels)


def _sheet() -> Sheet:
    """Return this page's sheet of paper: another than that of the digits, and empty at first."""
    if _SHEET not in st.session_state:
        blank = Drawing(from_pixels(np.zeros((28, 28))), origin="an empty sheet")
        st.session_state[_SHEET] = Sheet(drawings=[blank])
    paper: Sheet = st.session_state[_SHEET]
    paper.read_last_stroke()
    return paper


def _add(desk: Desk) -> None:
    paper = _sheet()
    drawing = paper.drawings[-1]
    if not drawing.prepared.blank and _keep(desk, [drawing.prepared.pixels]):
        clear(paper)


def _keep(desk: Desk, pictures: Sequence[NDArray[np.float32]]) -> bool:
    symbol = str(st.session_state.get(_CHOSEN))
    return tried(lambda: symbol_sets().add(desk.me, desk.owner, symbol, pictures))


def _take_files(desk: Desk) -> None:
    """Add pictures that have arrived since the last run; say which cannot be read."""
    brought = [*files_in(_FILES), *files_in(_PHOTO)]
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    new = [file for file in brought if file.file_id not in seen]
    if not new:
        return
    seen.update(file.file_id for file in new)
    pictures, problems = [], []
    for file in new:
        try:
            if not may_upload(desk.me):
                raise UnreadableImage(TOO_MANY)
            prepared = prepare(decode(file.getvalue()))
            if prepared.blank:
                raise UnreadableImage("No ink can be seen on it.")
            pictures.append(prepared.pixels)
        except UnreadableImage as problem:
            problems.append(f"{file.name}: {problem}")
    if pictures and _keep(desk, pictures):
        say(" ".join([f"{counted(len(pictures), 'picture')} added as {st.session_state[_CHOSEN]}.", *problems]))
    elif problems:
        say(" ".join(problems))
    st.rerun()
