import pytest

from core.runs.store.checkpoints import CheckpointStore
from core.runs.store.record import Run
from core.runs.store.rights import Person
from core.runs.store.store import Busy, Store, StoreProblem
from core.runs.workers.execute import execute
from core.runs.workers.extend import queue_extension
from core.training.config import BadConfig, TrainConfig
from core.training.control import Control
from core.training.events import Validation
from core.training.hyperparameters import Schedule


def changed(config: TrainConfig, **training: object) -> TrainConfig:
    return config.model_copy(update={"training": config.training.model_copy(update=training)})


def trained(store: Store, config: TrainConfig, session: str = "me") -> Run:
    run = store.create(config, session, "starting")
    assert execute(store, run, Control()) == "finished"
    record = store.get(run)
    assert record
    return record


def longer(store: Store, run: Run, epochs: float) -> Run:
    made = queue_extension(store, run.id, epochs, Person("you"))
    assert store.claim("server", 9) == made
    assert execute(store, made, Control()) == "finished"
    record = store.get(made)
    assert record
    return record


def test_two_and_two_epochs_are_four(store: Store, config: TrainConfig) -> None:
    whole = trained(store, changed(config, epochs=4))
    first = trained(store, changed(config, epochs=2, seconds=600))
    second = longer(store, first, 2)
    assert (second.parent, second.session, second.title) == (first.id, "you", first.title)
    assert second.config.training.epochs == 4
    assert second.config.training.seconds is None
    assert (second.step, second.total_steps, second.score) == (40, 40, whole.score)
    for column in ("step", "epoch", "loss", "accuracy", "learning_rate"):
        columns = [getattr(store.curve(run.id), column).tolist() for run in (second, whole)]
        assert columns[0] == columns[1]
    measured = [
        {event.step: event.score.loss for event in store.events(run.id) if isinstance(event, Validation)}
        for run in (whole, second)
    ]
    assert measured[0] == measured[1]
    assert store.get(first.id) == first  # it stays as it was
    assert len(store.curve(first.id)) == 20


@pytest.mark.parametrize("schedule", ["constant", "step", "cosine", "one-cycle"])
def test_a_schedule_is_stretched_over_all_epochs_and_taken_up(
    store: Store, config: TrainConfig, schedule: Schedule
) -> None:
    """As `core.runs.workers.extend` says: from the old end on, the rates of a run planned for all epochs."""
    planned = trained(store, changed(config, epochs=4, schedule=schedule))
    first = trained(store, changed(config, epochs=2, schedule=schedule))
    second = longer(store, first, 2)
    rates = [store.curve(run.id).learning_rate for run in (planned, first, second)]
    assert rates[2][:20].tolist() == rates[1].tolist()
    assert rates[2][20:] == pytest.approx(rates[0][20:])
    if schedule == "cosine":
        assert rates[1][-1] < 1e-3 < 4e-3 < rates[2][20]


def test_the_plateau_schedule_keeps_the_rate_that_it_came_to(store: Store, config: TrainConfig) -> None:
    first = trained(store, changed(config, epochs=3, schedule="plateau", learning_rate=1.0, validate_every=2))
    second = longer(store, first, 1)
    before, after = store.curve(first.id).learning_rate[-1], store.curve(second.id).learning_rate[30]
    assert before < 1.0
    assert after <= before


def test_patience_counts_anew_after_early_stopping(store: Store, config: TrainConfig) -> None:
    first = trained(store, changed(config, epochs=40, learning_rate=0.3, patience=2))
    assert first.step < 400
    assert CheckpointStore(store.folder / first.id).load_state()[1]["progress"][-1] == 2
    second = queue_extension(store, first.id, 20, Person("you"))
    assert CheckpointStore(store.folder / second).load_state()[1]["progress"][-1] == 0
    store.claim("server", 9)
    assert execute(store, second, Control()) == "finished"
    new = [event for event in store.events(second) if isinstance(event, Validation) and event.step > first.step]
    assert len(new) >= 2


def test_what_cannot_be_trained_longer_says_so(store: Store, config: TrainConfig) -> None:
    with pytest.raises(StoreProblem, match="cannot be trained longer"):
        queue_extension(store, "nobody", 1, Person("me"))
    run = trained(store, changed(config, epochs=1))
    with pytest.raises(BadConfig, match="51 epochs are more than this machine allows"):
        queue_extension(store, run.id, 50, Person("me"))
    for epochs in (0, -1, float("nan")):
        with pytest.raises(BadConfig, match="epochs above 0"):
            queue_extension(store, run.id, epochs, Person("me"))
    other = store.create(TrainConfig(title="a"), "me")
    with pytest.raises(Busy):
        queue_extension(store, run.id, 1, Person("me"))
    with pytest.raises(StoreProblem, match="cannot be trained longer"):
        queue_extension(store, other, 1, Person("you"))
    (store.folder / run.id / "resume.safetensors").write_bytes(b"cut")
    with pytest.raises(StoreProblem, match="damaged"):
        queue_extension(store, run.id, 1, Person("you"))
    assert CheckpointStore(store.folder / run.id).load_final()
    assert [path.name for path in store.folder.glob("*") if path.is_dir()] == [run.id]
    assert store.count() == 2
