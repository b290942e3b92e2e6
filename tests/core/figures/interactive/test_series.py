"""Lines of a series: every value stands at its own step, also where steps are called alike."""

import numpy as np

from core.figures.interactive.rows import rows_of_figure
from core.figures.interactive.series import series_figure
from core.figures.interactive.template import SERIES
from core.figures.series import ONE_STEP, Drawn

LINES = [
    Drawn("truth", np.array([1.0, 2.0, 4.0]), "#8A949E"),
    Drawn("<GRU>", np.array([np.nan, 2.5, 3.5]), ONE_STEP, "dashed"),
]


def test_steps_that_are_called_alike_stay_apart() -> None:
    figure = series_figure(["10:00", "10:00", "10:01"], LINES, unit="°C", across="minute", name="walk")
    truth, said = figure.data
    assert list(truth.x) == ["0", "1", "2"] and figure.layout.xaxis.type == "category"
    assert figure.layout.xaxis.labelalias == {"0": "10:00", "1": "10:00", "2": "10:01"}
    assert (said.line.dash, said.line.color) == ("dash", SERIES[1])
    assert said.hovertemplate.startswith("&lt;GRU&gt;: <b>%{y:.4~g}</b> °C")
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("minute", "°C")


def test_its_table_has_a_row_a_step() -> None:
    figure = series_figure(["day 1", "day 2", "day 3"], LINES, unit="", across="", name="walk")
    assert figure.layout.yaxis.title.text == "value"
    assert list(rows_of_figure(figure)) == [
        ["step", "truth", "<GRU>"],
        ["day 1", 1, None],
        ["day 2", 2, 2.5],
        ["day 3", 4, 3.5],
    ]
