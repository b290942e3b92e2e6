"""Charts of training runs: loss, accuracy, learning rate and gradient norms of one run, or of several side by side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from core.figures.comparison import Panel, comparison_chart, spread
from core.figures.percent import exact_percent
from core.figures.training import (
    EARLIER,
    LAYERS,
    TRAINING,
    VALIDATION,
    Axis,
    Marks,
    Numbers,
    Trace,
    VerticalAxis,
    smooth,
)

Measure = Literal["loss", "accuracy"]

AXES = {"update": "update", "epoch": "epoch", "second": "seconds of training"}
"""What the horizontal axis can count, and its title."""

DASHES = ("solid", "dashed", "dotted")
CROSS_ENTROPY = "cross-entropy"
_PEAK = 10.0  # a cross-entropy above it is a peak: guessing among ten classes has 2.3
_GUESSING = 2.5  # ln 10, rounded up: where most losses begin
_EMPTY = np.empty(0)


@dataclass(frozen=True)
class CurveOptions:
    """How curves are drawn.

    Attributes:
        axis: what the horizontal axis counts, a key of `AXES`.
        log: whether the loss has a logarithmic axis.
        smoothing: weight of the past in the moving average of the training curves, 0 to below 1.
        accuracy_from: where the axis of accuracy begins, %.
    """

    axis: str = "update"
    log: bool = False
    smoothing: float = 0.9
    accuracy_from: int = 0


@dataclass(frozen=True)
class RunCurves:
    """What was measured in one run, along one horizontal axis. Accuracy is in percent.

    Attributes:
        title: in legends.
        x: (N,) updates, on the axis.
        training: (N,) values of each measure, on the batch of each update.
        learning_rate: (N,).
        validated: (V,) validations, on the axis.
        validation: (V,) values of each measure.
        checked: (G,) updates whose gradients were measured, on the axis.
        gradient_norms: (G,) by layer, from the first layer to the last.
        end: how far the run goes, or has gone.
        marks: what happened on the way: (x, words).
        test: final test accuracy as (x, %), or None.
        loss_name: what its loss is.
    """

    title: str
    x: Numbers
    training: Mapping[Measure, Numbers]
    learning_rate: Numbers
    validated: Numbers
    validation: Mapping[Measure, Numbers]
    checked: Numbers = field(default_factory=_EMPTY.copy)
    gradient_norms: Mapping[str, Numbers] = field(default_factory=dict)
    end: float = 1.0
    marks: Sequence[tuple[float, str]] = ()
    test: tuple[float, float] | None = None
    loss_name: str = CROSS_ENTROPY


@dataclass(frozen=True)
class RunGroup:
    """Runs that are drawn as one curve with a band, because they differ in their seed alone; often only one."""

    title: str
    colour: str
    runs: Sequence[RunCurves]


def horizontal_axis(runs: Sequence[RunCurves], options: CurveOptions) -> Axis:
    """Return an axis as long as the longest run."""
    high = max((run.end for run in runs), default=1.0)
    return Axis(AXES[options.axis], 0, high, whole=options.axis == "update")


def measure_panel(
    measure: Measure,
    run: RunCurves | None,
    earlier: Sequence[RunCurves],
    options: CurveOptions,
    level: tuple[float, str] | None = None,
) -> Panel:
    """Return loss or accuracy: training and validation of a run, with earlier runs pale behind.

    Args:
        measure: what is drawn.
        run: in the foreground; None leaves the axes empty.
        earlier: as many as there are colours in `core.figures.training.EARLIER`.
        options: how it is drawn.
        level: (value, words), a horizontal line to compare with.
    """
    traces = []
    if run is not None:
        traces.append(Trace("training", *_smoothed(run, measure, options), TRAINING))
        traces.append(Trace("validation", *_validated(run, measure), VALIDATION, points=True))
    for one, colour in zip(earlier, EARLIER, strict=False):
        traces.append(Trace(one.title, *_smoothed(one, measure, options), colour, pale=True, part="training"))
        traces.append(Trace(one.title, *_validated(one, measure), colour, "dashed", pale=True, part="validation"))
    marks = Marks(run.marks if run else (), level, _test_dot(run) if measure == "accuracy" else None)
    drawn = [trace for trace in traces if trace.title == "training" or len(trace.x)]
    return Panel(drawn, _scale(measure, options, [one for one in (run, *earlier) if one]), marks)


def rate_panel(run: RunCurves | None) -> Panel:
    """Return the learning rate of every update."""
    traces = [Trace("learning rate", run.x, run.learning_rate, TRAINING)] if run else []
    return Panel(traces, VerticalAxis("learning rate"))


def gradient_panel(run: RunCurves | None) -> Panel:
    """Return the norm of the loss gradient, a curve for each layer."""
    layers = run.gradient_norms.items() if run else ()
    traces = [
        Trace(name or "all", run.checked, norms, LAYERS[place % len(LAYERS)], DASHES[place % len(DASHES)])
        for place, (name, norms) in enumerate(layers)
        if run is not None
    ]
    return Panel(traces, VerticalAxis("gradient norm", log=True))


def groups_panel(measure: Measure, groups: Sequence[RunGroup], options: CurveOptions) -> Panel:
    """Return loss or accuracy of several groups: training solid, validation dashed, a band for seeds."""
    traces, bands = [], []
    for group in groups:
        training = [_smoothed(run, measure, options) for run in group.runs]
        validation = [_validated(run, measure) for run in group.runs]
        for curves, dash, part in ((training, "solid", "training"), (validation, "dashed", "validation")):
            found = [curve for curve in curves if len(curve[0])]
            if not found:
                continue
            band = spread(found)
            # A single value is no line: it is drawn as a dot.
            points = len(band.x) == 1
            traces.append(Trace(group.title, band.x, band.mean, group.colour, dash, points=points, part=part))
            if len(found) > 1:
                bands.append((band, group.colour))
    return Panel(traces, _scale(measure, options, [run for group in groups for run in group.runs]), bands=bands)


def probability_chart(
    steps: Sequence[int], probabilities: Numbers, names: Sequence[str], step: int, total: int, most: int = 4
) -> dict[str, Any]:
    """Return the chart of the likeliest classes over the checkpoints of a run.

    Args:
        steps: updates before each checkpoint.
        probabilities: (checkpoints, classes), 0-1.
        names: of the classes.
        step: of the checkpoint that is marked.
        total: updates of the whole run.
        most: classes that are drawn: the likeliest now, then those that were ever likely.
    """
    order = np.argsort(-(probabilities[-1] + probabilities.max(0) / 100))[:most]
    x = np.array(steps, np.float64)
    traces = [
        Trace(names[one], x, probabilities[:, one] * 100, LAYERS[place], DASHES[place % len(DASHES)], points=True)
        for place, one in enumerate(order)
    ]
    axis, scale = Axis("update", 0, max(1, total)), VerticalAxis("probability, %", 0, 100)
    return comparison_chart(Panel(traces, scale, Marks([(float(step), "")])), axis)


def loss_words(run: RunCurves | None) -> str:
    """Return what the chart of the loss shows, for those who cannot see it."""
    if run is None or not len(run.x):
        return f"Loss ({run.loss_name if run else CROSS_ENTROPY}): no update yet"
    loss = run.training["loss"]
    return f"Loss ({run.loss_name}), from {loss[0]:.2f} to {loss[-1]:.2f} after {len(loss):,} updates"


def accuracy_words(run: RunCurves | None) -> str:
    """Return what the chart of accuracy shows, for those who cannot see it."""
    if run is None or not len(run.x):
        return "Accuracy: no update yet"
    return (
        f"Accuracy in training, {exact_percent(run.training['accuracy'][-50:].mean() / 100, 0)} over the last updates"
    )


def _smoothed(run: RunCurves, measure: Measure, options: CurveOptions) -> tuple[Numbers, Numbers]:
    x, y = _finite(run.x, run.training[measure])
    return x, smooth(y, options.smoothing)


def _validated(run: RunCurves, measure: Measure) -> tuple[Numbers, Numbers]:
    return _finite(run.validated, run.validation[measure])


def _finite(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    kept = np.isfinite(y)
    return x[kept], y[kept]


def _scale(measure: Measure, options: CurveOptions, runs: Sequence[RunCurves]) -> VerticalAxis:
    if measure == "loss":
        names = {run.loss_name for run in runs} or {CROSS_ENTROPY}
        title = f"loss ({', '.join(sorted(names))})"
        ceiling = _PEAK if names == {CROSS_ENTROPY} else math.inf
        return VerticalAxis(title, ceiling=ceiling, empty=_GUESSING, log=options.log)
    return VerticalAxis("accuracy, %", options.accuracy_from, 100)


def _test_dot(run: RunCurves | None) -> tuple[float, float, str] | None:
    if run is None or run.test is None:
        return None
    x, accuracy = run.test
    return x, accuracy, f"test {exact_percent(accuracy / 100, 2)}"
