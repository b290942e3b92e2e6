"""Write on: a network goes on from the text, letter by letter, until it is stopped."""

from html import escape

import numpy as np
import streamlit as st

from core.data.text.shakespeare import ALPHABET, Letters
from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.signed import signed
from core.inspection.letters.writing import (
    CELLS,
    MAX_LETTERS,
    MAX_TEMPERATURE,
    MIN_TEMPERATURE,
    Numbers,
    TextGenerator,
    entropy,
    name_of,
    read,
    softmax_at,
    top_letters,
)
from core.models.cells import TITLES
from core.ui.sections.letters.field import show_letter
from core.ui.sections.letters.state import LettersState
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

BEAT = 0.4
"""Seconds between two pieces."""
PIECE = 16
"""Letters of a piece: 400 letters take ten seconds, and a class of thirty asks for no more than some 1,200 a second."""
OPENING = 160
"""Letters that stand there when the page opens."""
_TEMPERATURE, _SEED = "letters-temperature", "letters-seed"
_SHOWN = 8  # letters whose probability is shown at both temperatures
_STYLE = """<style>
.written { margin: 0; font-family: monospace; font-size: 1.1rem; line-height: 1.5; white-space: pre-wrap;
  overflow-wrap: anywhere; min-height: 13.5rem; max-height: 26rem; overflow-y: auto; color: inherit; background: none;
  border-left: 4px solid; padding: 0 0 0 .8rem; }
.written .given { opacity: .65; }
.written .cursor { background: currentColor; opacity: .6; }
.heated { display: grid; grid-template-columns: max-content 1fr 1fr; gap: .15rem .7rem; align-items: center;
  font-variant-numeric: tabular-nums; max-width: 46rem; font-size: .95rem; }
.heated .name { font-weight: 700; text-align: right; }
.heated .lane { display: flex; align-items: center; gap: .4rem; white-space: nowrap; }
.heated .lane i { display: block; height: 1rem; border-radius: 2px; min-width: 1px; }
.heated .usual i { opacity: .45; }
.heated small { opacity: .85; }
.softened { margin: .5rem 0 0; line-height: 1.7; }
</style>"""


def show_writing(state: LettersState, letters: Letters) -> None:
    """Show the controls, the effect of the temperature, and what is written, in the container `written`."""
    st.fragment(_writing)(state, letters.text)


def _writing(state: LettersState, text: str) -> None:
    left, middle, right = st.columns([4, 2, 4], vertical_alignment="bottom")
    with left:
        temperature = st.slider(
            "Temperature",
            MIN_TEMPERATURE,
            MAX_TEMPERATURE,
            0.7,
            0.1,
            key=_TEMPERATURE,
            bind="query-params",
            help="All logits are divided by it before the softmax. Below 1 the likeliest letters gain, above 1 the "
            "unlikely ones.",
        )
    with middle:
        seed = st.number_input(
            "Seed",
            0,
            9999,
            1,
            key=_SEED,
            bind="query-params",
            help="For drawing the letters: the same text, network, temperature and seed give the same ones.",
        )
    begun = (state.cell, text, float(temperature), int(seed))
    if state.writer is None:
        state.writer = TextGenerator(*begun)
        state.writer.generate(OPENING)
        state.writer.stopped = True
    if state.writing and (state.writer.cell, state.writer.text) != begun[:2]:
        state.writing = False
    with right, st.container(horizontal=True, gap="small"):
        st.button(
            "Write on",
            icon=":material/edit:",
            type="primary",
            key="letters-write",
            on_click=_begin,
            args=(state, begun),
            disabled=state.writing,
            help=f"The {TITLES[state.cell]} goes on from your text for up to {MAX_LETTERS} letters.",
        )
        st.button(
            "Stop",
            icon=":material/stop:",
            key="letters-stop",
            on_click=_stop,
            args=(state,),
            disabled=not state.writing,
            help="Keep what is written so far.",
        )
        st.download_button(
            "Download",
            state.writer.text + state.writer.written,
            "written.txt",
            "text/plain",
            icon=":material/download:",
            key="letters-download",
            on_click="ignore",
            disabled=state.writing,
            help="Your text and its continuation, as a text file.",
        )
    if state.beating and not state.writing:
        state.beating = False
        st.rerun()  # of the whole page: the fragment around it does not end what reruns by itself
    state.beating = state.writing
    page, beside = side_by_side([3, 2], key="written", gap="medium")
    with page, st.container(key="written"):
        st.fragment(_go_on, run_every=BEAT if state.writing else None)(state)
    with beside:
        st.html(f"{_STYLE}{_heated(state, text, float(temperature))}")


