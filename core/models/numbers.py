"""Networks that read a line of several digits: convolutions along the line, with and without a memory, and CTC.

Each takes lines (B, HEIGHT, W) in 0-1, filled up at the end with `PADDING`, and returns logits (B, T, 11) for the ten
digits and the blank, one column of logits for every two columns of pixels. The shape is that of Shi, Bai and Yao, "An
end-to-end trainable neural network for image-based sequence recognition" (2017); CTC is by Graves, Fernandez, Gomez and
Schmidhuber, "Connectionist temporal classification" (2006).
"""

from functools import partial
from typing import Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.design import NetworkDesign
from core.models.initialisation import initialise_recurrent

HEIGHT = 32
"""Rows of a line."""
PADDING = -1.0
"""What fills up the columns beyond the end of a line."""
NO_DIGIT = -1
"""What fills up targets beyond their last digit."""
BLANK = 10
"""The place of the blank among the logits: "no new digit here"."""
STRIDE = 2
"""Columns of pixels to one column of logits."""
REACH = 21
"""Columns of pixels that one column of the convolutions sees: column t sees those from 2 t - 10 to 2 t + 10."""

_SURELY_BLANK = 30.0  # the logit of the blank beyond the end of a line


def columns_in(lines: Tensor) -> Tensor:
    """Return how many columns (B,) of logits there are for lines (B, HEIGHT, W), without those beyond their ends."""
    return ((lines[:, 0] >= 0).sum(1) + STRIDE - 1) // STRIDE


class LineReader(nn.Module):
    """Convolutions describe every second column of a line; with a `memory`, a GRU goes over them from both ends.

    Three convolutions see 13 columns of pixels, a fourth one, along the line alone, joins five of their columns: every
    description comes from `REACH` columns of pixels, about one digit. Without the memory, the logits come from these
    descriptions alone. With it, every column knows what is before and behind.

    Args:
        memory: whether there is a GRU over the columns.
        hidden_size: numbers in the state of each direction.
        dropout: share of the descriptions and states that are dropped in training.
        classes: digits and the blank.
    """

    def __init__(self, memory: bool, hidden_size: int = 64, dropout: float = 0.15, classes: int = BLANK + 1) -> None:
        super().__init__()
        self.blocks = nn.ModuleList([_block(1, 16, 5, 2), _block(16, 32), _block(32, 48)])
        along = nn.Conv1d(48 * HEIGHT // 8, 96, 5, padding=2, bias=False)
        self.join = nn.Sequential(along, nn.BatchNorm1d(96), nn.ReLU())
        self.drop = nn.Dropout(dropout)
        self.recurrent = nn.GRU(96, hidden_size, batch_first=True, bidirectional=True) if memory else None
        self.dense = nn.Linear(2 * hidden_size if memory else 96, classes)
        if self.recurrent is not None:
            initialise_recurrent(self.recurrent)

    def describe(self, lines: Tensor) -> Tensor:
        """Return what the convolutions say of every column, (B, T, 96); 0 beyond the end."""
        columns = columns_in(lines)
        maps = lines.clamp(min=0)[:, None]
        for number, block in enumerate(self.blocks):
            maps = _until(block(maps), columns)
            if number:
                maps = F.max_pool2d(maps, (2, 1))
        return _until(self.join(maps.flatten(1, 2)), columns).transpose(1, 2)

    def forward(self, lines: Tensor) -> Tensor:
        """Return logits (B, T, classes) for lines (B, HEIGHT, W); beyond the end of a line they are surely blank."""
        columns = columns_in(lines)
        described = self.drop(self.describe(lines))
        if self.recurrent is not None:
            packed = nn.utils.rnn.pack_padded_sequence(described, columns.cpu(), batch_first=True, enforce_sorted=False)
            states, _ = nn.utils.rnn.pad_packed_sequence(
                self.recurrent(packed)[0], batch_first=True, total_length=described.shape[1]
            )
            described = self.drop(states)
        logits = self.dense(described)
        beyond = torch.arange(logits.shape[1], device=logits.device) >= columns[:, None]
        ended = F.one_hot(torch.tensor(BLANK, device=logits.device), logits.shape[2]) * _SURELY_BLANK
        return torch.where(beyond[..., None], ended, logits)


def ctc_loss(logits: Tensor, digits: Tensor) -> Tensor:
    """Return the mean loss of logits (B, T, 11) for digits (B, most digits), filled up with `NO_DIGIT`.

    Minus the log of the sum, over all ways to place the digits on the columns, of the product of the probabilities
    (Graves and others, 2006, section 4.1). A line that is too short for its digits costs nothing.
    """
    batch, steps, _ = logits.shape
    lengths = (digits != NO_DIGIT).sum(1)
    return F.ctc_loss(
        logits.log_softmax(2).transpose(0, 1),
        digits[digits != NO_DIGIT],
        torch.full((batch,), steps, device="cpu"),
        lengths.cpu(),
        blank=BLANK,
        reduction="none",
        zero_infinity=True,
    ).mean()


def count_lines_right(logits: Tensor, digits: Tensor) -> Tensor:
    """Return for how many lines the greedy path of logits (B, T, 11) gives exactly the digits."""
    path = logits.argmax(2)
    new = (path != BLANK) & (path != F.pad(path, (1, 0), value=BLANK)[:, :-1])
    most = digits.shape[1]
    place = (new.cumsum(1) - 1).clamp(max=most)
    read = torch.full((len(path), most + 1), NO_DIGIT, dtype=path.dtype, device=path.device)
    read = read.scatter(1, torch.where(new, place, most), torch.where(new, path, NO_DIGIT))
    same = (read[:, :most] == digits).all(1) & (new.sum(1) <= most)
    return same.sum()


def _block(in_channels: int, out_channels: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(in_channels, out_channels, size, stride, padding=size // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(out_channels), nn.ReLU())


def _until(maps: Tensor, columns: Tensor) -> Tensor:
    """Return maps (B, ..., T) that are 0 beyond the end, so that no answer depends on what shares a batch."""
    inside = torch.arange(maps.shape[-1], device=maps.device) < columns[:, None]
    return maps * inside.view(len(maps), *[1] * (maps.ndim - 2), -1)


NumberKind = Literal["cnn-gru", "cnn"]

SHIPPED_HIDDEN_SIZE = 96
"""Numbers in the state of each direction of the GRU that comes with the app."""
TITLES: dict[NumberKind, str] = {"cnn-gru": "CNN + GRU", "cnn": "CNN alone"}
"""How each is called for people."""
_FAMILIES: dict[NumberKind, str] = {
    "cnn-gru": "convolutions along the line, then a bidirectional GRU over the columns, and CTC",
    "cnn": "convolutions along the line, and CTC",
}


class NumberDesign(NetworkDesign):
    """A network that reads numbers.

    Attributes:
        kind: with the GRU or without.
        hidden_size: numbers in the state of each direction of the GRU.
    """

    kind: NumberKind = "cnn-gru"
    hidden_size: int = Field(default=64, ge=2, le=256)


def reader(kind: NumberKind, hidden_size: int = SHIPPED_HIDDEN_SIZE) -> LineReader:
    """Return a network with random weights."""
    return LineReader(kind == "cnn-gru", hidden_size)


ARCHITECTURES = {
    f"number-{kind}": Architecture(partial(reader, kind), TITLES[kind], _FAMILIES[kind], "Numbers") for kind in TITLES
}
"""The networks that come with the app: one safetensors file and one card each, in `assets/weights`."""
