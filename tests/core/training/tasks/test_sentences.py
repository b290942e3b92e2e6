import pytest
import torch

from core.data.sources import folder_of
from core.training.control import Control
from core.training.loop import train
from core.training.task import NotEnough, evaluate
from core.training.tasks.sentences import PAIRS, SINGLES, SentenceTask

here = pytest.mark.skipif(folder_of("sst2") is None, reason="SST-2 is not here")


@here
def test_a_bag_of_words_learns_reviews_but_no_pairs() -> None:
    chosen = SentenceTask(sentences=1500).with_network("bag")
    with torch.random.fork_rng(devices=[]):
        task = chosen.prepare(50, 0, torch.device("cpu"))
        assert chosen.suggested is not None
        for _ in train(task, chosen.suggested.model_copy(update={"epochs": 6}), Control()):
            pass
    assert task.sizes == (1500, 872, 1821) and len(task.outputs) == chosen.classes
    assert evaluate(task, task.test).accuracy > 0.65


@here
def test_others_learn_pairs_too_where_they_are_wanted() -> None:
    with torch.random.fork_rng(devices=[]):
        sizes = [
            SentenceTask(sentences=100, made=made).prepare(50, 0, torch.device("cpu")).sizes[0]
            for made in (True, False)
        ]
    assert sizes == [100 + 2 * PAIRS + SINGLES, 100]


@here
def test_a_batch_larger_than_everything_is_a_sentence() -> None:
    with pytest.raises(NotEnough, match="larger than the 10 sentences"):
        SentenceTask(sentences=10, made=False).prepare(50, 0, torch.device("cpu"))
