"""Networks that say of every word whether it names a person, a place or neither."""

from functools import partial

import torch
from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.attention.transformer import EncoderBlock
from core.models.initialisation import initialise_recurrent
from core.models.text.embeddings import WordVectors, lengths_of, word_mask

KNOWN = 2400
"""Words with a vector of their own, at most."""
ROWS = 2 + KNOWN + 2048
"""Rows of the table of words: nothing, unknown, the known words, groups of letters."""
SHAPES = 7
"""Ways in which a word is written (`core.data.text.entities.SHAPES`)."""


class Tagger(nn.Module):
    """Read a sentence with an LSTM, and say after every word what that word is.

    A forward reader has seen the words up to there. A bidirectional one has a second LSTM that comes from the end, so
    at every word it has seen all of them (Schuster and Paliwal, 1997; for tagging Huang, Xu and Yu, 2015). Takes pieces
    (B, T, P + 1), the last of which is the shape of the word (small letters, a capital, ...; Collobert and others,
    2011), and returns logits (B, T, 3) for other, person and place.

    Args:
        size: rows of the table of words.
        width: numbers in a word vector.
        of_shape: numbers that the shape adds to it.
        hidden_size: numbers in the state of each direction.
        bidirectional: whether it reads from both ends.
        dropout: share of the numbers of word vectors and states that are dropped in training.
        tags: how many logits.
    """

    def __init__(
        self,
        size: int,
        width: int,
        of_shape: int,
        hidden_size: int,
        bidirectional: bool = False,
        dropout: float = 0.0,
        tags: int = 3,
    ) -> None:
        super().__init__()
        self.words = WordVectors(size, width, dropout)
        self.shapes = nn.Embedding(SHAPES, of_shape, padding_idx=0)
        self.recurrent = nn.LSTM(width + of_shape, hidden_size, batch_first=True, bidirectional=bidirectional)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(hidden_size * (2 if bidirectional else 1), tags)

    def embed(self, pieces: Tensor) -> Tensor:
        """Return what the LSTM reads (B, T, width + of_shape) of pieces (B, T, P + 1)."""
        return torch.cat([self.words(pieces[..., :-1]), self.shapes(pieces[..., -1])], -1)

    def encode(self, pieces: Tensor) -> Tensor:
        """Return the states at every word (B, T, H), or (B, T, 2 * H): from the beginning to it, from the end to it."""
        inputs = self.embed(pieces)
        if not self.recurrent.bidirectional:
            return self.recurrent(inputs)[0]
        packed = nn.utils.rnn.pack_padded_sequence(
            inputs, lengths_of(pieces).cpu(), batch_first=True, enforce_sorted=False
        )
        states, _ = nn.utils.rnn.pad_packed_sequence(
            self.recurrent(packed)[0], batch_first=True, total_length=pieces.shape[1]
        )
        return states

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, T, tags) for pieces (B, T, P + 1)."""
        return self.dense(self.drop(self.encode(pieces)))


class TransformerTagger(nn.Module):
    """Let every word of a sentence look at all others with two blocks of a Transformer, and say what each is.

    Positions are rotary. Takes pieces (B, T, P + 1) as `Tagger` does, and returns logits (B, T, 3).

    Args:
        size: rows of the table of words.
        width: numbers in a word vector.
        of_shape: numbers that the shape adds to it; both together are a multiple of 4.
        inner: units of the hidden layer in every block's dense network.
        dropout: share of the numbers of word vectors, and of what each part of a block adds, dropped in training.
        tags: how many logits.
    """

    def __init__(self, size: int, width: int, of_shape: int, inner: int, dropout: float = 0.0, tags: int = 3) -> None:
        super().__init__()
        self.words = WordVectors(size, width, dropout)
        self.shapes = nn.Embedding(SHAPES, of_shape, padding_idx=0)
        self.blocks = nn.ModuleList(EncoderBlock(width + of_shape, 2, inner, dropout, rotary=True) for _ in range(2))
        self.normalise = nn.LayerNorm(width + of_shape)
        self.dense = nn.Linear(width + of_shape, tags)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return logits (B, T, tags) for pieces (B, T, P + 1)."""
        present = word_mask(pieces)
        present = present | (torch.arange(pieces.shape[1], device=pieces.device) == 0)  # no text is without a place
        vectors = torch.cat([self.words(pieces[..., :-1]), self.shapes(pieces[..., -1])], -1)
        for block in self.blocks:
            vectors = block(vectors, present[:, None, None]).vectors
        return self.dense(self.normalise(vectors))


def tagger(bidirectional: bool) -> Tagger:
    """Return a tagger with fresh weights.

    Both have as many weights between inputs and states, so it is not their size that makes the difference: one
    direction with 64 numbers, 4 * 64 * (56 + 64), or two with 40, 2 * 4 * 40 * (56 + 40): 30,720.
    """
    network = Tagger(ROWS, 48, 8, 40 if bidirectional else 64, bidirectional, dropout=0.5)
    initialise_tagger(network)
    return network


def initialise_tagger(network: Tagger) -> None:
    """Set the first weights of a tagger in place: small word vectors, a recurrent layer that remembers easily."""
    table = network.words.table.weight.data
    nn.init.normal_(table, std=0.1)
    table[0] = 0
    initialise_recurrent(network.recurrent)


ARCHITECTURES = {
    "tagger-forward": Architecture(
        partial(tagger, bidirectional=False), "Forward", "one LSTM, from left to right", "Persons and places"
    ),
    "tagger-bilstm": Architecture(
        partial(tagger, bidirectional=True), "Both ways", "two LSTMs, one from each end", "Persons and places"
    ),
}
