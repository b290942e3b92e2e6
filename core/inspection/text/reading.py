"""How the shipped networks read a sentence: every state, every gate, and what they make of it word by word."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.text.tokens import Sentence
from core.data.text.vocabulary import MOST_PIECES, PADDING, UNKNOWN, Vocabulary, shipped_vocabulary
from core.models.cells import Cell, LayerWeights, unroll, weights_of
from core.models.shipped import load_shipped
from core.models.text.baselines import BagOfWords
from core.models.text.recurrent import NextWord, SentenceReader

Numbers = NDArray[np.float32]

CELLS: tuple[Cell, ...] = ("rnn", "gru", "lstm")
"""The recurrent networks that are shown side by side."""
OTHER_READERS = ("sentence-bilstm", "sentence-transformer", "sentence-cnn", "sentence-window", "sentence-bag")
"""What else reads the sentence."""
READERS = (*(f"sentence-{cell}" for cell in CELLS), *OTHER_READERS)
"""All shipped networks that judge a sentence, by their names in `core.models.shipped`."""
VERDICTS = ("negative", "positive")


@dataclass(frozen=True)
class Reading:
    """How a recurrent network reads a sentence of T words.

    Attributes:
        cell: its kind.
        words: as they were looked up.
        inputs: the vectors of the words (T, input_size).
        states: h_0, all zero, to h_T (T + 1, hidden_size).
        cells: the LSTM's c_0 to c_T (T + 1, hidden_size), None for the others.
        gates: by PyTorch's names (T, hidden_size): the LSTM's forget, input, candidate, output; the GRU's reset,
            update, new; none for the plain RNN.
        verdicts: probability of "positive" before the first word and after each (T + 1,).
    """

    cell: Cell
    words: tuple[str, ...]
    inputs: Numbers
    states: Numbers
    cells: Numbers | None
    gates: dict[str, Numbers]
    verdicts: Numbers

    @property
    def changes(self) -> Numbers:
        """How far every word moved the state: the length of h_t - h_{t-1} (T,)."""
        moved: Numbers = np.linalg.norm(np.diff(self.states, axis=0), axis=1)
        return moved


@dataclass(frozen=True)
class RecurrentWeights:
    """The weights of a recurrent layer, as `torch.nn` lays them out."""

    weight_ih: Numbers
    weight_hh: Numbers
    bias_ih: Numbers
    bias_hh: Numbers


@dataclass(frozen=True)
class NextWords:
    """What a network expects next: words with their probabilities, the likeliest first; an empty word is the end."""

    words: tuple[str, ...]
    probabilities: Numbers


@dataclass(frozen=True)
class SentenceSurprise:
    """How expected every word of a sentence was, and its end after them.

    Attributes:
        words: the T words that came; an empty one is the end.
        known: whether the network knows the word; the chances of one that it does not are those of "any unknown word".
        probabilities: of what came, before it came (T + 1,).
        ranks: its place among all words that could be offered, 1 for the likeliest; None for unknown words.
    """

    words: tuple[str, ...]
    known: tuple[bool, ...]
    probabilities: Numbers
    ranks: tuple[int | None, ...]

    @property
    def surprises(self) -> Numbers:
        """How many bits each told: -log2 of its probability (T + 1,) (Shannon, 1948)."""
        bits: Numbers = -np.log2(np.maximum(self.probabilities, np.finfo(np.float32).tiny))
        return bits

    @property
    def perplexity(self) -> float:
        """Among how many equally likely words the network seems to guess: 2 to the power of the mean surprise."""
        return float(2 ** self.surprises.mean(dtype=np.float64))


def encode(words: tuple[str, ...]) -> Tensor:
    """Return the pieces of a sentence's words (1, T, P); of a sentence without words (1, 0, P)."""
    if not words:
        return torch.zeros((1, 0, MOST_PIECES), dtype=torch.long)
    return torch.from_numpy(shipped_vocabulary().encode([words]))


def unknown(sentence: Sentence) -> tuple[bool, ...]:
    """Return for every word whether the networks do not know it and put it together from groups of letters."""
    vocabulary = shipped_vocabulary()
    return tuple(word not in vocabulary for word in sentence.words)


def reader(cell: Cell) -> SentenceReader:
    """Return the shipped network with this cell."""
    return cast(SentenceReader, load_shipped(f"sentence-{cell}").network)


@cache
def layer_weights(cell: Cell) -> LayerWeights:
    """Return the weights of the recurrent layer of the shipped network with this cell."""
    return weights_of(reader(cell).recurrent)


def weight_arrays(cell: Cell) -> RecurrentWeights:
    """Return the same as arrays."""
    found = layer_weights(cell)
    return RecurrentWeights(
        *(part.numpy() for part in (found.weight_ih, found.weight_hh, found.bias_ih, found.bias_hh))
    )


