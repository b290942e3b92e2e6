"""A network of letters reads a word: what it expects at every place, what surprises it, and which word may be meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA
from torch import nn

from core.data.text.edits import Edit, edits
from core.data.text.letter_batches import IGNORED, next_letters
from core.data.text.mistakes import MistakeBits, shipped_mistakes
from core.data.text.spelling import ALPHABET
from core.data.text.word_list import WordList, shipped_words
from core.models.shipped import card, load_shipped
from core.models.text.letters import NextLetter

NAME = "word-letters"
END = ""
"""The end of the word, among the letters that can come next."""
NEAR, FAR = 2, 3
"""Mistakes that words are looked for within; further only where there is none nearer."""
MAX_CANDIDATES = 200
"""Words that the network reads to rank them: those with the fewest mistakes, the most frequent first."""
WEIGHTS = {
    "network": "weight of the network's bits",
    "frequency": "weight of the frequency's bits",
    "mistakes": "weight of the mistakes' bits",
}
"""Under these names the card keeps by how much the bits of each kind are multiplied."""
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
    """By how much bits are multiplied before they are added up to a score.

    Attributes:
        network: of the word, as the network expects it.
        frequency: of the word, as often as it occurs in English.
        mistakes: of all mistakes.
    """

    network: float
    frequency: float
    mistakes: float


@dataclass(frozen=True)
class Correction:
    """A word that may be meant; bits are minus the logarithm of a probability, base 2.

    Attributes:
        word: from the list.
        steps: from it to what was typed.
        step_bits: of every step, 0 where nothing was done.
        network_bits: of the word by the network.
        frequency_bits: of the word by how common it is, 0 where no list is used.
        score: the sum of all bits times their weights: the less the better.
        share: 2 to the power of minus the score, as a share of all that were looked at.
    """

    word: str
    steps: tuple[Edit, ...]
    step_bits: tuple[float, ...]
    network_bits: float
    frequency_bits: float
    score: float
    share: float

    @property
    def mistakes(self) -> int:
        """How many were made."""
        return sum(step.kind != "same" for step in self.steps)

    @property
    def mistake_bits(self) -> float:
        """Bits of all mistakes."""
        return sum(self.step_bits)


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

    At most `MAX_CANDIDATES`, without those that are never offered. They come as a corrector without a network would
    rank them: fewest mistakes first, then the most common, then by the alphabet.
    """
    distances = process.cdist([typed], words.words, scorer=OSA.distance, score_cutoff=FAR, dtype=np.uint8)[0]
    reach = NEAR if bool((distances <= NEAR).any()) else FAR
    near = np.flatnonzero(distances <= reach)
    near = near[np.lexsort((-words.zipf[near], distances[near]))]
    found = (words.words[at] for at in near.tolist())
    return tuple(islice((word for word in found if word not in words.never), MAX_CANDIDATES))


def corrections(typed: str) -> tuple[Correction, ...]:
    """Return the words that may be meant, the best first; none where no word of the list is near."""
    words = shipped_words()
    near = nearby_words(typed, words)
    return rank_corrections(
        typed, near, bits_of(_network(), near), words.frequency_bits(near), shipped_mistakes(), shipped_weights()
    )


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
    nothing = np.zeros(len(near))
    return rank_corrections(
        typed, near, bits_of(_network(), near), nothing, shipped_mistakes(), shipped_weights(WITHOUT_LIST)
    )


def rank_corrections(
    typed: str,
    words: Sequence[str],
    network_bits: NDArray[np.float64],
    frequency_bits: NDArray[np.float64],
    mistakes: MistakeBits,
    weights: ChannelWeights,
) -> tuple[Correction, ...]:
    """Rank words by how probable they are and how probable the mistakes, a noisy channel.

    Kernighan, Church and Gale, "A spelling correction program based on a noisy
    channel model", 1990.

    Args:
        typed: what was typed.
        words: that may be meant.
        network_bits: of each, (N,), by a network.
        frequency_bits: of each, (N,), by how common it is.
        mistakes: the bits of every mistake.
        weights: what the three count.
    """
    steps = [edits(typed, word) for word in words]
    step_bits = [mistakes.each(some) for some in steps]
    channel = np.array([sum(bits) for bits in step_bits], np.float64)
    scores = weights.network * network_bits + weights.frequency * frequency_bits + weights.mistakes * channel
    shares = np.exp2(-(scores - scores.min(initial=np.inf)))
    shares /= shares.sum() if len(words) else 1
    return tuple(
        Correction(
            word=words[at],
            steps=steps[at],
            step_bits=step_bits[at],
            network_bits=float(network_bits[at]),
            frequency_bits=float(frequency_bits[at]),
            score=float(scores[at]),
            share=float(shares[at]),
        )
        for at in np.argsort(scores, kind="stable").tolist()
    )


@cache
def shipped_weights(where: str = "") -> ChannelWeights:
    """Return the weights on the card of the shipped network, with a list of words or, for `WITHOUT_LIST`, without."""
    figures = card(NAME).figures
    return ChannelWeights(**{part: figures[name + where] for part, name in WEIGHTS.items()})


def _network() -> NextLetter:
    network = load_shipped(NAME).network
    assert isinstance(network, NextLetter)
    return network
