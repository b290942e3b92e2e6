"""A run as a short script of its own: PyTorch and torchvision only, to read, to keep and to change.

The script (`script.py.jinja`) computes what `core.training` computes, in the same order
and with the same random numbers, but without anything that a page needs. Only what the
run uses is in it. Texts of people are in it as string literals and nowhere else.
"""

import inspect
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import torch
from torch import nn

from core.data.images.own_sets import OWN
from core.data.sources import PUBLISHED
from core.models.images.recurrent import Columns, SequenceReader
from core.models.initialisation import DEVIATION, GATES
from core.models.scaling import SCALINGS, Scale
from core.training.config import TrainConfig
from core.training.hyperparameters import Training
from core.training.optimizers import PLATEAU_FACTOR, PLATEAU_PATIENCE, STEP_FACTOR, STEP_SHARE, WARM_UP, build_optimizer
from core.training.speed import compute_faster
from core.training.tasks.images import LOOK

PUBLISHED_TESTS = 10_000
"""Test images of each published set."""

_INITIALISE = {
    "default": "",
    "xavier": "nn.init.xavier_uniform_({})",
    "kaiming": 'nn.init.kaiming_uniform_({}, nonlinearity="relu")',
    "normal": f"nn.init.normal_({{}}, std={DEVIATION!r})",
    "zeros": "nn.init.zeros_({})",
}
_ARGUMENTS: dict[type[nn.Module], tuple[str, ...]] = {
    nn.Conv2d: ("in_channels", "out_channels", "kernel_size", "stride=1", "padding=0"),
    nn.Linear: ("in_features", "out_features"),
    nn.BatchNorm1d: ("num_features",),
    nn.BatchNorm2d: ("num_features",),
    nn.MaxPool2d: ("kernel_size",),
    nn.AvgPool2d: ("kernel_size",),
    nn.Dropout: ("p",),
    nn.RNNBase: ("input_size", "hidden_size", "num_layers=1", "dropout=0.0", "batch_first=False"),
    **dict.fromkeys((nn.Flatten, nn.ReLU, nn.LeakyReLU, nn.GELU, nn.Tanh, nn.Sigmoid), ()),
}
"""The arguments of each layer, in order; those with a usual value are left out where they have it."""


def write_script(config: TrainConfig, classes: int = 10, tests: int = PUBLISHED_TESTS) -> str:
    """Return a Python script that repeats a run; executed, it leaves the loss of every update in ``losses``.

    Args:
        config: the run.
        classes: how many classes its data have.
        tests: how many test images the run had; others than a published set has mean that another set stood in.

    Raises:
        BadConfig: it does not learn images.
    """
    task, training = config.images, config.training
    own = task.data.startswith(OWN)
    return _template().render(
        title=ascii(config.title),
        task=task,
        training=training,
        augmentation=task.augmentation,
        classes=classes,
        own_file=f"{task.data.removeprefix(OWN)}.npz" if own else "",
        dataset="" if own else PUBLISHED[task.data].dataset,
        stood_in=tests != PUBLISHED_TESTS,
        chosen=bool(task.validation_images) or task.images is not None or task.random_labels,
        scaling=SCALINGS[task.network.scaling],
        fill=_INITIALISE[task.network.initialisation],
        **_describe_network(config, classes),
        **_describe_optimizer(training),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(  # noqa: S701 - it writes Python, not HTML
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    constants = {"LOOK": LOOK, "STEP_FACTOR": STEP_FACTOR, "WARM_UP": WARM_UP, "step_parts": f"{1 / STEP_SHARE:g}"}
    constants |= {"PLATEAU_FACTOR": PLATEAU_FACTOR, "PLATEAU_PATIENCE": PLATEAU_PATIENCE}
    return environment.get_template("script.py.jinja", globals=constants)


def _describe_network(config: TrainConfig, classes: int) -> dict[str, Any]:
    """Return the layers as code, and what is different where the network reads a sequence."""
    with torch.device("meta"):  # shapes without memory
        network = compute_faster(config.images.build(classes))
    if not isinstance(network, SequenceReader):
        return {"layers": _layers(network), "reader": None}
    reader = {
        "recurrent": _layer(network.recurrent),
        "dense": _layer(network.dense),
        "dropout": config.images.network.dropout,
        "columns": any(isinstance(layer, Columns) for layer in network.steps.children()),
        "gates": GATES[type(network.recurrent)],
    }
    return {"layers": _layers(network.steps), "reader": reader}


def _layers(network: nn.Module) -> list[str]:
    """Return each layer as code; input scaling is in ``read``, and layouts of a sequence are in ``forward``."""
    found = [layer for layer in network.children() if type(layer) in _ARGUMENTS]
    assert all(
        isinstance(layer, Scale) or not list(layer.parameters()) for layer in set(network.children()) - set(found)
    )
    return [_layer(layer) for layer in found]


def _layer(layer: nn.Module) -> str:
    kind = nn.RNNBase if isinstance(layer, nn.RNNBase) else type(layer)
    arguments = []
    for wanted in _ARGUMENTS[kind]:
        name, _, usual = wanted.partition("=")
        value = getattr(layer, name)
        value = value[0] if isinstance(value, tuple) and len(set(value)) == 1 else value
        if not usual:
            arguments.append(repr(value))
        elif repr(value) != usual:
            arguments.append(f"{name}={value!r}")
    return f"nn.{type(layer).__name__}({', '.join(arguments)})"


def _describe_optimizer(training: Training) -> dict[str, Any]:
    optimizer = build_optimizer([nn.Parameter(torch.zeros(()))], training)
    usual = {name: one.default for name, one in inspect.signature(type(optimizer)).parameters.items()}
    group = optimizer.param_groups[0]
    named = [name for name in ("momentum", "nesterov", "weight_decay") if name in group and group[name] != usual[name]]
    arguments = [
        "network.parameters()",
        f"lr={training.learning_rate!r}",
        *(f"{name}={group[name]!r}" for name in named),
    ]
    return {
        "optimizer": f"torch.optim.{type(optimizer).__name__}({', '.join(arguments)})",
        "cycles": training.optimizer in {"adam", "adamw"} or group.get("momentum", 0) > 0,
    }
