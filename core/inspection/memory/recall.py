"""How far a memory reaches: who still knows the country when the language is asked for."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from torch import nn

from core.data.text.stories import LANGUAGES, encode_stories, stories, tell, vocabulary
from core.data.text.tokens import read_text
from core.inspection.measurements import load_measured
from core.models.shipped import load_shipped
from core.paths import ASSETS

MEMORIES = ("story-window", "story-rnn", "story-gru", "story-lstm")
"""Who reads stories word by word, or sees the last words only."""
TRANSFORMERS = ("story-sinusoidal", "story-learned", "story-rotary")
"""Who looks back by attention; they differ in how they are told where a word stands."""
READERS = (*MEMORIES, *TRANSFORMERS)
"""Who reads stories."""
DISTANCES = (6, 8, 10, 12, 14, 16, 20, 25, 30, 35, 40, 50, 70, 100, 140, 190)
"""Words from the clue to the question at which the networks are measured."""
CASES = 120
"""Stories that are drawn at each distance; of the short ones there are fewer."""
FILE = ASSETS / "measurements" / "reach.json"


class RecallOfTraining(BaseModel):
    """How sure one trained network is of the right language, by distance.

    Attributes:
        name: its architecture's name in `core.models.shipped`.
        seed: of its training.
        chance: the mean probability of the right language at each of `DISTANCES`.
        cases: stories at each of them, of cities and sentences that were not trained on.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    seed: int
    chance: tuple[float, ...]
    cases: tuple[int, ...]


class RecallMeasurement(BaseModel):
    """Several trainings of every network that reads stories."""

    model_config = ConfigDict(frozen=True)

    trained: tuple[RecallOfTraining, ...]
    torch: str

    def of(self, name: str) -> NDArray[np.float64]:
        """Return the chance of the right language (trainings, distances) that networks of an architecture give."""
        return np.array([one.chance for one in self.trained if one.name == name], np.float64)


def recall(network: nn.Module, distances: tuple[int, ...] = DISTANCES) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Return the mean probability of the right language at each of some distances, and on how many stories each."""
    chance, cases = [], []
    for distance in distances:
        told = stories(CASES, (distance, distance), distance, held_out=True)
        pieces, answers = (torch.from_numpy(part) for part in encode_stories(told))
        with torch.inference_mode():
            probabilities = network(pieces).softmax(1)
        chance.append(round(float(probabilities.gather(1, answers.unsqueeze(1)).mean()), 4))
        cases.append(len(told))
    return tuple(chance), tuple(cases)


@cache
def load_recall(file: Path = FILE) -> RecallMeasurement:
    """Return what `python -m core.shipping reach` measured.

    Raises:
        NotMeasured: the file is missing or damaged.
    """
    return load_measured(RecallMeasurement, file, "How far networks remember has", "reach")


@lru_cache(maxsize=64)
def shipped_language_probabilities(name: str, words: tuple[str, ...]) -> NDArray[np.float32]:
    """Return the probability of every language (12,) that a shipped network gives after a text."""
    return language_probabilities(load_shipped(name).network, words)


@dataclass(frozen=True)
class Fallback:
    """The language that a network names most often at one distance, whatever the country.

    Attributes:
        language: the one.
        count: for how many countries it names it.
        countries: how many were asked.
    """

    language: str
    count: int
    countries: int


@lru_cache(maxsize=256)
def fallback(name: str, city: str, distance: int, seed: int) -> Fallback:
    """Return what a shipped network says most often of the same story with each of the countries."""
    languages = list(LANGUAGES.values())
    told = (read_text(tell(country, city, distance, seed).text).words for country in LANGUAGES)
    said = Counter(languages[int(shipped_language_probabilities(name, words).argmax())] for words in told)
    language, count = said.most_common(1)[0]
    return Fallback(language, count, len(languages))


def language_probabilities(network: nn.Module, words: tuple[str, ...]) -> NDArray[np.float32]:
    """Return the probability of every language (12,) that a network gives after a text; equal ones without words."""
    if not words:
        return np.full(len(LANGUAGES), 1 / len(LANGUAGES), np.float32)
    with torch.inference_mode():
        found = network(torch.from_numpy(vocabulary().encode([words]))).softmax(1)[0]
    return cast(NDArray[np.float32], found.numpy())
