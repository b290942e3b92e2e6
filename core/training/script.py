"""A run as a short script of its own: PyTorch and torchvision only, to read, to keep and to change.

The script computes what `core.training` computes, in the same order and with
the same random numbers, but without anything that a page needs. Only what the
run uses is in it. Texts of people stand in it as string literals and nowhere else.
"""

import inspect
from collections.abc import Iterator

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
from core.training.tasks.images import LOOK, Augmentation, ImageTask

PUBLISHED_TESTS = 10_000
"""Test images of each published set."""


def write_script(config: TrainConfig, classes: int = 10, tests: int = PUBLISHED_TESTS) -> str:
    """Return a Python script that makes a run again; executed, it leaves the loss of every update in ``losses``.

    Args:
        config: the run.
        classes: how many classes its data have.
        tests: how many test images the run had; others than a published set has mean that another set stood in.

    Raises:
        BadConfig: it does not learn images.
    """
    task, training = config.images, config.training
    parts = (
        _head(config, tests),
        _data(task, training, classes),
        _pixels(task),
        _network(task, classes),
        _optimizer(training),
        _evaluation(),
        _loop(task, training),
    )
    return "\n".join("\n".join(part) for part in parts) + "\n"


def _head(config: TrainConfig, tests: int) -> list[str]:
    task, training = config.images, config.training
    own = task.data.startswith(OWN)
    lines = [
        '"""A run of the deep learning playground, as a script of its own: PyTorch and torchvision only.',
        "",
        "On a CPU, with the same version of PyTorch and as many threads, every loss is that of the run.",
        "What a person did by hand while it ran (another learning rate, Stop) is not in here.",
    ]
    if own:
        lines.append(f"Its pictures are one's own: copy own/{_own_file(task)} of the playground beside this script.")
    elif tests != PUBLISHED_TESTS:
        lines.append(f"It differs in its data: another set stood in when the run had no {_published(task)}.")
    if training.seconds is not None:
        lines.append("It ends after some seconds of training, so how far it gets hangs on the machine.")
    if training.bf16:
        lines.append("On a GPU it computes in bfloat16, and losses differ from GPU to GPU.")
    lines += ['"""', ""]
    lines += ["import math"] if task.augmentation.any or training.patience else []
    lines += ["import time"] if training.seconds is not None else []
    lines += [""] if lines[-1] else []
    lines += ["import numpy as np  # comes with torchvision"] if own or _chosen(task) else []
    lines += ["import torch", "import torch.nn.functional as F", "from torch import nn"]
    lines += [] if own else [f"from torchvision.datasets import {_published(task)}"]
    device = '"cuda" if torch.cuda.is_available() else "cpu"' if training.device == "auto" else f'"{training.device}"'
    lines += ["", f"TITLE = {config.title!a}"]
    return [*lines, f"SEED, BATCH, EPOCHS = {training.seed}, {training.batch_size}, {training.epochs!r}"] + [
        f"device = torch.device({device})",
        "generator = torch.Generator().manual_seed(SEED)  # of the order of the images",
    ]


# -- data ---------------------------------------------------------------------------------------------


def _published(task: ImageTask) -> str:
    return PUBLISHED[task.data].dataset


def _own_file(task: ImageTask) -> str:
    return task.data.removeprefix(OWN) + ".npz"


def _chosen(task: ImageTask) -> bool:
    """Return whether not all training images are trained on as they are."""
    return bool(task.validation_images) or task.images is not None or task.random_labels


def _data(task: ImageTask, training: Training, classes: int) -> list[str]:
    """Load the images, and choose those that are trained on, as `core.data.images.splits` does."""
    lines = ["", "# Data: all images stay in memory, as bytes."]
    if task.data.startswith(OWN):
        lines += [
            f'with np.load("{_own_file(task)}") as stored:  # no pickle is ever opened',
            "    parts = {name: torch.from_numpy(stored[name]) for name in stored.files}",
            'images, labels = parts["train_images"].unsqueeze(1), parts["train_labels"]',
            'test = parts["test_images"].unsqueeze(1).to(device), parts["test_labels"].to(device)',
        ]
    else:
        lines += [
            f'train_set, test_set = ({_published(task)}("data", train=part, download=True) for part in (True, False))',
            "images, labels = train_set.data.unsqueeze(1), train_set.targets  # (N, 1, 28, 28) in 0-255, (N,)",
            "test = test_set.data.unsqueeze(1).to(device), test_set.targets.to(device)",
        ]
    if task.validation_images or task.images is not None:
        lines += _RANKS
    if _chosen(task):
        lines += ["names, training = labels.numpy(), np.arange(len(labels))"]
    if task.validation_images:
        lines += [
            "rank, turn = ranks(names)  # for validation, every class in its share",
            "order = np.lexsort((turn, (rank + 0.5) / np.bincount(names)[names]))",
            f"kept, training = np.sort(order[:{task.validation_images}]), np.sort(order[{task.validation_images}:])",
            "validation = images[kept].to(device), labels[kept].to(device)",
        ]
    if task.images is not None:
        lines += [
            "rank, turn = ranks(names[training])  # of the rest, of every class as many",
            f"training = training[np.sort(np.lexsort((turn, rank))[:{task.images}])]",
        ]
    if task.random_labels:
        lines += [
            "draw = np.random.default_rng(SEED)  # labels at random: there is nothing to understand",
            f"names[training] = draw.integers({classes}, size=len(training))",
        ]
    chosen = "[training]" if _chosen(task) else ""
    return [*lines, f"images, labels = images{chosen}.to(device), labels{chosen}.to(device)"]


