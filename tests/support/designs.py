"""Networks of many designs with fresh weights, as a class will train them, for all tests that look into networks."""

import numpy as np
import torch

from core.data.images.datasets import ImageSet, sample_digits
from core.inspection.networks import Choice
from core.models.images.design import CNN, MLP, ColumnReader, ConvBlock, Design, RowReader, build

CLOTHES = ("T-shirt/top", "*trouser*", "<b>pullover</b>", ":red[dress]", "$coat$", "sandal")

DESIGNS: dict[str, tuple[Design, tuple[str, ...]]] = {
    "everything": (
        CNN(
            blocks=(
                ConvBlock(channels=5, kernel_size=5, stride=2, padding=2, batch_norm=True, dropout=0.2, pooling="avg"),
                ConvBlock(channels=7, kernel_size=2, pooling="none"),
            ),
            dense=(12, 9),
            dropout=0.3,
            activation="gelu",
            scaling="standardised",
        ),
        tuple("0123456789"),
    ),
    "deep": (
        CNN(
            blocks=tuple(ConvBlock(channels=4 * place, padding=1) for place in (1, 2, 3, 4)),
            dense=(),
            activation="leaky_relu",
            scaling="0-255",
        ),
        CLOTHES,
    ),
    "wide padding": (
        CNN(blocks=(ConvBlock(channels=3, kernel_size=1, padding=4, pooling="none"),), dense=(1,), activation="tanh"),
        ("3", "7"),
    ),
    "twenty classes": (
        CNN(blocks=(ConvBlock(channels=6, kernel_size=9, stride=4, pooling="none"),), activation="sigmoid"),
        tuple(f"class {number}" for number in range(20)),
    ),
    "zeros": (CNN(blocks=(ConvBlock(channels=2),), dense=(), initialisation="zeros"), tuple("0123456789")),
    "mlp": (MLP(hidden=(300, 8), batch_norm=True, dropout=0.1, scaling="standardised"), tuple("0123456789")),
    "rows": (RowReader(cell="lstm", hidden_size=16, num_layers=2, dropout=0.1), tuple("0123456789")),
    "columns": (ColumnReader(blocks=(ConvBlock(channels=4),), cell="rnn", hidden_size=9), CLOTHES),
}


def network_of_run(name: str) -> Choice:
    """Return one of `DESIGNS` as a network that can be chosen; batch norm has seen some pictures."""
    design, classes = DESIGNS[name]
    torch.manual_seed(1)
    network = build(design, len(classes))
    with torch.no_grad():
        network(torch.from_numpy(sample_digits().images[:64].copy()).unsqueeze(1) / 255)
    network.eval().requires_grad_(False)
    return Choice(f"run-{name.replace(' ', '-')}", f"my *{name}*", design.kind, network, "not trained", classes)


def clothes(count: int = 60) -> ImageSet:
    """Return pictures of noise with labels among `CLOTHES`, for the held-out pictures of a network."""
    draw = np.random.default_rng(0)
    return ImageSet(
        draw.integers(0, 256, (count, 28, 28)).astype(np.uint8),
        draw.integers(0, len(CLOTHES), count).astype(np.int64),
        np.full(count, -1),
        f"{count} pictures of noise",
        True,
    )


CHOICES = tuple(network_of_run(name) for name in DESIGNS)
