"""The canvas, and the other ways to bring a number."""

import random
from functools import partial

import streamlit as st

from core.data.images.pictures import UnreadableImage, decode
from core.data.numbers.line import prepare_line
from core.ui.components.number_canvas.number_canvas import Laid, number_canvas
from core.ui.sections.read_number.examples import TITLES, example, seen
from core.ui.state.drawing import sheet as digit_sheet
from core.ui.state.number_sheet import TAKEN_FROM, Number, NumberSheet, drawn, number_sheet
from core.ui.state.person import person
from core.ui.widgets.bound_controls import choose_from_list
from core.ui.widgets.photo import take_photo
from core.ui.widgets.uploads import PHOTO_HELP, TOO_MANY, file_in, may_upload

_CANVAS, _FILE, _PHOTO = "number-canvas", "number-file", "number-photo"
_FIRST = 4


def open_sheet() -> NumberSheet:
    """Return the sheet, with a number on it, and with what was brought since the last run."""
    sheet = number_sheet() or number_sheet(example("touching", _FIRST))
    assert sheet is not None
    if sheet.number is not sheet.laid and _CANVAS not in st.session_state:
        sheet.mount()
    _take_drawing(sheet)
    _take_files(sheet)
    return sheet


def show_canvas(sheet: NumberSheet) -> None:
    """Show the canvas, and why what was brought cannot be read."""
    shown = sheet.laid.picture or seen(sheet.laid.line)
    with st.container(key="number-pad"):
        own, asked = sheet.laid.picture is not None, st.query_params.get("from", "")
        number_canvas(
            Laid(sheet.version, shown, own, bool(sheet.before), sheet.identity, asked),
            key=_CANVAS,
            brush=int(st.session_state.get("number-brush", 10)),
            on_draw=partial(sheet.draw, version=sheet.version),
            on_undo=sheet.undo,
            on_return=sheet.take_back,
        )
    if sheet.problem:
        st.warning(sheet.problem, icon=":material/broken_image:")


def show_sources(sheet: NumberSheet) -> None:
    """Show the other sources: digits by other people, a file, the camera; and the width of the pen."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="number-sources"):
        stand = choose_from_list(
            "How the digits stand",
            list(TITLES),
            key="stand",
            help="In the next number by somebody else.",
            width=140,
            label_visibility="collapsed",
        )
        st.button(
            "Another number",
            icon=":material/casino:",
            key="number-example",
            on_click=lambda: sheet.lay(example(TITLES.get(stand, "spaced"), random.randrange(10**6))),
            help="Digits by people no network was trained on, put together in a line. The true number is shown.",
        )
        way = st.segmented_control(
            "Or bring your own",
            ["Upload", "Camera"],
            key="number-own",
            label_visibility="collapsed",
            help="A number on light paper is fine: the paper is removed.",
        )
        with st.popover("", icon=":material/brush:", help="Width of your pen"):
            st.slider("Brush width", 4, 24, 10, 2, key="number-brush", persist_state="session", help="In pixels.")
    if way == "Upload":
        st.file_uploader(
            "A PNG or JPEG picture of one line of digits, up to 20 MB",
            type=["png", "jpg", "jpeg"],
            key=_FILE,
            help=PHOTO_HELP,
        )
    elif way == "Camera":
        take_photo("Hold one line of digits up to the camera", key=_PHOTO)


def _take_drawing(sheet: NumberSheet) -> None:
    """Take over what is on the sheet of "Draw a digit", where the address asks for it; each drawing once."""
    if st.query_params.get("from") != TAKEN_FROM:
        return
    drawing = digit_sheet().drawing
    if drawing is None or drawing.prepared.blank or not sheet.take(f"drawing {drawing.number}"):
        return
    sheet.lay(Number(prepare_line(*drawn(drawing)), drawing.picture, origin="your drawing of “Draw a digit”"))


def _take_files(sheet: NumberSheet) -> None:
    for key, origin in ((_FILE, "your file"), (_PHOTO, "your photo")):
        file = file_in(key)
        if file is None or not sheet.take(file.file_id):
            continue
        if not may_upload(person()):
            sheet.problem = TOO_MANY
            continue
        try:
            sheet.lay(Number(prepare_line(decode(file.getvalue())), origin=origin))
        except UnreadableImage as problem:
            sheet.problem = f"{problem} What was on the sheet is kept."