_RANKS = '''

def ranks(names):
    """Return for each image its place in the shuffled row of its class, and its class's place in the line."""
    draw = np.random.default_rng(SEED)
    shuffled = draw.permutation(len(names))
    rows = shuffled[np.argsort(names[shuffled], kind="stable")]
    rank = np.empty(len(names), int)
    rank[rows] = np.arange(len(names)) - np.searchsorted(names[rows], names[rows])
    return rank, draw.permutation(names.max() + 1)[names]


'''.splitlines()


def _pixels(task: ImageTask) -> list[str]:
    """From bytes to what the network reads."""
    lines = _distortion(task.augmentation) if task.augmentation.any else []
    scaling = SCALINGS[task.network.scaling]
    scaled = f" * {scaling[0]!r} + {scaling[1]!r}" if scaling else ""
    if not task.augmentation.any:
        return [*_READ.format("images").splitlines(), f"    return images / 255{scaled}", ""]
    lines += _READ.format("images, distorted=False").splitlines()
    lines += ["    pixels = images / 255", "    if distorted:", "        pixels = distort(pixels)"]
    return [*lines, f"    return pixels{scaled}", ""]


_READ = '''

def read({}):
    """Return pixels as the network reads them."""'''


def _distortion(augmentation: Augmentation) -> list[str]:
    lines = [
        "",
        "",
        "def distort(pixels):",
        '    """Move every image at random, each in its own way, anew every time."""',
        "    def uniform(limit):",
        "        return (torch.rand(len(pixels), generator=generator) * 2 - 1) * limit",
        "",
        f"    angle, slant = uniform(math.radians({augmentation.turn!r})), uniform(0)",
        f"    wide, high = 1 + uniform({augmentation.scale!r}), 1 + uniform({augmentation.scale!r})",
        "    cos, sin = torch.cos(angle), torch.sin(angle)",
        "    theta = torch.stack([  # where each pixel comes from",
        f"        torch.stack([cos * wide, (slant * cos - sin) * wide, uniform({augmentation.shift!r}) * 2 / 28], 1),",
        f"        torch.stack([sin * high, (slant * sin + cos) * high, uniform({augmentation.shift!r}) * 2 / 28], 1),",
        "    ], dim=1)",
        "    grid = F.affine_grid(theta, list(pixels.shape), align_corners=False)",
    ]
    if augmentation.elastic:
        lines += [
            f"    coarse = torch.randn(len(pixels), 2, 5, 5, generator=generator) * {augmentation.elastic!r} * 2 / 28",
            '    field = F.interpolate(coarse, size=(28, 28), mode="bilinear", align_corners=True)',
            "    grid = grid + field.permute(0, 2, 3, 1)",
        ]
    return [*lines, "    return F.grid_sample(pixels, grid.to(pixels.device), align_corners=False)"]


# -- network ------------------------------------------------------------------------------------------


def _network(task: ImageTask, classes: int) -> list[str]:
    with torch.device("meta"):  # shapes without memory
        network = compute_faster(task.build(classes))
    lines = ["", "# The network, with its first weights."]
    if isinstance(network, SequenceReader):
        lines += ["", "", *_reader(network, task)]
        built = ["network = Reader()"]
    else:
        built = ["network = nn.Sequential(", *_layers(network, "    "), ")"]
    lines += ["torch.manual_seed(SEED)", *built, *_initialisation(task, network)]
    return [*lines, "network = network.to(device, memory_format=torch.channels_last)  # the faster layout"]


def _layers(network: nn.Module, indent: str) -> Iterator[str]:
    """Yield a line for each layer; input scaling is in ``read``, and layouts of a sequence are in ``forward``."""
    for layer in network.children():
        if type(layer) in _WRITTEN:
            yield f"{indent}{_layer(layer)},"
        elif not isinstance(layer, Scale):
            assert not list(layer.parameters()), f"{type(layer).__name__} is not written"


