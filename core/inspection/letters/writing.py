"""How the shipped networks read a text letter by letter: every state, what they expect, and how they write on."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.data.text.shakespeare import ALPHABET, START, decode, encode
from core.models.cards import Card
from core.models.cells import Cell
from core.models.shipped import load_shipped
from core.models.text.letters import NextLetter

Numbers = NDArray[np.float32]

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
"""The networks that are shown side by side."""
MIN_TEMPERATURE, MAX_TEMPERATURE = 0.1, 2.0
"""The temperatures that can be chosen."""
MAX_LETTERS = 400
"""Letters that are written at most."""


@dataclass(frozen=True)
class TextReading:
    """How a network reads a text of T letters, beginning with a state of zeros and the end of a line.

    Attributes:
        cell: its kind.
        text: of letters of the alphabet.
        states: after the line's end that is read first, and after every letter (T + 1, hidden_size).
        logits: of what comes next, as many (T + 1, letters).
    """

    cell: Cell
    text: str
    states: Numbers
    logits: Numbers

    @property
    def probabilities(self) -> Numbers:
        """The probability of every letter, before the first letter of the text and after each (T + 1, letters)."""
        return softmax_at(self.logits, 1.0)

    @property
    def letter_probabilities(self) -> Numbers:
        """The probability of every letter of the text before it came (T,)."""
        return self.probabilities[np.arange(len(self.text)), encode(self.text)]

    @property
    def surprises(self) -> Numbers:
        """How many bits every letter told: -log2 of its probability (T,) (Shannon, 1948)."""
        bits: Numbers = -np.log2(np.maximum(self.letter_probabilities, np.finfo(np.float32).tiny))
        return bits

    @property
    def mean_surprise(self) -> float:
        """Bits per letter; 0 for no letters."""
        return float(self.surprises.mean(dtype=np.float64)) if self.text else 0.0

    @property
    def perplexity(self) -> float:
        """Among how many equally likely letters the network seems to guess: 2 to the power of the mean surprise."""
        return float(2**self.mean_surprise)


def softmax_at(logits: NDArray[np.floating], temperature: float) -> Numbers:
    """Return softmax(logits / temperature) over the last axis: below 1 the likeliest gain, above 1 the others do."""
    scaled = torch.from_numpy(np.asarray(logits, np.float32)) / temperature
    return scaled.softmax(-1).numpy()


def entropy(chances: NDArray[np.floating]) -> float:
    """Return the mean surprise to be expected, in bits: the sum of -p log2 p (Shannon, 1948)."""
    p = np.asarray(chances, np.float64)
    return float(-(p * np.log2(np.where(p > 0, p, 1))).sum())


def name_of(cell: Cell) -> str:
    """Return the name of the shipped network with this cell."""
    return f"letters-{cell}"


def network_of(cell: Cell) -> NextLetter:
    """Return the shipped network with this cell."""
    return cast(NextLetter, load_shipped(name_of(cell)).network)


def card_of(cell: Cell) -> Card:
    """Return its card."""
    return load_shipped(name_of(cell)).card


@lru_cache(maxsize=96)
def read(cell: Cell, text: str) -> TextReading:
    """Let a shipped network read a text of letters of the alphabet."""
    network = network_of(cell)
    with torch.inference_mode():
        states = network.encode(torch.from_numpy(np.concatenate([[START], encode(text)]))[None])
        logits = network.predict_next(states)
    return TextReading(cell, text, states[0].numpy(), logits[0].numpy())


@dataclass
class TextGenerator:
    """A network that writes on from a text, letter by letter, drawing each from what it expects.

    The same text, temperature and seed give the same letters, however often it is asked for more.

    Attributes:
        cell: the kind of the network.
        text: what it goes on from.
        temperature: the logits are divided by it.
        seed: of the drawing.
        max_letters: letters after which it ends.
        network: that writes; the shipped one with this cell, where there is none.
        written: the letters so far.
        stopped: whether a person has ended it.
    """

    cell: Cell
    text: str
    temperature: float
    seed: int
    max_letters: int = MAX_LETTERS
    network: NextLetter | None = field(default=None, repr=False)
    written: str = ""
    stopped: bool = False
    _memory: "tuple[Tensor, Tensor] | Tensor | None" = field(default=None, repr=False)
    _random: torch.Generator | None = field(default=None, repr=False)

    @property
    def done(self) -> bool:
        """Whether nothing more comes."""
        return self.stopped or len(self.written) >= self.max_letters

    def generate(self, count: int) -> str:
        """Write up to `count` letters more, and return these."""
        if self._random is None:
            self._random = torch.Generator().manual_seed(self.seed)
        network, drawn = self.network or network_of(self.cell), []
        count = 0 if self.stopped else min(count, self.max_letters - len(self.written))
        read_now = encode(self.written[-1:]) if self._memory is not None else [START, *encode(self.text)]
        letters = torch.as_tensor(np.asarray(read_now))[None]
        with torch.inference_mode():
            for _ in range(count):
                states, self._memory = network.recurrent(network.table(letters), self._memory)
                chances = (network.predict_next(states[0, -1]) / self.temperature).softmax(-1)
                letter = torch.multinomial(chances, 1, generator=self._random)
                drawn.append(int(letter))
                letters = letter[None]
        fresh = decode(np.array(drawn, np.int64))
        self.written += fresh
        return fresh


def warm_up() -> None:
    """Load the networks and let each read once, so that the first person does not wait."""
    for cell in CELLS:
        read(cell, "To be")


def top_letters(chances: NDArray[np.floating], count: int) -> list[str]:
    """Return the `count` likeliest letters, the likeliest first; of equally likely ones the first of the alphabet."""
    return [ALPHABET[number] for number in np.argsort(-np.asarray(chances), kind="stable")[:count].tolist()]
