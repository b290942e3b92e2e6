"""Networks that read texts, as a person chooses them."""

import math
from typing import Literal

from pydantic import Field

from core.models.attention.positions import Positions
from core.models.cells import Cell
from core.models.design import NetworkDesign


def attention_width(width: int) -> int:
    """Return the next width that two heads can share in whole pairs of numbers, which rotary positions turn."""
    return 4 * math.ceil(width / 4)


class ReaderDesign(NetworkDesign):
    """An embedding, and what reads it: one recurrent layer, or blocks of a Transformer.

    Attributes:
        kind: the cell; or how a Transformer is told where a word or a letter stands.
        width: numbers in an embedding vector.
        hidden_size: numbers in the state; the dense network in a Transformer's block has twice as many units.
    """

    kind: Cell | Positions = "gru"
    width: int = Field(default=32, ge=2, le=256)
    hidden_size: int = Field(default=32, ge=2, le=512)


SentenceKind = Literal["bag", "window", "cnn", "rnn", "gru", "lstm", "bilstm", "transformer"]


class SentenceDesign(NetworkDesign):
    """Word vectors, and what makes a judgement of them.

    Attributes:
        kind: of the network, as `core.models.text.sentences` calls it after "sentence-".
        width: numbers in a word vector; a bag of words has one.
        hidden_size: numbers in the state, of each direction; units of the window's layer and of a block's dense
            network, channels of the CNN.
    """

    kind: SentenceKind = "gru"
    width: int = Field(default=32, ge=4, le=256, multiple_of=4)
    hidden_size: int = Field(default=24, ge=2, le=512)


class WriterDesign(NetworkDesign):
    """An embedding of letters, and the recurrent layer that reads them.

    Attributes:
        kind: the cell.
        width: numbers in an embedding vector.
        hidden_size: numbers in the state.
    """

    kind: Cell = "lstm"
    width: int = Field(default=32, ge=2, le=256)
    hidden_size: int = Field(default=96, ge=2, le=512)


class TaggerDesign(NetworkDesign):
    """Word vectors, and an LSTM or a Transformer that reads them.

    Attributes:
        kind: whether an LSTM reads from left to right only, or both ways; or a Transformer, which looks both ways.
        width: numbers in a word vector.
        hidden_size: numbers in the state of each direction; the dense networks in a Transformer's blocks have twice as
            many units.
    """

    kind: Literal["forward", "bidirectional", "transformer"] = "bidirectional"
    width: int = Field(default=48, ge=2, le=256)
    hidden_size: int = Field(default=40, ge=2, le=256)
