"""Experiments with a drawing: what the CNN and the network that follows the pen say, before and after."""

from dataclasses import dataclass

import streamlit as st

from core.course.live import MovementTried
from core.data.pen.path import UnreadablePath, read_path
from core.figures.interactive.space import WayInSpace, ways_figure
from core.figures.paths import WAYS
from core.figures.percent import percent
from core.inspection.pen.experiments import EXPERIMENTS, Outcome, Saying, try_movement, try_shift
from core.inspection.pen.reading import PenReading
from core.inspection.pen.state_space import ways_in_space
from core.ui.components.movement.movement import Experiment
from core.ui.sections.draw_digit.readers import FollowingNetwork
from core.ui.state.drawing import SIDE, Sheet
from core.ui.state.lesson import report
from core.ui.widgets.figure import show_figure

SHIFT = (3, 2)
"""Pixels of the 28x28 picture to the right and down."""

BUTTONS = (
    Experiment("reverse", "Draw it backwards", "Every stroke from its end to its beginning. The picture is the same."),
    Experiment("reorder", "Strokes in another order", "The last stroke first. The picture is the same."),
    Experiment("mirror", "Play the film backwards", "The last point first. The picture is the same."),
    Experiment("slow", "Twice as slow", "The same path in twice the time. The picture is the same."),
    Experiment("shift", "Shift the picture", "3 pixels of 28 to the right and 2 down. The movement is the same."),
)

_DONE = {
    "reverse": "Every stroke drawn backwards",
    "reorder": "The last stroke drawn first",
    "mirror": "The whole drawing backwards in time",
    "slow": "Drawn twice as slowly",
    "shift": "The picture shifted by 3 pixels to the right and 2 down",
}
_RESULT = "movement-result"


@dataclass(frozen=True)
class Result:
    """What an experiment with a drawing gave, in words and for a lesson, and the number of that drawing."""

    drawing: int
    sentence: str
    tried: MovementTried | None = None
    failed: bool = False
    readings: tuple[PenReading, PenReading] | None = None


def run_experiment(sheet: Sheet, reader: FollowingNetwork, name: object, sent: object) -> None:
    """Try an experiment with the path that the browser sent, and keep what came of it for the page.

    Args:
        sheet: that was drawn on.
        reader: the network that follows the pen.
        name: of the experiment; whatever arrived.
        sent: the path; whatever arrived.
    """
    if sheet.drawing is None or not isinstance(name, str) or name not in _DONE:
        return
    try:
        path = read_path(sent, SIDE)
        network, classes = reader.network, reader.classes
        if name == "shift":
            outcome = try_shift(network, path, *SHIFT, classes)
        else:
            outcome = try_movement(network, path, EXPERIMENTS[name], classes)
        single = name == "reorder" and len(path.strokes) == 1
        sentence = "It has one stroke, so there is no other order." if single else tell(name, outcome, reader.title)
        tried = None if single else _tried(name, outcome)
        result = Result(sheet.drawing.number, sentence, tried, readings=None if single else outcome.readings)
    except UnreadablePath as problem:
        result = Result(sheet.drawing.number, str(problem), failed=True)
    st.session_state[_RESULT] = result


def show_result(sheet: Sheet) -> None:
    """Show what the newest experiment gave, as long as that drawing is on the sheet."""
    with st.container(key=_RESULT):
        result = st.session_state.get(_RESULT)
        if not isinstance(result, Result) or sheet.drawing is None or result.drawing != sheet.drawing.number:
            return
        if result.failed:
            st.warning(result.sentence, icon=":material/gesture:")
        else:
            st.info(result.sentence, icon=":material/science:")
            if (tried := result.tried) is not None:
                report(lambda: tried)
            if result.readings is not None:
                _offer_space(result.readings)


def _offer_space(readings: tuple[PenReading, PenReading]) -> None:
    """Show, if it is asked for, the ways of both movements through the network's hidden states."""
    if not st.toggle("Their ways through the hidden states", key="movement-space", help="A figure in space, to turn."):
        return
    ways, kept = ways_in_space(readings)
    titles = ("as you drew it", "after the experiment")
    paths = [
        WayInSpace(title, way, [_at(reading, step, title) for step in range(len(reading))])
        for title, way, reading in zip(titles, ways, readings, strict=True)
    ]
    first, second, third = (f"component {number}, {percent(float(one), 0)}" for number, one in enumerate(kept, 1))
    show_figure(
        ways_figure(paths, (first, second, third), WAYS, name="pen-way"),
        name="pen-way",
        alt="The ways of both movements through the hidden states in space: "
        + ", ".join(f"{title} it ends at {reading.answer}" for title, reading in zip(titles, readings, strict=True)),
        height=560,
    )
    st.caption(
        "A dot is the state after a step of the pen. PCA, fitted to these states alone; the three axes keep "
        f"{percent(float(kept.sum()), 0)} of their variance. The diamond is the first step, the large dot the end."
    )


def _at(reading: PenReading, step: int, title: str) -> str:
    """Return what the network would say if the pen stopped after a step."""
    likeliest = int(reading.probabilities[step].argmax())
    said = percent(float(reading.probabilities[step, likeliest]))
    return f"{title}, step {step + 1} of {len(reading)}: {reading.classes[likeliest]} ({said})"


def _tried(name: str, outcome: Outcome) -> MovementTried:
    (cnn, cnn_after), (follower, follower_after) = outcome.cnn, outcome.recurrent
    return MovementTried(
        name,
        (cnn.answer, cnn_after.answer),
        (follower.answer, follower_after.answer),
        outcome.cnn_unmoved,
        outcome.recurrent_unmoved,
    )


def tell(name: str, outcome: Outcome, title: str) -> str:
    """Return in words what an experiment did to both networks, with the numbers of both."""
    cnn = _change("The CNN", outcome.cnn, outcome.cnn_unmoved, "picture")
    felt = "path" if name == "slow" else "movement"  # it reads no times
    other = _change(f"The {title}", outcome.recurrent, outcome.recurrent_unmoved, felt)
    return f"{_DONE[name]}. {cnn} {other}"


def _change(who: str, sayings: tuple[Saying, Saying], unmoved: bool, thing: str) -> str:
    before, after = sayings
    if unmoved:
        return f"{who} says {_say(before)}, the same to the last bit: its {thing} is the same."
    return f"{who} said {_say(before)} and now says {_say(after)}."


def _say(saying: Saying) -> str:
    return f"{saying.answer} ({percent(saying.probability)})"
