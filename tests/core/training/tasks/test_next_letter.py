import math

import pytest
import torch

from core.data.sources import folder_of
from core.data.text.letter_batches import IGNORED
from core.training.control import Control
from core.training.loop import train
from core.training.task import NotEnough, evaluate
from core.training.tasks.next_letter import (
    NextLetterTask,
    PassageTask,
    TuneTask,
    count_letters,
    count_right_letters,
    next_letter_loss,
)


@pytest.mark.parametrize(
    ("chosen", "epochs"),
    [(TuneTask(tunes=40), 3), (PassageTask(letters=20_000), 1)],
    ids=[TuneTask().learns, PassageTask().learns],
)
def test_letters_are_learnt(chosen: NextLetterTask, epochs: int) -> None:
    if folder_of(chosen.data) is None:
        pytest.skip(f"{chosen.data} is not here")
    small = chosen.network.model_copy(update={"kind": "gru", "width": 16, "hidden_size": 24})
    with torch.random.fork_rng(devices=[]):
        task = chosen.model_copy(update={"network": small}).prepare(8, 0, torch.device("cpu"))
        assert chosen.suggested is not None
        training = chosen.suggested.model_copy(update={"epochs": epochs, "batch_size": 8, "learning_rate": 0.02})
        for _ in train(task, training, Control()):
            pass
    assert len(task.outputs) == chosen.classes
    assert task.validation is not None
    score = evaluate(task, task.validation)
    assert score.cases == task.sizes[1]
    assert score.loss < math.log(chosen.classes) * 0.8
    with pytest.raises(NotEnough, match="larger than"):
        chosen.prepare(100_000, 0, torch.device("cpu"))


def test_what_lies_beyond_the_end_does_not_count() -> None:
    logits = torch.zeros(2, 2, 4)
    logits[0, 0, 3] = logits[1, 0, 3] = 5.0
    wanted = torch.tensor([[3, 0], [1, IGNORED]])
    assert count_letters(wanted) == 3
    assert int(count_right_letters(logits, wanted)) == 2  # of equal logits the first letter is named
    sure = logits[0, 0].log_softmax(0)
    by_hand = (-sure[3] + math.log(4) - sure[1]) / 3
    torch.testing.assert_close(next_letter_loss(logits, wanted), by_hand)
