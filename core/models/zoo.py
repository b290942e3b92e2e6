"""The networks we ship: one safetensors file and one JSON card each, in `assets/weights`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import torch
from pydantic import BaseModel, ConfigDict, Field
from safetensors.torch import load
from torch import nn

from core.models.images.cnn import DigitCNN, DigitOrNot, StridedDigitCNN
from core.models.images.mlp import DigitMLP
from core.models.images.recurrent import RowGRU
from core.models.text.sentences import (
    WINDOWS,
    bag_of_words,
    narrow_window_reader,
    next_word,
    sentence_reader,
    story_reader,
    story_window,
    window_reader,
    word_cnn,
)
from core.models.text.spellers import name_reader, word_letters
from core.models.text.tagging import tagger
from core.models.text.writers import letter_writer
from core.paths import ASSETS

WEIGHTS = ASSETS / "weights"


@dataclass(frozen=True)
class Architecture:
    """How a shipped network is built before its weights are filled in, and what to call it."""

    build: Callable[[], nn.Module]
    title: str
    family: str


ARCHITECTURES: dict[str, Architecture] = {
    "digit-cnn": Architecture(DigitCNN, "CNN", "convolutional network"),
    "digit-mlp": Architecture(DigitMLP, "MLP", "multilayer perceptron"),
    "digit-gru": Architecture(RowGRU, "GRU", "recurrent network, row by row"),
    "digit-cnn-strided": Architecture(
        StridedDigitCNN, "CNN without pooling", "convolutional network, strides instead of pooling"
    ),
    "digit-or-not": Architecture(DigitOrNot, "digit or not", "convolutional network"),
    "sentence-bag": Architecture(bag_of_words, "Bag of words", "a weight for every word, added up"),
    "sentence-window": Architecture(window_reader, "Window", "three words at a time, averaged"),
    "sentence-cnn": Architecture(word_cnn, "1-D CNN", "two convolutions over five words, the largest values"),
    "sentence-rnn": Architecture(lambda: sentence_reader("rnn"), "RNN", "plain recurrent network"),
    "sentence-gru": Architecture(lambda: sentence_reader("gru"), "GRU", "gated recurrent unit"),
    "sentence-lstm": Architecture(lambda: sentence_reader("lstm"), "LSTM", "long short-term memory"),
    "sentence-bilstm": Architecture(
        lambda: sentence_reader("lstm", bidirectional=True), "Bidirectional LSTM", "two LSTMs, one from each end"
    ),
    "story-window": Architecture(story_window, "Window", "sees the last twelve words"),
    "story-rnn": Architecture(partial(story_reader, "rnn"), "RNN", "plain recurrent network"),
    "story-gru": Architecture(partial(story_reader, "gru"), "GRU", "gated recurrent unit"),
    "story-lstm": Architecture(partial(story_reader, "lstm"), "LSTM", "long short-term memory"),
    "tagger-forward": Architecture(partial(tagger, bidirectional=False), "Forward", "one LSTM, from left to right"),
    "tagger-bilstm": Architecture(partial(tagger, bidirectional=True), "Both ways", "two LSTMs, one from each end"),
    "letters-rnn": Architecture(partial(letter_writer, "rnn"), "RNN", "plain recurrent network, letter by letter"),
    "letters-gru": Architecture(partial(letter_writer, "gru"), "GRU", "gated recurrent unit, letter by letter"),
    "letters-lstm": Architecture(partial(letter_writer, "lstm"), "LSTM", "long short-term memory, letter by letter"),
    "word-letters": Architecture(word_letters, "Next letter", "gated recurrent unit, letter by letter"),
    "names-gru": Architecture(name_reader, "Names", "gated recurrent unit, letter by letter"),
    "next-word": Architecture(next_word, "Next word", "gated recurrent unit"),
    **{
        f"window-{window}": Architecture(
            partial(narrow_window_reader, window), f"Window of {window}", f"{window} words at a time, averaged"
        )
        for window in WINDOWS
    },
}
"""Every network in `assets/weights`, by the name of its files."""


class Score(BaseModel):
    """How a network did on data that it was not trained on."""

    model_config = ConfigDict(frozen=True)

    data: str
    cases: int = Field(gt=0)
    correct: int = Field(ge=0)

    @property
    def accuracy(self) -> float:
        """Share of the cases that were right, 0-1."""
        return self.correct / self.cases


class Card(BaseModel):
    """What stands beside shipped weights: where they come from and how good they are.

    `recipe`, `seed` and `versions` are what `python -m core.shipping NAME` needs
    to make the same file again. `also` are further scores; `threshold` is what
    the output must exceed where the network answers yes or no; `perplexity` is
    that of a network which guesses the next word, by the data it was measured
    on; `figures` are other measured numbers, by what they say. `precision` is
    what the weights are stored with; they are computed with in single precision.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    parameters: int
    data: str
    data_sha256: dict[str, str]
    recipe: dict[str, float | int | str | bool]
    seed: int
    versions: dict[str, str]
    training_seconds: float
    test: Score
    also: tuple[Score, ...] = ()
    threshold: float | None = None
    perplexity: dict[str, float] = {}
    figures: dict[str, float] = {}
    precision: str = "float32"
    weights_sha256: str


class BrokenWeights(RuntimeError):
    """Shipped weights that are missing or are not what their card says."""


@dataclass(frozen=True)
class Shipped:
    """A trained network, shared by everyone: ask it, but do not train or change it."""

    name: str
    title: str
    family: str
    network: nn.Module
    card: Card


def card(name: str, folder: Path = WEIGHTS) -> Card:
    """Return the card of a shipped network.

    Raises:
        BrokenWeights: there is no such card, or it cannot be read.
    """
    try:
        return Card.model_validate_json((folder / f"{name}.json").read_bytes())
    except (OSError, ValueError) as error:
        raise BrokenWeights(f"The card of the network {name} cannot be read: {error}") from None


@cache
def load_shipped(name: str, folder: Path = WEIGHTS) -> Shipped:
    """Return a shipped network in evaluation mode, loaded once per process.

    Raises:
        BrokenWeights: unknown name, missing file, or a checksum unlike the card's.
    """
    if name not in ARCHITECTURES:
        raise BrokenWeights(f"There is no network named {name}.")
    description = card(name, folder)
    try:
        data = (folder / f"{name}.safetensors").read_bytes()
    except OSError as error:
        raise BrokenWeights(f"The weights of the network {name} cannot be read: {error}") from None
    if hashlib.sha256(data).hexdigest() != description.weights_sha256:
        raise BrokenWeights(f"The weights of the network {name} are not those of its card.")
    architecture = ARCHITECTURES[name]
    # Under inference mode the weights would never have gradients; and to load a network must not change what chance
    # does next, or a training would depend on what was loaded before.
    with torch.inference_mode(False), torch.random.fork_rng(devices=[]):
        network = architecture.build()
        network.load_state_dict(load(data))
    network.eval().requires_grad_(False)
    return Shipped(name, architecture.title, architecture.family, network, description)


def count_parameters(network: nn.Module) -> int:
    """Return how many numbers training can change."""
    return sum(parameter.numel() for parameter in network.parameters())
