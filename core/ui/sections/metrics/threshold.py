"""Threshold: is it a 7? What every threshold does, what its errors cost, and why accuracy misleads."""

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.data.images.datasets import held_out_digits
from core.data.images.image_set import ImageSet
from core.figures.interactive.classification import reliability_figure
from core.figures.percent import below_one, exact_percent
from core.figures.plane import Point, curve_in_plane
from core.inspection.images.calibration import calibrate
from core.inspection.metrics.threshold import ThresholdCurve, ThresholdOutcome, curve_of, outcome_at, thin
from core.inspection.networks import SHIPPED, shipped
from core.ui.plain_text import plain
from core.ui.sections.metrics.tested_network import NoTest, examine
from core.ui.widgets.bound_controls import choose_number, choose_option
from core.ui.widgets.csv_download import offer_csv_file
from core.ui.widgets.figure import show_figure
from core.ui.widgets.formulas import Measure, fraction, show_measures, tex, written
from core.ui.widgets.sections import choose_section
from core.ui.widgets.side_by_side import side_by_side

DIGIT = 7
ALL, RARE = "1 in 10 is a 7", "1 in 100 is a 7"
CLEAN, NOISY = "Clean", "Noisy"
SHARE, NOISE = 0.01, 0.2
"""Of sevens where they are rare; standard deviation of the noise, where white is 1."""
_POINTS = 400
"""Of a curve that are drawn."""


@dataclass(frozen=True)
class Problem:
    """Yes or no, with what a network says.

    Attributes:
        probabilities: (N,) of yes.
        positive: (N,) whether it is.
        curve: what every threshold does.
    """

    probabilities: NDArray[np.float32]
    positive: NDArray[np.bool_]
    curve: ThresholdCurve


def show() -> None:
    """Show the section."""
    st.markdown(
        f"**Is it a {DIGIT}?** A network gives each of MNIST's 10,000 test digits a probability. From what "
        "probability do you say yes? Move the threshold, then make the sevens rare."
    )
    left, middle, right = st.columns([3, 2, 4], gap="medium")
    with left:
        rarity = choose_option(
            "How rare", (ALL, RARE), key="metrics-rare", help="Rare: most of the sevens are left out, evenly."
        )
    with middle:
        noisy = choose_option(
            "Pictures",
            (CLEAN, NOISY),
            key="metrics-noise",
            help="Noise makes the problem hard, and the curves tell more.",
        )
    with right:
        titles = [shipped(name).title for name in SHIPPED]
        title = choose_option("Network", titles, key="metrics-reader", help="Which network reads the digits.")
    threshold = choose_number(
        "Threshold",
        0.0,
        1.0,
        0.5,
        0.01,
        key="metrics-threshold",
        help=f"From this probability on the answer is: a {DIGIT}.",
    )
    try:
        problem = problem_of(SHIPPED[titles.index(title)], rarity == RARE, noisy == NOISY)
    except NoTest as error:
        st.info(plain(str(error)), icon=":material/info:")
        return
    outcome = outcome_at(problem.probabilities, problem.positive, threshold)
    _show_outcome(problem, outcome)
    parts = {
        "ROC and precision-recall": partial(_show_curves, problem, outcome),
        "What errors cost": partial(_show_costs, problem, outcome, threshold),
        "As sure as right?": partial(_show_calibration, problem),
    }
    chosen = choose_section(
        "What to look at",
        list(parts),
        key="metrics-threshold-look",
        help="Every threshold at once, the cheapest one, and whether the probabilities can be believed.",
    )
    parts[chosen]()


def problem_of(name: str, rare: bool, noisy: bool = False) -> Problem:
    """Return the problem of a shipped network; its reading is made once for everyone.

    Raises:
        NoTest: the network or the digits are not there.
    """
    evaluation = examine(name, noisy_digits() if noisy else None)
    positive = evaluation.labels == DIGIT
    kept = thin(positive, SHARE) if rare else np.arange(len(positive))
    probabilities, positive = evaluation.probabilities[kept, DIGIT], positive[kept]
    return Problem(probabilities, positive, curve_of(probabilities, positive))


