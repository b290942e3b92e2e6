"""A run that trains the network of an earlier run for more epochs.

It starts with the weights, the moments of the optimizer and the random state with
which the first run ended. So with a constant learning rate it makes exactly the
updates that one longer run would have made. A schedule is stretched over all
epochs, old and new, and continues at the current step: a cosine that had reached
zero after three epochs continues in the middle of one over six. The plateau
schedule keeps its current rate, and a factor that a person chose stays.
"""

import shutil

from core.runs.store.checkpoints import CheckpointProblem, CheckpointStore
from core.runs.store.database import StoreProblem
from core.runs.store.rights import Person
from core.runs.store.store import Store, new_id
from core.training.config import BadConfig, TrainConfig, check
from core.training.state import reset_patience


def queue_extension(store: Store, run: str, epochs: float, by: Person) -> str:
    """Queue a run that trains the network of another for more epochs, and return its id.

    Its curve begins with that of the first run. A limit of seconds is dropped: it is used up.

    Args:
        store: with the run.
        run: the run to continue; it stays as it is.
        epochs: in addition to those it has made.
        by: the person who asks; the new run is theirs.

    Raises:
        BadConfig: more epochs than this machine allows, or none.
        Busy: they have an active run or sweep.
        StoreProblem: there is nothing to continue, or nothing could be written.
    """
    parent, checkpoints = store.get(run), CheckpointStore(store.folder / run)
    if parent is None or parent.active or not checkpoints.can_resume:
        raise StoreProblem("This run cannot be trained longer: it has not ended, or its checkpoints are gone.")
    if not epochs > 0:
        raise BadConfig("Training longer needs a number of epochs above 0.")
    config = _extend(parent.config, parent.epoch + epochs)
    check(config)
    longer = new_id()
    try:
        weights, state = checkpoints.load_state()
        CheckpointStore(store.folder / longer).save_state(weights, reset_patience(state))
        return store.create(config, by.session, run_id=longer, parent=run, address=by.address)
    except BaseException as problem:
        shutil.rmtree(store.folder / longer, ignore_errors=True)
        if isinstance(problem, CheckpointProblem):
            raise StoreProblem(str(problem)) from None
        raise


def _extend(config: TrainConfig, epochs: float) -> TrainConfig:
    training = config.training.model_copy(update={"epochs": epochs, "seconds": None})
    return config.model_copy(update={"training": training})
