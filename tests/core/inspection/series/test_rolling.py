"""Evaluation without a look into the future: leaks are planted and refused; numbers against other libraries."""

import numpy as np
import pytest
import torch
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from statsmodels.tsa.ar_model import AutoReg

from core.data.series.samples import sample
from core.data.series.series import TimeSeries
from core.inspection.series.baselines import autoregression, drift, last_value, naive, seasonal_naive
from core.inspection.series.forecasting import (
    ForecastSettings,
    band,
    coverage,
    extrapolate,
    fan,
    fitted_autoregression,
    network_forecast,
    study,
)
from core.inspection.series.rolling import LooksAhead, roll, skill
from core.models.series import TITLES, Forecaster

VALUES = np.array([3.0, 1, 4, 1, 5, 9, 2, 6])


@pytest.fixture
def network() -> Forecaster:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        made = Forecaster("gru", 10, 12)
    return made.eval().requires_grad_(False)


def test_naive_forecasts_by_hand() -> None:
    origins = np.array([4, 8])
    assert last_value(VALUES, origins, 2).tolist() == [[1, 1], [6, 6]]
    assert seasonal_naive(VALUES, origins, 4, season=3).tolist() == [[1, 4, 1, 1], [9, 2, 6, 9]]
    slope = (1 - 3) / 3
    np.testing.assert_allclose(drift(VALUES, origins, 2)[0], [1 + slope, 1 + 2 * slope])
    assert set(naive(1)) == {"last", "drift"} and set(naive(12)) == {"last", "seasonal", "drift"}


@pytest.mark.parametrize("differencing", [False, True])
@pytest.mark.parametrize("log", [False, True])
def test_the_autoregression_is_that_of_statsmodels(differencing: bool, log: bool) -> None:
    values = np.exp(np.cumsum(np.random.default_rng(0).normal(0, 0.1, 200)))
    forecast = autoregression(values[:150], 6, differencing=differencing, log=log)
    said = forecast(values, np.array([150, 180]), 9)
    seen = np.log(values) if log else values
    lags = 6 - differencing
    work = np.diff(seen) if differencing else seen
    params = AutoReg(work[: 150 - differencing], lags).fit().params
    for row, origin in enumerate((150, 180)):
        known = work[: origin - differencing]
        theirs = AutoReg(known, lags).predict(params, start=len(known), end=len(known) + 8, dynamic=False)
        theirs = seen[origin - 1] + np.cumsum(theirs) if differencing else theirs
        np.testing.assert_allclose(said[row], np.exp(theirs) if log else theirs, rtol=1e-8)


def test_a_constant_series_is_forecast_as_it_is() -> None:
    values = np.full(60, 7.0)
    for differencing in (False, True):
        said = autoregression(values[:40], 5, differencing=differencing)(values, np.array([50]), 4)
        np.testing.assert_allclose(said, 7)


def test_errors_are_those_of_scikit_learn(network: Forecaster) -> None:
    series = sample("sine")
    rolled = roll(network_forecast(network, log=False), series.values, 480, 600, 10, 12)
    for step in (1, 12):
        truth = series.values[480:600]
        said = np.array([
            network(torch.from_numpy(series.values[place - step + 1 - 10 : place - step + 1].copy())[None])[0, step - 1]
            for place in range(480, 600)
        ])  # fmt: skip
        found = rolled.errors(step, step)
        assert found.mae == pytest.approx(mean_absolute_error(truth, said), rel=1e-5)
        assert found.mse == pytest.approx(mean_squared_error(truth, said), rel=1e-5)
        assert found.r2 == pytest.approx(r2_score(truth, said), rel=1e-5)


@pytest.mark.parametrize("horizon", [1, 5, 12])
def test_a_nearer_horizon_is_a_part_of_a_farther_one(network: Forecaster, horizon: int) -> None:
    values = sample("sine").values
    far, near = (roll(network_forecast(network, log=False), values, 480, 600, 10, one) for one in (12, horizon))
    part = far.up_to(horizon)
    np.testing.assert_array_equal(part.origins, near.origins)
    np.testing.assert_array_equal(part.truth, near.truth)
    np.testing.assert_allclose(part.forecasts, near.forecasts, rtol=1e-5)
    found = study(sample("sine"), network, horizon, False)
    assert len(found.residuals) == found.network.horizon == found.naive["last"].horizon == horizon


