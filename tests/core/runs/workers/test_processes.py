"""Processes that train: forked from a template, and started from nothing."""

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.runs.store.store import Store
from core.runs.workers.processes import CAN_FORK, ForkedWorker, SpawnedWorker, Template, WorkerProcess
from core.training.config import TrainConfig
from tests.support.waiting import wait_until

forks = pytest.mark.skipif(not CAN_FORK, reason="nothing is forked on this system")
Start = Callable[[], WorkerProcess]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def template(folder: Path) -> Iterator[Template]:
    made = Template(folder)
    yield made
    made.close(20)


def ready(worker: WorkerProcess) -> WorkerProcess:
    wait_until(lambda: worker.ready or not worker.alive, 60)
    assert worker.ready
    return worker


def nothing() -> None:
    """Nobody listens."""


@forks
def test_a_forked_worker_ends_when_it_is_asked_and_says_how(template: Template) -> None:
    one, other = (ready(ForkedWorker(template, nothing)) for _ in range(2))
    assert one.pid != other.pid
    one.ask_to_end()
    wait_until(lambda: not one.alive)
    assert (one.exit_code, other.alive) == (0, True)
    assert other.pid
    os.kill(other.pid, signal.SIGTERM)
    wait_until(lambda: not other.alive)
    assert other.exit_code == -signal.SIGTERM
    other.kill()  # of one that has ended: nothing


@forks
def test_a_worker_outlives_its_template_and_a_dead_template_gives_none(folder: Path) -> None:
    template = Template(folder)
    worker = ready(ForkedWorker(template, nothing))
    template.kill()
    assert not template.alive
    assert worker.alive
    worker.ask_to_end()
    wait_until(lambda: not worker.alive)
    assert worker.exit_code is None  # nobody is there to tell it
    none = ForkedWorker(template, nothing)
    wait_until(lambda: not none.alive)
    assert not none.ready


@forks
def test_a_second_process_costs_little(template: Template) -> None:
    first, second = (ready(ForkedWorker(template, nothing)) for _ in range(2))
    told = Path(f"/proc/{second.pid}/smaps_rollup").read_text()
    private = sum(int(size) for size in re.findall(r"Private_\w+:\s+(\d+) kB", told))
    assert private < 60_000
    for worker in (first, second):
        worker.ask_to_end()


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
