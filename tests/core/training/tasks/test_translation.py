import pytest
import torch

from core.training.control import Control
from core.training.loop import train
from core.training.task import NotEnough, evaluate
from core.training.tasks import translation
from core.training.tasks.translation import TranslationTask


def test_attention_learns_numbers_of_three_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "TESTED", 60)
    begin = TranslationTask(digits=3, numbers=600)
    chosen = begin.model_copy(update={"network": begin.network.model_copy(update={"hidden_size": 48})})
    task = chosen.prepare(50, 0, torch.device("cpu"))
    assert task.sizes == (600, 60, 60) and len(task.outputs) == chosen.classes
    before = evaluate(task, task.test)
    training = TranslationTask.suggested.model_copy(update={"epochs": 3, "batch_size": 50, "learning_rate": 1e-2})
    for _ in train(task, training, Control()):
        pass
    after = evaluate(task, task.test)
    assert after.loss < before.loss / 2 and after.cases == 60


def test_a_batch_larger_than_everything_is_a_sentence() -> None:
    with pytest.raises(NotEnough, match="larger than the 10 numbers"):
        TranslationTask(numbers=10).prepare(64, 0, torch.device("cpu"))


def test_titles_say_what_is_learnt() -> None:
    assert TranslationTask().title == "Translate numbers of up to 4 digits"
    assert TranslationTask(digits=3).tested_on != TranslationTask().tested_on
