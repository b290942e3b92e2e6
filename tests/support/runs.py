"""Runs for tests of pages: a runner that only writes down what it is asked, and runs as a worker would leave them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

import numpy as np

from core.models.images.design import build
from core.runs.runner import Runner
from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.events import CheckpointSaved, RunEvent
from core.runs.store.record import Command, Setup, Status, Sweep
from core.runs.store.rights import Person
from core.runs.store.store import Store
from core.runs.sweeps.config import SweepConfig, Varied
from core.training.address import change
from core.training.config import TrainConfig, check
from core.training.curve import Curve
from core.training.events import Diagnostics, Validation
from core.training.recipes import RECIPES
from core.training.task import Score
from tests.support.waiting import wait_until


class Notebook(Runner):
    """A runner over a real store in which nothing is ever trained."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[tuple[object, ...]] = []

    @property
    def store(self) -> Store:
        return self._store

    def submit(self, config: TrainConfig, by: Person) -> str:
        check(config)
        self.asked.append(("submit", config))
        return self.store.create(config, by.session)

    def requeue(self, run: str, by: Person) -> None:
        self.store.requeue(run, by)

    def command(self, run: str, command: Command, by: Person, value: float = 0.0) -> None:
        self.store.require_right_to(run, by)
        self.asked.append((command, value or run))
        if command == "learning rate":
            self.store.command(run, command, value)


def small(**settings: str) -> TrainConfig:
    """A short run of a small network."""
    wanted = {"network": "mlp", "hidden": "8", "images": "500", "validation_images": "100", "epochs": "1", **settings}
    return change(RECIPES["lab"].config, wanted)


def any_sweep(title: str = "a run") -> SweepConfig:
    """A sweep that a store accepts."""
    return SweepConfig(base=TrainConfig(title=title), vary=(Varied(name="seed", values=("1", "2")),), sampler="grid")


def ended_sweep(store: Store, sweep: str, seconds: float = 100) -> Sweep:
    """Wait until a sweep has ended and return it."""
    return wait_until(lambda: (record := store.sweep(sweep)) and not record.active and record, seconds)


@contextmanager
def beating(store: Store, run: str) -> Iterator[None]:
    """Have a run beat as if a process worked on it, so that no server takes it for lost, however busy the machine."""
    over = Event()

    def beat() -> None:
        while not over.wait(0.5):
            store.heartbeat(run)

    thread = Thread(target=beat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def leave_run(
    store: Store,
    session: str,
    status: Status = "finished",
    steps: int = 40,
    config: TrainConfig | None = None,
    reason: str = "",
    title: str = "My run",
    events: Sequence[RunEvent] = (),
) -> str:
    """Write a run into the store as a worker would, with curve, checkpoints and score; return its id."""
    config = config or small()
    begin: Status = "queued" if status == "queued" else "starting"  # no server takes up what has started
    run = store.create(config.model_copy(update={"title": title}), session, begin)
    names = [str(one) for one in range(10)]
    setup = Setup((500, 100, 1000), outputs=tuple(names), steps_per_epoch=40, batch_size=32)
    store.set_setup(run, "CPU", setup, 40)
    if steps:
        places = np.arange(1, steps + 1, dtype=np.float64)
        loss = 2.3 * np.exp(-places / 20)
        store.add_updates(run, Curve(places, places / 40, places / 100, loss, 1 - loss / 2.4, np.full(steps, 0.001)))
        checkpoints, network = CheckpointStore(store.folder / run), build(config.task.network, 10)
        for step in (0, steps):
            checkpoints.save(step, network.state_dict())
            store.add_event(run, CheckpointSaved(step, step / 40, step / 100))
        checkpoints.save_final(network.state_dict())
        last = steps, steps / 40, steps / 100
        store.add_event(run, Diagnostics(*last, {"dense1": 0.2, "dense2": 0.1}, 500_000_000))
        store.add_event(run, Validation(*last, Score(0.5, 90, 100), True))
    for event in events:
        store.add_event(run, event)
    if status in {"finished", "stopped"} and steps:
        store.set_score(run, Score(0.4, 912, 1000))
    if status != "queued":
        store.set_status(run, status, reason)
    return run
