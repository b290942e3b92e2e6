"""Networks that read a sequence step by step and keep a hidden state."""

from torch import Tensor, nn


class RowGRU(nn.Module):
    """Read a 28x28 digit as a sequence of 28 rows, top to bottom (161,034 parameters).

    Two stacked GRU layers keep a hidden state of 128 numbers each; the state
    of the upper one after the last row decides. Takes images (B, 1, 28, 28)
    in 0-1 and returns logits (B, 10). It never sees two rows at once: what it
    knows of the rows above is in its state.
    """

    def __init__(self, hidden_size: int = 128, num_layers: int = 2) -> None:
        super().__init__()
        self.gru = nn.GRU(28, hidden_size, num_layers, batch_first=True)
        self.dense = nn.Linear(hidden_size, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (B, 10) for images (B, 1, 28, 28)."""
        rows = images.flatten(1, 2)  # (B, 28 steps, 28 pixels)
        states, _ = self.gru(rows)  # (B, 28, hidden_size)
        return self.dense(states[:, -1])
