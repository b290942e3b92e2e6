"""Your own voice: digits are asked for, learnt in ordinary runs, and nothing of them stays."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.data.audio.own_voice import imitated_voice, read_voice
from core.data.audio.recording import to_wav
from core.data.audio.samples import sample_bytes
from core.data.sources import NotHere
from core.runs.store.store import Store
from core.runs.sweeps.trials import sweep_table
from core.runs.workers import local
from core.runs.workers.local import LocalRunner
from tests.support.apps import html, open_with
from tests.support.runs import ended_sweep

VOICE = {"say-look": "Your own voice"}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalRunner]:
    alone = LocalRunner(Store(tmp_path / "runs"), at_once=1)
    monkeypatch.setattr(local, "runner", lambda: alone)
    yield alone
    alone.close()


def words(app) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.caption, *app.info))


@pytest.mark.long
def test_a_voice_is_learnt_and_nothing_of_it_stays(runner: LocalRunner) -> None:
    app = open_with("say_digit", **VOICE)
    assert app.button(key="own-voice-learn").disabled
    app.button(key="own-voice-imitate").click().run()
    assert "20 recordings" in words(app)
    app.button(key="own-voice-learn").click().run()
    (sweep,) = runner.store.sweeps()
    ended_sweep(runner.store, sweep.id)
    trials = sweep_table(runner.store, sweep.id)
    assert [trial.run.status for trial in trials] == ["finished"] * 2
    app.run()
    assert not app.exception
    assert "of the 10 recordings kept apart" in words(app)
    shown = html(app)
    assert "Last layer only</b> says" in shown and "From scratch</b> says" in shown
    with pytest.raises(NotHere):  # what was learnt from is deleted
        read_voice(imitated_voice().name)
    app.button(key="own-voice-delete").click().run()
    assert "20 recordings" not in words(app) and app.button(key="own-voice-learn").disabled


def test_files_are_taken_by_their_names_and_the_others_are_said(runner: LocalRunner) -> None:
    app = open_with("say_digit", **VOICE)
    silence = to_wav(np.zeros(8000, np.float32))
    for name, data in [
        ("3_1.flac", sample_bytes(3, "theo")),
        ("three.flac", sample_bytes(3, "theo")),
        ("4.wav", silence),
    ]:
        app.file_uploader(key="own-voice-files").upload(name, data)
    app.run()
    assert not app.exception
    assert "1 recording" in words(app) and "three 1x" in words(app)
    assert "does not begin with a digit" in words(app) and "I hear nothing" in words(app)
    app.button(key="own-voice-undo").click().run()
    assert "three 1x" not in words(app)