def _begin(state: LettersState, begun: tuple[str, str, float, int]) -> None:
    cell, text, temperature, seed = begun
    state.writer = TextGenerator(next(one for one in CELLS if one == cell), text, temperature, seed)
    state.writing = True


def _stop(state: LettersState) -> None:
    state.writing = False
    if state.writer is not None:
        state.writer.stopped = True


def _go_on(state: LettersState) -> None:
    """Show what is written, a piece longer each time while the network writes."""
    writer = state.writer
    if writer is None:
        return
    if state.writing:
        writer.generate(PIECE)
    cursor = '<span class="cursor"> </span>' if state.writing and not writer.done else ""
    colour = colour_of(name_of(writer.cell))
    st.html(
        f'{_STYLE}<pre class="written" style="border-color:{colour}" tabindex="0"><span class="given">'
        f"{escape(writer.text)}</span>{escape(writer.written)}{cursor}</pre>"
    )
    st.caption(
        f"Written by the {TITLES[writer.cell]} at temperature {writer.temperature:g} with seed {writer.seed}: "
        f"{counted(len(writer.written), 'letter')}."
    )
    if state.writing and writer.done:
        state.writing = state.beating = False
        st.rerun()  # once, so that the buttons follow and nothing comes any more by itself


def _heated(state: LettersState, text: str, temperature: float) -> str:
    """Return bars for the next letter at temperature 1 and at the chosen one."""
    logits = read(state.cell, text).logits[-1]
    usual, heated = softmax_at(logits, 1.0), softmax_at(logits, temperature)
    colour = colour_of(name_of(state.cell))
    head = (
        f"<span></span><small>temperature 1: {entropy(usual):.2f} bits</small>"
        f"<small><b>temperature {temperature:g}: {entropy(heated):.2f} bits</b></small>"
    )
    rows = [
        f'<span class="name">{escape(show_letter(letter))}</span>'
        f"{_lane(usual, letter, colour, 'usual')}{_lane(heated, letter, colour, '')}"
        for letter in top_letters(usual, _SHOWN)
    ]
    return f'<div class="heated">{head}{"".join(rows)}</div>{_worked(logits, temperature)}'


def _worked(logits: Numbers, temperature: float) -> str:
    """Return the softmax at the chosen temperature with the numbers of the likeliest letter."""
    best = int(logits.argmax())
    written = logits.astype(np.float64).round(5)  # a low temperature makes much of what rounding takes away
    z, letter = float(written[best]), escape(show_letter(ALPHABET[best]))
    parts = np.exp(written / temperature)
    return (
        f'<p class="softened">p(<code>{letter}</code>) = e<sup>z / T</sup> / \N{GREEK CAPITAL LETTER SIGMA} = '
        f"e<sup>{signed(z, 5)} / {temperature:g}</sup> / (the sum of all 65 such powers) = {_power(parts[best])} / "
        f"{_power(parts.sum())} = <b>{percent(parts[best] / parts.sum(), 2)}</b>, where z is the letter's "
        "logit and T the temperature. The bits are the surprise to be expected: the sum of \N{MINUS SIGN}p "
        "log<sub>2</sub> p.</p>"
    )


def _power(number: float) -> str:
    """Return a large number as so many times a power of ten, as HTML."""
    if 0.01 <= number < 10_000:
        return f"{number:.5g}"
    mantissa, exponent = f"{number:.4e}".split("e")
    return f"{mantissa} \N{MULTIPLICATION SIGN} 10<sup>{int(exponent)}</sup>".replace("-", "\N{MINUS SIGN}")


def _lane(chances: Numbers, letter: str, colour: str, mark: str) -> str:
    chance = float(chances[ALPHABET.index(letter)])
    return (
        f'<span class="lane {mark}"><i style="width:{60 * chance:.1f}%;background:{colour}"></i>'
        f"{percent(chance, 2, small=3)}</span>"
    )
