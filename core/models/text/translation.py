"""Networks that translate: an encoder reads a sequence, a decoder writes another one, piece by piece.

Each takes pairs (B, 2, L), the numbers of the pieces read and of those written so far, filled up with 0 at the end, and
returns logits (B, T, target_size) for the piece that comes after each of those written. The first piece written is the
language. Both GRUs are of Cho and others, "Learning phrase representations using RNN encoder-decoder" (2014), the
attention of Bahdanau, Cho and Bengio (2015), the Transformer of Vaswani and others (2017).
"""

from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

import torch
from pydantic import Field
from torch import Tensor, nn

from core.models.architecture import Architecture
from core.models.attention.additive import AdditiveAttention
from core.models.attention.multi_head import causal_mask
from core.models.attention.positions import AddedPositions, Positions
from core.models.attention.transformer import DecoderBlock, EncoderBlock
from core.models.design import NetworkDesign
from core.models.initialisation import initialise_recurrent

SOURCE_PIECES = 151
"""Numbers of the pieces that are read, padding and end included (`core.data.text.translation`)."""
TARGET_PIECES = 253
"""Numbers of the pieces that are written, padding, end and languages included."""
LONGEST = 64
"""Pieces in the longest sequence of which learned positions have a row."""


class Attention(NamedTuple):
    """Where a network looked. What it does not have is None.

    Attributes:
        across: from every piece written to every piece read, (B, layers, heads, T, S).
        reading: among the pieces read, (B, layers, heads, S, S).
        writing: among the pieces written, (B, layers, heads, T, T).
    """

    across: Tensor | None = None
    reading: Tensor | None = None
    writing: Tensor | None = None


@dataclass(frozen=True)
class Writing:
    """A decoder in the middle of its answers; B of them at once.

    Attributes:
        memory: what the encoder made of every piece read, (B, S, width).
        present: True where there is a piece, (B, S).
        carried: what the decoder has in mind: of a GRU its state (B, hidden_size), of a Transformer the pieces (B, T).
    """

    memory: Tensor
    present: Tensor
    carried: Tensor

    def pick(self, rows: Tensor) -> "Writing":
        """Return some of the answers, in a new order; one can be taken several times."""
        return Writing(self.memory[rows], self.present[rows], self.carried[rows])


class Translator(nn.Module):
    """What all three networks can do."""

    def forward(self, pairs: Tensor) -> Tensor:
        """Return logits (B, T, target_size) for pairs (B, 2, L)."""
        return self.look(pairs)[0]

    def look(self, pairs: Tensor) -> tuple[Tensor, Attention]:
        """Return the same logits, and where the network looked."""
        raise NotImplementedError

    def begin(self, source: Tensor) -> Writing:
        """Read pieces (B, S) and return a decoder that has written nothing."""
        raise NotImplementedError

    def advance(self, writing: Writing, pieces: Tensor) -> tuple[Tensor, Writing]:
        """Take the pieces (B,) that were written last, return logits (B, target_size) for the next, and go on."""
        raise NotImplementedError


