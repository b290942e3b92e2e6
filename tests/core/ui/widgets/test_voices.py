"""Voices leave the disk once nothing needs them, whoever looks."""

from pathlib import Path

import pytest

from core.data.audio.own_voice import Voice, imitated_voice, read_voice, store_voice
from core.data.sources import NotHere
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig, Varied
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.tasks.own_voice import VoiceTask
from core.ui.widgets.voices import forget_voice, remove_unused_voices


def test_a_voice_stays_as_long_as_something_learns_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    store, takes = Store(tmp_path / "runs"), imitated_voice().takes
    run, sweep, nobody = (store_voice(Voice(takes[begin:])) for begin in range(3))
    config = TrainConfig(title="a voice", task=VoiceTask(data=run), training=Training())
    started = store.create(config, "ada")
    base = config.model_copy(update={"task": VoiceTask(data=sweep)})
    vary = (Varied(name="network", values=("scratch", "last-layer")),)
    created = store.create_sweep(SweepConfig(base=base, vary=vary, sampler="grid"), "bob")
    remove_unused_voices(store, older_than=60)
    assert len(read_voice(nobody)) == 18  # its training may be on its way into the queue
    remove_unused_voices(store, older_than=-1)
    forget_voice(store, run)
    forget_voice(store, sweep)
    assert len(read_voice(run)) == 20 and len(read_voice(sweep)) == 19
    with pytest.raises(NotHere):
        read_voice(nobody)
    store.set_status(started, "finished")
    store.set_sweep_status(created, "finished")
    forget_voice(store, run)
    with pytest.raises(NotHere):
        read_voice(run)
    remove_unused_voices(store, older_than=-1)
    assert not list((tmp_path / "voices").iterdir())