_WRITTEN: dict[type[nn.Module], tuple[str, ...]] = {
    nn.Conv2d: ("in_channels", "out_channels", "kernel_size", "stride=1", "padding=0"),
    nn.Linear: ("in_features", "out_features"),
    nn.BatchNorm1d: ("num_features",),
    nn.BatchNorm2d: ("num_features",),
    nn.MaxPool2d: ("kernel_size",),
    nn.AvgPool2d: ("kernel_size",),
    nn.Dropout: ("p",),
    nn.Flatten: (),
    nn.ReLU: (),
    nn.LeakyReLU: (),
    nn.GELU: (),
    nn.Tanh: (),
    nn.Sigmoid: (),
}
"""The arguments of each layer, in order; those with a usual value are named, and left out where they have it."""


def _layer(layer: nn.Module) -> str:
    arguments = []
    for wanted in _WRITTEN[type(layer)]:
        name, _, usual = wanted.partition("=")
        value = getattr(layer, name)
        value = value[0] if isinstance(value, tuple) and len(set(value)) == 1 else value
        if not usual:
            arguments.append(repr(value))
        elif repr(value) != usual:
            arguments.append(f"{name}={value!r}")
    return f"nn.{type(layer).__name__}({', '.join(arguments)})"


def _reader(network: SequenceReader, task: ImageTask) -> list[str]:
    recurrent, steps = network.recurrent, list(_layers(network.steps, "            "))
    more = f", {recurrent.num_layers}" if recurrent.num_layers > 1 else ""
    more += f", dropout={recurrent.dropout!r}" if recurrent.dropout else ""
    dropped = task.network.dropout
    columns = any(isinstance(layer, Columns) for layer in network.steps.children())
    sizes = f"{recurrent.input_size}, {recurrent.hidden_size}{more}, batch_first=True"
    lines = [
        "class Reader(nn.Module):",
        '    """Read a picture as a sequence and let the last state decide."""',
        "",
        "    def __init__(self):",
        "        super().__init__()",
        *(["        self.maps = nn.Sequential(", *steps, "        )"] if steps else []),
        f"        self.recurrent = nn.{type(recurrent).__name__}({sizes})",
        *([f"        self.drop = nn.Dropout({dropped!r})"] if dropped else []),
        f"        self.dense = nn.Linear({network.dense.in_features}, {network.dense.out_features})",
        "",
        "    def forward(self, images):",
    ]
    maps = "self.maps(images)" if steps else "images"
    if columns:
        lines.append(f"        steps = {maps}.flatten(1, 2).transpose(1, 2)  # columns from left to right")
    else:
        lines.append(f"        steps = {maps}.flatten(1, 2)  # rows from top to bottom")
    state = "self.drop(states[:, -1])" if dropped else "states[:, -1]"
    return [*lines, "        states, _ = self.recurrent(steps)", f"        return self.dense({state})", "", ""]


def _initialisation(task: ImageTask, network: nn.Module) -> list[str]:
    way = task.network.initialisation
    if way == "default":
        return []
    fill = {
        "xavier": "nn.init.xavier_uniform_({})",
        "kaiming": 'nn.init.kaiming_uniform_({}, nonlinearity="relu")',
        "normal": f"nn.init.normal_({{}}, std={DEVIATION!r})",
        "zeros": "nn.init.zeros_({})",
    }[way]
    lines = [
        "for layer in network.modules():",
        "    if isinstance(layer, (nn.Conv2d, nn.Linear)):",
        f"        {fill.format('layer.weight')}",
        "        nn.init.zeros_(layer.bias)",
    ]
    if isinstance(network, SequenceReader):
        gates = GATES[type(network.recurrent)]
        lines += [
            "    elif isinstance(layer, nn.RNNBase):",
            "        for name, parameter in layer.named_parameters():",
            '            if name.startswith("bias"):',
            "                nn.init.zeros_(parameter)",
            "                continue",
            f"            for gate in parameter.detach().chunk({gates}):  # each is a matrix of its own",
            f"                {fill.format('gate')}",
        ]
    return lines


# -- learning -----------------------------------------------------------------------------------------