def test_skill_by_hand() -> None:
    values = np.arange(100.0)
    ahead = roll(drift, values, 80, 100, 1, 3).errors()
    behind = roll(last_value, values, 80, 100, 1, 3).errors()
    assert ahead.mae == pytest.approx(0, abs=1e-9) and behind.mae == 2
    assert skill(ahead, behind) == pytest.approx(1) and skill(behind, behind) == 0


@pytest.mark.parametrize("step", [1.0, 0.1])
def test_against_an_exact_forecast_there_is_no_skill_and_rounding_is_no_error(step: float) -> None:
    values = step * np.arange(100.0)  # of steps of 0.1 the drift is off by 1e-15
    exact = roll(drift, values, 80, 100, 1, 3).errors()
    assert np.isnan(skill(roll(last_value, values, 80, 100, 1, 3).errors(), exact))
    fitted = roll(autoregression(values[:70], 6), values, 80, 100, 6, 3).errors()
    assert skill(fitted, exact) == 0


def _truth(values, origins, horizon):
    return values[np.minimum(origins[:, None] + np.arange(horizon), len(values) - 1)]


def _smoothed(values, origins, horizon):
    return last_value(np.convolve(values, np.ones(3) / 3, "same"), origins, horizon)


def _scaled_by_all(values, origins, horizon):
    return last_value((values - values.mean()) / values.std(), origins, horizon)


def _one_too_late(values, origins, horizon):
    return last_value(values, np.minimum(origins + 1, len(values)), horizon)


def _highest_of_all(values, origins, horizon):
    return last_value(values, origins, horizon) * 0 + np.nanmax(values)


@pytest.mark.parametrize("leak", [_truth, _smoothed, _scaled_by_all, _one_too_late, _highest_of_all])
def test_a_planted_leak_is_refused(leak) -> None:
    values = np.random.default_rng(1).normal(size=200)
    values[-1] = 99  # a future that nobody can overlook
    with pytest.raises(LooksAhead, match="looks into the future"):
        roll(leak, values, 150, 200, 5, 4)


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize("differencing", [False, True])
def test_no_network_and_no_baseline_looks_ahead(kind, differencing: bool) -> None:
    series = sample("walk")
    with torch.random.fork_rng(devices=[]):
        made = Forecaster(kind, 20, 6, 8, differencing=differencing).eval()
    found = study(series, made, 6, True)
    assert set(found.naive) == {"last", "drift"}
    rolled = fitted_autoregression(series, ForecastSettings(kind, 20, 6, differencing, True))
    np.testing.assert_array_equal(rolled.truth, found.network.truth)


def test_what_comes_later_changes_nothing(network: Forecaster) -> None:
    values = sample("sine").values
    other = np.concatenate([values[:500], 50 + values[500:]])
    one, two = (fan(study(TimeSeries("own", "x", some, 25), network, 12, False), 500, 12) for some in (values, other))
    np.testing.assert_array_equal(one.values, two.values)
    np.testing.assert_array_equal(one.low, two.low)  # the band is of the validation part, which is before


def test_a_band_holds_what_it_promises() -> None:
    chance = np.random.default_rng(0)
    residuals = tuple(chance.normal(0, width, 4000) for width in (1, 2))
    low, high = band(np.zeros(2), residuals, log=False)
    np.testing.assert_allclose(high, [1.2816, 2.5631], rtol=0.15)  # normal quantiles of 90 %
    np.testing.assert_allclose(low, [-1.2816, -2.5631], rtol=0.15)
    low, high = band(np.full(2, 10.0), residuals, log=True)
    np.testing.assert_allclose(np.log(high / 10), [1.2816, 2.5631], rtol=0.15)


def test_coverage_is_counted_on_the_test(network: Forecaster) -> None:
    found = study(sample("sine"), None, 12, False)
    assert found.drawn is found.naive["seasonal"]
    assert coverage(found) == pytest.approx(0.8, abs=0.08)
    rolled, (low, high) = found.drawn, band(found.drawn.forecasts, found.residuals, log=False)
    inside = (rolled.truth[:, 0] >= low[:, 0]) & (rolled.truth[:, 0] <= high[:, 0])
    assert coverage(found, 1, 1) == inside[np.isfinite(rolled.truth[:, 0])].mean()


def test_what_comes_after_the_end() -> None:
    line = np.arange(100.0)
    said = extrapolate(line, 5, 4)
    np.testing.assert_allclose(said.values, np.arange(100, 105), rtol=1e-6)
    assert (said.low <= said.values + 1e-6).all() and (said.high >= said.values - 1e-6).all()
