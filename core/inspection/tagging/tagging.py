"""What a forward and a bidirectional reader take every word for, and what each of them has seen by then."""

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.text.entities import encode_tokens, tagging_vocabulary
from core.data.text.tokens import Token
from core.models.cells import unroll, weights_of
from core.models.shipped import load_shipped
from core.models.text.tagging import Tagger

FORWARD, BIDIRECTIONAL = "tagger-forward", "tagger-bilstm"
READERS = (FORWARD, BIDIRECTIONAL)
"""Who reads, in the order in which they are shown."""
_TOGETHER = 64  # beginnings of a sentence that are read at once: 200 of 200 words would take long

Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Tagging:
    """What a reader takes the T words of a sentence for.

    Attributes:
        name: of the network in `core.models.shipped`.
        probabilities: of other, person and place (T, 3).
    """

    name: str
    probabilities: NDArray[np.float32]

    @property
    def tags(self) -> tuple[int, ...]:
        """The likeliest tag of every word."""
        return tuple(self.probabilities.argmax(1).tolist()) if len(self.probabilities) else ()


@dataclass(frozen=True)
class PrefixTagging:
    """How a word is understood while the words after it are read one by one.

    Attributes:
        at: the place of the word.
        forward: probabilities (3,) by the forward reader; no later word changes them.
        bidirectional: probabilities (N, 3) by the bidirectional reader, when the sentence ends with the word itself,
            with the first word after it, ... with its last word.
    """

    at: int
    forward: NDArray[np.float32]
    bidirectional: NDArray[np.float32]

    @property
    def turning_point(self) -> int | None:
        """The number of the word after it (1 for the next one) with which the final answer gains most; None without."""
        if len(self.bidirectional) < 2:
            return None
        final = int(self.bidirectional[-1].argmax())
        return int(np.diff(self.bidirectional[:, final]).argmax()) + 1


def encode(tokens: Tokens) -> Tensor:
    """Return the pieces of a sentence's words (1, T, P + 1); T is at least 1."""
    return torch.from_numpy(encode_tokens(tagging_vocabulary(), [tokens]))


@lru_cache(maxsize=128)
def tag(name: str, tokens: Tokens) -> Tagging:
    """Return what a shipped reader takes every word for.

    The forward reader goes step by step, each word by itself (`core.models.cells`). So what it says of a word is
    computed by the same operations on the same numbers whatever comes later, and is the same to the last bit.
    """
    network = _network(name)
    if not tokens or network.recurrent.bidirectional:
        return tag_with(network, name, tokens)
    with torch.inference_mode():
        inputs = [network.embed(encode((token,)))[0, 0] for token in tokens]
        steps = unroll("lstm", weights_of(network.recurrent), torch.stack(inputs))[1:]
        return Tagging(name, torch.stack([network.dense(step.state).softmax(0) for step in steps]).numpy())


def tag_with(network: nn.Module, name: str, tokens: Tokens) -> Tagging:
    """Return what any network takes every word for, all words at once."""
    if not tokens:
        return Tagging(name, np.zeros((0, 3), np.float32))
    with torch.inference_mode():
        return Tagging(name, network(encode(tokens))[0].softmax(1).numpy())


@lru_cache(maxsize=64)
def tag_by_prefix(tokens: Tokens, at: int) -> PrefixTagging:
    """Return what word `at` is taken for as the sentence goes on; whoever reads both ways reads each beginning anew."""
    network = _network(BIDIRECTIONAL)
    pieces = encode(tokens)[0]
    answers = []
    with torch.inference_mode():
        for first in range(at + 1, len(tokens) + 1, _TOGETHER):
            lengths = range(first, min(first + _TOGETHER, len(tokens) + 1))
            beginnings = torch.zeros((len(lengths), lengths[-1], pieces.shape[1]), dtype=pieces.dtype)
            for row, length in enumerate(lengths):
                beginnings[row, :length] = pieces[:length]
            answers.append(network(beginnings)[:, at].softmax(1))
    return PrefixTagging(at, tag(FORWARD, tokens).probabilities[at], torch.cat(answers).numpy())


def common_prefix(first: Tokens, second: Tokens) -> int:
    """Return how many words two sentences have in common at their beginning, in the same spelling."""
    pairs = zip(first, second, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def disagreements(tokens: Tokens) -> tuple[int, ...]:
    """Return the words that the two readers take for different things."""
    one, other = (tag(name, tokens).tags for name in READERS)
    return tuple(at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right)


def float_bits(probabilities: NDArray[np.float32]) -> tuple[str, ...]:
    """Return single-precision numbers as the eight hexadecimal digits in which a computer keeps them (IEEE 754)."""
    return tuple(f"{number:08x}" for number in np.ascontiguousarray(probabilities, np.float32).view(np.uint32).tolist())


def unknown(tokens: Tokens) -> tuple[bool, ...]:
    """Return for every word whether the networks have no vector of it and put it together from groups of letters."""
    vocabulary = tagging_vocabulary()
    return tuple(token.word not in vocabulary for token in tokens)


def warm_up() -> None:
    """Load both readers and let each read once, so that the first person does not wait."""
    tokens = (Token("It", "it"), Token("begins", "begins"))
    for name in READERS:
        tag(name, tokens)
    tag_by_prefix(tokens, 0)


def _network(name: str) -> Tagger:
    return cast(Tagger, load_shipped(name).network)
