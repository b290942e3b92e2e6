"""From the drawing to the line: every step of the preparation."""

import streamlit as st

from core.figures.palette import colour_grey
from core.figures.percent import percent
from core.inspection.numbers.ctc import Floats
from core.ui.sections.read_number.look import Look
from core.ui.widgets.gallery import Picture, gallery

_MOST = 640


def show_stages(look: Look) -> None:
    """Show every step, and the pieces of the naive way as the digit CNN reads them."""
    stages = look.line.stages
    gallery(
        [
            Picture(
                colour_grey(stage.image),
                f"{number}. {stage.name.capitalize()}",
                stage.note,
                min(_MOST, _width(stage.image)),
            )
            for number, stage in enumerate(stages, 1)
        ],
        key="number-stages",
    )
    if look.cut.pieces:
        st.markdown("**The pieces of the naive way**, each prepared like a drawing of one digit:")
        gallery(
            [
                Picture(colour_grey(piece.pixels), str(piece.digit), percent(piece.probability, 0), 70)
                for piece in look.cut.pieces[:16]
            ],
            key="number-pieces",
        )


def _width(image: Floats) -> int:
    """Return how wide a step is shown, CSS pixels: all about as high."""
    return max(40, round(80 * image.shape[1] / image.shape[0]))
