"""Where the Transformer that reads sentences looks, and how far that agrees with what the words do to its answer."""

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray

from core.inspection.text.attribution import leave_one_out
from core.inspection.text.reading import encode
from core.models.shipped import load_shipped
from core.models.text.embeddings import word_mask
from core.models.text.transformer import TransformerReader

NAME = "sentence-transformer"
FEWEST = 3
"""Words from which on two orders can be compared."""


@lru_cache(maxsize=64)
def sentence_attention(words: tuple[str, ...]) -> NDArray[np.float32]:
    """Return `attention_of` the shipped Transformer."""
    return attention_of(cast(TransformerReader, load_shipped(NAME).network), words)


def attention_of(network: TransformerReader, words: tuple[str, ...]) -> NDArray[np.float32]:
    """Return how much the class token takes of itself and of every word, (blocks, heads, 1 + T); rows add up to 1."""
    pieces = encode(words)
    with torch.inference_mode():
        weights = network.look(network.words(pieces), word_mask(pieces)).weights
    return cast(NDArray[np.float32], weights[0].numpy())


def rank_correlation(attention: NDArray[np.float32], influence: NDArray[np.float32]) -> float | None:
    """Return Spearman's rank correlation of attention (T,) with the size of an influence (T,), -1 to 1.

    1 where the words with most attention are those that change the answer most, 0 where the one says nothing about the
    other (Jain and Wallace, "Attention is not explanation", 2019, who compare both). None where there are fewer than
    `FEWEST` words, or all are alike.
    """
    from scipy.stats import spearmanr

    sizes = np.abs(influence)
    if len(sizes) < FEWEST or np.ptp(attention) == 0 or np.ptp(sizes) == 0:
        return None
    return float(spearmanr(attention, sizes).statistic)


def mean_rank_correlation(network: TransformerReader, sentences: Iterable[tuple[str, ...]]) -> tuple[float, int]:
    """Return the mean `rank_correlation` of the last block's attention with leave-one-out, and of how many sentences.

    The attention is the mean over all heads.
    """
    found = [
        one
        for words in sentences
        if (
            one := rank_correlation(
                attention_of(network, words)[-1, :, 1:].mean(0), leave_one_out(network, words).values
            )
        )
        is not None
    ]
    return float(np.mean(found)), len(found)
