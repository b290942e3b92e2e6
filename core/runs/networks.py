"""The networks of runs, in evaluation mode."""

from functools import lru_cache
from pathlib import Path

from torch import nn

from core.runs.store.checkpoints import CheckpointProblem, CheckpointStore
from core.runs.store.record import Run
from core.runs.store.store import Store
from core.training.config import BadConfig, TrainConfig


class NoNetwork(RuntimeError):
    """The network of a run cannot be loaded; the message is for people."""


def network_at(store: Store, run: Run, step: int) -> nn.Module:
    """Return the network of a run after an update, rounded to half precision.

    Raises:
        NoNetwork: there is no such checkpoint, or it is damaged.
    """
    return _load(store.folder / run.id, step, _key(run))


def checkpoints(store: Store, run: str) -> list[int]:
    """Return the updates of a run after which there is a checkpoint, in order."""
    return CheckpointStore(store.folder / run).steps()


def final_network(store: Store, run: Run) -> nn.Module:
    """Return the network with which a run ended. Everyone shares it: use it, but do not train or change it.

    Raises:
        NoNetwork: it has not ended, or its files are gone or damaged.
    """
    return _load(store.folder / run.id, None, _key(run))


def _key(run: Run) -> tuple[str, int, float | None]:
    """Return what the network depends on besides its files: its design, its outputs, and when the run last ended."""
    try:
        return run.config.task.model_dump_json(), len(run.setup.outputs), run.ended
    except BadConfig as problem:
        raise NoNetwork(str(problem)) from None


@lru_cache(maxsize=64)
def _load(folder: Path, step: int | None, key: tuple[str, int, float | None]) -> nn.Module:
    task, outputs, _ = key
    try:
        kept = CheckpointStore(folder)
        weights = kept.load_final() if step is None else kept.load(step)
        network = TrainConfig.model_validate_json(f'{{"task": {task}}}').task.build(outputs)
        network.load_state_dict(weights)
    except (CheckpointProblem, ValueError, RuntimeError) as problem:
        raise NoNetwork(str(problem).splitlines()[0]) from None
    network.eval().requires_grad_(False)
    return network
