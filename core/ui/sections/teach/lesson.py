"""Teaching: the last layer learns beside a network from scratch; how many examples each of them needs."""

import contextlib
from statistics import fmean

import numpy as np
import streamlit as st

from core.classroom.symbols import SymbolSet, symbol_sets, taught_symbols
from core.data.images.symbols import Symbols, folds
from core.figures.comparison import Panel
from core.figures.palette import Dash
from core.figures.percent import exact_percent
from core.figures.training import QUIET, Axis, Trace, VerticalAxis
from core.inspection.images.transfer import load_transfer
from core.inspection.measurements import NotMeasured
from core.models.shipped import count_parameters
from core.runs.store.database import StoreProblem
from core.training.shared_lessons import Lesson, TooManyLessons, lesson_of
from core.training.transfer import MOST, WAYS, Point, Way
from core.ui.plain_text import plain
from core.ui.sections.teach.attempt import attempt, changed, say
from core.ui.sections.teach.owner import Desk, look
from core.ui.state.controls import set_control
from core.ui.widgets.growing_curves import WAITS, show_growing
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

SECTION, LEARNT = "teach-look", "What it learnt"
"""The choice of a section, and the one that is opened by teaching."""
BEAT = 0.5
"""Seconds between two looks while something is computed."""
_HEIGHT = 360  # of each of the two figures, pixels
TITLES: dict[Way, str] = {"transfer": "convolutions kept", "scratch": "from scratch"}
COLOURS: dict[Way, str] = {"transfer": "#0072B2", "scratch": "#D55E00"}
DASHES: dict[Way, Dash] = {"transfer": "solid", "scratch": "dashed"}


def current_lesson(now: SymbolSet) -> Lesson | None:
    """Return the lesson of what was taught last, or None where nothing was; the page says why there is none."""
    try:
        symbols = taught_symbols(now)
        return lesson_of(symbols) if symbols else None
    except (StoreProblem, TooManyLessons) as problem:
        say(str(problem))
        return None


def show_lesson(lesson: Lesson | None) -> None:
    """Show what came of teaching."""
    st.header(
        LEARNT,
        help="The CNN of this playground learnt digits. Its convolutions find strokes, corners and curves, which other "
        "symbols have too. They stay as they are, and one layer after them learns your symbols: transfer learning.",
    )
    if lesson is None:
        st.caption("Nothing yet.")
    else:
        st.fragment(_live, run_every=None if lesson.done else BEAT)(lesson, len(lesson.taught), lesson.done)
    _show_measured()


def show_button(desk: Desk) -> None:
    """Show the button that teaches, and why it cannot be pressed, or should be."""
    if changed():
        st.rerun()
    now = look(desk)
    if now is None:
        return
    new = now.teachable and now.numbers != now.taught
    st.button(
        "Teach it",
        icon=":material/school:",
        type="primary" if new else "secondary",
        key="teach-it",
        disabled=not new,
        on_click=_teach,
        args=(desk,),
        help="Two networks learn the drawings, here and now.",
    )
    missing = [plain(name) for name in now.names if not now.of(name)]
    if not now.teachable:
        st.caption("Draw at least two of the symbols first.")
    elif new and now.taught:
        st.caption("The drawings have changed: teach it again.")
    elif missing:
        st.caption(f"Not drawn yet, so left out: {', '.join(missing)}.")


def _teach(desk: Desk) -> None:
    set_control(SECTION, LEARNT)
    attempt(lambda: symbol_sets().teach(desk.me, desk.owner))


def _live(lesson: Lesson, known: int, done: bool) -> None:
    if lesson.failed:
        st.warning("The network could not be taught. Press the button again.", icon=":material/error:")
        return
    if lesson.taught:
        st.markdown(_said(lesson))
    else:
        st.caption("It waits for its turn ...")
    left, right = side_by_side(2, key="lesson")
    with left, st.container(key="teach-loss"):
        st.markdown("**Loss, update by update**")
        _show_losses(lesson)
    with right, st.container(key="teach-examples"):
        st.markdown("**Read right, by examples of each symbol**")
        _show_points(lesson)
    if (known == 0 and lesson.taught) or lesson.done != done:
        st.rerun()  # the canvas answers with it; and once, so that nobody asks for news any more


