"""A network reads a surname letter by letter: its opinion after each, and how it does on names it has not seen."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.data.text.surnames import ALPHABET, LANGUAGES, Surnames, held_out
from core.models.shipped import load_shipped
from core.models.text.letters import LetterReader

NAME = "names-gru"


@dataclass(frozen=True, eq=False)
class NameReading:
    """What a network made of a name after every letter.

    Attributes:
        letters: of the name, T of them.
        probabilities: (T, 18) the probability of each of `LANGUAGES` after every letter.
    """

    letters: str
    probabilities: NDArray[np.float32]

    @property
    def final(self) -> NDArray[np.float32]:
        """The probabilities (18,) at the end."""
        return self.probabilities[-1]

    @property
    def ranking(self) -> tuple[int, ...]:
        """The languages at the end, the likeliest first."""
        return tuple(np.argsort(-self.final, kind="stable").tolist())


@dataclass(frozen=True, eq=False)
class SurnameEvaluation:
    """How a network did on surnames that it was not trained on.

    Attributes:
        names: they, each with one language.
        truth: (N,) places in `LANGUAGES`.
        answers: (N,) what the network said.
        confidence: (N,) the probability that it gave to its answer.
        confusion: (18, 18) names by true language and answer.
    """

    names: Surnames
    truth: NDArray[np.int64]
    answers: NDArray[np.int64]
    confidence: NDArray[np.float32]
    confusion: NDArray[np.int64]

    def in_cell(self, true: int, answer: int) -> tuple[int, ...]:
        """Return the places of the names of a language that got an answer, the surest first."""
        found = np.flatnonzero((self.truth == true) & (self.answers == answer))
        return tuple(found[np.argsort(-self.confidence[found], kind="stable")].tolist())

    def mistakes(self) -> tuple[int, ...]:
        """Return the places of the names that it got wrong, the surest mistake first."""
        found = np.flatnonzero(self.truth != self.answers)
        return tuple(found[np.argsort(-self.confidence[found], kind="stable")].tolist())


def read_name(name: str, network: nn.Module | None = None) -> NameReading:
    """Return what a network makes of a name after every letter.

    Args:
        name: at least one letter of `core.data.text.surnames.ALPHABET`.
        network: letters (B, T) -> logits (B, languages); the shipped one, where there is none.
    """
    letters = torch.from_numpy(ALPHABET.encode([name]))
    beginnings = letters.expand(letters.shape[1], -1).tril()  # row t has the first t + 1 letters
    with torch.inference_mode():
        logits = (network or _network())(beginnings)
    return NameReading(name, torch.softmax(logits, -1).numpy())


def evaluate_surnames() -> SurnameEvaluation:
    """Let the shipped network read the held-out names that are here, once per process."""
    return _examine(held_out())


@lru_cache(maxsize=2)
def _examine(names: Surnames) -> SurnameEvaluation:
    letters, truth = names.encode()
    with torch.inference_mode():
        logits = torch.cat([_network()(some) for some in torch.from_numpy(letters).split(500)])
    confidence, answers = (one.numpy() for one in torch.softmax(logits, -1).max(-1))
    confusion = np.zeros((len(LANGUAGES), len(LANGUAGES)), np.int64)
    np.add.at(confusion, (truth, answers), 1)
    return SurnameEvaluation(names, truth, answers, confidence, confusion)


def _network() -> LetterReader:
    network = load_shipped(NAME).network
    assert isinstance(network, LetterReader)
    return network
