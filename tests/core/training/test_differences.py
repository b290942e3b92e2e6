import numpy as np

from core.data.series.coding import encode_values
from core.models.images.design import MLP
from core.training.config import TrainConfig
from core.training.differences import differences, group_by_seed
from core.training.hyperparameters import Training
from core.training.tasks.images import ImageTask
from core.training.tasks.series import SeriesTask

LAB = TrainConfig()
OTHER = LAB.model_copy(update={"title": "another", "training": Training(seed=4)})
FAST = LAB.model_copy(update={"training": Training(learning_rate=0.01, seed=4)})
DENSE = LAB.model_copy(update={"task": ImageTask(network=MLP())})


def test_only_what_differs_is_told_and_titles_do_not_count() -> None:
    assert differences([LAB]) == {}
    assert differences([LAB, LAB.model_copy(update={"title": "x"})]) == {}
    assert differences([LAB, OTHER, FAST]) == {"seed": ("0", "4", "4"), "learning_rate": ("0.001", "0.001", "0.01")}
    between_kinds = differences([LAB, DENSE])
    assert between_kinds["network"] == ("cnn", "mlp")
    assert between_kinds["hidden"] == ("-", "256,128")
    assert between_kinds["blocks"] == ("32,64", "-")
    assert "learning_rate" not in between_kinds


def test_of_a_series_that_a_run_carries_only_the_beginning_is_told() -> None:
    carried = [encode_values(np.random.default_rng(seed).normal(size=500)) for seed in (0, 1)]
    configs = [TrainConfig(task=SeriesTask(data="own", values=text)) for text in carried]
    told = differences(configs)["values"]
    assert told[0].startswith(carried[0][:24]) and all(len(one) < 60 for one in told)


def test_runs_that_differ_in_their_seed_alone_are_together() -> None:
    assert group_by_seed({"a": LAB, "b": FAST, "c": OTHER, "d": DENSE}) == [("a", "c"), ("b",), ("d",)]
    assert group_by_seed({}) == []