def _optimizer(training: Training) -> list[str]:
    optimizer = build_optimizer([nn.Parameter(torch.zeros(()))], training)
    usual = {name: one.default for name, one in inspect.signature(type(optimizer)).parameters.items()}
    group = optimizer.param_groups[0]
    more = [
        f", {name}={group[name]!r}"
        for name in ("momentum", "nesterov", "weight_decay")
        if name in group and group[name] != usual[name]
    ]
    name = f"torch.optim.{type(optimizer).__name__}"
    lines = [
        "",
        "# How it learns.",
        "per_epoch = len(labels) // BATCH  # what is left over at the end of an epoch is skipped",
        "total = max(1, round(EPOCHS * per_epoch))",
        f"optimizer = {name}(network.parameters(), lr={training.learning_rate!r}{''.join(more)})",
    ]
    schedulers = "torch.optim.lr_scheduler"
    match training.schedule:
        case "step":
            every = f"max(1, round(total / {1 / STEP_SHARE:g}))"
            lines.append(f"scheduler = {schedulers}.StepLR(optimizer, {every}, {STEP_FACTOR!r})")
        case "cosine":
            lines.append(f"scheduler = {schedulers}.CosineAnnealingLR(optimizer, total)")
        case "one-cycle":
            cycles = training.optimizer in {"adam", "adamw"} or group.get("momentum", 0) > 0
            lines += [
                f"scheduler = {schedulers}.OneCycleLR(",
                f"    optimizer, {training.learning_rate!r}, total_steps=max(6, total), "
                f"pct_start={WARM_UP!r}, cycle_momentum={cycles}",
                ")",
            ]
        case "plateau":
            lines += [
                f"scheduler = {schedulers}.ReduceLROnPlateau("
                f"optimizer, factor={PLATEAU_FACTOR!r}, patience={PLATEAU_PATIENCE!r})"
            ]
    return lines


def _evaluation() -> list[str]:
    return f'''

def evaluate(images, labels):
    """Return the mean loss, and the share of the images that are named rightly."""
    network.eval()
    loss = right = 0
    with torch.inference_mode():
        for some, names in zip(images.split({LOOK}), labels.split({LOOK})):
            logits = network(read(some))
            loss += F.cross_entropy(logits, names) * len(names)
            right += (logits.argmax(1) == names).sum()
    network.train()
    return loss.item() / len(labels), right.item() / len(labels)


def batches():
    """Yield batches without end, every epoch in an order of its own."""
    while True:
        for chosen in torch.randperm(len(labels), generator=generator).split(BATCH)[:per_epoch]:
            yield chosen.to(device)

'''.splitlines()


def _loop(task: ImageTask, training: Training) -> list[str]:
    smoothing = f", label_smoothing={task.label_smoothing!r}" if task.label_smoothing else ""
    reading = "read(images[chosen], distorted=True)" if task.augmentation.any else "read(images[chosen])"
    forward = [f"logits = network({reading})", f"loss = F.cross_entropy(logits, labels[chosen]{smoothing})"]
    if training.bf16:
        mixed = 'with torch.autocast("cuda", torch.bfloat16, enabled=device.type == "cuda"):'
        forward = [mixed, *(f"    {line}" for line in forward)]
    schedule = training.schedule not in {"constant", "plateau"}
    clip = f"nn.utils.clip_grad_norm_(network.parameters(), {training.clip_norm!r})"
    body = [
        *forward,
        "optimizer.zero_grad()",
        "loss.backward()",
        *([clip] if training.clip_norm else []),
        "optimizer.step()",
        *(["scheduler.step()"] if schedule else []),
        "losses.append(loss.item())",
        *(_validation(training) if task.validation_images else _report()),
        *([f"if time.perf_counter() - began >= {training.seconds!r}:", "    break"] if training.seconds else []),
    ]
    lines = ["", "losses = []"]
    lines += ["best_loss, best, waited = math.inf, None, 0"] if training.patience and task.validation_images else []
    lines += ["began = time.perf_counter()"] if training.seconds else []
    lines += ["for step, chosen in zip(range(1, total + 1), batches()):", *(f"    {line}" for line in body), ""]
    if training.patience and task.validation_images:
        lines += ["if best is not None:", "    network.load_state_dict(best)  # early stopping: the best come back", ""]
    lines += ["test_loss, test_accuracy = evaluate(*test)"]
    return [*lines, 'print(f"test: loss {test_loss:.4f}, {test_accuracy:.2%} right")']


def _report() -> list[str]:
    return ["if step % per_epoch == 0 or step == total:", '    print(f"update {step}: loss {losses[-1]:.4f}")']


def _validation(training: Training) -> list[str]:
    due = "step % per_epoch == 0 or step == total"
    due += f" or step % {training.validate_every} == 0" if training.validate_every else ""
    lines = [
        f"if {due}:",
        "    loss, share = evaluate(*validation)",
        '    print(f"update {step}: validation loss {loss:.4f}, {share:.2%} right")',
    ]
    lines += ["    scheduler.step(loss)"] if training.schedule == "plateau" else []
    if training.patience:
        lines += [
            "    if loss < best_loss:",
            "        best_loss, waited = loss, 0",
            "        best = {name: value.clone() for name, value in network.state_dict().items()}",
            "    else:",
            "        waited += 1",
            f"    if waited >= {training.patience}:",
            "        break",
        ]
    return lines
