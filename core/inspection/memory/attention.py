"""Where a Transformer that reads stories looks when it is asked for the language."""

from functools import lru_cache
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.text.stories import vocabulary
from core.models.shipped import load_shipped
from core.models.text.embeddings import word_mask
from core.models.text.transformer import TransformerReader


@lru_cache(maxsize=64)
def story_attention(name: str, words: tuple[str, ...]) -> NDArray[np.float32]:
    """Return how much the last word takes of every word, by head (heads, T); every row adds up to 1.

    Args:
        name: one of `core.inspection.memory.recall.TRANSFORMERS`.
        words: of the story, at least one.
    """
    network = cast(TransformerReader, load_shipped(name).network)
    pieces = torch.from_numpy(vocabulary().encode([words]))
    with torch.inference_mode():
        weights = network.look(network.words(pieces), word_mask(pieces)).weights
    return cast(NDArray[np.float32], weights[0, 0].numpy())
