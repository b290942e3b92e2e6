"""A network of letters reads a word: what it expects at every place, what surprises it, and which word may be meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA
from torch import nn

from core.data.text.edits import MISTAKES, Edit, Kind, count_kinds, edits
from core.data.text.letter_batches import IGNORED, next_letters
from core.data.text.spelling import ALPHABET, WordList, shipped_words
from core.models.shipped import card, load_shipped
from core.models.text.letters import NextLetter

NAME = "word-letters"
END = ""
"""The end of the word, among the letters that can come next."""
NEAR, FAR = 2, 3
"""Mistakes that words are looked for within; further only where there is none nearer."""
MAX_CANDIDATES = 200
"""Words that the network reads to rank them: those with the fewest mistakes, the most frequent first."""
NETWORK_WEIGHT = "weight of the network's bits"
"""Under this name the card keeps by how much the bits of a word are multiplied."""
WITHOUT_LIST = ", without a list of words"
"""Behind the names on the card of what counts where there is no list of words."""


@dataclass(frozen=True, eq=False)
class WordReading:
    """How a word surprised a network; T letters and the end.

    Attributes:
        letters: what came: T letters and `END`.
        choices: what can come, in the order of the columns of `expected`.
        expected: (T + 1, 28) the probability of each choice at every place.
        probabilities: (T + 1,) of what came.
    """

    letters: tuple[str, ...]
    choices: tuple[str, ...]
    expected: NDArray[np.float32]
    probabilities: NDArray[np.float32]

    @property
    def surprises(self) -> NDArray[np.float32]:
        """Bits (T + 1,): minus the logarithm of the probability, base 2; never infinite."""
        return -np.log2(np.maximum(self.probabilities, np.finfo(np.float32).tiny))

    @property
    def most_surprising(self) -> int:
        """The place of the greatest surprise."""
        return int(self.surprises.argmax())


@dataclass(frozen=True)
class ChannelWeights:
    """What the parts of a candidate's score count, in bits.

    Attributes:
        network: by which the bits of the word are multiplied.
        costs: of each of `MISTAKES`.
    """

    network: float
    costs: tuple[float, ...]

    def cost(self, kind: Kind) -> float:
        """Return what a mistake costs; nothing where there is none."""
        return self.costs[MISTAKES.index(kind)] if kind in MISTAKES else 0.0


@dataclass(frozen=True)
class Correction:
    """A word that may be meant.

    Attributes:
        word: from the list.
        steps: from it to what was typed.
        bits: minus the logarithm of its probability, base 2, by the network.
        score: its bits times their weight, and what its mistakes cost: the less the better.
        share: 2 to the power of minus the score, as a share of all that were looked at.
    """

    word: str
    steps: tuple[Edit, ...]
    bits: float
    score: float
    share: float

    @property
    def mistakes(self) -> int:
        """How many were made."""
        return sum(step.kind != "same" for step in self.steps)


def read_word(word: str) -> WordReading:
    """Return what the shipped network expects in a word of `ALPHABET`, letter by letter."""
    read, wanted, _ = next_letters(ALPHABET.encode([word])[:, : len(word)])
    with torch.inference_mode():
        logits = _network()(torch.from_numpy(read))[0].double()
    expected = torch.softmax(logits, -1).float().numpy()
    return WordReading((*word, END), (END, *ALPHABET.letters), expected, expected[np.arange(len(word) + 1), wanted[0]])


def bits_of(network: nn.Module, words: Sequence[str]) -> NDArray[np.float64]:
    """Return minus the logarithm, base 2, of the probability that the network gives to each word, its end included."""
    found = []
    for start in range(0, len(words), 500):
        read, wanted, lengths = next_letters(ALPHABET.encode(words[start : start + 500]))
        longest = int(lengths.max())
        with torch.inference_mode():
            logits = network(torch.from_numpy(read[:, :longest]))
            losses = nn.functional.cross_entropy(
                logits.transpose(1, 2), torch.from_numpy(wanted[:, :longest]), ignore_index=IGNORED, reduction="none"
            )
        found.append(losses.sum(1).double().numpy() / np.log(2))
    return np.concatenate(found) if found else np.zeros(0)


def nearby_words(typed: str, words: WordList) -> tuple[str, ...]:
    """Return the words of a list within `NEAR` mistakes, or within `FAR` where there is none.

    At most `MAX_CANDIDATES`. They come as a corrector without a network would rank them: fewest mistakes
    first, then the most frequent, then by the alphabet.
    """
    distances = process.cdist([typed], words.words, scorer=OSA.distance, score_cutoff=FAR, dtype=np.uint8)[0]
    reach = NEAR if bool((distances <= NEAR).any()) else FAR
    near = np.flatnonzero(distances <= reach).tolist()
    near.sort(key=lambda at: (distances[at], -words.counts[at]))
    return tuple(words.words[at] for at in near[:MAX_CANDIDATES])


def corrections(typed: str) -> tuple[Correction, ...]:
    """Return the words that may be meant, the best first; none where no word of the list is near."""
    near = nearby_words(typed, shipped_words())
    return rank_corrections(typed, near, bits_of(_network(), near), shipped_weights())


def one_edit_away(typed: str) -> tuple[str, ...]:
    """Return every string of `ALPHABET` that is one mistake away, words or not, in the order of the alphabet."""
    halves = [(typed[:at], typed[at:]) for at in range(len(typed) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    for letter in ALPHABET.letters:
        found |= {left + letter + right[1:] for left, right in halves if right}
        found |= {left + letter + right for left, right in halves}
    return tuple(sorted(found - {typed, ""}))


def corrections_without_list(typed: str) -> tuple[Correction, ...]:
    """Return what may be meant without any list of words: all strings one mistake away, the best first."""
    near = one_edit_away(typed)
    return rank_corrections(typed, near, bits_of(_network(), near), shipped_weights(WITHOUT_LIST))


def rank_corrections(
    typed: str, words: Sequence[str], bits: NDArray[np.float64], weights: ChannelWeights
) -> tuple[Correction, ...]:
    """Rank words by how probable they are and how probable the mistakes, a noisy channel.

    Kernighan, Church and Gale, "A spelling correction program based on a noisy
    channel model", 1990.

    Args:
        typed: what was typed.
        words: that may be meant.
        bits: of each, (N,), by a network.
        weights: what bits and mistakes count.
    """
    steps = [edits(typed, word) for word in words]
    scores = weights.network * bits + np.array([sum(map(weights.cost, (s.kind for s in some))) for some in steps])
    shares = np.exp2(-(scores - scores.min(initial=np.inf)))
    shares /= shares.sum() if len(words) else 1
    order = np.argsort(scores, kind="stable").tolist()
    return tuple(
        Correction(words[at], steps[at], float(bits[at]), float(scores[at]), float(shares[at])) for at in order
    )


def mistake_counts(typed: str, words: Sequence[str]) -> NDArray[np.float64]:
    """Return how often each of `MISTAKES` lies between each word and what was typed, (N, 6)."""
    counted = [count_kinds(edits(typed, word)) for word in words]
    return np.array(counted, np.float64).reshape(-1, len(MISTAKES))


def card_figure(kind: Kind) -> str:
    """Return the name under which the card keeps what a mistake costs."""
    return f"bits for a mistake: {kind}"


@cache
def shipped_weights(where: str = "") -> ChannelWeights:
    """Return the weights on the card of the shipped network, with a list of words or, for `WITHOUT_LIST`, without."""
    figures = card(NAME).figures
    return ChannelWeights(
        figures[NETWORK_WEIGHT + where], tuple(figures[card_figure(kind) + where] for kind in MISTAKES)
    )


def _network() -> NextLetter:
    network = load_shipped(NAME).network
    assert isinstance(network, NextLetter)
    return network
