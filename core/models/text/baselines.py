"""Networks that read a sentence without a memory: by counting, through a window, by convolution."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.models.text.embeddings import WordVectors, lengths_of, word_mask


class BagOfWords(nn.Module):
    """Every word has one weight, wherever it stands; the weights are added up.

    Takes pieces (B, T, P) and returns logits (B, 2) for negative and positive.

    Args:
        size: rows of the table of words.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.words = WordVectors(size, 1)
        self.dense = nn.Linear(1, 2)

    def contributions(self, pieces: Tensor) -> Tensor:
        """Return what each word adds to the logits, (B, T, 2)."""
        return F.linear(self.words(pieces), self.dense.weight)

    def classify_vectors(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return logits (B, 2) for the words' numbers (B, T, 1); `present` (B, T) says which places hold a word."""
        return F.linear(vectors * present.unsqueeze(-1), self.dense.weight).sum(1) + self.dense.bias

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, 2) for pieces (B, T, P)."""
        return self.classify_vectors(self.words(pieces), word_mask(pieces))


class WindowReader(nn.Module):
    """Look at `window` neighbouring words at a time, always through the same layer, and take the mean of what is seen.

    Takes pieces (B, T, P) and returns logits (B, 2) for negative and positive.
    Windows reach over both ends of the sentence, where there is nothing.

    Args:
        size: rows of the table of words.
        width: numbers in a word vector.
        window: words that are seen at once.
        hidden_size: units that look at a window.
        dropout: share of numbers dropped in training.
    """

    def __init__(self, size: int, width: int, window: int = 3, hidden_size: int = 32, dropout: float = 0.0) -> None:
        super().__init__()
        self.window = window
        self.words = WordVectors(size, width, dropout)
        self.look = nn.Linear(window * width, hidden_size)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size, 2)

    def slide_window(self, vectors: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """Return what every window sees (B, T + window - 1, hidden_size), and how many see a word (B,).

        The first window sees the first word at its end, the last one sees the last word at its start. What is seen by
        windows beyond the end of a sentence is zero.

        Args:
            vectors: of the words (B, T, width).
            present: which places hold a word (B, T).
        """
        around = self.window - 1
        windows = F.pad(vectors, (0, 0, around, around)).unfold(1, self.window, 1)  # (B, T + around, width, window)
        seen = F.relu(self.look(windows.flatten(2)))
        lengths = present.sum(1).clamp(min=1) + around
        inside = seen.new_ones(seen.shape[:2]).cumsum(1) <= lengths.unsqueeze(1)
        return seen * inside.unsqueeze(-1), lengths

    def classify_vectors(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return logits (B, 2) for word vectors (B, T, width); `present` (B, T) says which places hold a word."""
        seen, lengths = self.slide_window(vectors, present)
        return self.dense(self.drop(seen.sum(1) / lengths.unsqueeze(1)))

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, 2) for pieces (B, T, P)."""
        return self.classify_vectors(self.words(pieces), word_mask(pieces))


class WordCNN(nn.Module):
    """Two convolutions over the row of words, and of every channel the largest value (after Kim, 2014).

    Takes pieces (B, T, P) and returns logits (B, 2) for negative and positive.
    With kernels of 3, a place of the second layer sees 5 words.

    Args:
        size: rows of the table of words.
        width: numbers in a word vector.
        channels: of both convolutions.
        kernel_size: words under a kernel.
        dropout: share of numbers dropped in training.
    """

    def __init__(self, size: int, width: int, channels: int = 32, kernel_size: int = 3, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = WordVectors(size, width, dropout)
        self.conv1 = nn.Conv1d(width, channels, kernel_size, padding="same")
        self.conv2 = nn.Conv1d(channels, channels, kernel_size, padding="same")
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(channels, 2)

    def convolve(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return the maps of the second layer (B, channels, T) for word vectors (B, T, width)."""
        there = present.unsqueeze(1)  # (B, 1, T); what is beyond the end stays zero, as without padding
        maps = F.relu(self.conv1(vectors.transpose(1, 2))) * there
        return F.relu(self.conv2(maps)) * there

    def classify_vectors(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return logits (B, 2) for word vectors (B, T, width); `present` (B, T) says which places hold a word."""
        return self.dense(self.drop(self.convolve(vectors, present).amax(2)))

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, 2) for pieces (B, T, P)."""
        return self.classify_vectors(self.words(pieces), word_mask(pieces))


class LastWords(nn.Module):
    """See the last words of a text and nothing of what came before.

    Takes pieces (B, T, P) and returns logits (B, classes).

    Args:
        size: rows of the table of words.
        width: numbers in a word vector.
        window: words that are seen.
        hidden_size: units that look at them.
        classes: how many logits.
    """

    def __init__(self, size: int, width: int, window: int, hidden_size: int, classes: int) -> None:
        super().__init__()
        self.window = window
        self.words = WordVectors(size, width)
        self.look = nn.Linear(window * width, hidden_size)
        self.dense = nn.Linear(hidden_size, classes)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, classes) for pieces (B, T, P)."""
        vectors = F.pad(self.words(pieces), (0, 0, self.window, 0))  # nothing comes before a short text
        ends = lengths_of(pieces) + self.window
        places = ends.unsqueeze(1) - torch.arange(self.window, 0, -1, device=ends.device)  # (B, window)
        seen = vectors[torch.arange(len(vectors), device=ends.device).unsqueeze(1), places]
        return self.dense(F.relu(self.look(seen.flatten(1))))
