"""The pictures of the page "Runs" as descriptions: what stands where, and what a click means."""

import numpy as np
import pytest

from core.figures.alignment import alignment_chart
from core.figures.chart_parts import INK, PAPER, on_light_paper
from core.figures.comparison import Panel, comparison_chart, spread
from core.figures.parallel import TrialLine, parallel_chart
from core.figures.training import Axis, Trace, VerticalAxis


def test_a_band_holds_all_curves_as_far_as_the_shortest() -> None:
    x = np.arange(5.0)
    band = spread([(x, x), (x * 2, x * 4), (x[:3] * 1.5, x[:3])])
    np.testing.assert_allclose(band.x, [0, 1.5, 3])
    np.testing.assert_allclose(band.high, [0, 3, 6])
    np.testing.assert_allclose(band.low, [0, 1, 2])
    np.testing.assert_allclose(band.mean, [0, (1.5 + 3 + 1) / 3, (3 + 6 + 2) / 3])


def test_a_band_lies_behind_its_curve_and_not_in_the_legend() -> None:
    x = np.linspace(1, 1000, 5000)
    band = spread([(x, x / 1000), (x, x / 500)])
    axis, scale = Axis("update", 0, 1000), VerticalAxis("loss", log=True)
    option = comparison_chart(
        Panel([Trace("mine (2 seeds)", x, band.mean, "#000")], scale, bands=[(band, "#0072B2")]), axis
    )
    curve, low, rest = option["series"]
    assert option["legend"]["data"] == ["mine (2 seeds)"]
    assert len(low["data"]) <= 300
    assert low["z"] < curve["z"]
    assert low["stack"] == rest["stack"]
    assert low["data"][-1][1] + rest["data"][-1][1] == pytest.approx(2, rel=1e-3)


def test_axes_of_trials_are_to_scale_where_they_are_numbers() -> None:
    lines = [
        TrialLine({"rate": "0.0002", "size": "16", "blocks": "16,32"}, 0.9, "trial 1"),
        TrialLine({"rate": "0.05", "size": "64", "blocks": "8"}, 0.95, "trial 2", best=True),
        TrialLine({"rate": "1e-3", "size": "32", "blocks": "8"}, 0.8, "trial 3"),
    ]
    option = parallel_chart(lines, ["rate", "size", "blocks"], "validation, %")
    rate, size, blocks, score = option["parallelAxis"]
    assert (rate["type"], rate["min"], rate["max"]) == ("log", 1e-4, 0.1)
    assert size["type"] == "value"
    assert blocks["data"] == ["8", "16,32"], "as people count"
    assert score["min"] < 80 < 95 < score["max"]
    assert [one["name"] for one in option["series"][0]["data"]] == ["trial 3", "trial 1", "trial 2"]
    assert option["series"][0]["data"][-1]["value"] == [0.05, 64.0, "8", 95.0]
    for axis in option["parallelAxis"]:  # no line is drawn over a number
        assert axis["axisLabel"]["backgroundColor"] == PAPER
        assert axis["z"] > option["series"][0]["z"]
    parallel_chart([], ["rate"], "validation, %")
    parallel_chart([TrialLine({"rate": "nan"}, 0.5, "one")], ["rate"], "validation, %")


def test_a_chart_on_light_paper_has_dark_letters_everywhere_and_keeps_the_rest() -> None:
    option = alignment_chart(np.eye(3, dtype=np.float32), "abc", "abc", ("looks", "is looked at"))
    inked = on_light_paper(option)
    for name in ("xAxis", "yAxis"):
        assert inked[name]["axisLabel"]["color"] == inked[name]["nameTextStyle"]["color"] == INK
        assert inked[name]["axisTick"]["show"] is False
        assert inked[name]["axisLabel"]["fontSize"] == 14
    assert inked["series"] == option["series"]
    trials = on_light_paper(parallel_chart([TrialLine({"rate": "0.1"}, 0.5, "one")], ["rate"], "validation, %"))
    assert {axis["axisLabel"]["color"] for axis in trials["parallelAxis"]} == {INK}
