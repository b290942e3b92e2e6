"""One network, evaluated on pictures that it was not trained on."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.course.live import NetworkExamined
from core.figures.interactive.classification import RocLine, confusion_figure, reliability_figure, roc_figure
from core.figures.percent import below_one, exact_percent, percent
from core.inspection.images.evaluation import CannotEvaluate, Evaluation
from core.inspection.images.shared_evaluation import evaluate
from core.inspection.metrics.threshold import curve_of
from core.inspection.proportions import Share
from core.models.shipped import BrokenWeights
from core.runs.store.rights import Person
from core.training.task import Score
from core.ui.plain_text import plain
from core.ui.sections.runs.between_checkpoints import show_changes
from core.ui.sections.runs.downloads import show_exports
from core.ui.sections.runs.evolution import show_evolution
from core.ui.sections.runs.examined_network import ExaminedNetwork, NetworkUnavailable, choose_network, find_run
from core.ui.sections.runs.landscape import show_landscape
from core.ui.sections.runs.pictures import show_opened, show_pictures
from core.ui.sections.runs.state import Cell, RunsState
from core.ui.state.lesson import report
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.downloads import offer_csv
from core.ui.widgets.figure import clicked_cell, show_figure
from core.ui.widgets.matrix_cell import choose_matrix_cell
from core.ui.widgets.page_links import link_to
from core.ui.widgets.score_words import beside_accuracy
from core.ui.widgets.side_by_side import side_by_side
from core.ui.widgets.tables import number_column, percent_column, show_table, text_column
from core.wording import counted

_STYLE = """<style>
.exam { display: flex; flex-wrap: wrap; gap: .5rem 1.6rem; font-variant-numeric: tabular-nums; }
.exam div { min-width: 6rem; max-width: 13.5rem; } .exam b { display: block; font-size: 1.7rem; line-height: 1.2; }
.exam small { display: block; opacity: .85; line-height: 1.25; }
</style>"""


def show_evaluation(state: RunsState, me: Person) -> None:
    """Show a network, its scores, its mistakes and its downloads.

    Raises:
        StoreProblem: the store cannot be read.
    """
    try:
        examined = choose_network(state, me)
        place = st.empty()
        examination = examine_here(examined, place)
    except (NetworkUnavailable, CannotEvaluate) as problem:
        st.info(plain(str(problem)), icon=":material/info:")
        state.cell = None
        run = find_run(state.run or "")
        if run is not None and run.step:
            show_exports(run)
        return
    st.caption(f"{plain(examined.choice.title)}: {plain(examined.choice.origin)}.")
    _numbers(examination)
    found = examination.accuracy
    report(lambda: NetworkExamined(examined.choice.title, found.cases, found.count))
    _confusion(state, examined, examination)
    _more(examined, examination, me)


def examine_here(examined: ExaminedNetwork, place: Any) -> Evaluation:
    """Return the examination of a network, with a bar in `place` while it is made."""
    words = f"Reading {counted(len(examined.images), 'picture')} ..."
    found = evaluate(examined.choice, examined.images, lambda share: place.progress(min(1.0, share), words))
    place.empty()
    return found


def _numbers(examination: Evaluation) -> None:
    mistakes = examination.accuracy.cases - examination.accuracy.count
    score = score_of_classes(examination.confusion)
    parts = [
        ("accuracy", exact_percent(examination.accuracy.value, 2), interval(examination.accuracy)),
        ("mistakes", f"{mistakes:,}", f"of {counted(examination.accuracy.cases, 'picture')}: {examination.source}"),
        ("calibration error", exact_percent(examination.calibration.error, 2), "between probability and accuracy"),
    ]
    if len(examination.classes) > 2:
        parts.insert(1, ("top-2", exact_percent(examination.top2.value, 2), "right class among the two likeliest"))
    notes = {"largest class alone": "always answering with it", "mean recall": "every class counts alike"}
    parts[1:1] = [(name, value, notes[name]) for name, value in beside_accuracy(score)]
    cells = "".join(
        f"<div><small>{escape(name)}</small><b>{escape(value)}</b><small>{escape(note)}</small></div>"
        for name, value, note in parts
    )
    with st.container(key="runs-numbers"):
        st.html(f'{_STYLE}<div class="exam">{cells}</div>')


def score_of_classes(confusion: NDArray[np.integer]) -> Score:
    """Return the score with every class counted, from a confusion matrix (true, answered)."""
    classes = zip(confusion.diagonal().tolist(), confusion.sum(1).tolist(), strict=True)
    return Score(float("nan"), int(confusion.trace()), int(confusion.sum()), tuple(classes))


def interval(share: Share) -> str:
    """Return the interval of a share in words."""
    return f"95 % interval: {100 * share.low:.2f} to {exact_percent(share.high, 2)}"


def _confusion(state: RunsState, examined: ExaminedNetwork, examination: Evaluation) -> None:
    classes = examination.classes
    if state.cell is not None and max(state.cell) >= len(classes):
        state.cell = None

    def choose(cell: Cell | None) -> None:
        state.cell = cell

    left, right = side_by_side([11, 10], key="examined", gap="medium")
    with left, st.container(key="runs-confusion"):
        st.header(
            "Confusion matrix",
            help="A row for each true class, a column for each answer. Blue is right; the more often a mistake, "
            "the stronger its orange. Click a cell to see its pictures.",
        )
        show_figure(
            confusion_figure(examination.confusion, classes, state.cell),
            name="confusion",
            alt=f"Confusion matrix: {examination.accuracy.count:,} of {examination.accuracy.cases:,} pictures right",
            height=480 if len(classes) <= 12 else 610,
            on_click=lambda clicked: choose(clicked_cell(clicked, len(classes))),
        )
        choose_matrix_cell(examination.confusion, classes, state.cell, key="runs-cell", on_change=choose)
    with right, st.container(key="runs-cell"):
        if state.cell is None:
            places = examination.mistakes()
            st.header("The surest mistakes", help="Misread pictures, the highest probability first.")
        else:
            true, answer = state.cell
            places = examination.in_cell(true, answer)
            said = "read right" if true == answer else f"read as {plain(classes[answer])}"
            st.header(f"{counted(len(places), 'picture')} of {plain(classes[true])}, {said}")
            back, back_help = ":material/arrow_back:", "Back to the surest mistakes of all classes."
            st.button("All mistakes", icon=back, key="runs-all-mistakes", on_click=choose, args=(None,), help=back_help)
        show_opened("runs-opened")
        if len(places):
            show_pictures(examined, examination, places.tolist(), f"runs-pictures-{examined.choice.name}")
        else:
            st.caption("There are none." if state.cell else "It makes no mistake on these pictures.")


def _more(examined: ExaminedNetwork, examination: Evaluation, me: Person) -> None:
    """Show one of the further sections."""
    sections = {
        "Class by class": lambda: _classes(examined, examination, me),
        "As sure as right?": lambda: _reliability(examination),
        "ROC": lambda: _roc(examination),
        "Between two checkpoints": lambda: show_changes(examined),
        "Layers over time": lambda: show_evolution(examined),
        "Loss landscape": lambda: show_landscape(examined),
    }
    if examined.run is not None:
        run = examined.run
        sections["Download"] = lambda: show_exports(run)
    names = list(sections)
    chosen = choose_option(
        "More",
        names,
        key="runs-more",
        label_visibility="collapsed",
        help="Scores of every class, calibration, what changed during the training, and files to download.",
    )
    try:
        sections[chosen]()
    except BrokenWeights as problem:
        st.info(plain(str(problem)))


def _classes(examined: ExaminedNetwork, examination: Evaluation, me: Person) -> None:
    shown, answered = examination.confusion.sum(1).tolist(), examination.confusion.sum(0).tolist()
    precision, recall, f1 = (one.tolist() for one in (examination.precision, examination.recall, examination.f1))
    columns = {
        "class": text_column("Class", examination.classes),
        "pictures": number_column("Pictures", shown, help="Held-out pictures of this class."),
        "answers": number_column("Answers", answered, help="How often the network gave this answer."),
        "precision": percent_column("Precision", precision, "Share of its answers with this class that are right."),
        "recall": percent_column("Recall", recall, "Share of the pictures of this class that it recognises."),
        "F1": percent_column("F1", f1, "2 * precision * recall / (precision + recall)."),
    }
    show_table(columns, key="runs-classes", alt="Precision, recall and F1 of every class")
    offer_csv("Confusion matrix", examination.confusion, f"{examined.choice.name}-confusion", "runs-confusion-csv")
    if examined.run is None or examined.run.session == me.session:
        asked = {"from": "From a run", "network": examined.choice.name}
        link_to("metrics", "More scores, each with the numbers in its formula", **asked)


def _reliability(examination: Evaluation) -> None:
    calibration = examination.calibration
    left, right = side_by_side([3, 2], key="sure", gap="large")
    with left:
        show_figure(
            reliability_figure(calibration.edges, calibration.counts, calibration.confidence, calibration.accuracy),
            name="reliability",
            height=430,
            alt=f"Right answers by probability; expected calibration error {exact_percent(calibration.error, 2)}",
        )
    with right:
        mean = float(examination.confidence.mean())
        few = int(np.count_nonzero((calibration.counts > 0) & (calibration.counts < 20)))
        st.markdown(
            f"On average it gives its answer **{percent(mean, 2)}** and is right in "
            f"**{exact_percent(examination.accuracy.value, 2)}**: {compare_sureness(mean, examination.accuracy.value)} "
            "If it were right as often as it is sure at every probability, every bar would end on the dashed line."
        )
        st.markdown(
            f"The expected calibration error is **{exact_percent(calibration.error, 2)}**: the distance between a "
            "bar's dot and the line, averaged over all answers (Guo and others, 2017)."
        )
        if few:
            st.caption(few_answers(few))


def compare_sureness(sure: float, right: float) -> str:
    """Return in words how a mean probability and a share of right answers compare."""
    points = f"{100 * abs(sure - right):.2f}"
    if float(points) == 0:
        return "on average as sure as it is right."
    return f"{'surer' if sure > right else 'less sure'} than it is right, by {points} points."


def few_answers(bars: int) -> str:
    """Return what is said of so many bars that rest on few answers."""
    one, several = "rests on fewer than 20 answers: it", "rest on fewer than 20 answers each: they"
    return counted(bars, f"of the bars {one} may be off by chance.", f"of the bars {several} may be off by chance.")


def _roc(examination: Evaluation) -> None:
    """Show the ROC curve of every class, for those that have cases and others."""
    lines = []
    for number, title in enumerate(examination.classes):
        mine = examination.labels == number
        if mine.any() and not mine.all():
            curve = curve_of(examination.probabilities[:, number], mine)
            lines.append(RocLine(title, curve.false_alarms, curve.recall, curve.thresholds, curve.area))
    if not lines:
        st.caption("A ROC curve needs pictures of at least two classes.")
        return
    worst = min(lines, key=lambda line: line.area)
    left, right = side_by_side([3, 2], key="roc", gap="large")
    with left:
        show_figure(
            roc_figure(lines),
            name="roc",
            height=470,
            alt=f"ROC curves of {counted(len(lines), 'class', 'classes')}; the smallest area is that of {worst.title}, "
            f"{below_one(worst.area, 4)}",
        )
    with right:
        st.markdown(
            "Each class against all others. Say “it is one” from a lower and lower probability on: more of its cases "
            "are found (up), and more of the others are taken for it (right). The area is how often a picture of the "
            "class gets a higher probability of it than a picture of another class (Fawcett, 2006)."
        )
        st.markdown(
            f"{name_hardest(lines)} Good networks bend into the upper left corner: drag a frame around it to zoom in, "
            "and double-click to see all of it again."
        )


def name_hardest(lines: Sequence[RocLine]) -> str:
    """Return which class is hardest to tell from the others; of two classes each is as hard as the other."""
    worst = min(lines, key=lambda line: line.area)
    area = f"**{below_one(worst.area, 4)}**"
    if len(lines) > 1 and max(line.area for line in lines) - worst.area < 1e-6:
        return f"All {len(lines)} classes are equally hard to tell from the others, with an area of {area}."
    return f"The hardest class to tell from the others is **{plain(worst.title)}**, with an area of {area}."
