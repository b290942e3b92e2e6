"""The recipes: all can be run here, and show what their sentences say."""

import pytest

from core.models.images.design import count
from core.training.address import change
from core.training.config import check
from core.training.control import Control
from core.training.diagnostics import gradient_norms
from core.training.events import Updates
from core.training.loop import train
from core.training.prepare import prepare
from core.training.recipes import RECIPES


def first_updates(name: str, updates: int) -> tuple[list[float], dict[str, float]]:
    """Return the losses of a recipe's first updates, and the gradient norms of the last one."""
    recipe = change(RECIPES[name].config, {"images": "2000", "validation_images": "0", "device": "cpu"})
    task, losses = prepare(recipe), list[float]()
    for event in train(task, recipe.training, Control(), checkpoint_at=[updates]):
        if isinstance(event, Updates):
            losses += event.curve.loss.tolist()
        if len(losses) >= updates:
            break
    return losses[:updates], gradient_norms(task.network)  # of the last update: they lie there until the next


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name)
def test_every_recipe_can_be_run_and_is_named(recipe) -> None:
    check(recipe.config)
    assert recipe.config.title == recipe.title
    assert recipe.versus is None or recipe.versus in RECIPES
    assert 40 < len(recipe.sentence) < 260


def test_the_lab_is_the_lectures_lab() -> None:
    lab = RECIPES["lab"].config
    assert count(lab.task.network) == 121_930
    assert (lab.training.optimizer, lab.training.learning_rate, lab.training.batch_size) == ("adam", 1e-3, 32)
    assert (lab.training.epochs, lab.task.images, lab.task.validation_images) == (3, None, 0)
    assert lab.task.network.initialisation == "xavier"
    assert not lab.task.augmentation.any and not lab.training.weight_decay


def test_raw_pixels_begin_with_a_loss_above_thirty() -> None:
    assert first_updates("raw-pixels", 3)[0][0] > 30
    assert first_updates("lab-short", 3)[0][0] < 2.6


def test_sigmoids_lose_the_gradient_on_its_way_back_and_relus_do_not() -> None:
    norms = first_updates("sigmoid", 20)[1]
    assert norms["dense6"] / norms["dense1"] > 100
    norms = first_updates("relu", 20)[1]
    assert 0.1 < norms["dense6"] / norms["dense1"] < 10


def test_too_high_a_rate_kills_the_relus() -> None:
    losses, norms = first_updates("too-high", 60)
    assert max(losses) > 100
    assert norms["conv1"] == norms["conv2"] == norms["dense1"] == 0
    assert losses[-1] == pytest.approx(2.303, abs=0.2)
