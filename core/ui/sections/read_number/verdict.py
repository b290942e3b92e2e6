"""The answer: the number, and the same line read in two ways, each with the place of every digit."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

import numpy as np
import streamlit as st

from core.data.images.pictures import encode_data_url
from core.figures.percent import percent
from core.inspection.numbers.ctc import Floats
from core.inspection.numbers.reading import emitted, middle_of
from core.ui.sections.read_number.look import Look

_STYLE = """<style>
.number { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1.1rem; min-height: 4.6rem; }
.number .digits { font-size: 3.4rem; font-weight: 700; line-height: 1.1; letter-spacing: .06em; }
.number .digits { overflow-wrap: anywhere; }
.number .sure { font-size: 1.3rem; font-weight: 600; }
.number p { margin: .1rem 0 0; flex-basis: 100%; }
.ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem 1.2rem; }
.ways p { margin: 0 0 .2rem; }
.placed { position: relative; max-width: 100%; }
.placed img { display: block; width: 100%; height: auto; background: #000; border-radius: 3px; }
.placed img { image-rendering: pixelated; }
.placed .below { position: relative; height: 1.5rem; }
.placed .below b { position: absolute; transform: translateX(-50%); font-size: 1.05rem; }
.placed i { position: absolute; top: 0; bottom: 1.5rem; width: 2px; margin-left: -1px; background: #e69f00; }
</style>"""

_WIDTH = 3.2  # CSS pixels to one column of a line


def show_verdict(look: Look) -> None:
    """Show the answer, and under it where each of the two ways has found its digits."""
    with st.container(key="number-verdict"):
        st.html(_STYLE + _headline(look))
    if look.answer.warning:
        st.warning(look.answer.warning, icon=":material/warning:")
    if look.number.picture is not None and look.line.specks:
        st.caption("A small dot was left out: the network knows digits, but not points or commas.")
    if not look.line.blank:
        with st.container(key="number-ways"):
            st.html(f'{_STYLE}<div class="ways">{_together(look)}{_cut(look)}</div>')


def compare(look: Look) -> str:
    """Return in words whether the two ways agree, and who is right where that is known."""
    together, cut, label = look.together.digits or "nothing", look.cut.digits or "nothing", look.number.label
    if together == cut:
        said = f"Both ways read {together}."
    else:
        said = f"CNN + GRU reads {together}, cutting at gaps gives {cut}."
    if label is None:
        return said
    right = [name for name, read in (("CNN + GRU", together), ("cutting", cut)) if read == label]
    who = "both are right" if len(right) == 2 else f"{right[0]} is right" if right else "both are wrong"
    return f"{said} The true number is {label}: {who}."


def _headline(look: Look) -> str:
    answer = look.answer
    if not answer.digits:
        label = look.number.label
        truth = "" if label is None else f" The true number is {label}."
        big, sure, line = "?", "No number recognised", answer.reason + truth
    else:
        big, sure, line = answer.digits, percent(look.together.probability), compare(look)
    return (
        f'<div class="number" role="status"><span class="digits">{escape(big)}</span>'
        f'<span class="sure">{escape(sure)}</span><p>{escape(line)}</p></div>'
    )


def _together(look: Look) -> str:
    width = look.line.pixels.shape[1]
    marks = [(middle_of(column, width), digit) for column, digit, _ in emitted(look.together)]
    title = f"<b>CNN + GRU</b>, the whole line: <b>{escape(look.together.digits or 'nothing')}</b>"
    return f"<section><p>{title}</p>{placed(look.line.pixels, marks, ())}</section>"


def _cut(look: Look) -> str:
    pieces = look.cut.pieces
    marks = [((piece.begin + piece.end) / 2, str(piece.digit)) for piece in pieces]
    cuts = [(one.end + other.begin) / 2 for one, other in pairwise(pieces)]
    title = f"<b>Cut at gaps</b>, each piece: <b>{escape(look.cut.digits or 'nothing')}</b>"
    return f"<section><p>{title}</p>{placed(look.line.pixels, marks, cuts)}</section>"


def placed(pixels: Floats, marks: Sequence[tuple[float, str]], cuts: Sequence[float]) -> str:
    """Return a line as HTML, with texts below it at columns of pixels, and upright strokes where it is cut."""
    height, width = pixels.shape
    picture = encode_data_url((pixels * 255 + 0.5).astype(np.uint8))
    words = "".join(f'<b style="left:{100 * at / width:.2f}%">{escape(text)}</b>' for at, text in marks)
    lines = "".join(f'<i style="left:{100 * at / width:.2f}%"></i>' for at in cuts)
    return (
        f'<div class="placed" style="width:{_WIDTH * width:.0f}px"><img src="{picture}" width="{width}" '
        f'height="{height}" alt="The line as the networks read it">{lines}<div class="below">{words}</div></div>'
    )
