"""Every script is executed, and its losses are held against those of our own loop, number by number."""

import ast
import lzma
import os
import runpy
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.images import datasets
from core.data.images.own_sets import own_file
from core.data.sources import FILES
from core.training.address import change
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.events import Ended, FinalScore, Updates, Validation
from core.training.loop import train
from core.training.prepare import prepare
from core.training.recipes import RECIPES
from core.training.script import write_script
from tests.support.stripes import short_run, store_stripes, store_uneven

SMALL = {"batch_size": "20", "validation_images": "40", "epochs": "1", "seed": "3"}
TINY = {"blocks": "4,6", "dense": "8"}


def idx(array: np.ndarray) -> bytes:
    return b"\0\0\x08" + bytes([array.ndim]) + struct.pack(f">{array.ndim}i", *array.shape) + array.tobytes()


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """So little to compute is done faster by one thread, above all on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A little MNIST of noise, where the playground looks for it and where torchvision looks for it."""
    folder = tmp_path_factory.mktemp("script")
    draw = np.random.default_rng(5)
    ours, theirs = folder / "mnist", folder / "data/MNIST/raw"
    for place in (ours, theirs):
        place.mkdir(parents=True)
    for file, count in zip(FILES, (170, 170, 60, 60), strict=True):
        shape = (count, 28, 28) if "images" in file else (count,)
        content = idx(draw.integers(0, 256 if "images" in file else 10, shape).astype(np.uint8))
        name = file.removesuffix(".gz")
        (ours / f"{name}.xz").write_bytes(lzma.compress(content))
        (theirs / name).write_bytes(content)
    return folder


def compare(config: TrainConfig, folder: Path, monkeypatch: pytest.MonkeyPatch, classes: int = 10) -> str:
    """Hold what a script does against what the run does; return the script."""
    text = write_script(config, classes)
    assert max(map(len, text.splitlines())) <= 120
    (folder / "script.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    theirs = runpy.run_path("script.py")
    events = list(train(prepare(config), config.training, Control()))
    ours = [loss for event in events if isinstance(event, Updates) for loss in event.curve.loss.tolist()]
    assert theirs["losses"] == ours
    (scored,) = (event.score for event in events if isinstance(event, FinalScore))
    assert (theirs["test_loss"], theirs["test_accuracy"]) == (scored.loss, scored.accuracy)
    assert theirs["TITLE"] == config.title
    if "best" in theirs:
        validated = [event.score.loss for event in events if isinstance(event, Validation)]
        assert theirs["best_loss"] == min(validated)
        (ended,) = (event for event in events if isinstance(event, Ended))
        assert (theirs["waited"] >= 2) == ended.early
    return text


@pytest.mark.parametrize(
    "wanted",
    [
        {**TINY},
        {**TINY, "validation_images": "0", "images": "100", "initialisation": "xavier", "scaling": "0-255"},
        {
            **TINY,
            "turn": "12",
            "shift": "2",
            "scale": "0.1",
            "elastic": "1",
            "dropout": "0.3",
            "scaling": "standardised",
        },
        {"blocks": "4-k5-s2-p2-avg-bn-drop0.2,5-nopool", "dense": "none", "activation": "gelu", "optimizer": "adamw"},
        {"network": "mlp", "hidden": "9,8", "batch_norm": "yes", "optimizer": "rmsprop", "schedule": "step"},
        {"network": "mlp", "hidden": "9", "optimizer": "nesterov", "schedule": "cosine", "label_smoothing": "0.1"},
        {"network": "mlp", "hidden": "9", "optimizer": "sgd", "schedule": "one-cycle", "clip_norm": "0.5"},
        {
            "network": "mlp",
            "hidden": "9",
            "schedule": "plateau",
            "validate_every": "3",
            "patience": "2",
            "epochs": "20",
        },
        {
            "network": "mlp",
            "hidden": "9",
            "random_labels": "yes",
            "images": "60",
            "weight_decay": "0.1",
            "epochs": "1.7",
        },
        {"network": "rows", "hidden_size": "6", "num_layers": "2", "dropout": "0.2", "initialisation": "kaiming"},
        {"network": "rows", "hidden_size": "6", "cell": "lstm", "initialisation": "normal", "schedule": "one-cycle"},
        {"network": "columns", "blocks": "3-bn", "hidden_size": "6", "cell": "rnn", "scaling": "standardised"},
    ],
    ids=lambda wanted: ",".join(f"{key}={text}" for key, text in wanted.items())[:60],
)
def test_a_script_gives_the_losses_of_its_run(
    wanted: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "MNIST", folder / "mnist")
    text = compare(change(TrainConfig(), SMALL | wanted), folder, monkeypatch)
    used = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.split(".")[0] for name in used} <= {"torch", "torchvision", "numpy", "math", "time"}


def test_a_script_of_own_pictures_reads_their_file(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = store_stripes()
    name = data.removeprefix("own:") + ".npz"
    (tmp_path / name).symlink_to(Path(os.environ["PLAYGROUND_HOME"]) / "own" / name)
    assert f"Save {name} beside this script" in compare(short_run(data), tmp_path, monkeypatch, classes=2)


def test_a_script_of_own_pictures_runs_by_itself(home: Path, tmp_path: Path) -> None:
    data = store_stripes()
    offered = own_file(data.removeprefix("own:"))
    assert offered is not None
    (tmp_path / offered.name).write_bytes(offered.read_bytes())
    (tmp_path / "train.py").write_text(write_script(short_run(data), 2), encoding="utf-8")
    done = subprocess.run([sys.executable, "train.py"], cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert "test loss" in done.stdout


def test_class_weights_are_in_the_script_of_a_run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = store_uneven()
    name = data.removeprefix("own:") + ".npz"
    (tmp_path / name).symlink_to(Path(os.environ["PLAYGROUND_HOME"]) / "own" / name)
    weighted = change(short_run(data), {"class_weights": "yes", "validation_images": "0", "label_smoothing": "0.1"})
    assert "counts alike" in compare(weighted, tmp_path, monkeypatch, classes=2)
    assert "counts alike" not in write_script(short_run(data), 2)


def test_the_script_of_the_lab_is_short() -> None:
    assert len(write_script(RECIPES["lab"].config).splitlines()) <= 90


def test_what_differs_is_said() -> None:
    config = change(TrainConfig(), {"seconds": "3", "bf16": "yes"})
    text = write_script(config, tests=1000)
    assert "Its data differ: the run used a substitute, because MNIST was not available." in text
    assert "depends on the machine" in text
    assert "perf_counter() - began >= 3.0" in text
    assert "bfloat16" in text
    assert "Its data differ" not in write_script(config)


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_has_a_script(recipe: str) -> None:
    compile(write_script(RECIPES[recipe].config), recipe, "exec")


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=80))
def test_titles_are_text_in_a_script(title: str) -> None:
    tree = ast.parse(write_script(TrainConfig.model_construct(title=title)))
    titles = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "TITLE"
        and isinstance(node.value, ast.Constant)
    ]
    assert titles == [title]
    assert len(tree.body) == len(ast.parse(write_script(TrainConfig())).body)


def test_the_global_generator_is_left_alone() -> None:
    before = torch.get_rng_state()
    write_script(TrainConfig())
    assert torch.equal(torch.get_rng_state(), before)
