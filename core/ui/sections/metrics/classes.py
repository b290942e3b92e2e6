"""Classes: every score of two columns of labels, with its formula and the numbers in it."""

from dataclasses import dataclass
from html import escape

import numpy as np
import streamlit as st

from core.data.columns import UnreadableColumns, read_labels
from core.data.csv_files import Cell
from core.figures.interactive.classification import confusion_figure
from core.figures.tables import table
from core.inspection.images.evaluation import Evaluation
from core.inspection.metrics.classes import Counts, bootstrap, count_answers, rates, scores
from core.inspection.networks import SHIPPED
from core.ui.plain_text import plain
from core.ui.sections.metrics.columns import TwoColumns, column, show_columns
from core.ui.sections.metrics.tested_network import NoTest, choose_tested_network
from core.ui.state.address import choice, text
from core.ui.state.page_state import PageState
from core.ui.widgets.csv_download import offer_csv_file
from core.ui.widgets.figure import show_figure
from core.ui.widgets.formulas import Measure, fraction, show_measures, summed, tex, written
from core.ui.widgets.page_links import link_to
from core.ui.widgets.sections import controlled
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

SAMPLES = {
    "Four answers": ("0\n1\n1\n0", "0\n1\n0\n0"),
    "Three animals": (
        "cat\ncat\ncat\ncat\ndog\ndog\ndog\nbird\nbird\ndog",
        "cat\ncat\ncat\ndog\ndog\ndog\ncat\nbird\ndog\ndog",
    ),
    "Always no": ("no\n" * 19 + "yes", "no\n" * 19 + "no"),
    "A class is never answered": ("a\na\nb\nb\nc", "a\nb\nb\nb\nb"),
}
TYPED, TESTED = "Typed or pasted", "From a run"


@dataclass
class ClassesState(TwoColumns):
    """What the section remembers.

    Attributes:
        source: `TYPED` or `TESTED`.
        network: the shipped network, or the run, whose answers are counted.
        positive: the class that is looked at alone; empty for the last one.
    """

    truth: str = SAMPLES["Four answers"][0]
    prediction: str = SAMPLES["Four answers"][1]
    source: str = TYPED
    network: str = SHIPPED[0]
    positive: str = ""


STATE = PageState(
    "metrics-classes",
    ClassesState,
    {
        "truth": column("truth"),
        "prediction": column("prediction"),
        "source": choice("from", (TYPED, TESTED)),
        "network": text("network", 64),
        "positive": text("positive", 60),
    },
    follow=True,
    shown=lambda state: [
        "source",
        "positive",
        *(["network"] if state.source == TESTED else ["truth", "prediction"] if state.fits_address else []),
    ],
)


def show() -> None:
    """Show the section."""
    state = STATE.open()
    st.markdown(
        "What is true, and what a network says. **Change a label**: every score shows its formula with your numbers."
    )
    controlled(
        st.segmented_control,
        "Labels",
        (TYPED, TESTED),
        value=state.source,
        on_change=lambda chosen: setattr(state, "source", chosen or state.source),
        key="metrics-source",
        required=True,
        label_visibility="collapsed",
        help="Labels of your own, or the answers of a network to its test pictures.",
    )
    evaluation: Evaluation | None = None
    try:
        if state.source == TESTED:
            evaluation = choose_tested_network(state.network, lambda name: setattr(state, "network", name))
            counts = Counts(evaluation.classes, evaluation.confusion)
        else:
            show_columns(state, "metrics-classes", SAMPLES)
            counts = count_answers(*read_labels(state.truth, state.prediction))
    except (UnreadableColumns, NoTest) as problem:
        st.info(plain(str(problem)), icon=":material/info:")
        STATE.keep(state)
        return
    positive = _show_scores(state, counts)
    if evaluation is not None:
        _show_probabilities(evaluation)
    _show_classes(counts)
    _show_conventions()
    with st.container(horizontal=True, gap="small"):
        offer_csv_file(
            "Scores", lambda: _rows(counts, positive), "scores", "metrics-csv", help="All scores, and the matrix."
        )
        if evaluation is None:
            offer_csv_file("Both columns", lambda: _columns(state), "labels", "metrics-labels-csv", help="Your labels.")
    STATE.keep(state)


def _choose_positive(state: ClassesState, counts: Counts) -> int:
    """Let a person choose the class that is looked at alone; return its place."""
    chosen = state.positive if state.positive in counts.classes else counts.classes[-1]
    controlled(
        st.selectbox,
        "The class to find",
        counts.classes,
        value=chosen,
        on_change=lambda name: setattr(state, "positive", name),
        key="metrics-positive",
        width=260,
        help="Its answers are the positives: TP are those that are right, FP those that are wrong, FN the cases that "
        "are missed.",
    )
    return counts.classes.index(chosen)


