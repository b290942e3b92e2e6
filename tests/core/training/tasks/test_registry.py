"""Every registered task has what a page, an address and a run need of it."""

import pytest
import torch
from torch import nn

from core.data.sources import TEXTS, folder_of
from core.training.address import change, changes, flatten
from core.training.config import BadConfig, TrainConfig, check, read_config
from core.training.prepare import prepare
from core.training.recipes import suggest_training
from core.training.task import evaluate
from core.training.tasks.images import ImageTask
from core.training.tasks.pen import PenTask
from core.training.tasks.points import PointTask
from core.training.tasks.registry import TASKS
from core.training.tasks.stories import StoryTask
from core.training.tasks.task_config import TaskConfig

KINDS = [(task, kind) for task in TASKS.values() for kind in task.kinds]


def named(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(value)


def config_of(task: type[TaskConfig]) -> TrainConfig:
    return TrainConfig(task=task.model_validate({}))


@pytest.mark.parametrize("learns", TASKS)
def test_it_is_found_by_what_it_learns(learns: str) -> None:
    task = read_config({"task": {"learns": learns}}).task
    assert type(task) is TASKS[learns]
    assert task.learns == learns


@pytest.mark.parametrize("task", TASKS.values(), ids=named)
def test_it_has_a_title(task: type[TaskConfig]) -> None:
    title = config_of(task).task.title
    assert title and TrainConfig(title=title).title == title


@pytest.mark.parametrize("task", TASKS.values(), ids=named)
def test_its_form_shows_settings_that_an_address_keeps(task: type[TaskConfig]) -> None:
    config = config_of(task)
    texts = flatten(config)
    for field in task.form:
        assert field.label and field.help.endswith(".")
        assert field.name in texts
        if field.low is not None and field.high is not None:
            assert field.low <= float(texts[field.name]) <= field.high
            for end in (field.low, field.high):
                changed = change(config, {field.name: f"{end:g}"})
                assert float(flatten(changed)[field.name]) == end
    assert task.form or task.hidden_sizes  # something to choose


@pytest.mark.parametrize("task", TASKS.values(), ids=named)
def test_what_it_suggests_can_be_chosen_in_its_form(task: type[TaskConfig]) -> None:
    begin = task.model_validate({})
    if begin.suggested is None:
        with pytest.raises(ValueError, match="no suggested training"):
            suggest_training(begin, 1, 0)
        return
    config = suggest_training(begin, begin.suggested.epochs, 0)
    check(config)
    assert 1 <= begin.suggested.epochs <= task.most_epochs
    assert flatten(config)["hidden_size"] in map(str, task.hidden_sizes)
    assert task.baseline is None or 0 < task.baseline[0] < 1


@pytest.mark.parametrize(("task", "kind"), KINDS, ids=named)
def test_every_kind_of_network_is_written_into_an_address_and_read_back(task: type[TaskConfig], kind: str) -> None:
    base = config_of(task)
    config = base.model_copy(update={"task": base.task.with_network(kind)})
    assert flatten(config)["network"] == kind
    assert change(base, changes(config, base)) == config
    assert read_config(config.model_dump(mode="json")) == config
    assert change(config, flatten(config)) == config
    check(config)


@pytest.mark.parametrize("task", TASKS.values(), ids=named)
def test_a_kind_that_it_does_not_have_is_refused(task: type[TaskConfig]) -> None:
    with pytest.raises(BadConfig, match="no networks of the kind"):
        change(config_of(task), {"network": "perpetuum"})


@pytest.mark.parametrize(("task", "kind"), KINDS, ids=named)
def test_parameters_are_counted_without_building_it(task: type[TaskConfig], kind: str) -> None:
    chosen = task.model_validate({}).with_network(kind)
    with torch.random.fork_rng(devices=[]):
        network = chosen.build(task.classes)
    assert isinstance(network, nn.Module)
    assert chosen.count_parameters() == sum(parameter.numel() for parameter in network.parameters()) > 0


@pytest.mark.parametrize("task", TASKS.values(), ids=named)
def test_it_counts_a_score(task: type[TaskConfig]) -> None:
    begin = task.model_validate({}).for_testing()
    if begin.data in TEXTS and folder_of(begin.data) is None:
        pytest.skip(f"{begin.data} is not here")
    config = TrainConfig(task=begin)
    with torch.random.fork_rng(devices=[]):
        prepared = prepare(config.model_copy(update={"training": config.training.model_copy(update={"batch_size": 1})}))
    score = evaluate(prepared, prepared.test)
    assert 0 <= score.correct <= score.cases and score.cases > 0
    assert score.cases == prepared.sizes[2]
    assert len(prepared.outputs) == task.classes
    assert task.cases


@pytest.mark.parametrize("task", TASKS.values(), ids=named)
def test_it_says_what_it_is_tested_on(task: type[TaskConfig]) -> None:
    one = task.model_validate({})
    assert one.tested_on == one.for_testing().tested_on, "fewer training data change no test"
    others = [kind.model_validate({}).tested_on for kind in TASKS.values()]
    assert len({*others}) == len(others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ImageTask(), ImageTask(data="kmnist")),
        (StoryTask(distance=12), StoryTask(distance=20)),
        (PenTask(), PenTask(characters="capitals")),
        (PointTask(), PointTask(test_points="0.Oqxx~1.OqxV")),
    ],
    ids=lambda task: task.learns,
)
def test_other_test_data_have_another_name(one: TaskConfig, other: TaskConfig) -> None:
    assert one.tested_on != other.tested_on