def _said(lesson: Lesson) -> str:
    least, most = (min(count, MOST) for count in (min(lesson.symbols.counts), max(lesson.symbols.counts)))
    each = f"{least}" if least == most else f"{least} to {most}"
    drawings = "drawing" if most == 1 else "drawings"
    lines = [f"Two networks learnt {each} {drawings} of each of {len(lesson.symbols.classes)} symbols:\n"]
    for way in WAYS:
        if (taught := lesson.taught.get(way)) is not None:
            learns = taught.network[-1] if way == "transfer" else taught.network
            what = "the last layer" if way == "transfer" else "all layers"
            numbers, seconds = count_parameters(learns), taught.curve.seconds[-1]
            lines.append(f"- **{TITLES[way]}**: {what}, {numbers:,} numbers, in {seconds:.2f} s")
    return "\n".join(lines)


def _show_losses(lesson: Lesson) -> None:
    traces = [
        Trace(TITLES[way], taught.curve.step, taught.curve.loss, COLOURS[way], DASHES[way])
        for way in WAYS
        if (taught := lesson.taught.get(way)) is not None
    ] or [Trace(WAITS, np.empty(0), np.empty(0), QUIET)]
    last = max((float(trace.x[-1]) for trace in traces if len(trace.x)), default=60)
    ends = ", ".join(f"{trace.title} ends at {trace.y[-1]:.3g}" for trace in traces if len(trace.y))
    show_growing(
        Panel(traces, VerticalAxis("cross-entropy", 0)),
        Axis("update", 0, last, whole=True),
        growing=not lesson.done,
        name="teach-losses",
        height=_HEIGHT,
        alt=f"Loss against updates, two curves. {ends}",
    )


def _show_points(lesson: Lesson) -> None:
    found = {way: [point for point in lesson.points if point.way == way] for way in WAYS}
    places = [point.examples for point in found["scratch"]]
    if len(places) < 2:
        if lesson.done and len(places) == 1:
            st.caption(f"{_in_words(lesson.points)} More drawings of each give a curve.")
        elif lesson.done:
            st.caption(
                "To measure this, every symbol needs two drawings, in a class by two people: some are kept apart."
            )
        else:
            st.caption("Networks learn 1, 2, 5 ... of each, and are asked about the others ...")
        return
    traces = [
        Trace(
            TITLES[way],
            np.array(places, float),
            np.array([100 * point.accuracy for point in found[way][: len(places)]]),
            COLOURS[way],
            DASHES[way],
            points=True,
        )
        for way in WAYS
    ]
    show_growing(
        Panel(traces, VerticalAxis("right, %", 0, 100)),
        Axis("examples of each symbol", 0, places[-1] + 1, whole=True),
        growing=not lesson.done,
        name="teach-examples",
        height=_HEIGHT,
        alt="Right answers on drawings kept apart against examples of each symbol, two curves.",
    )
    st.caption(f"{_in_words(lesson.points)} {kept_apart(lesson.symbols)}")


def kept_apart(symbols: Symbols) -> str:
    """Return in words what the networks are asked about; of few drawings, or by few people, there are fewer folds."""
    apart = "people whom they did not learn from" if len(set(symbols.writers)) > 1 else "drawings not learnt from"
    return f"Networks are asked about {apart}: {len(folds(symbols))} folds take turns."


def _in_words(points: list[Point]) -> str:
    most = [point for point in points if point.way == WAYS[-1]][-1]  # both ways have come so far
    last = {point.way: point for point in points if point.examples == most.examples}
    said = [f"{point.right:,} ({exact_percent(point.accuracy)}) {TITLES[way]}" for way, point in last.items()]
    return f"With {counted(most.examples, 'example')} of each, right of {most.of:,}: {', '.join(said)}."


def _show_measured() -> None:
    with contextlib.suppress(NotMeasured), st.expander("How well does it work with strangers?"):
        record = load_transfer()
        rows = [
            f"| {one.examples} | {exact_percent(fmean(one.transfer))} | {exact_percent(fmean(one.scratch))} |"
            for one in record.scores
        ]
        st.markdown(
            f"Measured once: letters {record.letters[0]} to {record.letters[-1]}, asked about {record.cases} letters "
            f"by {record.writers} people who wrote none of the examples; mean of {len(record.scores[0].transfer)} "
            "draws.\n\n"
            "| examples of each | convolutions kept | from scratch |\n|---|---|---|\n" + "\n".join(rows)
        )
