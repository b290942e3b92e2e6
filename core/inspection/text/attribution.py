"""Which words mattered for an answer: two ways of sharing a logit out among the words of a sentence.

What is shared out is the logit of "positive" minus that of "negative": above
zero the network says "positive".
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

import numpy as np
import torch
from torch import Tensor

from core.inspection.text.reading import Numbers, encode
from core.models.shipped import load_shipped
from core.models.text.baselines import BagOfWords, WindowReader, WordCNN
from core.models.text.recurrent import SentenceReader

Network = SentenceReader | BagOfWords | WindowReader | WordCNN
Name = Literal[
    "sentence-rnn",
    "sentence-gru",
    "sentence-lstm",
    "sentence-bilstm",
    "sentence-cnn",
    "sentence-window",
    "sentence-bag",
]

STEPS = 32
"""Places on the way from zero vectors to the sentence at which gradients are taken, to begin with."""
_MOST_WORK = 12_000  # places times words: what a class can wait for, some 60 ms
_MOST_STEPS = 256
_EXACT = 0.02  # a gap that needs no more places


@dataclass(frozen=True)
class Shares:
    """What every word of T contributes to the logit; above zero it speaks for "positive".

    Attributes:
        values: (T,).
        whole: the logit of "positive" minus that of "negative" for the sentence.
        nothing: the same for what the words are compared with: for no words, or for as many zero vectors.
        steps: places at which gradients were taken, 0 where none were.
    """

    values: Numbers
    whole: float
    nothing: float
    steps: int = 0

    @property
    def gap(self) -> float:
        """How far the sum of all values is from what the words add to the logit."""
        return float(self.values.sum(dtype=np.float64)) - (self.whole - self.nothing)


def network_of(name: Name) -> Network:
    """Return a shipped network that reads sentences."""
    return cast(Network, load_shipped(name).network)


@lru_cache(maxsize=128)
def leave_one_out(name: Name, words: tuple[str, ...]) -> Shares:
    """Return how far the logit falls when a word is left out, for every word: logit(all) - logit(all but this one).

    Li, Monroe and Jurafsky, "Understanding neural networks through representation
    erasure", 2016. All sentences without a word are read in one batch.
    """
    network = network_of(name)
    nothing = _without_words(network)
    count = len(words)
    if not count:
        return Shares(np.zeros(0, np.float32), nothing, nothing)
    with torch.inference_mode():
        vectors = network.words(encode(words))  # (1, T, width)
        present = torch.ones(count, count, dtype=torch.bool)
        whole = float(_lean(network.classify_vectors(vectors, present[:1])))
        rest = np.array([nothing], np.float32)
        if count > 1:
            places = torch.arange(count).repeat(count, 1)
            others = places[places != places.T].reshape(count, count - 1)  # row t: all places but t
            rest = _lean(network.classify_vectors(vectors[0][others], present[:, 1:])).numpy()
    return Shares((whole - rest).astype(np.float32), whole, nothing)


@lru_cache(maxsize=128)
def integrated_gradients(name: Name, words: tuple[str, ...]) -> Shares:
    """Return the logit's mean gradient on the straight way from zero vectors to the word vectors, times these.

    Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017,
    computed by captum with Gauss-Legendre quadrature. The values of a word's
    vector are added up. Over all words they add up to logit(sentence) -
    logit(zero vectors), but for the error of so few steps, which is `Shares.gap`.

    Where a long sentence leads a recurrent network astray half-way, gradients
    explode and the gap is wide: then twice as many places are tried, and again.
    """
    network = network_of(name)
    if not words:
        return leave_one_out(name, words)
    from captum.attr import IntegratedGradients

    pieces = encode(words)
    vectors = network.words(pieces)  # (1, T, width)
    present = torch.ones(1, len(words), dtype=torch.bool)

    def lean(some: Tensor) -> Tensor:
        return _lean(network.classify_vectors(some, present.expand(len(some), -1)))

    with torch.inference_mode():
        whole, nothing = lean(torch.cat([vectors, torch.zeros_like(vectors)])).tolist()
    method, steps = IntegratedGradients(lean), STEPS
    while True:
        with torch.enable_grad():
            found = method.attribute(vectors.clone().requires_grad_(), n_steps=steps)
        values = found.detach().sum(-1)[0].numpy().astype(np.float32)
        shares = Shares(values, whole, nothing, steps)
        if abs(shares.gap) <= _EXACT or 2 * steps * len(words) > _MOST_WORK or 2 * steps > _MOST_STEPS:
            return shares
        steps *= 2


def _lean(logits: Tensor) -> Tensor:
    """Return how far logits (B, 2) lean to "positive" (B,)."""
    return logits[:, 1] - logits[:, 0]


def _without_words(network: Network) -> float:
    """Return the logit where no word has been read: a state of zeros, no sum, no maximum; the last bias is left."""
    return float(_lean(network.dense.bias.unsqueeze(0)))
