"""How long a run waits: worked out by hand, and against a queue that is played through second by second."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.runs.store.store import Store
from core.runs.store.waiting import seconds_to_go, seconds_until_start, typical_seconds
from core.training.config import TrainConfig


def test_worked_out_by_hand() -> None:
    assert seconds_until_start([30, 80], 0, None) == 30
    assert seconds_until_start([30, 80], 1, 60) == 80
    assert seconds_until_start([30, 80], 2, 60) == 90
    assert seconds_until_start([30, None], 1, 60) == 90  # a paused run keeps its process
    assert seconds_until_start([None], 0, 60) is None
    assert seconds_until_start([], 0, 60) is None
    assert seconds_until_start([30], 1, None) is None
    assert seconds_to_go(20, 0.25, 100) == pytest.approx(60)
    assert seconds_to_go(20, 0.0, 100) == 80
    assert seconds_to_go(200, 0.0, 100) == 0
    assert seconds_to_go(20, 0.0, None) is None
    assert typical_seconds([5, 100, 7]) == 7
    assert typical_seconds([]) is None


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.integers(0, 8), st.integers(1, 20))
def test_like_a_queue_that_is_played_through(working: list[int], before: int, typical: int) -> None:
    busy, waiting, clock = list(working), before, 0
    while all(busy):  # nobody may start at the very beginning
        busy, clock = [one - 1 for one in busy], clock + 1
        while waiting and 0 in busy:
            busy[busy.index(0)] = typical
            waiting -= 1
    assert seconds_until_start(working, before, typical) == clock


def test_the_store_knows_what_is_left_and_what_others_took(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, now = Store(tmp_path), time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    config = TrainConfig(title="one")
    assert store.expected_wait(0) is None
    first = store.create(config, "a")
    assert store.claim("server", 1) == first
    monkeypatch.setattr(time, "time", lambda: now + 40)
    store.set_status(first, "finished")
    second = store.create(config, "b")
    assert store.claim("server", 1) == second
    monkeypatch.setattr(time, "time", lambda: now + 50)
    assert store.expected_wait(0) == pytest.approx(30)  # 40 s as the first one, of which 10 are over
    assert store.expected_wait(1) == pytest.approx(70)
