import pytest
import torch

from core.training.control import Control
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import NotEnough, evaluate
from core.training.tasks import numbers
from core.training.tasks.numbers import NumberTask


@pytest.mark.parametrize(
    "kind", [kind if kind == "cnn" else pytest.param(kind, marks=pytest.mark.long) for kind in numbers.TITLES]
)
def test_every_kind_learns_lines_of_one_digit(kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "TESTED", 60)
    begin = NumberTask(layout="spaced", digits=1, lines=600)
    chosen = begin.model_copy(update={"network": begin.network.model_copy(update={"kind": kind})})
    task = chosen.prepare(10, 0, torch.device("cpu"))
    assert task.sizes == (600, 0, 60) and task.outputs[-1] == "blank"
    training = Training(optimizer="adamw", schedule="one-cycle", learning_rate=8e-3, batch_size=10, epochs=5)
    for _ in train(task, training, Control()):
        pass
    assert evaluate(task, task.test).accuracy > 0.4


def test_a_batch_larger_than_everything_is_a_sentence() -> None:
    with pytest.raises(NotEnough, match="larger than the 10 lines"):
        NumberTask(lines=10).prepare(64, 0, torch.device("cpu"))


def test_titles_say_what_is_learnt() -> None:
    assert NumberTask(digits=1).title == "Numbers of one digit"
    assert NumberTask().title == "Numbers of up to 4 digits"
    assert NumberTask(layout="touching").tested_on != NumberTask().tested_on
