"""Which words counted for an answer: two methods that share a logit out among the words of a sentence.

What is shared out is the logit of the class minus that of the other class: above zero the network gives this class.
"""

from dataclasses import replace
from functools import lru_cache
from typing import cast

import numpy as np
import torch
from torch import Tensor

from core.inspection.attribution import Attribution, AttributionMethod
from core.inspection.text.reading import encode
from core.models.shipped import load_shipped
from core.models.text.baselines import BagOfWords, WindowReader, WordCNN
from core.models.text.recurrent import SentenceReader
from core.models.text.transformer import TransformerReader

SentenceNetwork = SentenceReader | BagOfWords | WindowReader | WordCNN | TransformerReader
WordMethod = AttributionMethod[SentenceNetwork, tuple[str, ...]]
"""A method that attributes an answer to the words of a sentence."""

STEPS = 32
"""Places on the line from zero vectors to the sentence at which gradients are taken, to begin with."""
_MOST_WORK = 12_000  # places times words: what a class can wait for, some 60 ms
_MOST_STEPS = 256
_EXACT = 0.02  # a gap that needs no more places
_WRONG = 0.1  # of the rise: a wider gap makes the values worthless
_WARNING = "Do not trust these values: they do not add up. "
_EXPLODES = (
    "In a long sentence a recurrent network's gradients can explode on the way, and no reasonable number of places "
    "catches that."
)
_JUMPS = (
    "A Transformer normalises every vector, so on the line from zero nearly all happens in the first small part, "
    "between two of the places."
)


def network_of(name: str) -> SentenceNetwork:
    """Return a shipped network that reads sentences, one of `core.inspection.text.reading.READERS`."""
    return cast(SentenceNetwork, load_shipped(name).network)


@lru_cache(maxsize=128)
def leave_one_out(network: SentenceNetwork, words: tuple[str, ...], target: int = 1) -> Attribution:
    """Compute how far the score falls when a word is left out, for every word: score(all) - score(all but this one).

    Li, Monroe and Jurafsky, "Understanding neural networks through representation erasure", 2016. All sentences
    without a word are read in one batch.

    Args:
        network: a shipped one.
        words: of the sentence, T of them; (T,) values come out.
        target: 1 for positive, 0 for negative.
    """
    nothing = _without_words(network, target)
    count = len(words)
    if not count:
        return Attribution(np.zeros(0, np.float32), nothing, nothing)
    with torch.inference_mode():
        vectors = network.words(encode(words))  # (1, T, width)
        present = torch.ones(count, count, dtype=torch.bool)
        score = float(_lean(network.classify_vectors(vectors, present[:1]), target))
        rest = np.array([nothing], np.float32)
        if count > 1:
            places = torch.arange(count).repeat(count, 1)
            others = places[places != places.T].reshape(count, count - 1)  # row t: all places but t
            rest = _lean(network.classify_vectors(vectors[0][others], present[:, 1:]), target).numpy()
    return Attribution((score - rest).astype(np.float32), score, nothing)


@lru_cache(maxsize=128)
def integrated_gradients(network: SentenceNetwork, words: tuple[str, ...], target: int = 1) -> Attribution:
    """Compute the score's mean gradient on the straight line from zero vectors to the word vectors, times these.

    Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017, computed by captum with Gauss-Legendre
    quadrature. The values of a word's vector are added up. Over all words they add up to score(sentence) - score(zero
    vectors), but for the error of so few steps, which is `Attribution.gap`.

    Where a long sentence leads a recurrent network astray half-way, gradients explode and the gap is wide: then twice
    as many places are tried, and again.

    Args:
        network: a shipped one.
        words: of the sentence, T of them; (T,) values come out.
        target: 1 for positive, 0 for negative.
    """
    if not words:
        return leave_one_out(network, words, target)
    from captum.attr import IntegratedGradients

    vectors = network.words(encode(words))  # (1, T, width)
    present = torch.ones(1, len(words), dtype=torch.bool)

    def lean(some: Tensor) -> Tensor:
        return _lean(network.classify_vectors(some, present.expand(len(some), -1)), target)

    with torch.inference_mode():
        score, nothing = lean(torch.cat([vectors, torch.zeros_like(vectors)])).tolist()
    method, steps = IntegratedGradients(lean), STEPS
    while True:
        with torch.enable_grad():
            found = method.attribute(vectors.clone().requires_grad_(), n_steps=steps)
        values = found.detach().sum(-1)[0].numpy().astype(np.float32)
        result = Attribution(values, score, nothing)
        if abs(result.gap) <= _EXACT or 2 * steps * len(words) > _MOST_WORK or 2 * steps > _MOST_STEPS:
            return replace(result, note=_describe(result, steps), warning=_warn(result, network))
        steps *= 2


def _describe(result: Attribution, steps: int) -> str:
    assert result.baseline is not None
    return (
        f"All values add up to {float(result.values.sum()):+.3f}; the logit rises by "
        f"{result.score - result.baseline:+.3f}, from {result.baseline:+.2f} for as many zero vectors. The gap is "
        f"{abs(result.gap):.3f}, with gradients at {steps} places on the way."
    )


def _warn(result: Attribution, network: SentenceNetwork) -> str:
    assert result.baseline is not None
    if abs(result.gap) <= _WRONG * max(1.0, abs(result.score - result.baseline)):
        return ""
    return _WARNING + (_JUMPS if isinstance(network, TransformerReader) else _EXPLODES)


def _lean(logits: Tensor, target: int) -> Tensor:
    """Return how far logits (B, 2) lean to a class (B,)."""
    return logits[:, target] - logits[:, 1 - target]


def _without_words(network: SentenceNetwork, target: int) -> float:
    """Return the score where no word has been read: a state of zeros, no sum, no maximum; the last bias is left.

    Of a Transformer the class token is left.
    """
    if isinstance(network, TransformerReader):
        with torch.inference_mode():
            return float(_lean(network(encode(())), target))
    return float(_lean(network.dense.bias.unsqueeze(0), target))


WORD_METHODS: tuple[WordMethod, ...] = (
    AttributionMethod(
        "Leave one out",
        measures="how far the logit falls when the word is not there",
        weakness="Where two words say the same, each alone can go without loss, and both look unimportant. And the "
        "sentence left over may be one that nobody would say.",
        source="Li, Monroe and Jurafsky, 2016",
        run=leave_one_out,
    ),
    AttributionMethod(
        "Integrated gradients",
        measures="the rise of the logit from zero vectors to your words, shared out",
        weakness="The line leads through vectors that are not words, and another baseline gives different values.",
        source="Sundararajan, Taly and Yan, 2017",
        run=integrated_gradients,
    ),
)
"""The methods that are offered, in this order."""
