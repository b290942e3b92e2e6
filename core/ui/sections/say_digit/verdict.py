"""The answer: the digit, or why there is none, and ten probabilities of each of the three networks."""

from html import escape

import streamlit as st

from core.data.audio.spectrum import Floats
from core.figures.palette import colour_of
from core.figures.percent import exact_percent, percent
from core.figures.probabilities import STYLE, bars
from core.inspection.audio.reading import DOUBTFUL, SoundAnswer, SoundReading, answer, read_sound
from core.inspection.audio.refusals import Refusals, RefusalScore, load_refusals
from core.ui.sections.say_digit.source import WORDS, Heard

COLOURS = {"cnn": colour_of("digit-cnn"), "gru": colour_of("digit-gru"), "cnn-gru": colour_of("digit-mlp")}
"""Of the three networks."""

_STYLE = """<style>
.said { display: flex; align-items: center; gap: 1.1rem; min-height: 6.5rem; }
.said .answer { font-size: 5.5rem; font-weight: 700; line-height: 1; min-width: 3.6rem; text-align: center; }
.said .sure { font-size: 1.5rem; font-weight: 600; }
.said p { margin: .15rem 0 0 0; }
.three { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem 1.5rem; }
.three.pale .bar { opacity: .3; filter: grayscale(1); } .three.pale .value { color: inherit !important; }
.three.pale { font-style: italic; }
</style>"""


def show_verdict(heard: Heard) -> tuple[SoundReading, ...]:
    """Show the answer and the probabilities; return what the networks say."""
    readings = read_sound(heard.sound.picture)
    said = answer(heard.sound, readings)
    with st.container(key="say-verdict"):
        st.html(_STYLE + _headline(said, readings, heard))
    if heard.sound.speech.warning:
        st.warning(heard.sound.speech.warning, icon=":material/warning:")
    pale = " pale" if said.digit is None else ""
    charts = "".join(chart(one.title, one.probabilities, COLOURS[one.kind]) for one in readings)
    note = "<p>If they had to choose:</p>" if pale else ""
    with st.container(key="say-probabilities"):
        st.html(f'{STYLE}{_STYLE}{note}<div class="beside three{pale}">{charts}</div>')
    st.caption("When is the answer “no digit”?", help=refusals(load_refusals()))
    return readings


def refusals(measured: Refusals) -> str:
    """Return in words when there is no digit, and how often digits and other sounds were refused."""
    digits = ", ".join(_share(score) for score in measured.scores if score.digits)
    others = ", ".join(_share(score) for score in measured.scores if not score.digits)
    return (
        "Where nothing is heard, only noise, several words or no end, and where the mean of the three networks gives "
        f"no digit {percent(DOUBTFUL)} or more. In this way {digits} were rejected by mistake, and {others} rightly. "
        "The networks have met no other words, so many a word that is not a digit is taken for one."
    )


def _share(score: RefusalScore) -> str:
    return f"{exact_percent(score.refused / score.cases)} of {score.cases} {score.sounds}"


def _headline(said: SoundAnswer, readings: tuple[SoundReading, ...], heard: Heard) -> str:
    if said.digit is None:
        big, sure, line = "?", "No digit recognised", said.reason
    else:
        big, sure = str(said.digit), f"{WORDS[said.digit]}, {percent(said.probability)} on average"
        line = agree(readings)
    lines = [line] + ([f"This is a “{WORDS[heard.label]}”."] if heard.label is not None else [])
    words = "".join(f"<p>{escape(one)}</p>" for one in lines)
    return (
        f'<div class="said" role="status"><div class="answer">{big}</div>'
        f'<div><span class="sure">{escape(sure)}</span>{words}</div></div>'
    )


def agree(readings: tuple[SoundReading, ...]) -> str:
    """Return in words whether the networks agree."""
    if len({reading.digit for reading in readings}) == 1:
        return f"All three networks say {readings[0].digit}."
    return "They disagree: " + ", ".join(f"{one.title} says {one.digit}" for one in readings) + "."


def chart(title: str, probabilities: Floats, colour: str) -> str:
    """Return what one network says, and its ten bars, as HTML."""
    says = f"<b>{escape(title)}</b> says <b>{probabilities.argmax()}</b>, {percent(float(probabilities.max()))}"
    return f"<section><p>{says}</p>{bars(probabilities, colour)}</section>"
