import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from core.models.images.design import CNN, ConvBlock
from core.paths import ROOT
from core.runs.store.record import Run
from core.runs.store.rights import SERVER, Person
from core.runs.store.store import Busy, Store, StoreProblem
from core.runs.workers.local import LocalRunner
from core.runs.workers.processes import state_of
from core.runs.workers.supervisor import ASLEEP
from core.training.config import BadConfig, TrainConfig
from tests.support.waiting import wait_until


def until(store: Store, run: str, condition: Callable[[Run], bool], seconds: float = 40) -> Run:
    def meets() -> Run | None:
        record = store.get(run)
        assert record
        return record if condition(record) else None

    return wait_until(meets, seconds)


def process_of(runner: LocalRunner) -> int:
    return next(worker.pid for worker in runner.supervisor.workers if worker.run and worker.pid)


def test_a_class_that_clicks_everything(runner: LocalRunner, config: TrainConfig, endless: TrainConfig) -> None:
    """One long story on one server: every process takes seconds to wake up."""
    store = runner.store
    first = runner.submit(endless, Person("teacher"))
    with pytest.raises(Busy) as second_click:
        runner.submit(endless, Person("teacher"))
    assert second_click.value.run == first
    short = config.model_copy(update={"training": config.training.model_copy(update={"epochs": 0.2})})
    pupils = [runner.submit(short, Person(f"pupil {n}")) for n in range(8)]
    leaves = pupils[3]
    runner.command(leaves, "stop", SERVER)
    runner.command(leaves, "stop", SERVER)
    assert until(store, leaves, lambda run: not run.active).status == "stopped"

    until(store, first, lambda run: run.status == "running" and run.step > 0)
    assert store.queue() == [pupil for pupil in pupils if pupil != leaves]
    runner.command(first, "pause", SERVER)
    until(store, first, lambda run: run.status == "paused")
    runner.command(first, "resume", SERVER)
    until(store, first, lambda run: run.status == "running")
    begun = time.monotonic()
    runner.command(first, "stop", SERVER)
    until(store, first, lambda run: run.status == "stopped", 5)
    assert time.monotonic() - begun < 1.5

    for pupil in pupils:
        if pupil != leaves:
            assert until(store, pupil, lambda run: run.usable).status == "finished"
    # The process was warm: nobody after the first waited for torch.
    records = [record for pupil in pupils if pupil != leaves and (record := store.get(pupil))]
    assert all(record.usable for record in records)
    assert store.queue() == []

    # Killed: found, said, and the next run gets its place.
    killed = runner.submit(endless, Person("teacher"))
    until(store, killed, lambda run: run.step > 0)
    waiting = runner.submit(short, Person("pupil"))
    os.kill(process_of(runner), signal.SIGKILL)
    begun = time.monotonic()
    lost = until(store, killed, lambda run: not run.active)
    assert time.monotonic() - begun < 5
    assert lost.status == "lost"
    assert "exit code -9" in lost.reason
    assert until(store, waiting, lambda run: run.usable).status == "finished"

    # It is resumed from its checkpoint; then its process hangs.
    runner.requeue(killed, Person("teacher"))
    until(store, killed, lambda run: run.status == "running" and run.step > lost.step)
    os.kill(process_of(runner), signal.SIGSTOP)
    begun = time.monotonic()
    hung = until(store, killed, lambda run: not run.active)
    assert time.monotonic() - begun < 8
    assert (hung.status, "no sign of life" in hung.reason) == ("lost", True)

    # The server ends: what it trains is interrupted.
    last = runner.submit(endless, Person("me"))
    until(store, last, lambda run: run.step > 0)
    runner.close()
    interrupted = store.get(last)
    assert interrupted
    assert interrupted.status == "interrupted"


def test_a_server_that_is_killed_leaves_a_run_that_the_next_one_takes_up(
    runner: LocalRunner, endless: TrainConfig
) -> None:
    store = runner.store
    script = (
        "import sys, time; from pathlib import Path; from core.runs.workers.local import LocalRunner;"
        "from core.runs.store.store import Store; from core.training.config import TrainConfig;"
        "runner = LocalRunner(Store(Path(sys.argv[1])), 1);"
        "from core.runs.store.rights import Person; config = TrainConfig.model_validate_json(sys.argv[2]);"
        "print(runner.submit(config, Person('me')), flush=True); time.sleep(60)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", script, str(store.folder), endless.model_dump_json()],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert server.stdout
    run = server.stdout.readline().strip()
    until(store, run, lambda run: run.step > 0)
    server.kill()
    server.wait()
    server.stdout.close()
    # Its process hears that its input has ended, keeps what it learnt, and ends.
    interrupted = until(store, run, lambda run: not run.active, 10)
    assert interrupted.status == "interrupted"

    runner.requeue(run, Person("me"))
    until(store, run, lambda run: run.status == "running" and run.step > interrupted.step)
    curve = store.curve(run)
    assert curve.step.tolist() == list(range(1, len(curve) + 1))


