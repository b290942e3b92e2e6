"""Your own voice: digits are asked for, learnt in ordinary runs, and nothing of them stays."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.data.audio.own_voice import as_zip, imitated_voice, read_voice
from core.data.audio.recording import to_wav
from core.data.audio.samples import sample_bytes
from core.data.sources import NotHere
from core.runs.store.store import Store
from core.runs.sweeps.trials import sweep_table
from core.runs.workers import local
from core.runs.workers.local import LocalRunner
from core.ui.sections.say_digit.own_voice import prompt
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
    return " ".join(one.value for one in (*app.markdown, *app.caption, *app.info)).replace("\\", "")


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


def bring(app: AppTest, *files: tuple[str, bytes]) -> str:
    """Bring files into the field, which is empty each time, and return what the page says."""
    field = next(one for one in app.file_uploader if str(one.key).startswith("own-voice-files"))
    for name, data in files:
        field.upload(name, data)
    app.run()
    assert not app.exception
    return words(app)


def test_files_are_taken_by_their_names_and_the_others_are_said(runner: LocalRunner) -> None:
    app = open_with("say_digit", **VOICE)
    silence = to_wav(np.zeros(8000, np.float32))
    three = sample_bytes(3, "theo")
    said = bring(app, ("3_1.flac", three), ("three.flac", three), ("4.wav", silence))
    assert "1 recording" in said and "three 1x" in said
    assert "does not begin with a digit" in said and "I hear nothing" in said
    assert "3_2.flac: This recording is here already" in bring(app, ("3_2.flac", three))
    said = bring(app, ("8_1.flac", sample_bytes(7, "theo")))
    assert "8_1.flac sounds like “seven” and is kept as “eight”" in said and "eight 1x" in said
    app.selectbox(key="own-voice-take-2").set_value(0).run()
    app.button(key="own-voice-remove").click().run()
    assert "three 1x" not in words(app) and "eight 1x" in words(app)
    app.button(key="own-voice-undo").click().run()
    assert "eight 1x" not in words(app)


def test_a_zip_is_taken_and_enough_is_said(runner: LocalRunner) -> None:
    app = open_with("say_digit", **VOICE)
    said = bring(app, ("my-voice.zip", as_zip(imitated_voice())), ("other.zip", b"nothing"))
    assert "20 recordings" in said and "other.zip: This is not a zip" in said
    assert "enough to learn from" in prompt(imitated_voice())
    assert prompt(imitated_voice().without(-1)) == "Say **nine** (20 of 20)"
