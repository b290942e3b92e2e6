"""Runs for tests of pages: a runner that only writes down what it is asked, and runs as a worker would leave them."""

from collections.abc import Sequence

import numpy as np

from core.models.images.design import build
from core.runs.runner import Runner
from core.runs.store.checkpoints import Shelf
from core.runs.store.record import Status
from core.runs.store.store import Store
from core.training.address import change
from core.training.config import TrainConfig, check
from core.training.recipes import RECIPES


class Notebook(Runner):
    """A runner over a real store in which nothing is ever trained."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[tuple[object, ...]] = []

    @property
    def store(self) -> Store:
        return self._store

    def submit(self, config: TrainConfig, session: str) -> str:
        check(config)
        self.asked.append(("submit", config))
        return self.store.create(config.model_dump(mode="json"), config.title, session)

    def go_on(self, run: str, session: str) -> None:
        self.store.queue_again(run, session)

    def pause(self, run: str) -> None:
        self.asked.append(("pause", run))

    def resume(self, run: str) -> None:
        self.asked.append(("resume", run))

    def step(self, run: str) -> None:
        self.asked.append(("step", run))

    def stop(self, run: str) -> None:
        self.asked.append(("stop", run))

    def set_learning_rate(self, run: str, factor: float) -> None:
        self.asked.append(("rate", factor))
        self.store.command(run, "learning rate", factor)

    def queue(self) -> list[str]:
        return self.store.queue()


def small(**settings: str) -> TrainConfig:
    """A short run of a small network."""
    wanted = {"network": "mlp", "hidden": "8", "images": "500", "validation_images": "100", "epochs": "1", **settings}
    return change(RECIPES["lab"].config, wanted)


def leave_run(
    store: Store,
    session: str,
    status: Status = "finished",
    steps: int = 40,
    config: TrainConfig | None = None,
    reason: str = "",
    title: str = "My run",
    happenings: Sequence[tuple[str, int, dict[str, object]]] = (),
) -> str:
    """Write a run into the store as a worker would, with curve, checkpoints and score; return its id."""
    config = config or small()
    run = store.create(config.model_dump(mode="json"), title, session)
    names = [str(one) for one in range(10)]
    about = {"sizes": [500, 100, 1000], "notes": [], "outputs": names, "steps_per_epoch": 40, "batch_size": 32}
    store.introduce(run, "CPU", about, 40)
    if steps:
        places = np.arange(1, steps + 1, dtype=np.float64)
        loss = 2.3 * np.exp(-places / 20)
        columns = [places, places / 40, places / 100, loss, 1 - loss / 2.4, np.full(steps, 0.001)]
        store.add_rows(run, np.stack(columns, 1))
        shelf, network = Shelf(store.folder / run), build(config.task.network, 10)
        for step in (0, steps):
            shelf.keep(step, network.state_dict())
            store.add_happening(run, "checkpoint", (step, step / 40, step / 100))
        shelf.keep_final(network.state_dict())
        vitals = {"norms": {"dense1": 0.2, "dense2": 0.1}, "memory": 5e8}
        store.add_happening(run, "vitals", (steps, steps / 40, steps / 100), vitals)
        validation = {"loss": 0.5, "correct": 90, "cases": 100, "best": True}
        store.add_happening(run, "validation", (steps, steps / 40, steps / 100), validation)
    for kind, step, data in happenings:
        store.add_happening(run, kind, (step, step / 40, step / 100), data)
    if status in {"finished", "stopped"} and steps:
        store.set_score(run, {"loss": 0.4, "correct": 912, "cases": 1000})
    if status != "queued":
        store.set_status(run, status, reason)
    return run
