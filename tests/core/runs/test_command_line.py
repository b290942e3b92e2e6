import pytest

from core.runs.store.store import Store
from core.settings import settings
from core.training.__main__ import main
from core.training.config import TrainConfig


def test_a_recipe_with_changes_is_trained_into_the_store_of_the_page(
    config: TrainConfig, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = [f"data={config.task.data}", "images=100", "validation_images=40", "network=mlp", "hidden=16", "epochs=2"]
    assert main(["overfit", *changes]) == 0
    said = capsys.readouterr()
    assert "finished" in said.out
    run = Store(settings().home / "runs").runs(limit=1)[0]
    assert run.id in said.out
    assert run.usable
    assert run.config.training.epochs == 2
    assert run.score
    assert f"{run.score.correct} of 60 right" in said.err + said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "no recipe 'nonsense'"),
        (["lab", "learning_rate"], "not key=value"),
        (["lab", "speed=3"], "not key=value with a key of"),
        (["lab", "learning_rate=nan"], "Learning rate"),
        (["lab", "learning_rate=-1"], "Learning rate"),
        (["lab", "learning_rate=0"], "Learning rate"),
        (["lab", "epochs=1000000"], "more than this machine allows"),
        (["lab", "blocks=32-k9,32-k9,32-k9,32-k9"], "does not fit"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert words in capsys.readouterr().err
