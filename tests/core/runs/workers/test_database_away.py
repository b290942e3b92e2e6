"""A training whose database is started again: nothing of it is lost, and no server takes it for dead."""

import contextlib
import time
from pathlib import Path

import numpy as np
import pytest

from core.runs.store.engine import StoreAway
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.runs.workers.control_channel import SILENCE
from core.runs.workers.local import LocalRunner
from core.runs.workers.persistent_store import persistent
from core.training.config import TrainConfig
from tests.support.postgres import Server, empty_database
from tests.support.waiting import wait_until


def test_a_call_that_the_database_left_is_made_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def heartbeat(run: str) -> None:
        calls.append(run)
        if len(calls) in {1, 3, 4}:
            raise StoreAway("gone")

    monkeypatch.setattr(store, "heartbeat", heartbeat)
    persistent(store).heartbeat("a")
    with pytest.raises(StoreAway):
        persistent(store).heartbeat("b")
    assert calls == ["a", "a", "b", "b"]


def test_who_could_not_reach_the_store_takes_nobody_for_lost_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.runs.workers.supervisor.SILENCE", 1.5)
    run = store.create(TrainConfig(title="a"), "me")
    store.claim("another server", 1)
    with store._write() as database:
        database.execute("UPDATE runs SET heartbeat = 0")
    silent, failed = store.silent, list[float]()

    def fail_first(seconds: float) -> list[tuple[str, str]]:
        if not failed:
            failed.append(time.monotonic())
            raise StoreAway("gone")
        return silent(seconds)

    monkeypatch.setattr(store, "silent", fail_first)
    runner = LocalRunner(store, at_once=1)
    runner.start()
    wait_until(lambda: (record := store.get(run)) and record.status == "interrupted")
    assert time.monotonic() - failed[0] > 1.5
    runner.close()


@pytest.mark.long
def test_a_training_goes_on_when_the_database_is_back(postgres: Server, tmp_path: Path, endless: TrainConfig) -> None:
    with empty_database(postgres, tmp_path):
        store = Store(tmp_path / "runs")
        runner, other = LocalRunner(store, at_once=1), LocalRunner(Store(tmp_path / "runs"), at_once=1)
        run = runner.submit(endless, Person("me"))
        other.start()

        def steps() -> int:
            with contextlib.suppress(StoreAway):  # this process has lost patience, and asks again in a moment
                record = store.get(run)
                assert record and record.active, record
                return record.step
            return 0

        def goes_on(until: int) -> None:
            wait_until(lambda: steps() > until, 60)
            over = time.monotonic() + SILENCE + 1
            wait_until(lambda: steps() and time.monotonic() > over)  # nobody takes it for lost

        goes_on(100)
        for away in (0.0, SILENCE + 2):
            postgres.stop()
            time.sleep(away)  # that nothing happens for so long is what is tried
            postgres.start()
            goes_on(wait_until(steps) + 200)
        runner.command(run, "pause", Person("me"))
        wait_until(lambda: (record := store.get(run)) and record.status == "paused")
        assert np.all(np.diff(store.curve(run).step) == 1)
        runner.close()
        other.close()
        assert (record := store.get(run)) and record.status == "interrupted"
