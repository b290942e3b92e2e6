"""Shift and turn: how far the digit may be moved before a network loses it."""

from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from core.course.live import DigitMoved
from core.figures.cells import cells
from core.figures.comparison import Panel
from core.figures.curves import Series, curves
from core.figures.enlarge import grey
from core.figures.interactive.curves import curves_figure
from core.figures.palette import SEQUENTIAL, colour_of, dash_of
from core.figures.percent import percent
from core.figures.training import Axis, Trace, VerticalAxis
from core.inspection.images.forward import predict
from core.inspection.images.robustness import NETWORKS, accuracy_by_distance, compare_pooling, load_robustness
from core.inspection.images.transforms import ANGLES, MAX_SHIFT, probability_by_angle, probability_by_shift, transform
from core.inspection.measurements import NotMeasured
from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.state.drawing import Drawing
from core.ui.state.lesson import report
from core.ui.widgets.bound_controls import choose_number, choose_option
from core.ui.widgets.downloads import offer_csv
from core.ui.widgets.figure import TOOLS, show_figure
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.heat_map import show_chart_with_palette
from core.ui.widgets.networks import choices
from core.ui.widgets.side_by_side import side_by_side

_NONE = "none"


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the moved digit, what three networks say, their maps and curves, and the average over many digits."""
    pixels = drawing.prepared.pixels
    chosen = [choice for choice in choices() if choice.name in NETWORKS]
    known = drawing.label is not None
    digit = drawing.label if drawing.label is not None else predict(chosen[0].network, pixels)[0]
    chosen += _one_more(digit)
    left, right = st.columns([2, 3], gap="large")
    with left:
        across = _slider("Shift right, pixels", MAX_SHIFT, "inside-right", "Negative moves it to the left.")
        down = _slider("Shift down, pixels", MAX_SHIFT, "inside-down", "Negative moves it up.")
        degrees = _slider("Turn clockwise, degrees", 45, "inside-turn", "Negative turns it counter-clockwise.")
    moved = transform(pixels, across, down, degrees)
    report(lambda: DigitMoved(across, down, degrees, {one.title: _reads(one, moved, digit) for one in chosen}))
    with right, st.container(horizontal=True, gap="medium"):
        gallery(
            [Picture(grey(moved, 6), "Moved", f"{across} right, {down} down, {degrees} degrees", 168)],
            "inside-moved",
        )
        with st.container(width="stretch"):
            st.markdown("  \n".join(_verdict(choice, moved, digit) for choice in chosen))
            kept = moved.sum() / max(float(pixels.sum()), 1e-9)
            if pixels.any() and kept < 0.97:
                st.caption(
                    f"Only {percent(kept, 0)} of the ink is still in the picture. "
                    "No network can read what is not there."
                )
    subject = f"the true class {digit}" if known else f"{digit}, the CNN's answer to the digit as it was"
    st.header(f"Probability of {subject}")
    _maps(chosen, pixels, digit, across, down)
    _curves(chosen, pixels, digit, down, across, degrees)


def _one_more(digit: int) -> list[Choice]:
    """Show the other networks that know the digit; return the chosen one, or nothing."""
    others = {plain(one.title): one for one in choices() if one.name not in NETWORKS and str(digit) in one.classes}
    asked = choose_option(
        "One more network",
        [_NONE, *others],
        key="inside-moved-network",
        help="Compare another network with the three that differ in one thing only: pooling, or no convolution at all. "
        f"Those with a class {digit} are offered.",
    )
    return [others[asked]] if asked in others else []


def _slider(label: str, reach: int, key: str, help_text: str) -> int:
    return choose_number(label, -reach, reach, 0, 1, key=key, help=help_text)


def _reads(choice: Choice, moved: np.ndarray, digit: int) -> bool:
    return choice.classes[predict(choice.network, moved)[0]] == str(digit)


def _verdict(choice: Choice, moved: np.ndarray, digit: int) -> str:
    says, share = predict(choice.network, moved)
    mark = ":material/check:" if choice.classes[says] == str(digit) else ":material/close:"
    return f"{mark} {plain(choice.title)} says **{plain(choice.classes[says])}**, {percent(share)}"


@st.cache_data(max_entries=64, show_spinner=False)
def _shift_map(name: str, pixels: np.ndarray, digit: int) -> np.ndarray:
    """Return the shift map of a network by name; kept, because a slider move asks for the same one again."""
    choice = next(choice for choice in choices() if choice.name == name)
    return probability_by_shift(choice.network, pixels, choice.classes.index(str(digit)))


def _maps(chosen: Sequence[Choice], pixels: np.ndarray, digit: int, across: int, down: int) -> None:
    for column, choice in zip(side_by_side(len(chosen), key="shift-maps"), chosen, strict=True):
        with column:
            values = _shift_map(choice.name, pixels, digit)
            st.markdown(f"**{plain(choice.title)}**  \nmean {percent(float(values.mean()))}")
            show_chart_with_palette(
                cells(
                    values * 100,
                    low=0,
                    high=100,
                    colours=list(SEQUENTIAL),
                    names=("right, pixels", "down, pixels"),
                    value_name="right, down, %",
                    first=(-MAX_SHIFT, -MAX_SHIFT),
                    frame="#FF2D95",
                    chosen=(down + MAX_SHIFT, across + MAX_SHIFT),
                ),
                "shares",
                height=360 if len(chosen) < 4 else 300,
                key=f"inside-shift-{choice.name}",
                alt=f"Probability of {digit} at every shift, {choice.title}, mean {values.mean() * 100:.0f} percent",
            )
            offer_csv("The map", values, f"shift-{choice.name}-{digit}", f"inside-shift-{choice.name}-csv")
    st.caption("The framed cell is the shift you chose; the turn is left out of these maps.")


def _curves(chosen: Sequence[Choice], pixels: np.ndarray, digit: int, down: int, across: int, degrees: int) -> None:
    shifts = [_line(choice, _shift_map(choice.name, pixels, digit)[down + MAX_SHIFT] * 100) for choice in chosen]
    turns = [
        _line(choice, probability_by_angle(choice.network, pixels, choice.classes.index(str(digit))) * 100)
        for choice in chosen
    ]
    left, right = side_by_side(2, key="shift-curves")
    with left:
        st.markdown(f"**Shifted right** (and {down} down)")
        _chart(range(-MAX_SHIFT, MAX_SHIFT + 1), shifts, "right, pixels", "inside-shift-curve", across, 2)
    with right:
        st.markdown("**Turned** (not shifted)")
        _chart(ANGLES, turns, "clockwise, degrees", "inside-turn-curve", degrees, 15)


def _line(choice: Choice, values: np.ndarray) -> Series:
    return Series(choice.title, values.tolist(), colour_of(choice.name), dash_of(choice.name))


def _chart(axis: Sequence[float], lines: Sequence[Series], name: str, key: str, mark: float, interval: float) -> None:
    option = curves(axis, lines, axis_name=name, value_name="probability, %", mark=mark, interval=interval)
    summary = _on_average((line.title, line.values) for line in lines)
    st.echarts_chart(option, height=300, key=key, alt=f"Probability over {name}: {summary}")


def _on_average(curves: Iterable[tuple[str, Sequence[float]]]) -> str:
    return ", ".join(f"{title} {np.mean(values):.0f} percent on average" for title, values in curves)


def show_average(_drawing: Drawing) -> None:
    """Show the measurement over many digits and what it says about pooling."""
    st.markdown("Does pooling make a network robust? Here is the average over many digits, not only the one above.")
    try:
        record = load_robustness()
    except NotMeasured as problem:
        st.info(str(problem))
        return
    titles = {choice.name: choice.title for choice in choices()}
    trained = choose_option(
        "Trained on",
        ("digits as they are", "distorted digits"),
        key="inside-trained-on",
        help="The shipped networks learnt from digits distorted and shifted by up to 2 pixels: that alone teaches "
        "robustness. To see what pooling does, compare networks that never saw a shifted digit.",
    )
    distorted = trained == "distorted digits"
    rings = [
        Trace(
            titles[name],
            np.arange(MAX_SHIFT + 1.0),
            accuracy_by_distance(record, name, distorted) * 100,
            colour_of(name),
            dash_of(name),
            points=True,
        )
        for name in NETWORKS
    ]
    left, right = st.columns([3, 2], gap="large")
    with left:
        heights = (260 + 26 * len(rings),)
        show_figure(
            curves_figure(
                [Panel(rings, VerticalAxis("right answers, %", 0, 100))],
                Axis("shift in any direction, pixels", 0, MAX_SHIFT),
                name=f"shifts-{trained}",
                heights=heights,
            ),
            name="shifts",
            height=sum(heights) + TOOLS,
            alt=f"Right answers over shift: {_on_average((ring.title, ring.y.tolist()) for ring in rings)}",
        )
    with right:
        st.markdown(compare_pooling(record, distorted))
        runs = [one for one in record.networks if one.distorted == distorted and one.name == NETWORKS[0]]
        several = f"mean of {len(runs)} trainings each" if len(runs) > 1 else "the shipped networks, one training each"
        st.caption(
            f"Measured on {record.data}; {several}. A shift of 3 pixels means all positions 3 to the right, left, up "
            "or down, corners included. From about 5 pixels on, ink leaves the picture. "
            "The networks trained on distorted digits also trained for longer."
        )
