"""Networks that read a picture as a sequence, of its rows or of columns of feature maps, and keep a hidden state."""

from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.cells import CELLS, Cell


class Rows(nn.Module):
    """Lay a picture out as the sequence of its rows, top to bottom: (B, 1, H, W) -> (B, H, W)."""

    def forward(self, images: Tensor) -> Tensor:
        """Return rows (B, H steps, W pixels)."""
        return images.flatten(1, 2)


class Columns(nn.Module):
    """Lay feature maps out as the sequence of their columns, left to right: (B, C, H, W) -> (B, W, C*H)."""

    def forward(self, maps: Tensor) -> Tensor:
        """Return columns (B, W steps, C*H numbers)."""
        return maps.flatten(1, 2).transpose(1, 2)


class SequenceReader(nn.Module):
    """Make steps of a picture, read them with a recurrent layer, and let its last state decide.

    The recurrent layer is called by the name of its cell (`gru` for example). It
    never sees two steps at once: what it knows of the ones before is in its
    state. Takes images (B, 1, 28, 28) in 0-1 and returns logits (B, classes).

    Args:
        steps: a module that takes images and returns steps (B, T, numbers).
        width: how many numbers a step has.
        cell: of the recurrent layer.
        hidden_size: numbers in the state.
        num_layers: recurrent layers on top of each other.
        classes: how many logits.
        dropout: share of numbers dropped between recurrent layers and of the last state.
    """

    def __init__(
        self,
        steps: nn.Module,
        width: int,
        cell: Cell = "gru",
        hidden_size: int = 128,
        num_layers: int = 1,
        classes: int = 10,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.cell = cell
        self.steps = steps
        between = dropout if num_layers > 1 else 0.0
        self.add_module(cell, CELLS[cell](width, hidden_size, num_layers, batch_first=True, dropout=between))
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, classes)

    @property
    def recurrent(self) -> nn.RNNBase:
        """The recurrent layer."""
        layer = self.get_submodule(self.cell)
        assert isinstance(layer, nn.RNNBase)
        return layer

    def encode(self, images: Tensor) -> Tensor:
        """Return the state (B, hidden_size) after the last step of images (B, 1, 28, 28)."""
        states, _ = self.recurrent(self.steps(images))  # (B, T, hidden_size)
        return states[:, -1]

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (B, classes) for images (B, 1, 28, 28)."""
        return self.dense(self.drop(self.encode(images)))


class RowGRU(SequenceReader):
    """Read a 28x28 digit as a sequence of 28 rows, top to bottom (161,034 parameters).

    Two stacked GRU layers keep a hidden state of 128 numbers each; the state
    of the upper one after the last row decides. Takes images (B, 1, 28, 28)
    in 0-1 and returns logits (B, 10).
    """

    def __init__(self) -> None:
        super().__init__(Rows(), width=28, cell="gru", hidden_size=128, num_layers=2)


ARCHITECTURES = {"digit-gru": Architecture(RowGRU, "GRU", "recurrent network, row by row", "Digits")}