def test_a_run_without_any_process_is_found_by_the_next_server(runner: LocalRunner, config: TrainConfig) -> None:
    store = runner.store
    run = store.create(config.model_copy(update={"title": "left behind"}), "me")
    assert store.claim("a server that is gone", 1) == run
    with store._write() as database:
        database.execute("UPDATE runs SET heartbeat = heartbeat - 6")
    runner.start()
    assert until(store, run, lambda run: not run.active, 5).status == "interrupted"


@pytest.mark.parametrize(
    ("seconds", "state", "asleep", "status"),
    [
        (10, "running", 0.0, "running"),
        (10, "running", ASLEEP, "running"),
        (10, "sleeping", 0.0, "running"),  # for a moment, perhaps
        (10, "sleeping", ASLEEP, "lost"),
        (10, "stopped", 0.0, "lost"),
        (40, "running", 0.0, "lost"),
    ],
)
def test_a_process_that_gets_no_turn_is_not_lost_and_one_that_hangs_is(
    runner: LocalRunner, config: TrainConfig, seconds: float, state: str, asleep: float, status: str
) -> None:
    class Quiet:
        run, alive, ready, started = "", True, True, 0.0

        def __init__(self) -> None:
            self.state = state

        def ask_to_end(self) -> None:
            pass

        def kill(self, patience: float = 0.0) -> None:
            self.alive = False

    store, worker = runner.store, Quiet()
    worker.run = store.create(config.model_copy(update={"title": "quiet"}), "me")
    store.claim(runner.supervisor._name, 1)
    store.set_status(worker.run, "running")
    runner.supervisor.workers.append(worker)  # type: ignore[arg-type]
    with store._write() as database:
        database.execute("UPDATE runs SET heartbeat = heartbeat - ?", (seconds,))
    if asleep:
        runner.supervisor._asleep[worker.run] = time.monotonic() - asleep
    runner.supervisor._handle_silent()
    assert (worker.run in runner.supervisor._asleep) == (state != "running")
    record = store.get(worker.run)
    assert record
    assert record.status == status
    assert worker.alive == (status == "running")


@pytest.mark.parametrize(
    ("script", "running"),
    [
        ("import threading; one = threading.Thread(target=lambda: sum(iter(int, 1))); one.start(); one.join()", True),
        ("print(flush=True); import time; time.sleep(100)", False),
    ],
    ids=["one thread works while the first one waits", "all sleep"],
)
def test_a_process_is_at_work_where_any_of_its_threads_is(script: str, running: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        try:
            wait_until(lambda: psutil.Process(process.pid).status() == psutil.STATUS_SLEEPING)
            wait_until(lambda: (state_of(process.pid) == psutil.STATUS_RUNNING) == running)
        finally:
            process.kill()
    assert state_of(process.pid) != psutil.STATUS_RUNNING


def test_limits_protect_the_machine(runner: LocalRunner, config: TrainConfig) -> None:
    with pytest.raises(BadConfig, match="50,000 epochs are more than this machine allows, 50"):
        runner.submit(
            config.model_copy(update={"training": config.training.model_copy(update={"epochs": 50_000})}), Person("")
        )
    huge = CNN(blocks=(ConvBlock(channels=256, pooling="none"),), dense=(1024,))
    with pytest.raises(BadConfig, match="parameters are more than this machine allows"):
        runner.submit(
            config.model_copy(update={"task": config.task.model_copy(update={"network": huge})}), Person("me")
        )
    assert runner.store.runs() == []


def test_there_is_nothing_to_go_on_from(runner: LocalRunner) -> None:
    run = runner.store.create(TrainConfig(title="a"), "me")
    runner.command(run, "stop", SERVER)
    with pytest.raises(StoreProblem, match="cannot be resumed: it has no checkpoint"):
        runner.requeue(run, Person("me"))


def test_commands_to_unknown_and_ended_runs_do_nothing(runner: LocalRunner, tmp_path: Path) -> None:
    for command in ("pause", "resume", "step", "stop", "learning rate"):
        runner.command("nobody", command, SERVER)
    assert runner.store.commands("nobody", 0) == []
