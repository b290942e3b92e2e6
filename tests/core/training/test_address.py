"""An experiment as a link: what is written is read back, and nonsense is answered with sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.sources import PUBLISHED
from core.models.images.design import CNN, MLP, ColumnReader, ConvBlock, RowReader
from core.training.address import (
    SETTINGS,
    change,
    changes,
    flatten,
    nearest_recipe,
    read_address,
    same_run,
    with_title,
    write_address,
)
from core.training.config import BadConfig, TrainConfig
from core.training.hyperparameters import Training
from core.training.recipes import RECIPES
from core.training.tasks.images import Augmentation, ImageTask

LAB = RECIPES["lab"].config

blocks = st.builds(
    ConvBlock,
    channels=st.integers(1, 256),
    kernel_size=st.integers(1, 9),
    stride=st.integers(1, 4),
    padding=st.integers(0, 4),
    pooling=st.sampled_from(["none", "max", "avg"]),
    batch_norm=st.booleans(),
    dropout=st.floats(0, 0.9).map(lambda share: round(share, 4)),
)
designs = st.one_of(
    st.builds(CNN, blocks=st.lists(blocks, min_size=1, max_size=4), dense=st.lists(st.integers(1, 1024), max_size=3)),
    st.builds(MLP, hidden=st.lists(st.integers(1, 2048), min_size=1, max_size=8), batch_norm=st.booleans()),
    st.builds(RowReader, cell=st.sampled_from(["rnn", "gru", "lstm"]), hidden_size=st.integers(1, 512)),
    st.builds(ColumnReader, blocks=st.lists(blocks, min_size=1, max_size=2)),
)
configs = st.builds(
    TrainConfig,
    task=st.builds(
        ImageTask,
        data=st.sampled_from(["mnist", "fashion-mnist", "kmnist", "own:0123456789abcdef"]),
        images=st.none() | st.integers(1, 60_000),
        random_labels=st.booleans(),
        augmentation=st.builds(Augmentation, shift=st.floats(0, 8)),
        network=designs,
    ),
    training=st.builds(
        Training,
        optimizer=st.sampled_from(["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"]),
        learning_rate=st.floats(1e-8, 100),
        seconds=st.none() | st.floats(0.1, 900),
        patience=st.none() | st.integers(1, 1000),
        bf16=st.booleans(),
    ),
)


@given(configs, st.sampled_from(list(RECIPES.values())))
def test_what_is_written_is_read_back(config, recipe):
    asked = read_address(write_address(config, recipe))
    assert asked.recipe is recipe or not write_address(config, recipe)
    assert asked.problems == ()
    # Numbers keep twelve digits, which is more than anyone types.
    assert flatten(asked.config) == flatten(config)


@given(st.dictionaries(st.sampled_from(["recipe", *sorted(SETTINGS)]), st.text(max_size=20), max_size=6))
def test_nonsense_is_answered_with_sentences(params):
    asked = read_address(params)
    assert isinstance(asked.config, TrainConfig)
    assert len(asked.problems) <= len(params)
    assert all(len(problem) > 10 for problem in asked.problems)


def test_the_lab_needs_no_address_and_its_changes_are_short():
    recipe = RECIPES["lab"]
    assert write_address(LAB, recipe) == {}
    other = change(LAB, {"learning_rate": "0.01", "blocks": "32,64-k5-s2-p1-avg-bn-drop0.25", "patience": "5"})
    assert write_address(other, recipe) == {
        "recipe": "lab",
        "learning_rate": "0.01",
        "blocks": "32,64-k5-s2-p1-avg-bn-drop0.25",
        "patience": "5",
    }
    network = other.task.network
    assert isinstance(network, CNN)
    assert network.blocks[1] == ConvBlock(
        channels=64, kernel_size=5, stride=2, padding=1, pooling="avg", batch_norm=True, dropout=0.25
    )


def test_another_kind_of_network_begins_with_its_own_settings():
    config = change(LAB, {"network": "mlp", "hidden": "30,20"})
    assert config.task.network == MLP(hidden=(30, 20))
    assert changes(config, LAB) == {"network": "mlp", "hidden": "30,20"}
    assert change(LAB, {"network": "rows"}).task.network == RowReader()


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"learning_rate": "nan"}, "Learning rate"),
        ({"learning_rate": "0"}, "greater than 0"),
        ({"learning_rate": "-1"}, "greater than 0"),
        ({"epochs": "inf"}, "Epochs"),
        ({"cell": "lstm"}, "no setting “cell”"),
        ({"network": "transformer"}, "no networks of the kind"),
        ({"recipe": "cake"}, "no recipe called “cake”"),
        ({"blocks": "32-z9"}, "not a setting of a block"),
        ({"batch_size": "0"}, "Batch size"),
        ({"data": "../../etc/passwd"}, "Data"),
    ],
)
def test_what_cannot_be_is_left_out_and_said(params, said):
    asked = read_address({"seed": "3", **params})
    assert said in " ".join(asked.problems)
    assert same_run(asked.config, change(LAB, {"seed": "3"}))


def test_change_refuses_what_it_does_not_know():
    with pytest.raises(BadConfig, match="no setting"):
        change(LAB, {"hidden": "3"})


def test_a_run_is_named_after_its_recipe_and_its_changes():
    recipe = RECIPES["lab"]
    assert with_title(LAB, recipe).title == "The lab"
    assert with_title(change(LAB, {"learning_rate": "0.01"}), recipe).title == "The lab, learning rate 0.01"
    assert with_title(change(LAB, {"data": "kmnist"}), recipe).title == f"The lab, {PUBLISHED['kmnist'].title}"
    long = change(LAB, {"blocks": ",".join(["32-k5-s2-p1-avg-bn-drop0.25"] * 4)})
    assert len(with_title(long, recipe).title) <= 80


def test_the_nearest_recipe_is_found_again():
    for recipe in RECIPES.values():
        assert nearest_recipe(recipe.config) is recipe
    assert nearest_recipe(change(RECIPES["overfit"].config, {"learning_rate": "0.002"})) is RECIPES["overfit"]