@lru_cache(maxsize=1)
def noisy_digits() -> ImageSet:
    """Return MNIST's test digits with the same Gaussian noise in every pixel, every time."""
    clean = held_out_digits()
    noise = np.random.default_rng(0).standard_normal(clean.images.shape, np.float32)
    images = (clean.images + 255 * NOISE * noise).clip(0, 255).astype(np.uint8)
    return replace(clean, images=images, source=f"{clean.source}, with noise")


def _show_outcome(problem: Problem, outcome: ThresholdOutcome) -> None:
    hits, alarms, missed = outcome.true_positives, outcome.false_positives, outcome.false_negatives
    never = problem.curve.negatives / outcome.cases
    precision = hits / (hits + alarms) if hits + alarms else float("nan")
    show_measures(
        [
            Measure(
                "Accuracy",
                outcome.accuracy,
                fraction("TP + TN", r"\text{all}")
                + f" = {fraction(f'{hits} + {outcome.true_negatives}', str(outcome.cases))}",
            ),
            Measure(
                "Precision",
                precision,
                fraction("TP", "TP + FP") + f" = {fraction(str(hits), f'{hits} + {alarms}')}",
                undefined="no alarm",
            ),
            Measure(
                "Recall",
                hits / problem.curve.positives,
                fraction("TP", "TP + FN") + f" = {fraction(str(hits), f'{hits} + {missed}')}",
            ),
            Measure(
                "F1",
                2 * hits / (2 * hits + alarms + missed),
                fraction(r"2\,TP", r"2\,TP + FP + FN")
                + f" = {fraction(str(2 * hits), f'{2 * hits} + {alarms} + {missed}')}",
            ),
        ]
    )
    st.markdown(
        f"Found (TP) **{hits:,}** · missed (FN) **{missed:,}** · false alarms (FP) **{alarms:,}** · rightly no (TN) "
        f"**{outcome.true_negatives:,}**"
    )
    gain = outcome.accuracy - never
    st.markdown(
        f"**Always saying no is right in {exact_percent(never, 2)}** of cases and finds no {DIGIT} at all. The "
        f"network's accuracy at your threshold is {exact_percent(outcome.accuracy, 2)}: {100 * gain:+.2f} points. The "
        "rarer the sevens, the less accuracy says; precision and recall leave out the cases that are rightly called no."
    )


def _show_curves(problem: Problem, outcome: ThresholdOutcome) -> None:
    curve = problem.curve
    recall = outcome.true_positives / curve.positives
    alarm = outcome.false_positives / curve.negatives
    said = outcome.true_positives + outcome.false_positives
    precision = outcome.true_positives / said if said else 1.0
    prior = curve.positives / outcome.cases
    left, right = side_by_side(2, key="threshold-curves", gap="medium")
    with left:
        st.echarts_chart(
            curve_in_plane(
                drawn(curve.false_alarms, curve.recall),
                (alarm, recall),
                title="ROC curve",
                axes=("false positive rate", "recall"),
                words=f"recall {written(recall)}, false positive rate {written(alarm)}",
                other=("guessing", [(0, 0), (1, 1)]),
            ),
            height=330,
            key="metrics-roc",
            alt=f"ROC curve, area {written(curve.area)}",
        )
        st.caption(
            f"Area under the ROC curve: **{below_one(curve.area, 5)}**: how often a {DIGIT} gets more than another "
            "digit. It hardly changes when the sevens are rare."
        )
    with right:
        st.echarts_chart(
            curve_in_plane(
                drawn(curve.recall[1:], curve.precision[1:]),
                (recall, precision),
                title="precision-recall curve",
                axes=("recall", "precision"),
                words=f"precision {written(precision)}, recall {written(recall)}",
                other=("guessing", [(0, prior), (1, prior)]),
            ),
            height=330,
            key="metrics-pr",
            alt=f"Precision-recall curve, average precision {written(curve.average_precision)}",
        )
        st.caption(
            f"Average precision: **{below_one(curve.average_precision, 5)}**, the mean over the steps of recall, as "
            "scikit-learn and torchmetrics have it; trapezoids would give another number. Digits of equal "
            "probability cross the threshold together."
        )
    offer_csv_file("All thresholds", lambda: _rows(curve), "thresholds", "metrics-thresholds-csv", help="Both curves.")