class GruTranslator(Translator):
    """A bidirectional GRU reads, another GRU writes.

    With attention, the writer looks at all states of the reader before every piece. Without, it gets the reader's last
    states at every piece: everything that was read has to fit into these numbers.

    Args:
        attention: whether the writer looks back.
        width: numbers in the embedding of a piece.
        hidden_size: numbers in the state of the writer; each direction of the reader has half of them.
        source_size: different pieces that are read.
        target_size: different pieces that are written.
    """

    def __init__(
        self,
        attention: bool,
        width: int,
        hidden_size: int,
        source_size: int = SOURCE_PIECES,
        target_size: int = TARGET_PIECES,
    ) -> None:
        super().__init__()
        half = hidden_size // 2
        self.read_table = nn.Embedding(source_size, width, padding_idx=0)
        self.write_table = nn.Embedding(target_size, width, padding_idx=0)
        self.reader = nn.GRU(width, half, batch_first=True, bidirectional=True)
        self.first_state = nn.Linear(2 * half, hidden_size)
        self.attention = AdditiveAttention(hidden_size, 2 * half, half) if attention else None
        self.writer = nn.GRUCell(width + 2 * half, hidden_size)
        self.dense = nn.Linear(hidden_size + 2 * half + width, target_size)
        initialise_recurrent(self.reader)

    def look(self, pairs: Tensor) -> tuple[Tensor, Attention]:
        """Return logits (B, T, target_size), and for each piece written where it looked."""
        source, written = (_trimmed(pairs[:, row]) for row in (0, 1))
        writing = self.begin(source)
        prepared = self.attention.prepare(writing.memory) if self.attention else None
        vectors = self.write_table(written)
        state, outputs, looks = writing.carried, [], []
        for step in range(written.shape[1]):
            output, state, weights = self._step(vectors[:, step], state, writing, prepared)
            outputs.append(output)
            looks.append(weights)
        across = torch.stack(looks, 1)[:, None, None] if self.attention else None
        return self.dense(torch.stack(outputs, 1)), Attention(across)

    def begin(self, source: Tensor) -> Writing:
        """Read pieces (B, S) and return a decoder that has written nothing."""
        present = source != 0
        packed = nn.utils.rnn.pack_padded_sequence(
            self.read_table(source), present.sum(1).cpu(), batch_first=True, enforce_sorted=False
        )
        states, last = self.reader(packed)
        memory, _ = nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=source.shape[1])
        summary = torch.cat([last[0], last[1]], 1)
        if self.attention is None:
            memory, present = summary[:, None], present[:, :1]
        return Writing(memory, present, torch.tanh(self.first_state(summary)))

    def advance(self, writing: Writing, pieces: Tensor) -> tuple[Tensor, Writing]:
        """Take the pieces (B,) that were written last, return logits (B, target_size) for the next, and go on."""
        prepared = self.attention.prepare(writing.memory) if self.attention else None
        output, state, _ = self._step(self.write_table(pieces), writing.carried, writing, prepared)
        return self.dense(output), Writing(writing.memory, writing.present, state)

    def _step(
        self, vectors: Tensor, state: Tensor, writing: Writing, prepared: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return what the dense layer is given, the new state, and the weights of the attention (B, S)."""
        if self.attention is None or prepared is None:
            context, weights = writing.memory[:, 0], writing.present.float()
        else:
            context, weights = self.attention(state, prepared, writing.memory, writing.present)
        state = self.writer(torch.cat([vectors, context], 1), state)
        return torch.cat([state, context, vectors], 1), state, weights


class TransformerTranslator(Translator):
    """A Transformer reads and writes: no state is handed on, every piece looks at all others.

    Args:
        width: numbers in a vector.
        heads: of each attention.
        blocks: of the encoder, and as many of the decoder.
        positions: how places are told.
        source_size: different pieces that are read.
        target_size: different pieces that are written.
    """

    def __init__(
        self,
        width: int,
        heads: int = 4,
        blocks: int = 2,
        positions: Positions = "sinusoidal",
        source_size: int = SOURCE_PIECES,
        target_size: int = TARGET_PIECES,
    ) -> None:
        super().__init__()
        rotary = positions == "rotary"
        self.read_table = nn.Embedding(source_size, width, padding_idx=0)
        self.write_table = nn.Embedding(target_size, width, padding_idx=0)
        self.read_places = AddedPositions(positions, width, LONGEST)
        self.write_places = AddedPositions(positions, width, LONGEST)
        self.encoder = nn.ModuleList(EncoderBlock(width, heads, 2 * width, rotary=rotary) for _ in range(blocks))
        self.decoder = nn.ModuleList(DecoderBlock(width, heads, 2 * width, rotary=rotary) for _ in range(blocks))
        self.normalise_read, self.normalise_written = nn.LayerNorm(width), nn.LayerNorm(width)
        self.dense = nn.Linear(width, target_size)

    def look(self, pairs: Tensor) -> tuple[Tensor, Attention]:
        """Return logits (B, T, target_size), and where each head of each block looked."""
        source, written = (_trimmed(pairs[:, row]) for row in (0, 1))
        memory, reading = self._read(source)
        vectors, writing, across = self._write(written, memory, source != 0)
        return self.dense(vectors), Attention(*(torch.stack(some, 1) for some in (across, reading, writing)))

    def begin(self, source: Tensor) -> Writing:
        """Read pieces (B, S) and return a decoder that has written nothing."""
        return Writing(self._read(source)[0], source != 0, source[:, :0])

    def advance(self, writing: Writing, pieces: Tensor) -> tuple[Tensor, Writing]:
        """Take the pieces (B,) that were written last, return logits (B, target_size) for the next, and go on."""
        written = torch.cat([writing.carried, pieces[:, None]], 1)
        vectors, _, _ = self._write(written, writing.memory, writing.present)
        return self.dense(vectors[:, -1]), Writing(writing.memory, writing.present, written)

    def _read(self, source: Tensor) -> tuple[Tensor, list[Tensor]]:
        present = (source != 0)[:, None, None]
        vectors, looks = self.read_places(self.read_table(source)), []
        for block in self.encoder:
            vectors, weights = block(vectors, present)
            looks.append(weights)
        return self.normalise_read(vectors), looks

    def _write(self, written: Tensor, memory: Tensor, present: Tensor) -> tuple[Tensor, list[Tensor], list[Tensor]]:
        ahead = causal_mask(written.shape[1], written.device)
        vectors = self.write_places(self.write_table(written))
        looks, across = [], []
        for block in self.decoder:
            vectors, weights, looked = block(vectors, ahead, memory, present[:, None, None])
            looks.append(weights)
            across.append(looked)
        return self.normalise_written(vectors), looks, across


def _trimmed(rows: Tensor) -> Tensor:
    """Return rows (B, L) without the columns at the end that are padding in all of them."""
    return rows[:, : int((rows != 0).sum(1).max())]


TranslatorKind = Literal["gru", "gru-attention", "transformer"]
TITLES: dict[TranslatorKind, str] = {
    "gru": "GRU",
    "gru-attention": "GRU + attention",
    "transformer": "Transformer",
}
"""How each is called for people."""
_FAMILIES: dict[TranslatorKind, str] = {
    "gru": "encoder and decoder, gated recurrent units, one vector between them",
    "gru-attention": "encoder and decoder, gated recurrent units, additive attention",
    "transformer": "encoder and decoder of two blocks each, four heads",
}


class TranslatorDesign(NetworkDesign):
    """A network that translates.

    Attributes:
        kind: of encoder and decoder.
        hidden_size: numbers in the state of the writer, or in a vector of the Transformer.
        positions: how a Transformer is told places; the others need not be told.
    """

    kind: TranslatorKind = "gru-attention"
    hidden_size: int = Field(default=128, ge=8, le=256, multiple_of=8)
    positions: Positions = "sinusoidal"


def translator(kind: TranslatorKind, hidden_size: int = 128, positions: Positions = "sinusoidal") -> Translator:
    """Return a network with random weights."""
    if kind == "transformer":
        return TransformerTranslator(hidden_size, positions=positions)
    return GruTranslator(kind == "gru-attention", 64, hidden_size)


_SIZES: dict[TranslatorKind, int] = {"gru": 192, "gru-attention": 128, "transformer": 96}

ARCHITECTURES = {
    f"translate-{kind}": Architecture(
        partial(translator, kind, _SIZES[kind]), TITLES[kind], _FAMILIES[kind], "Translation"
    )
    for kind in TITLES
}
"""The networks that come with the app: one safetensors file and one card each, in `assets/weights`."""
