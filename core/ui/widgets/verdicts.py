"""The answer to a drawing: the big digit, the three bar charts, and the words around them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.course.live import DigitSeen
from core.figures.palette import colour_of
from core.figures.percent import exact_percent, percent
from core.figures.probabilities import STYLE as BARS_STYLE
from core.figures.probabilities import bars
from core.inspection.images.families import Prediction
from core.inspection.images.recognition import Recognition, detector_card
from core.models.cards import Card
from core.ui.state.drawing import Drawing

_ACCEPTED, _REFUSED = ", accepted as digits", ", refused"  # what the scores on the judge's card count

_STYLE = """<style>
.verdict { display: flex; align-items: center; gap: 1.1rem; min-height: 6.5rem; }
.verdict .answer { font-size: 5.5rem; font-weight: 700; line-height: 1; min-width: 3.6rem; text-align: center; }
.verdict .sure { font-size: 1.5rem; font-weight: 600; }
.verdict p { margin: .15rem 0 0 0; }
</style>"""

_THREE_STYLE = """<style>
.families { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem 1.5rem; }
.families.pale .bar { opacity: .3; filter: grayscale(1); } .families.pale .value { color: inherit !important; }
.families.pale { font-style: italic; }
.families p { margin: 0 0 .5rem 0; }
.families .about { margin: .3rem 0 0 0; font-size: .82rem; line-height: 1.45; opacity: .75; }
</style>"""


def show_verdict(verdict: Recognition, readings: Sequence[Prediction], label: int | None) -> None:
    """Show the big answer, or why there is none, in the container `prediction`."""
    if verdict.digit is None:
        answer, headline = "?", "No digit recognised"
    else:
        answer, headline = str(verdict.digit), percent(verdict.probability)
    lines = [verdict.reason or compare(readings)]
    if label is not None:
        lines.append(judge(readings, label))
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    with st.container(key="prediction"):
        st.html(
            f'{_STYLE}<div class="verdict" role="status"><div class="answer">{answer}</div>'
            f'<div><span class="sure">{escape(headline)}</span>{words}</div></div>'
        )


def explain_refusals() -> None:
    """Say when the answer is "no digit", with what the judge's card measured."""
    st.caption(
        "When is the answer “no digit”?",
        help="A network trained on digits answers with a digit whatever it is shown. So another small network, "
        f"trained to tell digits from other drawings, looks first. {refusals(detector_card())}",
    )


def refusals(about: Card) -> str:
    """Return in words how many digits and how many other drawings a judge refused, none of which it learnt from."""
    of_people = next(score for score in about.also if score.data.endswith(_ACCEPTED))
    others = ", ".join(
        f"{exact_percent(score.accuracy)} of {score.cases:,} {score.data.removesuffix(_REFUSED)}"
        for score in about.also
        if score.data.endswith(_REFUSED)
    )
    return (
        f"It rejects {exact_percent(1 - about.test.accuracy, 2)} of MNIST's {about.test.cases:,} test digits and "
        f"{exact_percent(1 - of_people.accuracy, 2)} of {of_people.cases:,} digits that people wrote with a pen; it "
        f"learnt from none of these people. Of other drawings it rejects {others}."
    )


def seen_digit(drawing: Drawing, verdict: Recognition, readings: Sequence[Prediction]) -> DigitSeen:
    """Return what a lesson may know of a digit and its answers."""
    return DigitSeen(
        {reading.title: reading.predicted for reading in readings if reading.reads_digits},
        drawing.label,
        drawing.picture is not None and not drawing.prepared.blank,
        verdict.digit is not None,
    )


def compare(readings: Sequence[Prediction]) -> str:
    """Return in words whether the readers of digits agree, ``CNN and GRU say 7, MLP says 2`` for example."""
    camps: dict[int, list[str]] = {}
    readings = [reading for reading in readings if reading.reads_digits]
    for reading in readings:
        camps.setdefault(reading.predicted, []).append(reading.title)
    if len(camps) == 1:
        return f"All {len(readings)} networks say {readings[0].predicted}."
    parts = [
        f"{' and '.join(titles)} {'say' if len(titles) > 1 else 'says'} {answer}" for answer, titles in camps.items()
    ]
    return "They disagree: " + ", ".join(parts) + "."


def judge(readings: Sequence[Prediction], label: int) -> str:
    """Return who of the readers of digits is right, where the true digit is known."""
    wrong = [reading.title for reading in readings if reading.reads_digits and reading.predicted != label]
    if not wrong:
        return f"The true label is {label}: all are right."
    return f"The true label is {label}: {' and '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong."


def show_probabilities(readings: Sequence[Prediction], digit: bool = True) -> None:
    """Show ten probabilities from every network on one scale, with what the network is, in `probabilities`.

    Args:
        readings: of the networks.
        digit: whether there is a digit at all; otherwise the bars are pale: what they would say if they had to choose.
    """
    verb = "says" if digit else "would say"
    charts = "".join(
        f'<section><p class="says"><b>{escape(reading.title)}</b> {verb} <b>{escape(reading.predicted_class)}</b>, '
        f"{percent(reading.confidence)}</p>"
        f"{bars(reading.probabilities, colour_of(reading.name), reading.classes)}"
        f'<p class="about">{escape(reading.family)}<br>{reading.parameters:,} parameters<br>'
        f"{reading.milliseconds:.1f} ms for this digit<br>"
        f"{escape(reading.score)}</p></section>"
        for reading in readings
    )
    with st.container(key="probabilities"):
        pale = "" if digit else " pale"
        st.html(f'{BARS_STYLE}{_THREE_STYLE}<div class="beside families{pale}">{charts}</div>')