def _show_costs(problem: Problem, outcome: ThresholdOutcome, threshold: float) -> None:
    left, right = st.columns([2, 3], gap="medium")
    with left:
        miss = choose_number("A missed 7 costs", 1, 100, 10, 1, key="metrics-miss", help="In any unit.")
        alarm = choose_number("A false alarm costs", 1, 100, 1, 1, key="metrics-alarm", help="In the same unit.")
        best, least = problem.curve.cheapest(miss, alarm)
        now = outcome.cost(miss, alarm)
        st.markdown(
            rf"At your threshold: ${miss} \cdot {outcome.false_negatives} + {alarm} \cdot {outcome.false_positives} = "
            rf"{tex(now)}$."
        )
        fair = alarm / (alarm + miss)
        cheapest = "never saying yes" if np.isinf(best) else f"a threshold of {written(best)}"
        st.markdown(
            f"Cheapest on these digits: **{cheapest}**, cost {written(least)}. Were the probabilities calibrated, it "
            rf"would be ${fraction(str(alarm), f'{alarm} + {miss}')} = {tex(fair)}$: "
            "the alarm's cost over the sum of both."
        )
        st.caption("A threshold that was chosen on these digits looks better on them than on new ones.")
    with right:
        steps = np.linspace(0.01, 0.99, 99)
        costs = [outcome_at(problem.probabilities, problem.positive, step).cost(miss, alarm) for step in steps]
        st.echarts_chart(
            curve_in_plane(
                list(zip(steps.tolist(), costs, strict=True)),
                (threshold, now),
                title="cost of all errors",
                axes=("threshold", "cost"),
                words=f"threshold {written(threshold)}: cost {written(now)}",
                high=max(costs) * 1.1 or 1,
            ),
            height=360,
            key="metrics-cost",
            alt=f"Cost of all errors by threshold; yours costs {written(now)}",
        )


def _show_calibration(problem: Problem) -> None:
    said = problem.probabilities >= 0.5
    found = calibrate(np.where(said, problem.probabilities, 1 - problem.probabilities), said == problem.positive)
    last = int(found.counts[-1]) / len(said)
    left, right = side_by_side([3, 2], key="as-sure", gap="medium")
    with left:
        show_figure(
            reliability_figure(found.edges, found.counts, found.confidence, found.accuracy),
            name="reliability",
            height=410,
            alt=f"Right answers by probability; expected calibration error {exact_percent(found.error, 2)}",
        )
    with right:
        st.markdown(
            "Yes from 0.5 on: is it right as often as it is sure? The mean gap, weighted by the digits in a bar, is "
            f"the expected calibration error: **{exact_percent(found.error, 2)}**. {exact_percent(last)} of the "
            "digits are in the last bar; the others rest on few digits each: touch them to see on how many."
        )


def drawn(across: NDArray[np.float64], up: NDArray[np.float64]) -> list[Point]:
    """Return the points of a curve that are drawn: its ends, its corners as far as there is room, and some between."""
    step, rise = np.diff(across), np.diff(up)
    corners = np.flatnonzero(step[1:] * rise[:-1] != step[:-1] * rise[1:]) + 1
    if len(corners) > _POINTS:
        corners = corners[np.linspace(0, len(corners) - 1, _POINTS).astype(int)]
    places = np.concatenate([[0], corners, [len(across) - 1]])
    return [(float(across[at]), float(up[at])) for at in places]


def _rows(curve: ThresholdCurve) -> list[list[str | float | None]]:
    head: list[list[str | float | None]] = [["threshold", "recall", "false positive rate", "precision"]]
    columns = (curve.thresholds[1:], curve.recall[1:], curve.false_alarms[1:], curve.precision[1:])
    return head + [[float(one) for one in row] for row in zip(*columns, strict=True)]
