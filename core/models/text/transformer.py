"""A Transformer that reads a text and classifies it, with the attention that its answer was read from."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.models.attention.positions import AddedPositions, Positions
from core.models.attention.transformer import EncoderBlock
from core.models.text.embeddings import WordVectors, last_state, word_mask


class Classified(NamedTuple):
    """What the reader makes of texts.

    Attributes:
        logits: (B, classes).
        weights: how much the place that answers looks at each place, by block and head, (B, blocks, heads, T); with a
            class token, that is the first place and the words follow.
    """

    logits: Tensor
    weights: Tensor


class TransformerReader(nn.Module):
    """Read a text with the encoder of a Transformer, and let one place of it decide.

    That place is the last word, as with a recurrent network, or a class token: a learned vector that is put before the
    words and stands for the whole text (Devlin and others, "BERT", 2019). Takes pieces (B, T, P), or
    letters (B, T), and returns logits (B, classes).

    Args:
        size: rows of the table of words.
        width: numbers in a word vector, and in every vector after it.
        heads: of the attention.
        inner: units of the hidden layer in every block's dense network.
        blocks: how many.
        positions: how the network is told where a word stands.
        longest: places that learned positions have a row for.
        class_token: let a class token decide instead of the last word.
        dropout: share of the numbers of word vectors, and of what each part of a block adds, dropped in training.
        classes: how many logits.
    """

    def __init__(
        self,
        size: int,
        width: int,
        heads: int,
        inner: int,
        *,
        blocks: int = 1,
        positions: Positions = "sinusoidal",
        longest: int = 200,
        class_token: bool = False,
        dropout: float = 0.0,
        classes: int = 2,
    ) -> None:
        super().__init__()
        self.words = WordVectors(size, width, dropout)
        self.positions = AddedPositions(positions, width, longest)
        self.token = nn.Parameter(0.1 * torch.randn(width)) if class_token else None
        self.blocks = nn.ModuleList(
            EncoderBlock(width, heads, inner, dropout, rotary=positions == "rotary") for _ in range(blocks)
        )
        self.normalise = nn.LayerNorm(width)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(width, classes)

    def look(self, vectors: Tensor, present: Tensor) -> Classified:
        """Return logits and attention for word vectors (B, T, width); `present` (B, T) says where there is a word."""
        if self.token is not None:
            vectors = torch.cat([self.token.expand(len(vectors), 1, -1), vectors], 1)
            present = nn.functional.pad(present, (1, 0), value=True)
        places = present.sum(1).clamp(min=1)
        mask = torch.arange(vectors.shape[1], device=places.device) < places[:, None]
        vectors = self.positions(vectors)
        answering = torch.zeros_like(places) if self.token is not None else places - 1
        weights = []
        for block in self.blocks:
            vectors, looked = block(vectors, mask[:, None, None])
            weights.append(looked[torch.arange(len(looked)), :, answering])
        deciding = last_state(vectors, answering + 1)
        return Classified(self.dense(self.drop(self.normalise(deciding))), torch.stack(weights, 1))

    def classify_vectors(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return logits (B, classes) for word vectors (B, T, width); `present` (B, T) says where there is a word."""
        return self.look(vectors, present).logits

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, classes) for pieces (B, T, P), or for letters (B, T)."""
        pieces = pieces.unsqueeze(2) if pieces.dim() == 2 else pieces
        return self.classify_vectors(self.words(pieces), word_mask(pieces))
