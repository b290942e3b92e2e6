"""Where a digit on the sheet comes from: samples, test digits, files, the camera."""

import random
from functools import cache

import numpy as np
import streamlit as st

from core.data.images.datasets import ImageSet, held_out_digits, sample_digits
from core.data.images.digits import from_pixels, prepare
from core.data.images.pictures import UnreadableImage, decode
from core.inspection.images.misclassified import misclassified, predicted_labels
from core.ui.state.drawing import Drawing, Sheet
from core.ui.state.person import person
from core.ui.state.visit import newly_visited
from core.ui.widgets.photo import take_photo
from core.ui.widgets.side_by_side import row_on_phone
from core.ui.widgets.uploads import PHOTO_HELP, TOO_MANY, file_in, may_upload

_SAMPLE = 7
_FILE, _PHOTO = "file", "photo"


def open_digit(paper: Sheet) -> Drawing:
    """Return what is on the sheet, which a link asks for (`?digit=7`, `?test=123`); an empty one gets a seven."""
    if newly_visited("sheet") and (asked := _asked_digit()) is not None and not _is_on(paper, asked):
        paper.replace(asked)
    if paper.drawing is None:
        paper.replace(sample_digit(_SAMPLE))
    return paper.drawings[-1]


def _asked_digit() -> Drawing | None:
    """Return the digit that the address asks for, or None."""
    number, digit = st.query_params.get("test", ""), st.query_params.get("digit", "")
    if number.isascii() and number.isdecimal() and len(number) <= 6:
        held_out = held_out_digits()
        if int(number) in held_out.indices:
            return test_digit(held_out, int(np.flatnonzero(held_out.indices == int(number))[0]))
    return sample_digit(int(digit)) if digit and digit in set("0123456789") else None


def _is_on(paper: Sheet, drawing: Drawing) -> bool:
    """Whether a test digit is what is on the sheet."""
    return paper.drawing is not None and paper.drawing.index == drawing.index


def sample_digit(digit: int) -> Drawing:
    """Return the first of our sample digits with that label that the CNN reads right.

    The sheet of samples also holds every digit that it gets wrong; those have a button of their own.
    """
    return test_digit(sample_digits(), _typical(digit))


@cache
def _typical(digit: int) -> int:
    """Return the place of that digit; only those with its label are read, for the first visitor waits."""
    samples = sample_digits()
    places = np.flatnonzero(samples.labels == digit)
    return int(places[predicted_labels("digit-cnn", samples.images[places]) == digit][0])


def test_digit(digits: ImageSet, place: int) -> Drawing:
    """Return the digit at `place` of a set of held-out digits."""
    index = int(digits.indices[place])
    return Drawing(
        from_pixels(digits.images[place].astype(np.float32) / 255, "test digit"),
        label=int(digits.labels[place]),
        origin=f"MNIST test digit no. {index:,}, which no network was trained on",
        index=index,
    )


def show_sources(paper: Sheet) -> None:
    """Show the other sources: a random test digit, one that the CNN misreads, a file, the camera."""
    source = held_out_digits().source
    with row_on_phone("sources", horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(
            "A random test digit",
            icon=":material/casino:",
            key="random-test-digit",
            on_click=_random,
            args=(paper,),
            help=f"From {source}. Its true label is shown.",
        )
        st.button(
            "One the CNN gets wrong",
            icon=":material/sentiment_dissatisfied:",
            key="misread-digit",
            on_click=_wrong,
            args=(paper,),
            help=f"The CNN reads {source}; this picks one of those it gets wrong.",
        )
        way = st.segmented_control(
            "Or bring your own",
            ["Upload", "Camera"],
            key="own",
            label_visibility="collapsed",
            help="Dark ink on light paper is fine: the paper is removed.",
        )
    if way == "Upload":
        st.file_uploader(
            "A PNG or JPEG picture of one digit, up to 20 MB", type=["png", "jpg", "jpeg"], key=_FILE, help=PHOTO_HELP
        )
    elif way == "Camera":
        take_photo("Hold one digit up to the camera", key=_PHOTO)


def read_upload(paper: Sheet) -> None:
    """Lay a file or photo on the sheet that has arrived since the last run; say so when it cannot be read.

    This comes before the canvas is shown, the widgets come after it.
    """
    files = {key: file_in(key) for key in (_FILE, _PHOTO)}
    for key, file in files.items():
        if file is None or file.file_id == paper.file_seen:
            continue
        paper.file_seen, paper.file_problem = file.file_id, None
        if not may_upload(person()):
            paper.file_problem = TOO_MANY
            continue
        try:
            origin = "your file" if key == _FILE else "your photo"
            paper.replace(Drawing(prepare(decode(file.getvalue())), origin=origin))
        except UnreadableImage as problem:
            paper.file_problem = f"{problem} What was on the sheet is kept."
    if paper.file_problem and any(files.values()):
        st.warning(paper.file_problem, icon=":material/broken_image:")


def keep_address(paper: Sheet) -> None:
    """Put the test digit on the sheet into the address, so that the link opens it again; remove it otherwise."""
    index = paper.drawing.index if paper.drawing else None
    wanted = None if index is None else str(index)
    if len(paper.drawings) > 1 and "digit" in st.query_params:
        del st.query_params["digit"]  # or Back would lay it over what was drawn since
    if st.query_params.get("test") == wanted:
        return
    if wanted is None:
        del st.query_params["test"]
    elif len(paper.drawings) > 1:  # the page's own first sample needs no address
        st.query_params["test"] = wanted


def _random(paper: Sheet) -> None:
    digits = held_out_digits()
    paper.replace(test_digit(digits, random.randrange(len(digits))))


def _wrong(paper: Sheet) -> None:
    digits = held_out_digits()
    places = misclassified()
    if places:
        paper.replace(test_digit(digits, random.choice(places)))
