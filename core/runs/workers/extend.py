"""A run that goes on from the end of another, for more epochs.

It begins with the weights, the optimiser's moments and the random numbers with
which the first run ended, so with a constant learning rate it makes the very
updates that one longer run would have made. A schedule is stretched over all
epochs, old and new, and taken up at the place where the run stands: a cosine that
had come down to nothing after three epochs begins again in the middle of one over
six. The plateau schedule keeps the rate that it had come to, and what a person
multiplied the rate by stays.
"""

import shutil

from core.runs.store.checkpoints import CheckpointProblem, Shelf
from core.runs.store.database import StoreProblem
from core.runs.store.store import Store, new_id
from core.training.config import BadConfig, TrainConfig, check, read_config
from core.training.state import reset_patience


def queue_longer(store: Store, run: str, epochs: float, session: str) -> str:
    """Put a run into the queue that trains the network of another for more epochs, and return its id.

    The curve of the first run is the beginning of its own. A limit of seconds
    is left out: it is used up.

    Args:
        store: with the run.
        run: the run to go on from; it stays as it is.
        epochs: more, above those it has made.
        session: of the person who asks.

    Raises:
        BadConfig: more epochs than this machine allows, or none.
        Busy: the session has an active run or sweep.
        StoreProblem: there is nothing to go on from, or nothing could be written.
    """
    parent = store.get(run)
    if parent is None or parent.active or not Shelf(store.folder / run).can_go_on:
        raise StoreProblem("There is nothing that could be trained longer: the run goes on, or its state is gone.")
    if not epochs > 0:
        raise BadConfig("To train longer takes some more epochs.")
    config = _longer(read_config(dict(parent.config)), parent.epoch + epochs)
    check(config)
    identity = new_id()
    try:
        weights, state = Shelf(store.folder / run).state()
        Shelf(store.folder / identity).keep_state(weights, reset_patience(state))
        store.create(
            config.model_dump(mode="json"), config.title, session, "queued", identity=identity, parent=run, curve=True
        )
    except BaseException as problem:
        shutil.rmtree(store.folder / identity, ignore_errors=True)
        if isinstance(problem, CheckpointProblem):
            raise StoreProblem(str(problem)) from None
        raise
    return identity


def _longer(config: TrainConfig, epochs: float) -> TrainConfig:
    training = config.training.model_copy(update={"epochs": epochs, "seconds": None})
    return config.model_copy(update={"training": training})
