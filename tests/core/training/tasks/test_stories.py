"""Stories as something to be learnt, by the ordinary loop."""

import pytest
import torch

from core.data.text.stories import LANGUAGES
from core.models.text.design import ReaderDesign
from core.training.address import change, flatten
from core.training.config import BadConfig, TrainConfig, read_config
from core.training.control import Control
from core.training.events import FinalScore, Updates
from core.training.loop import train
from core.training.prepare import prepare
from core.training.recipes import suggest_training
from core.training.task import NotEnough
from core.training.tasks.images import ImageTask
from core.training.tasks.stories import NEAREST, StoryTask


def test_a_description_goes_through_json_and_address() -> None:
    config = suggest_training(
        StoryTask(distance=30, network=ReaderDesign(kind="lstm", hidden_size=16)), epochs=2, seed=7
    )
    assert read_config(config.model_dump(mode="json")) == config
    assert TrainConfig.model_validate_json(config.model_dump_json()) == config
    assert flatten(config)["distance"] == "30" and flatten(config)["network"] == "lstm"
    changed = change(config, {"network": "rnn", "hidden_size": "8"})
    assert isinstance(changed.task, StoryTask)
    assert changed.task.network == ReaderDesign(kind="rnn", hidden_size=8)
    assert change(config, {"network": "gru"}).task.network == ReaderDesign(kind="gru", hidden_size=16)


@pytest.mark.parametrize("wanted", [{"network": "cnn"}, {"distance": "5"}, {"distance": "x"}, {"blocks": "32"}])
def test_what_a_story_has_not_is_said(wanted: dict[str, str]) -> None:
    with pytest.raises(BadConfig):
        change(suggest_training(StoryTask(), 1, 0), wanted)


@pytest.mark.parametrize("task", [{"learns": "music"}, {"learns": 3}, "stories", {"learns": "stories", "images": 3}])
def test_an_unknown_task_is_said(task: object) -> None:
    with pytest.raises(BadConfig):
        read_config({"task": task})


def test_a_task_that_does_not_say_what_it_learns_learns_images() -> None:
    assert isinstance(read_config({"task": {"data": "kmnist"}}).task, ImageTask)
    assert TrainConfig(task=ImageTask(images=7)).images.images == 7
    with pytest.raises(BadConfig, match="learns stories, not images"):
        _ = suggest_training(StoryTask(), 1, 0).images


def test_validation_and_test_share_nothing_with_training() -> None:
    task = StoryTask(distance=20, stories=300).prepare(50, 0, torch.device("cpu"))
    parts = [[], [], []]  # type: list[list[str]]
    generator = torch.Generator().manual_seed(0)
    for part, batches in zip(parts, (task.epoch(generator), task.validation(), task.test()), strict=True):
        for pieces, _ in batches:
            part += [str(one.tolist()) for one in pieces]
    assert [len(part) for part in parts] == list(task.sizes)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not set(parts[one]) & set(parts[other])
    assert task.outputs == tuple(LANGUAGES.values())


def test_shorter_stories_come_along_in_training_alone() -> None:
    task = StoryTask(distance=30, stories=100, shorter_too=True).prepare(10, 0, torch.device("cpu"))
    lengths = {int((one[:, 0] != 0).sum()) for pieces, _ in task.epoch(torch.Generator()) for one in pieces}
    assert len(lengths) > 10
    assert {int((one[:, 0] != 0).sum()) for pieces, _ in task.test() for one in pieces} == {31}


def test_a_batch_larger_than_all_stories_is_said() -> None:
    with pytest.raises(NotEnough, match="larger than the 20 stories"):
        StoryTask(stories=20).prepare(50, 0, torch.device("cpu"))


def test_counting_builds_nothing_and_counts_what_is_built() -> None:
    task = StoryTask()
    before = torch.random.get_rng_state()
    counted = task.count_parameters()
    assert torch.equal(before, torch.random.get_rng_state())
    with torch.random.fork_rng(devices=[]):
        assert counted == sum(parameter.numel() for parameter in task.build(len(LANGUAGES)).parameters())


def test_a_gru_learns_to_remember_over_a_few_words() -> None:
    with torch.random.fork_rng(devices=[]):
        config = suggest_training(StoryTask(distance=NEAREST, stories=1500), epochs=4, seed=0)
        first, *_, scored = train(prepare(config), config.training, Control())
        losses = [loss for event in [first] if isinstance(event, Updates) for loss in event.curve.loss.tolist()]
    assert not losses or losses[0] > 2
    assert isinstance(scored, FinalScore)
    assert scored.score.accuracy == 1.0
