"""Seat and desk without Ray: messages are calls."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.runs.cluster.desk import StoreDesk
from core.runs.cluster.desk_store import DeskStore
from core.runs.cluster.seat import Brings, Seat
from core.runs.networks import final_network
from core.runs.store.attempt_rows import Attempt, StaleAttempt
from core.runs.store.store import Store
from core.runs.workers import execute as module
from core.runs.workers.execute import execute
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.events import Validation
from core.training.task import Score
from tests.support.stripes import short_run, store_stripes


class Call(Brings):
    """A way to a desk in the same process; `doubled` sends everything twice, as after an answer that was lost."""

    def __init__(self, desk: StoreDesk, attempt: Attempt, doubled: bool = False) -> None:
        self.desk, self.attempt, self.doubled = desk, attempt, doubled

    def ask(self, method: str, *arguments: Any) -> Any:
        found = self.desk.ask(self.attempt, method, arguments)
        if self.doubled:
            self.desk.ask(self.attempt, method, arguments, again=True)
        return found

    def file(self, method: str, *arguments: Any) -> Any:
        return self.desk.file(self.attempt, method, arguments)

    def brought(self) -> dict[str, bytes]:
        return self.desk.brought(self.attempt)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "server"))
    monkeypatch.setenv("PLAYGROUND_DATABASE", "")
    return tmp_path / "server"


@pytest.fixture
def config(home: Path) -> TrainConfig:
    return short_run(store_stripes())


@pytest.fixture
def desk(home: Path) -> StoreDesk:
    return StoreDesk(str(home))


@pytest.fixture
def store(home: Path) -> Store:
    return Store(home / "runs")


def claimed(store: Store, config: TrainConfig, session: str = "me", seat: str = "seat 1") -> Attempt:
    store.create(config, session)
    found = store.claim_for(seat)
    assert found
    return Attempt(*found)


@pytest.mark.parametrize("doubled", [False, True])
def test_a_run_over_the_desk_is_the_run_that_it_would_be_here(
    store: Store, desk: StoreDesk, config: TrainConfig, doubled: bool
) -> None:
    here = store.create(config, "here", "starting")
    execute(store, here, Control())
    there = claimed(store, config)
    distant = DeskStore(Call(desk, there, doubled))
    assert execute(distant, there.run, Control()) == "finished"
    distant.settle()
    distant.close()
    one, other = store.get(here), store.get(there.run)
    assert one
    assert other
    assert other.usable
    assert one.setup == other.setup
    assert one.score == other.score
    assert store.curve(there.run).loss.tolist() == store.curve(here).loss.tolist()
    events = [[event for event in store.events(run) if isinstance(event, Validation)] for run in (here, there.run)]
    assert [event.score for event in events[0]] == [event.score for event in events[1]]
    kept = [{path.name for path in (store.folder / run).iterdir()} for run in (here, there.run)]
    assert {"0.safetensors", "40.safetensors", "final.safetensors", "resume.safetensors"} <= kept[0] & kept[1]
    assert final_network(store, other)


def test_what_a_seat_may_not_do(store: Store, desk: StoreDesk, config: TrainConfig) -> None:
    attempt = claimed(store, config)
    for method in ("delete", "purge", "requeue", "_write"):
        with pytest.raises(ValueError, match="may not call"):
            desk.ask(attempt, method, ())
    for name in ("../../badges.key", "/etc/passwd", "a/b", ".."):
        with pytest.raises((ValueError, OSError)):
            desk.file(attempt, "read", (name,))
        with pytest.raises((ValueError, OSError)):
            desk.file(attempt, "write", (name, b"x"))
    with pytest.raises(ValueError, match="may not"):
        desk.file(attempt, "folder", ())


def test_a_seat_that_lost_its_run_ends_by_itself_and_changes_nothing(
    store: Store, desk: StoreDesk, config: TrainConfig
) -> None:
    attempt = claimed(store, config)
    distant = DeskStore(Call(desk, attempt))
    seen: list[int] = []

    def lose(event: object, _task: object) -> None:
        seen.append(1)
        if len(seen) == 3:
            assert store.retry(attempt, "It was lost.")

    execute(distant, attempt.run, Control(), lose)
    with pytest.raises(StaleAttempt):
        distant.settle()
    distant.close()
    record = store.get(attempt.run)
    assert record
    assert (record.status, record.reason) == ("queued", "It was lost.")
    with pytest.raises(StaleAttempt):
        desk.file(attempt, "write", ("final.safetensors", b""))
    with pytest.raises(StaleAttempt):
        desk.brought(attempt)
    assert len(seen) < 12


@pytest.fixture
def seat(desk: StoreDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: TrainConfig) -> Iterator[Seat]:
    """A seat on a machine with a home of its own."""
    monkeypatch.setattr(module, "warm_up", lambda: None)
    monkeypatch.setattr("core.runs.workers.worker.prepare_process", lambda: None)
    monkeypatch.setenv("PLAYGROUND_MAX_SECONDS", "77")
    monkeypatch.setenv("PLAYGROUND_PAUSE_SECONDS", "77")
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "machine"))
    return Seat("seat 1", "a machine", lambda attempt: Call(desk, attempt))


def test_a_seat_fetches_what_people_have_brought_and_forgets_it(
    seat: Seat, store: Store, config: TrainConfig, tmp_path: Path
) -> None:
    attempt = claimed(store, config)
    assert seat.alive().attempt is None
    assert seat.train(attempt, {"PLAYGROUND_MAX_SECONDS": "50"}) == "finished"
    record = store.get(attempt.run)
    assert record
    assert record.usable
    assert not any((tmp_path / "machine").rglob("*.npz"))
    assert seat.alive().attempt is None
    gone = claimed(store, config)
    store.retry(gone, "")
    assert "trained elsewhere" in seat.train(gone, {})


def test_an_event_that_came_twice_is_kept_once(store: Store, desk: StoreDesk, config: TrainConfig) -> None:
    attempt = claimed(store, config)
    event = Validation(3, 0.3, 1.5, Score(0.5, 20, 40), True)
    for again in (False, True, True):
        desk.ask(attempt, "add_event", (event,), again)
    assert store.events(attempt.run) == [event]
