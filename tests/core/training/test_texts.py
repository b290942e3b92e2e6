"""Surnames and tagged words as something to be learnt, by the ordinary loop."""

import pytest
import torch

from core.data.sources import folder_of
from core.data.text.ambiguous import ALL_NAMES, made_by_rule
from core.data.text.entities import IGNORED
from core.data.text.surnames import LANGUAGES
from core.models.text.design import ReaderDesign, TaggerDesign
from core.training.address import change
from core.training.config import TrainConfig, read_config
from core.training.control import Control
from core.training.events import FinalScore, Updates
from core.training.loop import train
from core.training.prepare import prepare
from core.training.recipes import suggest_training
from core.training.task import NotEnough
from core.training.tasks.surnames import SurnameTask
from core.training.tasks.tagging import TESTED, TaggingTask, count_right_words, count_words, follow_pairs, tagging_loss

CONFIGS = (suggest_training(SurnameTask(), 1, 0), suggest_training(TaggingTask(), 1, 0))
needs_names = pytest.mark.skipif(folder_of("names") is None, reason="the list of surnames is not here")
needs_posts = pytest.mark.skipif(folder_of("wnut17") is None, reason="WNUT 2017 is not here")


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.task.learns)
def test_a_description_goes_through_json(config: TrainConfig) -> None:
    assert read_config(config.model_dump(mode="json")) == config
    with torch.random.fork_rng(devices=[]):
        built = config.task.build(18 if config.task.learns == "surnames" else 3)
    assert config.task.count_parameters() == sum(parameter.numel() for parameter in built.parameters())
    assert config.task.for_testing().network == config.task.network


def test_another_kind_keeps_the_other_settings() -> None:
    tagger = suggest_training(TaggingTask(network=TaggerDesign(hidden_size=24)), 1, 0)
    assert change(tagger, {"network": "forward"}).task.network == TaggerDesign(kind="forward", hidden_size=24)
    cell = suggest_training(SurnameTask(network=ReaderDesign(hidden_size=16)), 1, 0)
    assert change(cell, {"network": "lstm"}).task.network == ReaderDesign(kind="lstm", hidden_size=16)


def test_words_beyond_the_end_do_not_count() -> None:
    logits = torch.zeros(2, 3, 3)
    logits[0, :, 1] = 5.0  # "person" three times
    tags = torch.tensor([[1, 0, IGNORED, IGNORED], [0, 1, 0, IGNORED]])  # a place more than there are logits
    assert count_words(tags) == 5
    assert int(count_right_words(logits, tags)) == 1 + 2  # of equal logits the first, "other", is named
    one, two, three = (torch.tensor([0.0, 5.0, 0.0]), torch.zeros(3), torch.log(torch.tensor(3.0)))
    by_hand = (-one.log_softmax(0)[1] - one.log_softmax(0)[0] + 3 * three) / 5
    assert two.log_softmax(0)[0] == -three
    torch.testing.assert_close(tagging_loss(logits, tags), by_hand)


@needs_names
def test_surnames_are_learnt_and_kept_apart() -> None:
    config = change(suggest_training(SurnameTask(), 0.3, 0), {"hidden_size": "16"})
    with torch.random.fork_rng(devices=[]):
        task = prepare(config)
        first, *_, scored = (
            one for one in train(task, config.training, Control()) if isinstance(one, Updates | FinalScore)
        )
    assert isinstance(first, Updates) and isinstance(scored, FinalScore)
    assert task.outputs == LANGUAGES and scored.score.cases == task.sizes[2]
    assert scored.score.loss < first.curve.loss[0] - 0.5
    seen = {str(row.tolist()).replace(", 0", "") for letters, _ in task.epoch(torch.Generator()) for row in letters}
    assert task.validation is not None
    for examples in (task.validation, task.test):
        assert not seen & {str(row.tolist()).replace(", 0", "") for letters, _ in examples() for row in letters}
    with pytest.raises(NotEnough, match="larger than"):
        SurnameTask().prepare(20_000, 0, torch.device("cpu"))


@needs_posts
def test_tags_are_learnt_and_the_ambiguous_names_counted() -> None:
    config = change(suggest_training(TaggingTask(), 0.1, 0), {"hidden_size": "8", "network": "forward"})
    with torch.random.fork_rng(devices=[]):
        task = prepare(config)
        steps, *_, scored = (
            one for one in train(task, config.training, Control()) if isinstance(one, Updates | FinalScore)
        )
    assert isinstance(scored, FinalScore) and isinstance(steps, Updates)
    assert scored.score.cases == 2 * TESTED
    assert scored.score.correct <= TESTED  # a forward reader says the same in both sentences of a pair
    assert all(0 <= share <= 1 for share in steps.curve.accuracy)


def test_pairs_for_the_test_share_neither_name_nor_pattern_with_training() -> None:
    test = follow_pairs(50, 1, names_held_out=True)
    names = {name.lower() for name in ALL_NAMES}
    assert not any(pair.name.lower() in names for pair in test)
    learnt = {one.tokens for one in made_by_rule(500, 100, 100, seed=0)}
    for held_out in (True, False):
        for pair in follow_pairs(50, 2, names_held_out=held_out):
            assert not {pair.person.tokens, pair.place.tokens} & learnt


def test_without_its_data_a_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.data.sources.folder_of", lambda name: None)
    monkeypatch.setattr("core.data.text.entities.folder_of", lambda name: None)
    from core.data.text.entities import posts
    from core.data.text.surnames import surnames

    for cached in (posts, surnames):
        cached.cache_clear()
    for config in CONFIGS:
        with pytest.raises(LookupError, match="not been downloaded"):
            prepare(config)