def _show_scores(state: ClassesState, counts: Counts) -> int:
    """Show the matrix and all scores; return the place of the class that is looked at alone."""
    left, right = side_by_side([4, 8], key="classes", gap="medium")
    with left:
        show_figure(
            confusion_figure(counts.confusion, counts.classes, verb="called"),
            name="confusion",
            height=330 if len(counts.classes) < 6 else 400,
            alt=f"Confusion matrix: {counts.right:,} of {counts.cases:,} right",
        )
        few = counts.cases < 30
        st.caption(
            f"A row for each true class, a column for each answer. The intervals are a bootstrap: {counts.cases:,} "
            "rows are drawn again, with replacement, 1,000 times; 95\xa0% of the scores lie between these ends."
            + (" With so few rows they are wide, or too narrow where no row is wrong." if few else "")
        )
    with right:
        positive = _choose_positive(state, counts)
        ends = bootstrap(counts, positive)
        show_measures(measures_of_class(counts, positive, ends))
    show_measures(
        measures_of_all(counts, ends),
        key="all",
        caption="Macro: every class counts alike. Weighted: every class counts with its cases. Micro: every case "
        "counts alike, and where each case gets one answer, that is the accuracy three times over.",
    )
    return positive


def measures_of_class(counts: Counts, positive: int, ends: dict[str, tuple[float, float]]) -> list[Measure]:
    """Return accuracy, and precision, recall and F1 of one class."""
    confusion = counts.confusion
    hits = int(confusion[positive, positive])
    missed, alarms = int(confusion[positive].sum()) - hits, int(confusion[:, positive].sum()) - hits
    found = rates(confusion)
    name = plain(counts.classes[positive])
    total = scores(confusion)

    def measure(what: str, value: float, key: str, letters: str, top: str, bottom: str) -> Measure:
        return Measure(what, value, f"{letters} = {fraction(top, bottom)} = {tex(value)}", ends[key])

    return [
        measure(
            "Accuracy",
            float(total["accuracy"]),
            "accuracy",
            fraction(r"\text{right}", r"\text{all}"),
            str(counts.right),
            str(counts.cases),
        ),
        measure(
            f"Precision of {name}",
            float(found.precision[positive]),
            "precision",
            fraction("TP", "TP + FP"),
            str(hits),
            f"{hits} + {alarms}",
        ),
        measure(
            f"Recall of {name}",
            float(found.recall[positive]),
            "recall",
            fraction("TP", "TP + FN"),
            str(hits),
            f"{hits} + {missed}",
        ),
        measure(
            f"F1 of {name}",
            float(found.f1[positive]),
            "f1",
            fraction(r"2\,TP", "2\\,TP + FP + FN"),
            rf"2 \cdot {hits}",
            rf"2 \cdot {hits} + {alarms} + {missed}",
        ),
    ]


def measures_of_all(counts: Counts, ends: dict[str, tuple[float, float]]) -> list[Measure]:
    """Return the scores over all classes."""
    confusion = counts.confusion
    found, total = rates(confusion), {name: float(value) for name, value in scores(confusion).items()}
    shown, answered = confusion.sum(1), confusion.sum(0)
    recalls = [tex(value) for value in found.recall[shown > 0]]
    chance = float((shown * answered).sum()) / counts.cases**2
    pairs = summed(rf"{true} \cdot {said}" for true, said in zip(shown, answered, strict=True))
    rows = [
        Measure(
            "Balanced accuracy",
            total["balanced"],
            rf"\text{{mean recall}} = {fraction(summed(recalls), str(len(recalls)))} = {tex(total['balanced'])}",
            ends["balanced"],
        ),
        Measure(
            "Cohen's kappa",
            total["kappa"],
            rf"\frac{{p_o - p_e}}{{1 - p_e}} = \frac{{{tex(total['accuracy'])} - {tex(chance)}}}{{1 - {tex(chance)}}},"
            rf"\; p_e = {fraction(pairs, f'{counts.cases}^2')}",
            ends["kappa"],
        ),
    ]
    used = (shown + answered) > 0
    for name, title in (("precision", "Precision"), ("recall", "Recall"), ("f1", "F1")):
        values = getattr(found, name)
        parts = [tex(value) for value in values[used]]
        weighted = [rf"{count} \cdot {tex(value)}" for count, value in zip(shown, values, strict=True) if count]
        rows += [
            Measure(
                f"{title}, macro",
                total[f"{name} macro"],
                fraction(summed(parts), str(len(parts))),
                ends[f"{name} macro"],
            ),
            Measure(
                f"{title}, weighted",
                total[f"{name} weighted"],
                fraction(summed(weighted), str(counts.cases)),
                ends[f"{name} weighted"],
            ),
        ]
    rows.append(
        Measure(
            "Precision, recall and F1, micro",
            total["f1 micro"],
            fraction(r"\sum TP", r"\sum TP + \sum FP")
            + f" = {fraction(str(counts.right), f'{counts.right} + {counts.cases - counts.right}')}",
            ends["f1 micro"],
        )
    )
    return rows


