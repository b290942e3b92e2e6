import contextlib
import math
import threading
from collections.abc import Callable, Iterator
from typing import Any

import optuna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.runs.store.record import Sweep
from core.runs.store.rights import SERVER, Person
from core.runs.store.store import Busy, Store
from core.runs.sweeps.config import SweepConfig, Varied, check_sweep, read_sweep
from core.runs.sweeps.driver import SweepDriver
from core.runs.sweeps.ending import end_silent_sweeps, end_sweep
from core.runs.sweeps.trials import Trial, best_trial, sweep_table
from core.runs.workers.local import LocalRunner
from core.training.config import BadConfig, TrainConfig
from core.training.events import Validation
from core.training.task import Score
from tests.support.runs import any_sweep, ended_sweep
from tests.support.waiting import wait_until

RATES = Varied(name="learning_rate", low=1e-4, high=1, log=True)


def good(rate: float) -> int:
    """The percentage of images that are read rightly after learning with this rate: most with 0.01."""
    return round(100 * (1 - abs(math.log10(rate) + 2) / 4))


class Bench:
    """Takes the place of the processes: a trial is given its validations at once, as if it had been trained."""

    def __init__(self, store: Store, outcome: Callable[[TrainConfig], list[int]]) -> None:
        self.store, self.outcome = store, outcome
        self.driver = SweepDriver(store, self.stop, lambda: None)
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self.work, daemon=True)
        self._thread.start()

    def stop(self, run: str) -> None:
        if not self.store.set_status(run, "stopped", only_from=("queued",)):
            self.store.command(run, "stop")

    def work(self) -> None:
        while not self._over.wait(0.005):
            run = self.store.claim("bench", 9)
            self.most = max(self.most, self.store.count(statuses=("queued", "running", "starting")))
            record = run and self.store.get(run)
            if not run or not record:
                continue
            self.store.set_status(run, "running")
            status = "finished"
            for step, correct in enumerate(self.outcome(record.config), 1):
                if correct < 0:
                    status = "diverged"
                    break
                self.store.add_event(run, Validation(step, step, step, Score(1.0, correct, 100), False))
                if step > 1 and correct == self.awaits_stop:
                    with contextlib.suppress(AssertionError):
                        wait_until(lambda run=run: self.store.commands(run), 5)  # type: ignore[misc]
                if self.store.commands(run):
                    status = "stopped"
                    break
            self.store.set_status(run, status)  # type: ignore[arg-type]

    awaits_stop = 0

    def close(self) -> None:
        self.driver.close()
        self._over.set()
        self._thread.join()

    def ended(self, sweep: str, seconds: float = 20) -> tuple[Sweep, list[Trial]]:
        return ended_sweep(self.store, sweep, seconds), sweep_table(self.store, sweep)


