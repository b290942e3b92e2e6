"""Training from the page "Distance": one click, a run for every network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from core.runs.store.events import TrialStarted
from core.runs.store.store import Store
from core.runs.sweeps.trials import sweep_table
from core.runs.workers import local
from core.runs.workers.local import LocalRunner
from core.training.tasks.stories import StoryTask
from core.ui.sections.distance import training
from core.ui.widgets import train_here
from tests.support.apps import html, html_of, open_with
from tests.support.runs import beating, ended_sweep


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalRunner]:
    """A runner of its own, three of the six networks, and stories few enough that three runs take seconds."""
    alone = LocalRunner(Store(tmp_path / "runs"), at_once=1)
    monkeypatch.setattr(local, "runner", lambda: alone)
    few = {kind: StoryTask.kinds[kind] for kind in ("rnn", "lstm", "rotary")}
    monkeypatch.setattr(StoryTask, "kinds", few)
    monkeypatch.setattr(training, "StoryTask", lambda **given: StoryTask(**given, stories=200))
    yield alone
    alone.close()


def test_one_click_trains_every_network(runner: LocalRunner) -> None:
    app = open_with("distance", distance_look="Train it here")
    assert "Nothing trained here yet" in " ".join(one.value for one in app.caption)
    app.slider(key="distance-learnt").set_value(8).run()
    app.slider(key="distance-epochs").set_value(1).run()
    app.button(key="stories-train").click().run()
    assert not app.exception
    assert app.button(key="stories-train").disabled and not app.button(key="stories-stop").disabled
    (sweep,) = runner.store.sweeps()
    ended_sweep(runner.store, sweep.id)
    trials = sweep_table(runner.store, sweep.id)
    assert [trial.values["network"] for trial in trials] == list(StoryTask.kinds)
    assert [trial.run.status for trial in trials] == ["finished"] * 3
    app.run()
    assert not app.exception
    assert html(app).count(" of 12: ") == 3
    assert not app.button(key="stories-train").disabled
    app.button_group(key="distance-look").set_value("One story").run()
    assert all(f"<b>Your {kind}</b> expects" in html_of(app, "prediction-trained") for kind in StoryTask.kinds.values())


def test_a_second_click_and_stop(runner: LocalRunner) -> None:
    app = open_with("distance", distance_learnt="60", distance_look="Train it here")
    app.button(key="stories-train").click().run()
    app.button(key="stories-stop").click().run()
    assert not app.exception
    (sweep,) = runner.store.sweeps()
    assert sweep.status == "stopped"


def test_what_ends_after_a_stopped_sweep_is_followed_too(runner: LocalRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    store, beats = runner.store, {}
    monkeypatch.setattr(runner, "start_sweep", lambda config, by: store.create_sweep(config, by.session))
    fragment = st.fragment

    def noted(show=None, *, run_every=None):
        beats[getattr(show, "__qualname__", "")] = run_every
        return fragment(show, run_every=run_every)

    monkeypatch.setattr(st, "fragment", noted)
    app = open_with("distance", distance_look="Train it here")
    app.button(key="stories-train").click().run()
    (sweep,) = store.sweeps()
    run = store.create(sweep.config.base, sweep.session, "starting", sweep=sweep.id)
    store.add_event(run, TrialStarted(0, 0.0, 0.0, 1, {"network": "rnn"}))
    store.set_sweep_status(sweep.id, "stopped")
    with beating(store, run):
        app.run()
        assert not app.button(key="stories-train").disabled
        assert beats["_live"] == train_here.BEAT
    store.set_status(run, "stopped")
    app.run()
    assert beats["_live"] is None
