"""The page without a browser: series, forecasts beside what costs nothing, one's own table, training."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.data.series import samples
from core.data.series.samples import here, sample
from core.inspection.metrics.numbers import Errors
from core.inspection.series.forecasting import LEVEL, ForecastSettings, shipped_network, study
from core.inspection.series.prices import Repeating, repeating, skills_on_walks
from core.inspection.series.rolling import skill
from core.models.series import TITLES
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig
from core.runs.workers import local
from core.runs.workers.local import LocalRunner
from core.ui.sections.forecast import comparison, training
from core.ui.sections.forecast.picture import BAND, signed_percent
from core.ui.sections.forecast.prices import on_walks, tell
from tests.support.apps import as_read, html, html_of, open_with, told
from tests.support.blanks import spaced
from tests.support.waiting import wait_until


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalRunner]:
    alone = LocalRunner(Store(tmp_path / "runs"), at_once=1)
    monkeypatch.setattr(local, "runner", lambda: alone)
    yield alone
    alone.close()


def forecast(**query: str) -> AppTest:
    return open_with("forecast", **({"series": "sine"} | query))


def verdict(app: AppTest) -> str:
    return html_of(app, "forecast-verdict")


def expected(kind: str, name: str = "sine", horizon: int = 12) -> str:
    about = samples.SAMPLES[name]
    settings = ForecastSettings(kind, about.window, horizon, about.differencing, about.log)
    found = study(sample(name), shipped_network(name, settings), horizon, about.log)
    return spaced(signed_percent(skill(found.network.errors(), found.naive[found.best_naive()].errors()), 0))


def test_the_skill_is_that_of_the_shipped_network() -> None:
    app = forecast()
    assert f"Skill {expected('gru')}" in verdict(app) and "seasonal naive" in verdict(app)
    app.selectbox(key="forecast-kind").set_value("mlp").run()
    assert f"Skill {expected('mlp')}" in verdict(app) and "<b>MLP</b>" in verdict(app)
    app.selectbox(key="forecast-series").set_value("walk").run()
    assert f"Skill {expected('mlp', 'walk')}" in verdict(app)
    assert app.toggle(key="forecast-differencing").value and app.toggle(key="forecast-log").value


@pytest.mark.skipif(not here(), reason="the published series are not here")
@pytest.mark.parametrize("name", ["sunspots", "passengers", "temperatures"])
def test_published_series_are_forecast(name: str) -> None:
    app = forecast(series=name)
    assert f"Skill {expected('gru', name)}" in verdict(app)


def test_a_fresh_machine_offers_the_download_and_makes_series_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "folder_of", lambda _: None)
    samples._published.cache_clear()
    samples._sample.cache_clear()
    app = open_with("forecast")
    assert app.selectbox(key="forecast-series").value == "sine" and "Skill" in verdict(app)
    app.selectbox(key="forecast-series").set_value("sunspots").run()
    assert "has not been downloaded" in app.info[0].value and app.button(key="forecast-download")
    assert not app.exception
    app.selectbox(key="forecast-series").set_value("walk").run()
    assert "Skill" in verdict(app)
    samples._published.cache_clear()
    samples._sample.cache_clear()


def test_settings_that_no_network_has_learnt_are_said() -> None:
    app = forecast(window="17")
    assert "No network" in verdict(app) and "train it below" in verdict(app)
    app.button_group(key="forecast-look").set_value("What it saw").run()
    assert "There is no network with these settings yet" in app.info[0].value
    app.button_group(key="forecast-look").set_value("Against what costs nothing").run()
    assert "GRU" not in html(app).split("Forecast by")[1]


def test_links_hold_settings_and_nonsense_is_passed_over() -> None:
    app = forecast(series="walk", horizon="5", draw="3", forecaster="lstm", **{"from": "900"})
    assert app.slider(key="forecast-horizon").value == 5 and app.slider(key="forecast-from").value == 900
    assert app.selectbox(key="forecast-kind").value == "lstm" and app.number_input(key="forecast-draw").value == 3
    app = forecast(series="dax", horizon="99", window="x", log="maybe", **{"from": "7"})
    assert any("no such series" in one.value for one in app.warning) and not app.exception


def page_with_a_link() -> None:
    """The settings of the page alone, and a link that a lesson or a class follows while the page stays open."""
    import streamlit as st

    from core.ui.sections.forecast.state import STATE
    from core.ui.state.visit import note_page, take_over

    note_page("forecast")
    if "link" in st.session_state:
        take_over(st.session_state.pop("link"))
    state = STATE.open()
    STATE.keep(state)
    st.session_state["now"] = (state.series, state.window, state.differencing, state.log, state.horizon)


def test_a_link_opens_a_series_with_its_settings_also_where_the_page_is_open() -> None:
    app = AppTest.from_function(page_with_a_link)
    app.query_params["series"], app.query_params["horizon"] = "sine", "9"
    assert app.run().session_state["now"] == ("sine", 30, False, False, 9)
    app.session_state["link"] = {"series": "walk"}
    assert app.run().session_state["now"] == ("walk", 20, True, True, 9)
    app.session_state["link"] = {"series": "sine", "window": "20", "horizon": "3"}
    assert app.run().session_state["now"] == ("sine", 20, False, False, 3)


def test_a_logarithm_that_is_not_there_is_not_taken() -> None:
    app = forecast(log="yes", forecast_look="Against what costs nothing")
    assert not app.exception and app.toggle(key="forecast-log").disabled and not app.toggle(key="forecast-log").value
    assert f"Skill {expected('gru')}" in verdict(app)


def test_the_band_is_called_what_it_is() -> None:
    assert f"{LEVEL:.0%} band".replace("%", " %") == BAND


def test_all_contestants_have_their_errors_and_formulas() -> None:
    app = forecast(forecast_look="Against what costs nothing")
    table = html(app).split("Forecast by")[1]
    assert all(title in table for title in ("GRU", "Autoregression", "Last value", "Seasonal naive", "Drift"))
    assert "best naive" in table
    formulas = next(one for one in map(as_read, (one.value for one in app.markdown)) if "| **MAE**" in one)
    assert r"MAE of the best naive one" in formulas and formulas.count("$") == 8
    app.button_group(key="counted").set_value("1 step ahead").run()
    assert not app.exception and html(app).split("Forecast by")[1] != table


def test_an_r2_just_below_1_is_not_shown_as_1() -> None:
    looked_at = SimpleNamespace(settings=SimpleNamespace(kind="gru"))
    errors = {"network": Errors(0.1, 0.01, 0.1, 0.99964, 1.0, 2777.0, 0.0), "last": Errors(1, 1, 1, -0.5, 1, 1, 0)}
    table = comparison._table(looked_at, errors, "last")  # type: ignore[arg-type]
    assert "0.99964" in table and "-0.5" in table


def test_what_a_network_saw_is_the_window_before_the_chosen_place() -> None:
    app = forecast(forecast_look="What it saw", **{"from": "520"})
    values = sample("sine").values
    words = next(one.value for one in app.markdown if "sees 30 values" in one.value)
    assert f"the last one {values[519]:.3g} (step 520)" in words and f"It came **{values[520]:.3g}**" in words
    shown = told(app, "forecast-inside-gru")
    assert len(shown["words"]) == 30 and [track["kind"] for track in shown["tracks"]] == ["bars", "heat"]
    app.slider(key="forecast-from").set_value(600).run()
    assert any("Nobody knows what comes." in one.value for one in app.markdown)
    for kind in TITLES:
        app.selectbox(key="forecast-kind").set_value(kind).run()
        assert not app.exception, kind


def test_prices_are_repeated_and_that_is_said_in_numbers() -> None:
    app = forecast(forecast_look="Stock prices", walk="1", shift="Shifted by one step")
    network = shipped_network("walk", ForecastSettings("gru", 20, 1, True, True))
    found = study(sample("walk", 1), network, 1, True)
    said = repeating(sample("walk", 1).values, found.network)
    assert said.off_truth > 3 * said.off_before and said.r2_values > 0.9 > 0.05 > said.r2_changes
    words = as_read(" ".join(one.value for one in app.markdown))
    assert tell(said, "GRU", found.series, shift=True) in words
    for draw in range(0, 100, 9):  # on some of them chance puts the network a little ahead
        walk = sample("walk", draw)
        lucky = repeating(walk.values, study(walk, network, 1, True).network)
        assert "It looks good" in tell(lucky, "GRU", walk, shift=False), draw
    skills = skills_on_walks(network, True)
    assert len(skills) == 20 and np.mean(skills) < 0.005
    assert spaced(on_walks(skills, "GRU")) in words


def test_what_can_be_foretold_is_not_called_a_repeating() -> None:
    better = Repeating(off_truth=0.1, off_before=2.0, moved=2.0, r2_values=0.9999, r2_changes=0.98, right_way=1.0)
    for shift in (False, True):
        words = tell(better, "GRU", sample("sine"), shift=shift)
        assert "No mere repeating" in words and "late" not in words and "lies on the truth" not in words
        assert "**0.9999**" in words and ("fits worse" in words) == shift
    # Daily temperatures: nearer to the value before than to what came, and yet better than the value before is.
    careful = Repeating(off_truth=1.77, off_before=1.0, moved=1.92, r2_values=0.7, r2_changes=0.19, right_way=0.67)
    # Sunspots: as far from both, and worse than the value before.
    wrong = Repeating(off_truth=16.7, off_before=14.8, moved=15.5, r2_values=0.82, r2_changes=-0.32, right_way=0.64)
    for said, verdict in ((careful, "No mere repeating"), (wrong, "No repeating, and no good forecast")):
        for shift in (False, True):
            words = tell(said, "GRU", sample("sine"), shift=shift)
            assert words.startswith(verdict) and ("fits better where it is shifted" in words) == shift
            assert "lies on the truth" not in words and "It looks good" not in words
    assert "beat the last value 1 time;" in on_walks((-0.1, 0.1), "GRU")


def test_a_table_is_pasted_and_understood() -> None:
    app = forecast(series="own")
    assert "40 to 20,000 values" in app.info[0].value
    rows = [
        f"{1990 + place // 12}-{1 + place % 12:02d};{place % 12 + place / 10:.1f}".replace(".", ",")
        for place in range(96)
    ]
    app.text_area(key="forecast-pasted").set_value("Monat;Umsatz\n" + "\n".join(rows)).run()
    app.button(key="forecast-take").click().run()
    understood = next(one.value for one in app.caption if one.value.startswith("Understood"))
    assert "a comma stands before the decimals" in understood and "from 1990-01 to 1997-12" in understood
    assert "No network" in verdict(app) and app.number_input(key="forecast-season").value == 12
    app.number_input(key="forecast-season").set_value(6).run()
    assert app.number_input(key="forecast-season").value == 6 and not app.exception
    app.text_area(key="forecast-pasted").set_value("nonsense\n" * 50).run()
    app.button(key="forecast-take").click().run()
    assert any("is not a number" in one.value for one in app.warning)
    assert "No network" in verdict(app)  # the table before is still there


def test_a_file_with_several_columns() -> None:
    app = forecast(series="own")
    rows = "\n".join(f"{place % 7},{place * 2 % 11}" for place in range(60))
    app.file_uploader(key="forecast-file").upload("mine.csv", f"a,<b>b</b>\n{rows}".encode()).run()
    assert not app.exception and app.selectbox(key="forecast-column").options == ["a", "<b>b</b>"]
    app.selectbox(key="forecast-column").set_value("<b>b</b>").run()
    assert not app.exception
    app.file_uploader(key="forecast-file").upload("broken.csv", b"\xff\xfe\x00").run()
    assert not app.exception and app.warning


@pytest.mark.parametrize("values", ["5\n" * 60, "-1\n1\n" * 40, "1e11\n1e-9\n" * 30, "\n".join(map(str, range(60)))])
def test_odd_series_are_forecast_without_a_failure(values: str) -> None:
    app = forecast(series="own")
    app.text_area(key="forecast-pasted").set_value(values).run()
    app.button(key="forecast-take").click().run()
    assert not app.exception and "No network" in verdict(app)
    for section in ("Against what costs nothing", "Stock prices", "Train it here"):
        app.button_group(key="forecast-look").set_value(section).run()
        assert not app.exception, section
    if values in ("5\n" * 60, "\n".join(map(str, range(60)))):  # drift is never wrong, and its band holds all
        assert any("held 100.0 % of the tested values" in as_read(one.value) for one in app.caption)


def test_stop_ends_a_sweep_that_was_started_with_other_settings(
    runner: LocalRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(config: SweepConfig, by: Person) -> str:
        return runner.store.create_sweep(config, by.session)

    monkeypatch.setattr(runner, "start_sweep", start)  # it stays as if between two runs
    app = forecast(**{"forecast-look": "Train it here"})
    app.button(key="forecast-train-all").click().run()
    app.selectbox(key="forecast-series").set_value("walk").run()
    assert app.button(key="forecast-train-all").disabled
    app.button(key="forecast-stop").click().run()
    assert not app.button(key="forecast-train-all").disabled
    assert not any(one.active for one in runner.store.sweeps())


def test_a_network_is_trained_and_takes_its_place(runner: LocalRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "EPOCHS", 2)
    app = forecast(window="12", horizon="4", forecaster="linear")
    assert "No network" in verdict(app)
    app.button(key="forecast-train-now").click().run()
    assert not app.exception and app.button_group(key="forecast-look").value == "Train it here"
    assert app.button(key="forecast-train").disabled
    (run,) = runner.store.runs()
    wait_until(lambda: runner.store.get(run.id).usable, 100)
    app.run()
    assert "your <b>linear network</b>" in verdict(app) and not app.button(key="forecast-train").disabled
    assert "finished" in html(app)
    app.slider(key="forecast-horizon").set_value(3).run()
    assert "your <b>linear network</b>" in verdict(app)  # what says four steps says three
    app.selectbox(key="forecast-kind").set_value("mlp").run()
    assert "No network" in verdict(app)
