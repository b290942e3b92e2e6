"""What word order does to networks: how they see a sentence without a memory, and who can tell like words apart."""

from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.text.corpora import TRAINED_PATTERNS
from core.data.text.generated import PAIRED, order_pairs
from core.data.text.vocabulary import shipped_vocabulary
from core.inspection.text.reading import encode
from core.models.shipped import load_shipped
from core.models.text.baselines import WindowReader, WordCNN
from core.models.text.embeddings import word_mask
from core.models.text.sentences import WINDOWS

PAIRS = 60
"""Held-out pairs of each pattern that are read."""
CNN_WINDOW = 5
"""Words under two kernels of three."""

READERS = (
    "sentence-bag",
    *(f"window-{window}" for window in WINDOWS),
    "sentence-cnn",
    "sentence-rnn",
    "sentence-gru",
    "sentence-lstm",
    "sentence-transformer",
)
"""Who is compared."""


@dataclass(frozen=True)
class OrderScores:
    """How many held-out sentences networks read right, pairs of the same words with opposite meanings.

    Attributes:
        networks: names in `core.models.shipped`.
        patterns: how the sentences are made, an example of each; the last ones were never trained on.
        trained: whether networks have met the pattern.
        right: (networks, patterns) sentences read right.
        cases: sentences of each pattern.
    """

    networks: tuple[str, ...]
    patterns: tuple[str, ...]
    trained: tuple[bool, ...]
    right: NDArray[np.int64]
    cases: int


@cache
def score_order() -> OrderScores:
    """Let all readers read held-out pairs of every pattern, once per process (about a second)."""
    vocabulary = shipped_vocabulary()
    right = np.zeros((len(READERS), len(PAIRED)), np.int64)
    for column, pattern in enumerate(PAIRED):
        pairs = order_pairs(held_out=True, patterns=(pattern,), count=PAIRS, seed=2)
        sentences = [words for pair in pairs for words in (pair.positive, pair.negative)]
        pieces = torch.from_numpy(vocabulary.encode(sentences))
        labels = torch.tensor([1, 0] * len(pairs))
        for row, name in enumerate(READERS):
            with torch.inference_mode():
                right[row, column] = int((load_shipped(name).network(pieces).argmax(1) == labels).sum())
    return OrderScores(
        READERS, tuple(PAIRED.values()), tuple(name in TRAINED_PATTERNS for name in PAIRED), right, 2 * PAIRS
    )


@dataclass(frozen=True)
class PositionContributions:
    """What each place of a network without a memory adds to its answer.

    Attributes:
        spans: the words that a place sees, as slices; parts of it may lie outside the sentence.
        values: (places,) to the logit of "positive" over "negative".
        bias: the logit before anything is added.
    """

    spans: tuple[tuple[int, int], ...]
    values: NDArray[np.float32]
    bias: float


def window_contributions(window: int, words: tuple[str, ...]) -> PositionContributions:
    """Return what a window of so many words adds to the answer at each of its T + window - 1 places.

    The answer is the mean over all places put through one linear layer, so it is the sum of these parts, exactly.
    """
    network = cast(WindowReader, load_shipped(f"window-{window}").network)
    towards, start = _towards_positive(network.dense)
    with torch.inference_mode():
        pieces = encode(words)
        seen, lengths = network.slide_window(network.words(pieces), word_mask(pieces))
        added = (seen[0] @ towards / lengths[0]).numpy()
    return PositionContributions(tuple((at - window + 1, at + 1) for at in range(len(added))), added, start)


def convolution_contributions(words: tuple[str, ...]) -> PositionContributions:
    """Return what each place of the 1-D CNN adds to its answer: that of the channels which are largest there."""
    network = cast(WordCNN, load_shipped("sentence-cnn").network)
    towards, start = _towards_positive(network.dense)
    half = CNN_WINDOW // 2
    with torch.inference_mode():
        pieces = encode(words)
        maps = network.convolve(network.words(pieces), word_mask(pieces))
        largest, where = maps[0].max(1)  # (channels,)
        added = torch.zeros(len(words)).index_add_(0, where, largest * towards).numpy()
    return PositionContributions(tuple((at - half, at + half + 1) for at in range(len(words))), added, start)


def _towards_positive(dense: torch.nn.Linear) -> tuple[torch.Tensor, float]:
    return dense.weight[1] - dense.weight[0], float(dense.bias[1] - dense.bias[0])