@pytest.fixture
def bench(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr("core.runs.sweeps.driver.TICK", 0.005)
    bench = Bench(store, lambda config: [good(config.training.learning_rate)])
    yield bench
    bench.close()


def test_a_grid_tries_every_combination_once(bench: Bench, config: TrainConfig) -> None:
    vary = (Varied(name="learning_rate", low=1e-3, high=0.1, log=True), Varied(name="batch_size", values=("10", "20")))
    sweep = bench.driver.start(SweepConfig(base=config, vary=vary, sampler="grid", trials=1), Person("me"))
    record, table = bench.ended(sweep)
    assert (record.status, record.session, record.title) == ("finished", "me", "Sweep: stripes")
    assert [trial.number for trial in table] == [1, 2, 3, 4, 5, 6]
    assert [tuple(trial.values.values()) for trial in table] == [
        (rate, size) for rate in ("0.001", "0.01", "0.1") for size in ("10", "20")
    ]
    assert [trial.accuracy for trial in table] == [0.75, 0.75, 1.0, 1.0, 0.75, 0.75]
    best = best_trial(table)
    assert best
    assert best.number == 3
    assert [trial.best for trial in table].count(True) == 1
    assert bench.most == 1  # one at a time
    run = bench.store.get(best.run.id)
    assert run
    assert (run.session, run.sweep, run.title) == ("me", sweep, "stripes, learning rate 0.01, batch size 10")
    assert run.config.training.learning_rate == 0.01
    assert run.config.title == run.title
    bench.store.create(TrainConfig(title="free again"), "me", "starting")


def test_the_sampler_is_told_what_came_of_its_values(bench: Bench, config: TrainConfig) -> None:
    """The oracle is Optuna's own loop: after the first draws, TPE asks for other values if it is told other scores."""
    sweep = bench.driver.start(SweepConfig(base=config, vary=(RATES,), sampler="tpe", trials=12, seed=1), Person("me"))
    _, table = bench.ended(sweep)

    def objective(trial: optuna.Trial) -> float:
        rate = float(f"{trial.suggest_float('learning_rate', 1e-4, 1, log=True):.4g}")
        return good(rate) / 100

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1, n_startup_trials=4))
    study.optimize(objective, n_trials=12)
    assert [trial.values["learning_rate"] for trial in table] == [
        f"{trial.params['learning_rate']:.4g}" for trial in study.trials
    ]
    assert [trial.accuracy for trial in table] == [trial.value for trial in study.trials]


def test_no_combination_is_tried_twice(bench: Bench, config: TrainConfig) -> None:
    vary = (Varied(name="optimizer", values=("sgd", "adam", "adamw")),)
    sweep = bench.driver.start(SweepConfig(base=config, vary=vary, sampler="random", trials=9), Person("me"))
    _, table = bench.ended(sweep)
    assert sorted(trial.values["optimizer"] for trial in table) == ["adam", "adamw", "sgd"]


def test_trials_worse_than_the_median_are_ended_early(bench: Bench, config: TrainConfig) -> None:
    bench.awaits_stop = 10
    bench.outcome = lambda config: [int(config.training.batch_size)] * 4
    sizes = tuple(map(str, (50, 60, 70, 10, 80)))
    vary = (Varied(name="batch_size", values=sizes),)
    sweep = bench.driver.start(SweepConfig(base=config, vary=vary, sampler="grid", pruning=True), Person("me"))
    _, table = bench.ended(sweep)
    assert [trial.pruned for trial in table] == [False, False, False, True, False]
    assert [trial.run.status for trial in table] == ["finished"] * 3 + ["stopped", "finished"]
    assert [trial.values["batch_size"] for trial in table if trial.best] == ["80"]


def test_trials_that_fail_do_not_end_the_sweep(bench: Bench, config: TrainConfig) -> None:
    from core.models.images.design import CNN, ConvBlock

    network = CNN(blocks=(ConvBlock(channels=2),), dense=())
    base = config.model_copy(update={"task": config.task.model_copy(update={"network": network})})
    bench.outcome = lambda config: [-1] if config.task.network.activation == "tanh" else [50]
    vary = (
        Varied(name="blocks", values=("2", "2,2-k9")),
        Varied(name="activation", values=("relu", "tanh")),
        Varied(name="scaling", values=("0-1",)),
    )
    sweep = bench.driver.start(SweepConfig(base=base, vary=vary, sampler="grid"), Person("me"))
    record, table = bench.ended(sweep)
    assert record.status == "finished"
    assert [trial.run.status for trial in table] == ["finished", "diverged", "finished", "diverged"]
    assert [trial.accuracy for trial in table] == [0.5, None, 0.5, None]
    assert [trial.best for trial in table] == [True, False, False, False]


