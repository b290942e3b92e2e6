"""The player: a recurrent network reads a sentence, and every number of every step can be looked at."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.ui.components.component import component
from core.ui.components.encoding import diverging_palette

_show = component("player")

_BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4}


@dataclass(frozen=True)
class Played:
    """A sentence of T words as a recurrent network has read it; the weights are those of its layer in PyTorch.

    Attributes:
        cell: which equations; the names of PyTorch's layers, in small letters.
        words: T words as a person wrote them.
        inputs: (T, input_size), a vector for every word.
        states: (T + 1, hidden_size), row 0 is the state before the first word.
        cells: (T + 1, hidden_size), the cell state of an LSTM; None for the others.
        weight_ih: (blocks * hidden_size, input_size); blocks of an LSTM are i, f, g, o, of a GRU r, z, n.
        weight_hh: (blocks * hidden_size, hidden_size).
        bias_ih: (blocks * hidden_size,).
        bias_hh: (blocks * hidden_size,).
        verdicts: (T + 1,) in 0-1, how sure the network is of the second verdict after every word.
        verdict_names: the verdict at 0 and the one at 1.

    Raises:
        ValueError: the arrays do not belong together.
    """

    cell: Literal["rnn", "gru", "lstm"]
    words: tuple[str, ...]
    inputs: NDArray[np.float32]
    states: NDArray[np.float32]
    cells: NDArray[np.float32] | None
    weight_ih: NDArray[np.float32]
    weight_hh: NDArray[np.float32]
    bias_ih: NDArray[np.float32]
    bias_hh: NDArray[np.float32]
    verdicts: NDArray[np.float32]
    verdict_names: tuple[str, str] = ("negative", "positive")

    def __post_init__(self) -> None:
        words, hidden, width = len(self.words), self.hidden_size, self.input_size
        rows = _BLOCKS[self.cell] * hidden
        if (self.cells is None) is (self.cell == "lstm"):
            raise ValueError("An LSTM has a cell state and the other cells have none.")
        expected = {
            "inputs": (words, width),
            "states": (words + 1, hidden),
            "weight_ih": (rows, width),
            "weight_hh": (rows, hidden),
            "bias_ih": (rows,),
            "bias_hh": (rows,),
            "verdicts": (words + 1,),
        }
        if self.cells is not None:
            expected["cells"] = (words + 1, hidden)
        for name, shape in expected.items():
            found = getattr(self, name).shape
            if found != shape:
                raise ValueError(f"{name} has the shape {found} where {shape} belongs to the words and the weights.")

    @property
    def hidden_size(self) -> int:
        """How many units the state has."""
        return int(self.weight_hh.shape[1])

    @property
    def input_size(self) -> int:
        """How many numbers stand for a word."""
        return int(self.weight_ih.shape[1])


def play(played: Played, *, key: str, unit: int = 0, word: int | None = None) -> None:
    """Show the player; stepping, choosing and playing happen in the browser and never run the page again.

    The player stays as it is when the page runs with another sentence: it keeps its unit, and its word as long
    as the sentence has that many. `unit` and `word` are taken over at first, and again when they change.

    Args:
        played: the sentence and the network.
        key: of the component.
        unit: which unit's formula is shown first, counted from 0.
        word: where the reading begins, counted from 0; None is the first word, and later the word that is on show.
    """
    _show(key=key, data=_message(played, unit, word))


def _message(played: Played, unit: int, word: int | None) -> dict[str, Any]:
    """Return what is sent: two packets of numbers, each with a checksum, so that one that is known is not decoded."""
    cells = () if played.cells is None else (played.cells,)
    return {
        "cell": played.cell,
        "words": list(played.words),
        "verdictNames": list(played.verdict_names),
        "inputSize": played.input_size,
        "hiddenSize": played.hidden_size,
        "unit": unit,
        "word": word,
        "weights": _packet(played.weight_ih, played.weight_hh, played.bias_ih, played.bias_hh),
        "sentence": _packet(played.inputs, played.verdicts, played.states, *cells),
        "palette": diverging_palette(),
    }


def _packet(*arrays: NDArray[np.float32]) -> dict[str, str]:
    """Return arrays one behind the other, little-endian float32, as base64 with a checksum."""
    sent = b"".join(np.ascontiguousarray(array, "<f4").tobytes() for array in arrays)
    return {"sum": hashlib.sha256(sent).hexdigest()[:20], "data": base64.b64encode(sent).decode()}