def _show_probabilities(evaluation: Evaluation) -> None:
    """Say what only probabilities tell: top-k and calibration."""
    likeliest = np.argsort(-evaluation.probabilities, 1, kind="stable")[:, :3]
    hits, cases = likeliest == evaluation.labels[:, None], len(evaluation.labels)
    counted_in = [(k, int(hits[:, :k].any(1).sum())) for k in range(1, hits.shape[1] + 1)]
    tops = [f"top-{k}: {count:,} / {cases:,} = **{written(count / cases)}**" for k, count in counted_in]
    st.markdown(
        f"From its probabilities: {'; '.join(tops)} (the right class is among the k likeliest; of equals the first "
        f"class counts first). Expected calibration error: **{written(evaluation.calibration.error)}**, the mean gap "
        "between how sure it is and how often it is right."
    )
    link_to("runs", "See the pictures behind every number")


def _show_classes(counts: Counts) -> None:
    with st.expander("Class by class", icon=":material/list:"):
        found, shown, answered = rates(counts.confusion), counts.confusion.sum(1), counts.confusion.sum(0)
        right = counts.confusion.diagonal()
        rows = [
            [
                escape(name),
                f"{shown[at]:,}",
                f"{answered[at]:,}",
                _quotient(int(right[at]), int(answered[at]), float(found.precision[at])),
                _quotient(int(right[at]), int(shown[at]), float(found.recall[at])),
                _quotient(2 * int(right[at]), int(shown[at] + answered[at]), float(found.f1[at])),
            ]
            for at, name in enumerate(counts.classes)
        ]
        st.html(table(("Class", "cases", "answers", "precision", "recall", "F1"), rows))


def _quotient(top: int, bottom: int, value: float) -> str:
    return f"{top:,} / {bottom:,} = {written(value)}" if bottom else "0 / 0, counted as 0"


def _show_conventions() -> None:
    with st.expander("Where libraries disagree", icon=":material/compare_arrows:"):
        st.markdown(
            "- **0 / 0** (a class that is never answered has no precision): scikit-learn and torchmetrics count 0, "
            "scikit-learn with a warning; `zero_division` changes that in both. This page counts 0.\n"
            "- **A class that is neither true nor answered** counts in no macro mean here. Nor in torchmetrics; nor "
            "in scikit-learn, unless `labels=` names it: then it counts as 0.\n"
            "- **A class that is answered but never true** is left out of balanced accuracy here and in scikit-learn. "
            "torchmetrics' macro accuracy counts it as 0.\n"
            "- **Kappa where chance alone would always agree** (one class only) is 0 / 0: scikit-learn, torchmetrics "
            "and this page give no number.\n"
            "- **Macro F1** is the mean of the classes' F1 here and in both; some papers take the F1 of mean precision "
            "and mean recall, which is never smaller.\n"
            "- **Equal probabilities**: for top-k scikit-learn prefers the last class, this page the first."
        )


def _columns(state: ClassesState) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["truth", "prediction"]]
    return rows + [[true, said] for true, said in zip(*read_labels(state.truth, state.prediction), strict=True)]


def _rows(counts: Counts, positive: int) -> list[list[Cell]]:
    ends = bootstrap(counts, positive)
    measures = [*measures_of_class(counts, positive, ends), *measures_of_all(counts, ends)]
    head: list[list[Cell]] = [["measure", "value", "low", "high"]]
    name = counts.classes[positive]
    body: list[list[Cell]] = [
        [one.name.replace(plain(name), name), one.value, *(one.interval or (None, None))] for one in measures
    ]
    matrix: list[list[Cell]] = [["true class", *counts.classes]]
    matrix += [[known, *map(int, row)] for known, row in zip(counts.classes, counts.confusion, strict=True)]
    return [*head, *body, [], [counted(counts.cases, "case")], *matrix]