@lru_cache(maxsize=64)
def read(cell: Cell, words: tuple[str, ...]) -> Reading:
    """Read a sentence step by step; the numbers are those of PyTorch's own layer, to rounding."""
    network = reader(cell)
    with torch.inference_mode():
        inputs = network.words(encode(words))[0]
        steps = unroll(cell, layer_weights(cell), inputs)
        states = torch.stack([step.state for step in steps])
        verdicts = network.dense(states).softmax(1)[:, 1]
    cells = torch.stack([step.cell for step in steps if step.cell is not None]) if cell == "lstm" else None
    names = steps[-1].gates if words else {}
    gates = {name: torch.stack([step.gates[name] for step in steps[1:]]).numpy() for name in names}
    return Reading(
        cell,
        words,
        inputs.numpy(),
        states.numpy(),
        None if cells is None else cells.numpy(),
        gates,
        verdicts.numpy(),
    )


@lru_cache(maxsize=256)
def verdict(name: str, words: tuple[str, ...]) -> float:
    """Return the probability of "positive" that a shipped network gives to a whole sentence; 0.5 to no words."""
    return judge(load_shipped(name).network, words)


def judge(network: nn.Module, words: tuple[str, ...]) -> float:
    """Return the probability of "positive" that any network of that kind gives to a sentence; 0.5 to no words."""
    if not words:
        return 0.5
    with torch.inference_mode():
        return float(network(encode(words)).softmax(1)[0, 1])


def verdict_after_each(name: str, words: tuple[str, ...]) -> Numbers:
    """Compute the probability of "positive" for every beginning of a sentence, (T,); the last is of all of it.

    A network of `CELLS` says it on its way. The others read every beginning anew.
    """
    for cell in CELLS:
        if name == f"sentence-{cell}":
            return read(cell, words).verdicts[1:]
    return np.array([verdict(name, words[: at + 1]) for at in range(len(words))], np.float32)


def bag_contributions(words: tuple[str, ...]) -> Numbers:
    """Return what every word adds to the bag of words' logit of "positive" over "negative" (T,)."""
    bag = cast(BagOfWords, load_shipped("sentence-bag").network)
    with torch.inference_mode():
        added = bag.contributions(encode(words))[0]
    return (added[:, 1] - added[:, 0]).numpy()


def bag_bias() -> float:
    """Return the bag of words' logit of "positive" over "negative" for no words at all."""
    bag = cast(BagOfWords, load_shipped("sentence-bag").network)
    return float(bag.dense.bias[1] - bag.dense.bias[0])


@lru_cache(maxsize=64)
def predict_next_words(words: tuple[str, ...], count: int = 5) -> tuple[NextWords, ...]:
    """Return what comes next before the first word and after each (T + 1), the `count` likeliest words.

    The unknown word is never offered; the probabilities are those of the whole vocabulary.
    """
    vocabulary = shipped_vocabulary()
    with torch.inference_mode():
        chances = _chances(words).clone()
        chances[:, UNKNOWN] = 0
        found = chances.topk(count, 1)
    return tuple(
        NextWords(tuple(_name(vocabulary, number) for number in numbers), values)
        for numbers, values in zip(found.indices.tolist(), found.values.numpy(), strict=True)
    )


@lru_cache(maxsize=64)
def sentence_surprise(words: tuple[str, ...]) -> SentenceSurprise:
    """Return how likely the next-word network held each word that came, and the end after the last one.

    The end and "unknown" count as words, as they do in the perplexity on the network's card.
    """
    vocabulary = shipped_vocabulary()
    numbers = np.array([*(vocabulary.number(word) for word in words), PADDING])  # the output 0 is the end
    chances = _chances(words).numpy()
    came = chances[np.arange(len(numbers)), numbers]
    better = (chances > came[:, None]).sum(1) - (chances[:, UNKNOWN] > came)  # "unknown" is never offered
    known = tuple(number != UNKNOWN for number in numbers.tolist())
    ranks = tuple(int(count) + 1 if sure else None for count, sure in zip(better, known, strict=True))
    return SentenceSurprise((*words, ""), known, came, ranks)


@lru_cache(maxsize=4)
def _chances(words: tuple[str, ...]) -> Tensor:
    """Return the probability of everything that can come next, before the first word and after each (T + 1, outputs).

    A few sentences are kept only: 200 words take 7 MB.
    """
    network = cast(NextWord, load_shipped("next-word").network)
    with torch.inference_mode():
        states = torch.zeros(1, 1, network.dense.in_features) if not words else network.encode(encode(words))
        return network.predict_next(states)[0].softmax(1)


def _name(vocabulary: Vocabulary, number: int) -> str:
    return vocabulary.words[number - 2] if number > 1 else ""


def warm_up() -> None:
    """Load the networks that read sentences and let each read once, so that the first person does not wait."""
    words = ("so", "it", "begins")
    for cell in CELLS:
        read(cell, words)
    for name in OTHER_READERS:
        verdict(name, words)
    predict_next_words(words)


def count_parameters(cell: Cell) -> int:
    """Return how many numbers the recurrent layer and the layer behind it have, whatever the length of a sentence."""
    network = reader(cell)
    parts: tuple[nn.Module, ...] = (network.recurrent, network.dense)
    return sum(parameter.numel() for part in parts for parameter in part.parameters())
