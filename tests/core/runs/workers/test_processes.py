"""Processes that train: forked from a template, and started from nothing."""

import os
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.runs.store.store import Store
from core.runs.workers import template as forking
from core.runs.workers.processes import CAN_FORK, ForkedWorker, SpawnedWorker, Template, WorkerProcess
from core.training.config import TrainConfig
from tests.support.waiting import wait_until

forks = pytest.mark.skipif(not CAN_FORK, reason="nothing is forked on this system")
Start = Callable[[], WorkerProcess]


@pytest.fixture
def template(tmp_path: Path) -> Iterator[Template]:
    made = Template(tmp_path)
    yield made
    made.close(20)


def ready(worker: WorkerProcess) -> WorkerProcess:
    wait_until(lambda: worker.ready or not worker.alive, 60)
    assert worker.ready
    return worker


def nothing() -> None:
    """Nobody listens."""


@forks
def test_forked_workers_cost_little_end_when_they_are_asked_and_outlive_their_template(template: Template) -> None:
    """One story of one template, which takes seconds to load PyTorch."""
    one, other = (ready(ForkedWorker(template, nothing)) for _ in range(2))
    assert one.pid != other.pid
    told = Path(f"/proc/{other.pid}/smaps_rollup").read_text()
    private = sum(int(size) for size in re.findall(r"Private_\w+:\s+(\d+) kB", told))
    assert private < 60_000
    one.ask_to_end()
    wait_until(lambda: not one.alive)
    assert (one.exit_code, other.alive) == (0, True)
    assert other.pid
    os.kill(other.pid, signal.SIGTERM)
    wait_until(lambda: not other.alive)
    assert other.exit_code == -signal.SIGTERM
    other.kill()  # of one that has ended: nothing

    left = ready(ForkedWorker(template, nothing))
    template.kill()
    assert not template.alive
    assert left.alive
    left.ask_to_end()
    wait_until(lambda: not left.alive)
    assert left.exit_code is None  # nobody is there to tell it
    none = ForkedWorker(template, nothing)
    wait_until(lambda: not none.alive)
    assert not none.ready


def test_one_that_starts_from_nothing_trains_too(store: Store, config: TrainConfig) -> None:
    changed = threading.Event()
    worker = ready(SpawnedWorker(store.folder, changed.set))
    assert changed.is_set()
    run = store.create(config, "me")
    assert store.claim("me", 1) == run
    worker.assign(run)
    wait_until(lambda: (record := store.get(run)) and record.usable)
    worker.ask_to_end()
    wait_until(lambda: not worker.alive)
    assert worker.exit_code == 0


def test_one_whose_server_has_ended_meanwhile_ends_without_a_word(tmp_path: Path) -> None:
    server, channel = socket.socketpair()
    server.close()
    with channel:
        forking._train(tmp_path, channel, False, [])
