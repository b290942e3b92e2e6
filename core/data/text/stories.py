"""Sentences in which the answer hangs on a word far back: where somebody grew up says which language they speak."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.data.text.tokens import read_text
from core.data.text.vocabulary import Vocabulary

LANGUAGES = {
    "France": "French",
    "Germany": "German",
    "Spain": "Spanish",
    "Italy": "Italian",
    "Japan": "Japanese",
    "China": "Chinese",
    "Russia": "Russian",
    "Greece": "Greek",
    "Turkey": "Turkish",
    "Sweden": "Swedish",
    "Poland": "Polish",
    "Portugal": "Portuguese",
}
"""The language of every country; its place here is its class."""
CITIES = ("Boston", "London", "Chicago", "Sydney", "Toronto", "Dublin", "Denver", "Leeds")
HELD_OUT_CITIES = ("Austin", "Perth", "Glasgow", "Ottawa")
"""Cities that networks are not trained on."""
FILLERS = (
    "so .",
    "it rains .",
    "time goes by .",
    "we drink green tea .",
    "my brother has two dogs .",
    "the children walk to school early .",
    "it is very cold here in winter .",
    "nobody walks or plays here .",
    "i work in a shop near the station .",
    "my sister plays the old piano every single evening .",
    "we have a large garden with a small apple tree .",
    "last year we bought a boat and then sold it again .",
    "my friends say that i should read more and worry much less .",
    "the house is yellow and the door is green .",
    "nobody knows why the bridge was closed .",
    "there is a market on the square in the morning .",
    "on sundays i read the paper and drink coffee .",
)
"""What stands between the clue and the question and says nothing about either; one of every length from 2 to 13."""

HELD_OUT_FILLERS = (
    "early .",
    "it goes .",
    "the boat rains .",
    "we walk very early .",
    "the garden is very old .",
    "two dogs drink coffee and tea .",
    "my sister has a small green boat .",
    "nobody walks to the station in winter .",
    "the school near the bridge is closed again .",
    "it is cold on the square every single morning .",
    "my brother and two friends work in the paper shop .",
    "we should worry less and read more in the garden .",
    "the tree near the old house was yellow and then green .",
    "my children and my friends read the paper every single evening again .",
)
"""The same, of the same words, for stories that networks are not trained on."""

LONG, SHORT = "{country} is where i grew up , but now i live in {city} .", "i grew up in {country} ."
QUESTION = "i speak fluent"
SHORTEST = 4
"""Words from the country to the question in the shortest story."""
LIVES_ELSEWHERE = 16
"""The distance from which on a story says where somebody lives now."""
TRAINED_TO = 40
"""The longest distance that networks are trained on."""


@dataclass(frozen=True)
class Story:
    """A text that ends where a language is to be said.

    Attributes:
        text: as a person would read it.
        answer: place of the right language in `LANGUAGES`.
        distance: words from the country to the end, the end not included.
    """

    text: str
    answer: int
    distance: int

    @property
    def words(self) -> tuple[str, ...]:
        """Its words as they are looked up."""
        return read_text(self.text).words


def tell(country: str, city: str, distance: int, seed: int, *, held_out: bool = True) -> Story:
    """Return a story whose question stands `distance` words after the country, `SHORTEST` at least.

    Whole sentences are put between; where a single word is missing, it is "still".

    Args:
        country: one of `LANGUAGES`.
        city: where somebody lives now, said from `LIVES_ELSEWHERE` words on.
        distance: words from the country to the end, the end not included.
        seed: of the sentences between.
        held_out: put sentences between that no network was trained on.
    """
    distance = max(distance, SHORTEST)
    opening = (LONG if distance >= LIVES_ELSEWHERE else SHORT).format(country=country, city=city).split()
    missing = distance - (LIVES_ELSEWHERE if distance >= LIVES_ELSEWHERE else SHORTEST)
    question = QUESTION if missing != 1 else QUESTION.replace("speak", "still speak")
    between = (
        _fill(missing, HELD_OUT_FILLERS if held_out else FILLERS, np.random.default_rng(seed)) if missing > 1 else []
    )
    words = [*opening, *between, *question.split()]
    return Story(_written(words), list(LANGUAGES).index(country), len(words) - 1 - words.index(country))


def _fill(missing: int, sentences: tuple[str, ...], draw: np.random.Generator) -> list[str]:
    """Return sentences of exactly `missing` words together, 2 at least."""
    fillers = [sentence.split() for sentence in sentences]
    found: list[str] = []
    while missing:
        left = [missing - len(words) for words in fillers]
        fits = [words for words, rest in zip(fillers, left, strict=True) if rest == 0 or rest > 1]
        words = fits[draw.integers(len(fits))]
        found += words
        missing -= len(words)
    return found


def stories(count: int, distances: tuple[int, int], seed: int, *, held_out: bool) -> tuple[Story, ...]:
    """Return different stories with all their parts drawn at random; there may be fewer if they are short.

    Args:
        count: how many are drawn.
        distances: the least and the greatest.
        seed: of everything.
        held_out: with cities and sentences that no network was trained on.
    """
    draw = np.random.default_rng(seed)
    countries, cities = tuple(LANGUAGES), HELD_OUT_CITIES if held_out else CITIES
    told = (
        tell(
            countries[draw.integers(len(countries))],
            cities[draw.integers(len(cities))],
            int(draw.integers(distances[0], distances[1] + 1)),
            int(draw.integers(2**31)),
            held_out=held_out,
        )
        for _ in range(count)
    )
    return tuple(dict.fromkeys(told)) if held_out else tuple(told)


@cache
def vocabulary() -> Vocabulary:
    """Return every word that stories are made of."""
    names = (*LANGUAGES, *CITIES, *HELD_OUT_CITIES)
    text = " ".join([LONG, SHORT, QUESTION, "still", *FILLERS, *HELD_OUT_FILLERS, *names])
    text = text.replace("{country}", "").replace("{city}", "")
    return Vocabulary(tuple(sorted({word.lower() for word in text.split()})))


def encode_stories(told: tuple[Story, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pieces of all words (N, T, P) and the answers (N,)."""
    return vocabulary().encode([story.words for story in told]), np.array([story.answer for story in told])


def _written(words: list[str]) -> str:
    """Put words together as a person would write them."""
    text = " ".join(words).replace(" ,", ",").replace(" .", ".").replace(" i ", " I ")
    sentences = [part[:1].upper() + part[1:] for part in text.split(". ")]
    return ". ".join(sentences)