def test_values_that_only_together_cannot_be_are_said(bench: Bench, config: TrainConfig) -> None:
    from core.models.images.design import MLP

    base = config.model_copy(update={"task": config.task.model_copy(update={"network": MLP(hidden=(4,))})})
    vary = (Varied(name="hidden", values=("4", "1500,800")), Varied(name="network", values=("mlp", "rows")))
    bench.outcome = lambda _: [50]
    sweep = bench.driver.start(SweepConfig(base=base, vary=vary, sampler="grid"), Person("me"))
    _, table = bench.ended(sweep)
    assert [trial.run.status for trial in table] == ["finished", "failed", "finished", "failed"]
    assert "has no setting “hidden”" in table[1].run.reason
    assert table[1].values == {"hidden": "4", "network": "rows"}


def test_a_sweep_is_stopped_as_a_whole(store: Store, config: TrainConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.runs.sweeps.driver.TICK", 0.005)
    stopped: list[str] = []
    driver = SweepDriver(store, stopped.append, lambda: None)
    sweep = driver.start(SweepConfig(base=config, vary=(RATES,)), Person("me"))
    wait_until(store.queue, 10)
    with pytest.raises(Busy, match="a sweep in progress"):
        store.create(TrainConfig(title="a"), "me")
    with pytest.raises(Busy):
        driver.start(SweepConfig(base=config, vary=(RATES,)), Person("me"))
    (run,) = store.queue()
    end_sweep(store, stopped.append, sweep)
    end_sweep(store, stopped.append, sweep)
    assert stopped == [run]
    store.set_status(run, "stopped")
    wait_until(lambda: not driver._sweeps)  # it has noticed
    assert store.count() == 1
    record = store.sweep(sweep)
    assert record
    assert record.status == "stopped"
    driver.close()
    assert store.sweep(sweep) == record


def test_a_deleted_trial_is_left_out(bench: Bench, config: TrainConfig) -> None:
    bench.outcome = lambda _: [50]
    vary = (Varied(name="batch_size", values=("5", "10", "20")),)
    sweep = bench.driver.start(SweepConfig(base=config, vary=vary, sampler="grid"), Person("me"))
    _, table = bench.ended(sweep)
    bench.store.delete(table[0].run.id, SERVER)
    assert [trial.number for trial in sweep_table(bench.store, sweep) if trial.best] == [2]


def test_a_sweep_whose_server_has_gone_is_interrupted(store: Store, config: TrainConfig) -> None:
    driver = SweepDriver(store, lambda _: None, lambda: None)
    sweep = driver.start(SweepConfig(base=config, vary=(RATES,)), Person("me"))
    driver.close()
    record = store.sweep(sweep)
    assert record
    assert (record.status, record.reason) == ("interrupted", "The server that drove it has ended. Its trials are kept.")

    killed = store.create_sweep(any_sweep(), "me")
    run = store.create(TrainConfig(title="t"), "me", sweep=killed)
    stopped: list[str] = []
    end_silent_sweeps(store, stopped.append)
    assert stopped == []
    with store._write() as database:
        database.execute("UPDATE sweeps SET heartbeat = heartbeat - 60")
    end_silent_sweeps(store, stopped.append)
    assert stopped == [run]
    assert [one.status for one in store.sweeps("me")] == ["interrupted", "interrupted"]
    assert not store.sweeps("you")


def test_a_sweep_of_real_runs(runner: LocalRunner, config: TrainConfig) -> None:
    """From the runner through its processes to the winner, which is then trained longer."""
    vary = (Varied(name="learning_rate", values=("0.00001", "0.01")),)
    sweep = runner.start_sweep(SweepConfig(base=config, vary=vary, sampler="grid"), Person("me"))
    ended_sweep(runner.store, sweep, 60)
    table = sweep_table(runner.store, sweep)
    assert [trial.run.status for trial in table] == ["finished", "finished"]
    best = best_trial(table)
    assert best
    assert best.values == {"learning_rate": "0.01"}
    events = runner.store.events(best.run.id)
    assert best.accuracy == max(event.score.accuracy for event in events if isinstance(event, Validation))
    longer = runner.extend(best.run.id, 1, Person("me"))
    run = wait_until(lambda: (run := runner.store.get(longer)) and run.usable and run, 60)
    assert (run.parent, run.step, run.sweep) == (best.run.id, 50, None)


# -- what can be asked for ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vary", "words"),
    [
        ({"name": "speed", "values": ["1"]}, "“speed” cannot vary"),
        ({"name": "data", "values": ["mnist"]}, "cannot vary"),
        ({"name": "optimizer", "low": 1, "high": 2}, "has no range; list its values"),
        ({"name": "learning_rate"}, "^The learning rate needs values, or a range from a smaller to a larger number.$"),
        ({"name": "learning_rate", "low": 2, "high": 1}, "needs values, or a range"),
        ({"name": "learning_rate", "low": 0, "high": 1, "log": True}, "must start above 0"),
        ({"name": "learning_rate", "values": ["1", "1"]}, "same value twice"),
        ({"name": "batch_size", "low": 1.5, "high": 20}, "needs whole numbers"),
        ({"name": "learning_rate", "low": 1, "high": float("inf")}, "finite"),
        ({"name": "learning_rate", "values": ["1"] * 21}, "Values"),
    ],
)
def test_what_cannot_vary_is_said(vary: dict[str, Any], words: str) -> None:
    with pytest.raises(BadConfig, match=words):
        read_sweep({"base": TrainConfig().model_dump(mode="json"), "vary": [vary]})


