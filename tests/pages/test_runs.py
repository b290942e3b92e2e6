"""The page "Runs" without a browser: found, examined, compared, renamed, deleted, and links that make no sense."""

import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.data.images.own_sets import OWN, OwnSet, store_own
from core.figures.interactive.classification import RocLine
from core.inspection.images.landscape import LossLandscape
from core.inspection.images.shared_landscapes import LandscapeJob
from core.runs.exchange.export import export_weights
from core.runs.store.events import TrialPruned, TrialStarted
from core.runs.store.rights import COMMAND_LINE, SERVER, Person
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig, read_sweep
from core.runs.workers.execute import execute
from core.runs.workers.local import LocalRunner, runner
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.events import LearningRateChange, Validation
from core.training.task import Score
from core.ui.sections.runs import downloads, landscape, sweep_results
from core.ui.sections.runs.evaluation import compare_sureness, name_hardest
from core.ui.widgets.uploads import TOO_MANY
from tests.support.apps import as_read, html_of, open_page
from tests.support.figures import figure, figures
from tests.support.runs import beating, leave_run
from tests.support.stripes import short_run, store_stripes, store_uneven, stripes

HOSTILE = "<b>*mine*</b> :red[x] $y$"
MINE = Person("0123456789abcdef")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def runs(home: Path) -> list[str]:
    """Three runs: two that differ in their seed alone, and one with another learning rate."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_HOME", str(home))
        first = short_run(store_stripes())
        seed = first.model_copy(update={"training": first.training.model_copy(update={"seed": 4})})
        rate = first.model_copy(update={"training": first.training.model_copy(update={"learning_rate": 0.02})})
        return [train(one, title) for one, title in ((first, HOSTILE), (seed, "second seed"), (rate, "=1+1"))]


def train(config: TrainConfig, title: str) -> str:
    store = runner().store
    run = store.create(config.model_copy(update={"title": title}), MINE.session, "starting")
    assert execute(store, run, Control()) == "finished"
    return run


@pytest.fixture(autouse=True)
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("PLAYGROUND_HOME", str(home))
    monkeypatch.setattr("core.ui.state.person.person", lambda: MINE)  # the page imports it anew with every run


def words(app: AppTest) -> str:
    found = [
        element.value for kind in (app.markdown, app.caption, app.header, app.info, app.success) for element in kind
    ]
    return as_read("\n".join([*found, *(element.proto.body for element in app.get("html"))]))


def table(app: AppTest) -> list[str]:
    return app.dataframe[0].value["title"].tolist()


def choose(app: AppTest, *places: int) -> AppTest:
    """Choose runs in the table, as a click in the browser does."""
    key = app.dataframe[0].key
    assert key.startswith("runs-table-")
    app.session_state[key] = {"selection": {"rows": list(places), "columns": [], "cells": []}}
    return app.run()


def test_no_class_is_hardest_where_all_are_alike() -> None:
    flat = np.array([0.0, 1.0])
    one, other = (RocLine(name, flat, flat, flat, area) for name, area in (("*a*", 0.9), ("b", 0.9)))
    assert name_hardest([one, other]).startswith("All 2 classes are equally hard")
    worse = replace(other, area=0.8999)
    assert "hardest class to tell from the others is **b**, with an area of **0.8999**" in name_hardest([one, worse])


@pytest.mark.parametrize(
    ("sure", "right", "said"),
    [
        (0.95, 0.9, "surer than it is right, by 5.00 points"),
        (0.9, 0.95, "less sure than it is right, by 5.00 points"),
        (0.9, 0.9, "as sure as it is right"),
        (0.9, 0.90001, "as sure as it is right"),
    ],
)
def test_a_gap_that_is_nothing_has_no_side(sure: float, right: float, said: str) -> None:
    assert said in compare_sureness(sure, right)


def test_all_runs_are_listed_found_and_sorted_out(runs: list[str]) -> None:
    app = open_page("runs")
    assert table(app) == ["\N{WORD JOINER}=1+1", "second seed", HOSTILE]
    assert "3 runs" in words(app)
    app.text_input(key="runs-words").set_value("SECOND mlp").run()
    assert table(app) == ["second seed"]
    app.text_input(key="runs-words").set_value("").run()
    app.multiselect(key="runs-wanted-status").set_value(["went wrong"]).run()
    assert table(app) == []
    assert not app.exception


def test_a_click_survives_the_runs_of_others(runs: list[str]) -> None:
    app = choose(open_page("runs"), 1)
    key = app.dataframe[0].key
    other = runner().store.create(short_run(store_stripes()), "somebody else", "stopped")
    try:
        app.session_state[key] = {"selection": {"rows": [1, 2], "columns": [], "cells": []}}  # the next click
        app.run()
        assert app.dataframe[0].key == key
        assert table(app) == ["\N{WORD JOINER}=1+1", "second seed", HOSTILE]
        assert app.button(key="runs-unchoose").label == "2 chosen"
        assert "3 of 4 runs" in words(app)
        app.button(key="runs-news").click().run()
        assert len(table(app)) == 4
        key = app.dataframe[0].key
        runner().store.delete(other, SERVER)
        app.run()
        assert app.dataframe[0].key == key
        assert table(app)[0] == "stripes (deleted)"
        assert app.button(key="runs-unchoose").label == "2 chosen"  # what was chosen is chosen, one place further down
        app.button(key="runs-compare").click().run()
        assert app.multiselect(key="runs-compared").value == [runs[1], runs[0]]
    finally:
        runner().store.delete(other, SERVER)


def test_a_run_is_examined_from_its_link(runs: list[str]) -> None:
    app = open_page("runs", run=runs[0], cell="0,0")
    assert not app.info
    assert r"\<b\>\*mine" in words(app)
    numbers = html_of(app, "runs-numbers")
    record = runner().store.get(runs[0])
    assert record is not None
    assert record.score is not None
    assert f"{100 * record.score.accuracy:.2f} %" in numbers
    assert "top-2" not in numbers  # of two classes, one is always among the two likeliest
    assert any("pictures of standing, read right" in one.value for one in app.header)
    assert app.query_params["cell"] in ("0,0", ["0,0"])
    app.button(key="runs-all-mistakes").click().run()
    assert "cell" not in app.query_params
    app.selectbox(key="runs-cell-true").select_index(2).run()  # a cell without the mouse
    assert app.query_params["cell"][0].startswith("1,") or app.query_params["cell"].startswith("1,")
    app.selectbox(key="runs-cell-answer").select_index(1).run()
    assert app.query_params["cell"] in ("1,1", ["1,1"])
    app.selectbox(key="runs-cell-true").select_index(0).run()
    assert "cell" not in app.query_params
    for section in ("As sure as right?", "Between two checkpoints", "Class by class"):
        app.get_by_key("runs-more").set_value(section).run()
        assert not app.exception


@pytest.mark.parametrize("section", ["Compare", "Sweep"])
def test_the_open_section_is_in_the_link_also_where_nothing_is_chosen_there(section: str) -> None:
    app = open_page("runs")
    app.get_by_key("runs-section").set_value(section).run()
    assert app.query_params["runs-section"] in (section, [section])
    assert open_page("runs", **{"runs-section": section}).get_by_key("runs-section").value == section
    app.get_by_key("runs-section").set_value("All runs").run()
    assert not app.query_params


def test_a_link_opens_what_is_looked_at_below_a_network() -> None:
    app = open_page("runs", run="digit-cnn", **{"runs-more": "ROC"})
    assert app.get_by_key("runs-section").value == "Examine"
    assert app.get_by_key("runs-more").value == "ROC"
    assert "runs-section" not in app.query_params  # the network says it
    assert open_page("runs", run="digit-cnn", **{"runs-more": "Download"}).get_by_key("runs-more").value != "Download"


@pytest.mark.parametrize("network", ["digit-cnn", "digit-mlp", "digit-gru", "digit-cnn-strided"])
def test_shipped_networks_are_examined_too(network: str) -> None:
    app = open_page("runs", run=network, cell="99,1")
    assert "top-2" in html_of(app, "runs-numbers")
    assert "10,000" in words(app)
    assert any("surest mistakes" in one.value for one in app.header)


@pytest.mark.parametrize(
    "asked", ["0123456789ab", "../../etc/passwd", "<b>x</b>", "digit-or-not", "\u0664,1", "a" * 999]
)
def test_links_that_make_no_sense_give_a_calm_page(runs: list[str], asked: str) -> None:
    for query in ({"run": asked, "cell": asked}, {"compare": f"{asked},,{asked}"}, {"sweep": asked}):
        app = open_page("runs", **query)
        assert app.title[0].value == "Runs"
        assert not app.error


def test_runs_are_compared_and_seeds_are_a_spread(runs: list[str]) -> None:
    app = open_page("runs", compare=",".join(runs))
    assert "differ in their seed alone" in words(app)
    assert "standard deviation" in words(app)
    scores, different = (frame.value for frame in app.dataframe)
    assert scores["work"].tolist() == [784 * 16 + 16 * 2] * 3
    assert (scores["low"] < scores["accuracy"] + 1e-9).all()
    assert different["setting"].tolist() == ["learning rate", "seed"]
    shown = figure(app, "runs-curves")
    assert len({one["name"] for one in shown["data"]}) == 2
    assert {one["meta"] for one in shown["data"]} >= {"training", "validation", "training, lowest"}
    for axis in ("epoch", "second"):
        app.get_by_key("runs-axis").set_value(axis).run()
        assert not app.exception


def test_what_was_stopped_or_steered_says_nothing_about_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    store = Store(tmp_path / "runs")
    whole = [leave_run(store, "somebody") for _ in range(2)]
    stopped = leave_run(store, "somebody", "stopped")
    steered = leave_run(store, "somebody", events=[LearningRateChange(20, 0.5, 0.2, 4.0)])
    said = words(open_page("runs", compare=",".join([*whole, stopped, steered])))
    assert "the seed too (2 of them, ended early or steered by hand, are not counted): test accuracy" in said
    said = words(open_page("runs", compare=",".join([whole[0], stopped])))
    assert "(1 of them, ended early or steered by hand, is not counted): their curves" in said
    assert "standard deviation" not in said


def test_runs_of_different_test_data_are_not_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    first = short_run(store_stripes())
    others = OwnSet(stripes(200, 2), stripes(80, 3), inverted=False)
    task = first.task.model_copy(update={"data": OWN + store_own(others, "other stripes")})
    ran = [train(first, "one"), train(first.model_copy(update={"task": task}), "two"), train(first, "three")]
    app = open_page("runs", compare=",".join(ran))
    assert "different test data" in " ".join(one.value for one in app.warning)
    assert "overlap" not in words(app)
    assert [cell[:2] for cell in app.dataframe[0].value["data"]] == ["A:", "B:", "A:"]
    names = {one["name"] for one in figure(app, "runs-curves")["data"]}
    assert sorted(name[-8:] for name in names) == ["(data A)", "(data B)"]
    app = open_page("runs", compare=f"{ran[0]},{ran[2]}")
    assert not app.warning and "overlap" in words(app) and "answered the same test cases" in words(app)
    assert "data" not in app.dataframe[0].value


def test_a_comparison_with_a_run_that_is_gone_shows_the_rest(runs: list[str]) -> None:
    app = open_page("runs", compare=f"{runs[0]},0123456789ab,{runs[1]}")
    assert "1 of the runs in this link is not on this server" in words(app)
    assert len(app.dataframe[0].value) == 2


def test_chosen_runs_are_renamed_tagged_and_deleted_and_brought_back(runs: list[str]) -> None:
    store = runner().store
    app = choose(open_page("runs"), 1)
    who = runs[1]
    app.text_input(key=f"runs-title-{who}").set_value("other *name*")
    app.text_input(key=f"runs-tags-{who}").set_value("good, :red[odd]").run()
    app.button(key=f"runs-save-{who}").click().run()
    record = store.get(who)
    assert record is not None
    assert (record.title, record.tags) == ("other *name*", ("good", ":red[odd]"))
    app.button(key="runs-delete").click().run()
    assert store.get(who) is None
    assert len(table(app)) == 2
    app.button(key="runs-undelete").click().run()
    assert len(table(app)) == 3
    store.rename(who, "second seed", SERVER)
    store.set_tags(who, [], SERVER)


def test_a_choice_outlives_a_search_and_can_be_let_go(runs: list[str]) -> None:
    app = choose(open_page("runs"), 0, 2)
    assert not app.button(key="runs-compare").disabled
    app.text_input(key="runs-words").set_value("second").run()
    assert "2 chosen" in app.button(key="runs-unchoose").label
    app = choose(app, 0)
    app.button(key="runs-compare").click().run()
    assert set(app.session_state["runs-state"].compared) == set(runs)
    app.get_by_key("runs-section").set_value("All runs").run()
    app.button(key="runs-unchoose").click().run()
    assert app.button(key="runs-compare").disabled
    assert app.button(key="runs-examine").disabled


def test_the_runs_of_others_can_be_looked_at_only(runs: list[str], home: Path) -> None:
    store = runner().store
    foreign = store.create(TrainConfig(title="theirs"), "somebody")
    store.set_status(foreign, "failed", "Why not.")
    from_console = store.create(TrainConfig(title="console"), f"{COMMAND_LINE} 1", "finished")
    try:
        for place in (0, 1):
            app = choose(open_page("runs"), place)
            assert not [button for button in app.button if str(button.key).startswith(("runs-save", "runs-delete"))]
        assert "Why not." in words(open_page("runs", run=foreign))
        assert app.dataframe[0].value["by"].tolist()[:3] == ["command line", "somebody else", "you"]
    finally:
        for run in (foreign, from_console):
            store.delete(run, SERVER)


def test_what_may_not_be_deleted_is_said_and_stays(runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    app = choose(open_page("runs"), 0)
    (delete,) = [button for button in app.button if str(button.key) == "runs-delete"]
    monkeypatch.setattr("core.ui.state.person.person", lambda: Person("somebody else"))  # between looking and clicking
    delete.click().run()
    assert not app.exception
    assert {run.id for run in runner().store.summaries()} == set(runs)


def test_a_run_whose_weights_are_gone_is_said(runs: list[str], home: Path) -> None:
    final = home / "runs" / runs[2] / "final.safetensors"
    kept = final.read_bytes()
    final.write_bytes(kept[: len(kept) // 2])
    try:
        app = open_page("runs", run=runs[2])
        if not app.info:  # its network is in memory since another test
            assert "surest" in words(app)
        else:
            assert "damaged" in words(app)
    finally:
        final.write_bytes(kept)


def sweep_of(store: Store, session: str) -> tuple[str, list[str]]:
    """Leave a sweep with three trials in the store, as a driver would."""
    base = short_run("own:0123456789abcdef").model_copy(update={"title": "<b>mine</b>"})
    vary = [{"name": "learning_rate", "low": 1e-4, "high": 0.1, "log": True}, {"name": "optimizer", "values": ["sgd"]}]
    config = read_sweep({"base": base.model_dump(mode="json"), "vary": vary, "sampler": "random", "trials": 4})
    sweep = store.create_sweep(config, session)
    trials = []
    for number, right in enumerate((30, 39, 35), 1):
        run = store.create(config.base.model_copy(update={"title": f"t{number}"}), session, "finished", sweep=sweep)
        values = {"learning_rate": f"{0.0001 * 10**number:g}", "optimizer": "sgd"}
        store.add_event(run, TrialStarted(0, 0.0, 0.0, number, values))
        store.add_event(run, Validation(10, 1.0, 1.0, Score(0.1, right, 40), True))
        store.set_score(run, Score(0.1, right, 60))
        trials.append(run)
    return sweep, trials


def test_a_sweep_is_shown_with_its_best_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    store = runner().store
    sweep, trials = sweep_of(store, "me")
    app = open_page("runs", sweep=sweep)
    assert "3 of 4 trials over" in words(app)
    assert "learning rate 0.01, optimizer sgd" in words(app).replace("\\", "")
    shown = app.dataframe[0].value
    assert shown["number"].tolist() == ["1", "2 (best)", "3"]
    assert shown["score"].tolist() == [75.0, 97.5, 87.5]
    chart = json.loads(app.get("echarts_chart")[0].proto.spec)
    assert [axis["type"] for axis in chart["parallelAxis"]] == ["log", "category", "value"]
    assert chart["series"][0]["data"][-1]["value"] == [0.01, "sgd", 97.5]  # the best lies above the others
    assert app.button(key="sweep-longer").disabled  # as long as the sweep goes on
    assert app.button(key="sweep-stop").disabled  # it is somebody else's
    store.set_sweep_status(sweep, "finished")
    app = open_page("runs", sweep=sweep)
    shown = figure(app, "sweep")
    assert shown["layout"]["meta"]["columns"] == ["learning rate", "optimizer", "validation, %"]
    assert shown["layout"]["meta"]["rows"][1] == ["0.01", "sgd", 97.5]
    app.session_state[f"sweep-brushed-{sweep}"] = ((1.9, 2.1, 0.9, 1.0),)  # a box at the top of the last axis
    app.run()
    assert app.dataframe[0].value["number"].tolist() == ["2 (best)"]
    assert "1 of 3 trials chosen" in words(app)
    app.session_state[f"sweep-brushed-{sweep}"] = ()
    least = app.select_slider(key="sweep-least-3")  # the same without the mouse
    least.set_value(0.975).run()
    assert any("**1 of 3 trials chosen" in one.value for one in app.caption)
    assert not app.button(key="sweep-longer").disabled
    assert "orange is the best that has ended." in words(app)
    store.add_event(trials[1], TrialPruned(10, 1.0, 1.0, 0.1))  # once the best, then it fell behind
    fallen = open_page("runs", sweep=sweep)
    assert fallen.dataframe[0].value["number"].tolist() == ["1", "2", "3 (best)"]
    assert "orange is the best that was neither ended early nor diverged." in words(fallen)
    fallen.button(key="sweep-examine").click().run()
    assert fallen.query_params["run"] in (trials[2], [trials[2]])


def test_a_stopped_sweep_is_followed_until_its_last_trial_is_tested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    store, beats = runner().store, {}
    sweep, _ = sweep_of(store, "me")
    fragment = st.fragment

    def noted(show=None, *, run_every=None):
        beats[getattr(show, "__module__", "")] = run_every
        return fragment(show, run_every=run_every)

    monkeypatch.setattr(st, "fragment", noted)
    last = store.create(short_run("own:0123456789abcdef"), "me", "starting", sweep=sweep)
    store.add_event(last, TrialStarted(0, 0.0, 0.0, 4, {"learning_rate": "1", "optimizer": "sgd"}))
    store.set_sweep_status(sweep, "stopped")
    with beating(store, last):
        app = open_page("runs", sweep=sweep)
    assert app.button(key="sweep-stop").disabled
    assert beats[sweep_results.__name__] == sweep_results.BEAT  # or “running” would stand there for good
    store.set_score(last, Score(0.1, 30, 60))
    store.set_status(last, "stopped")
    app = open_page("runs", sweep=sweep)
    assert beats[sweep_results.__name__] is None
    assert app.dataframe[0].value["status"].tolist()[-1] != "starting"


def test_the_form_of_a_sweep_says_what_it_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    asked: list[SweepConfig] = []

    def start(self: LocalRunner, config: SweepConfig, by: Person) -> str:
        asked.append(config)
        return self.store.create_sweep(config, by.session)

    monkeypatch.setattr(LocalRunner, "start_sweep", start)
    app = open_page("runs")
    app.get_by_key("runs-section").set_value("Sweep").run()
    app.get_by_key("sweep-sampler").set_value("Grid").run()
    app.selectbox(key="sweep-1").set_value("optimizer").run()
    assert "9 trials, each with 2,000 images for 2 epochs" in words(app)
    app.text_input(key="sweep-0-low-learning_rate").set_value("many").run()
    said = "The learning rate needs values, or a range from a smaller to a larger number."
    assert as_read(app.warning[0].value) == said
    app.get_by_key("sweep-0-way-learning_rate").set_value("list").run()
    for written, trials in (("0,001; 0,01, 0.01", 6), ("0.1,0.2,0.3,0.4", 12), ("1 1,", 3)):
        app.text_input(key="sweep-0-list-learning_rate").set_value(written).run()
        assert f"{trials} trials, each with" in words(app)
    app.get_by_key("sweep-0-way-learning_rate").set_value("log range").run()
    app.text_input(key="sweep-0-low-learning_rate").set_value("0,001").run()
    app.button(key="sweep-start").click().run()
    assert not app.exception
    (config,) = asked
    assert config.total == 9
    assert config.base.task.images == 2_000
    assert [one.name for one in config.vary] == ["learning_rate", "optimizer"]
    assert config.vary[0].low == 0.001
    assert "sweep" in app.query_params
    assert "0 of 9 trials over" in words(app)


def test_the_pictures_that_a_script_reads_are_for_whoever_started_the_run(
    runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def offered() -> tuple[bool, str]:
        app = open_page("runs", run=runs[2])
        app.get_by_key("runs-more").set_value("Download").run()
        app.get_by_key("runs-format-all").set_value("Script").run()
        app.button(key="runs-make-Script").click().run()
        assert not app.exception
        return any(one.proto.label.startswith("Save its pictures") for one in app.get("download_button")), words(app)

    saved, said = offered()
    assert not saved and "Only the person who started this run" in said
    monkeypatch.setattr(downloads, "may_change", lambda by, session: True)
    assert offered()[0]


@pytest.mark.parametrize("name", ["Weights", "ONNX", "Metrics", "TensorBoard", "Script"])
def test_files_are_made_when_asked_for(runs: list[str], name: str) -> None:
    app = open_page("runs", run=runs[0])
    app.get_by_key("runs-more").set_value("Download").run()
    app.get_by_key("runs-format-all").set_value(name).run()
    assert not any("Save it" in one.label for one in app.get("download_button"))
    app.button(key=f"runs-make-{name}").click().run()
    assert not app.exception
    assert not app.warning
    assert any("Save it" in one.label for one in app.get("download_button"))
    if name == "Script":
        assert "import torch" in app.code[0].value


def test_a_file_that_cannot_be_made_is_said_and_nothing_is_lost(
    runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(downloads.FORMATS, "Metrics", replace(downloads.FORMATS["Metrics"], make=fail))
    app = open_page("runs", run=runs[0])
    app.get_by_key("runs-more").set_value("Download").run()
    app.get_by_key("runs-format-all").set_value("Metrics").run()
    app.button(key="runs-make-Metrics").click().run()
    assert "No space left" in app.warning[0].value
    assert not app.exception


def test_a_network_is_brought_back_and_a_pickle_is_not(runs: list[str]) -> None:
    store = runner().store
    record = store.get(runs[0])
    assert record is not None
    before = {run.id for run in store.summaries()}
    app = open_page("runs")
    assert app.button(key="runs-import-start").disabled
    app.get("file_uploader")[0].set_value([("x.zip", b"PK\x03\x04 no zip", "application/zip")]).run()
    app.button(key="runs-import-start").click().run()
    assert app.warning
    assert {run.id for run in store.summaries()} == before
    app.get("file_uploader")[0].set_value([("x.zip", export_weights(store, record), "application/zip")]).run()
    app.button(key="runs-import-start").click().run()
    assert not app.warning
    (new,) = {run.id for run in store.summaries()} - before
    assert "was imported" in words(app)
    brought = store.get(new)
    assert brought is not None
    assert record.score and brought.score
    assert brought.score == replace(record.score, loss=pytest.approx(record.score.loss, rel=1e-4))
    store.delete(new, SERVER)


def test_imports_count_as_files_brought_and_come_one_at_a_time(
    runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = ("x.zip", b"PK\x03\x04 no zip", "application/zip")
    app = open_page("runs")
    app.get("file_uploader")[0].set_value([bad, ("y.zip", *bad[1:])]).run()
    app.button(key="runs-import-start").click().run()
    assert [warning.value for warning in app.warning] == [
        "These are files of more than one network: import one at a time."
    ]
    config = ("config.json", b"{}", "application/json")
    for files, said in {
        (("x.safetensors", b"\x89PNG", "image/png"),): "choose config.json together with",
        (bad, config): "The zip has all that is needed: choose it alone.",
    }.items():
        app.get("file_uploader")[0].set_value(list(files)).run()
        app.button(key="runs-import-start").click().run()
        assert said in app.warning[0].value
    monkeypatch.setenv("PLAYGROUND_UPLOADS_PER_MINUTE", "1")
    app = open_page("runs")
    for sentence in ("not a zip", TOO_MANY):
        app.get("file_uploader")[0].set_value([bad]).run()
        app.button(key="runs-import-start").click().run()
        assert sentence in app.warning[0].value


def test_two_thousand_runs_open_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    fill(runner().store, 2_000)
    app = open_page()
    begun = time.perf_counter()
    app.switch_page("../../../pages/runs.py").run()
    took = time.perf_counter() - begun
    print(f"page with 2,000 runs: {took:.2f} s")
    assert len(table(app)) == 2_000
    assert took < 5.0  # 1.5 s alone; this machine has other work, too


def fill(store: Store, count: int) -> None:
    """Add runs with curves, in one go."""
    config = json.dumps(TrainConfig().model_dump(mode="json"))
    store.count()
    with store._write() as database:
        for number in range(count):
            database.execute(
                "INSERT INTO runs (id, session, title, config, status, created, score, step, total_steps) "
                "VALUES (?, ?, ?, ?, 'finished', ?, ?, 100, 100)",
                (
                    f"{number:012x}",
                    str(number % 30),
                    f"run {number}",
                    config,
                    1e9 + number,
                    json.dumps({"loss": 0.1, "correct": 9000 + number % 1000, "cases": 10_000}),
                ),
            )
            database.execute(
                "INSERT INTO curves (run, rows) VALUES (?, ?)", (f"{number:012x}", np.zeros((50, 6)).tobytes())
            )


def test_the_largest_class_stands_beside_every_accuracy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    config = short_run(store_uneven())
    task = config.images.model_copy(update={"class_weights": True})
    ran = [train(config, "plain"), train(config.model_copy(update={"task": task}), "weighted")]
    records = [runner().store.get(run) for run in ran]
    majority = 100 * 50 / 56
    listed = open_page("runs").dataframe[0].value
    assert listed["majority"].tolist() == pytest.approx([majority] * 2)
    assert listed["recall"].tolist() == pytest.approx([100 * one.score.mean_recall for one in records[::-1]])
    app = open_page("runs", run=ran[0])
    shown = html_of(app, "runs-numbers")
    assert "largest class alone" in shown and "mean recall" in shown and "89.29" in shown
    app = open_page("runs", compare=",".join(ran))
    scores, different = (frame.value for frame in app.dataframe)
    assert scores["majority"].tolist() == pytest.approx([majority] * 2)
    assert scores["recall"].notna().all()
    assert different["setting"].tolist() == ["class weights"]


def test_the_loss_landscape_is_waited_for_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    job = LandscapeJob(share=0.25)
    monkeypatch.setattr(landscape, "landscape_of", lambda *_: job)
    app = open_page("runs", run="digit-cnn")
    app.get_by_key("runs-more").set_value("Loss landscape").run()
    assert "run-landscape" not in figures(app)
    axis = np.linspace(-1, 1, 3)
    job.result = LossLandscape(axis, axis, np.ones((3, 3)), np.zeros((2, 2)), np.array([2.3, 0.5]), 0.9)
    app.run()
    surface, way = figure(app, "run-landscape")["data"]
    assert np.shape(surface["z"]) == (3, 3) and way["z"][0] > way["z"][1]
    assert "from a loss of 2.300 to 0.5000" in words(app)
    job.result = LossLandscape(axis, axis, np.full((3, 3), np.nan), np.zeros((2, 2)), np.array([2.3, np.nan]), 0.9)
    app.run()
    assert "has diverged" in words(app)


def test_layers_are_shown_over_time(runs: list[str]) -> None:
    app = open_page("runs", run=runs[0])
    app.get_by_key("runs-more").set_value("Layers over time").run()
    assert not app.exception
    names = {"ridges-weights", "ridges-activations"}
    assert names <= figures(app)
    weights = figure(app, "ridges-weights")["layout"]["meta"]["rows"]
    moments = dict.fromkeys(row[0] for row in weights)
    assert next(iter(moments)) == "update 0"
    for moment in moments:
        assert sum(row[3] for row in weights if row[0] == moment) == 784 * 16
    app.selectbox(key=f"runs-evolution-{runs[0]}").set_value("dense2").run()
    activations = figure(app, "ridges-activations")["layout"]["meta"]["rows"]
    assert sum(row[3] for row in activations if row[0] == "update 0") % 2 == 0


def test_where_there_are_no_runs_the_page_leads_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    app = open_page("runs")
    assert "no runs yet" in words(app)
    assert [link.proto.page for link in app.get("page_link")] == ["train"]
