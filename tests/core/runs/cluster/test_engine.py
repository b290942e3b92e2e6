"""What the server makes of the answers of Ray's actors, with Ray on paper."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.runs.cluster.agent_process import SILENT
from core.runs.cluster.pulse import ASKED, HANGS
from core.runs.cluster.seats import Departure, SeatState
from core.runs.store.attempt_rows import Attempt
from tests.support.fake_ray import ActorDiedError, FakeRay, RayActorError, RayTaskError

ENGINE = "core.runs.cluster.engine"
HOME = Path("/home/of/the/server")


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


class House:
    """A server before a cluster with two slots."""

    def __init__(self, engine: Any, ray: FakeRay, clock: Clock) -> None:
        self.ray, self.clock, self.again = ray, clock, engine.MADE
        self.cluster = engine.RayCluster(HOME, "there:1")
        self.silent: set[str] = set()
        self.look()

    def look(self, seconds: float = 0.0, home: str = str(HOME)) -> list[str]:
        """Look every quarter of a second for some time, while all that are not `silent` answer; return the seats."""
        until = self.clock.now + seconds
        while True:
            self.cluster.connect()
            found = [seat.name for seat in self.cluster.seats()]
            for actor in {actor.name: actor for actor in self.ray.made}.values():
                if actor.name not in self.silent:
                    actor.answer(home if actor.name == "desk" else SeatState(actor.name, "one", "", "", 1, None))
            if self.clock.now >= until:
                return found
            self.clock.now += 0.25


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    ray, clock = FakeRay({"trainer": 2.0}), Clock()
    for name, module in ray.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, ENGINE, raising=False)
    engine = importlib.import_module(ENGINE)
    monkeypatch.setattr(engine, "time", clock)
    monkeypatch.setattr(engine, "_listens", lambda address: address != "gone:1")
    yield House(engine, ray, clock)
    del sys.modules[ENGINE]


def names(house: House) -> list[str]:
    return [actor.name for actor in house.ray.made]


def test_there_is_a_desk_and_a_seat_for_every_slot(house: House) -> None:
    assert house.look(5) == ["seat 1", "seat 2"]
    assert names(house) == ["desk", "seat 1", "seat 2"]
    assert house.cluster.desk_answers()
    assert house.ray.killed == []
    house.ray.resources = {"GPU": 1.0, "trainer": 2.0}
    assert "GPU seat 1" in house.look(5)


def test_a_seat_that_died_is_made_again_but_one_that_cannot_start_not_all_the_time(house: House) -> None:
    house.look(house.again)
    house.silent = {"seat 1"}
    house.clock.now += ASKED
    house.look()
    house.ray.last("seat 1").answer(ActorDiedError("killed"))
    house.look(0.25)
    assert names(house).count("seat 1") == 2
    for _ in range(3):
        house.ray.last("seat 1").answer(ActorDiedError("No such module."))
        assert house.look(1) == ["seat 2"]
    assert names(house).count("seat 1") == 2
    house.look(house.again)
    assert names(house).count("seat 1") == 3


def test_what_hangs_is_ended_and_replaced(house: House) -> None:
    house.look(house.again)
    house.silent = {"seat 1", "desk"}
    house.look(HANGS - 1)
    assert house.ray.killed == []
    assert not house.cluster.desk_answers()
    house.look(3)
    assert sorted(house.ray.killed) == [("desk", False), ("seat 1", True)]  # Ray starts the desk again by itself
    assert names(house).count("seat 1") == 2
    house.look(3 * HANGS)  # both start, and that may take long
    assert len(house.ray.killed) == 2
    house.ray.last("desk").answer(RayActorError("It is starting."))
    house.silent = set()
    assert house.look(2) == ["seat 2", "seat 1"]
    assert house.cluster.desk_answers()


def test_a_server_that_was_held_up_itself_ends_nobody(house: House) -> None:
    house.look(2)
    house.silent = {"seat 1", "seat 2", "desk"}
    house.look(1)
    house.clock.now += 10 * HANGS
    house.look(HANGS - 1)
    assert house.ray.killed == []


def test_a_cluster_of_another_server_is_left_alone(house: House) -> None:
    house.look(2)
    assert house.look(2, home="/home/of/another") == []
    assert not house.cluster.desk_answers()
    assert house.cluster.trouble == "The cluster trains for another server"
    assert house.look(2) == ["seat 1", "seat 2"]
    assert house.cluster.trouble == ""


def test_a_run_departs_with_its_seat(house: House) -> None:
    house.look(2)
    first, second = Attempt("a", 1), Attempt("b", 1)
    house.cluster.train("seat 1", first)
    house.cluster.train("seat 2", second)
    assert house.cluster.departures() == []
    house.ray.last("seat 1").answer(ActorDiedError("killed"), "train")
    house.ray.last("seat 2").answer(RayTaskError(ValueError("Nonsense")), "train")
    assert house.cluster.departures() == [
        Departure(first, "Its process died."),
        Departure(second, "Its process failed: Nonsense."),
    ]
    assert house.cluster.departures() == []
    house.silent = {"seat 1", "seat 2"}
    assert house.look() == []  # both are asked anew before they count as free


def test_who_may_not_join_says_so_and_is_told_once(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(**_options: Any) -> None:
        raise ConnectionError("Unauthenticated\nand more")

    monkeypatch.setattr(house.ray, "init", refuse)
    house.ray.joined = False
    house.look(60)
    assert house.cluster.trouble == "The cluster does not let this server in"
    assert caplog.text.count("Unauthenticated. Has this server the token") == 1


@pytest.mark.parametrize("address", ["auto", "gone:1"])
def test_a_cluster_that_is_not_there_does_not_answer(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    def find(**_options: Any) -> None:
        raise ConnectionError("Could not find any running Ray instance.")

    engine = sys.modules[ENGINE]
    monkeypatch.setattr(engine, "CURRENT", tmp_path / "ray_current_cluster")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setattr(house.ray, "init", find)
    house.ray.joined, house.cluster = False, engine.RayCluster(HOME, address)
    house.look(30)
    assert house.cluster.trouble == SILENT
    assert caplog.text.count(f"PLAYGROUND_CLUSTER={address}: ") == 1
    (tmp_path / "ray_current_cluster").write_text("there:1\n")
    monkeypatch.setattr(house.ray, "init", lambda **_options: setattr(house.ray, "joined", True))
    if address == "auto":
        assert house.look(15) == ["seat 1", "seat 2"]