def test_whole_sweeps_are_checked(config: TrainConfig) -> None:
    with pytest.raises(BadConfig, match="is listed twice"):
        read_sweep({"base": config.model_dump(mode="json"), "vary": [RATES.model_dump()] * 2})
    with pytest.raises(BadConfig, match="31 trials are more than this machine allows, 30"):
        check_sweep(SweepConfig(base=config, vary=(RATES,), trials=31))
    grid = (Varied(name="batch_size", low=1, high=40, points=20), Varied(name="seed", values=("1", "2")))
    with pytest.raises(BadConfig, match="40 trials are more"):
        check_sweep(SweepConfig(base=config, vary=grid, sampler="grid"))
    blind = config.model_copy(update={"task": config.task.model_copy(update={"validation_images": 0})})
    with pytest.raises(BadConfig, match="so some are needed"):
        check_sweep(SweepConfig(base=blind, vary=(RATES,)))
    for vary in (
        Varied(name="learning_rate", low=1, high=1000),
        Varied(name="batch_size", values=("8", "9999")),
        Varied(name="hidden", values=("9999",)),
        Varied(name="cell", values=("gru",)),
        Varied(name="optimizer", values=("<b>",)),
    ):
        with pytest.raises(BadConfig):
            check_sweep(SweepConfig(base=config, vary=(vary,)))
    config_in_words = SweepConfig(base=config, vary=(RATES,)).model_dump(mode="json")
    assert read_sweep(config_in_words) == SweepConfig(base=config, vary=(RATES,))


def test_points_of_a_grid() -> None:
    assert Varied(name="learning_rate", low=1e-4, high=1e-2, log=True).on_grid() == ("0.0001", "0.001", "0.01")
    assert Varied(name="dropout", low=0, high=0.5).on_grid() == ("0", "0.25", "0.5")
    assert Varied(name="batch_size", low=8, high=128, log=True, points=5).on_grid() == ("8", "16", "32", "64", "128")
    assert Varied(name="patience", low=1, high=2, points=9).on_grid() == ("1", "2")


@settings(max_examples=25)
@given(st.text(max_size=20), st.floats(), st.floats(), st.booleans(), st.integers(-3, 30))
def test_any_range_is_used_or_refused(name: str, low: float, high: float, log: bool, points: int) -> None:
    for wanted in (name, "learning_rate", "batch_size"):
        try:
            config = read_sweep(
                {"base": {}, "vary": [{"name": wanted, "low": low, "high": high, "log": log, "points": points}]}
            )
            check_sweep(config)
        except BadConfig as problem:
            assert str(problem)
        else:
            assert len(config.vary[0].on_grid()) >= 1
