"""Is there a unit that counts the letters of a line? Measured on text that no network was trained on.

After Karpathy, Johnson and Fei-Fei, "Visualizing and Understanding Recurrent Networks", 2015, who found such units in
larger networks. A unit is found on one part of the text and confirmed on another: the best of hundreds on one part
alone would be good by chance.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from core.data.text.shakespeare import ALPHABET, PARTS, Part, describe, encode, part
from core.inspection.letters.writing import CELLS, card_of, network_of
from core.inspection.measurements import load_measured
from core.inspection.text.units import correlate
from core.models.cells import Cell
from core.models.text.letters import NextLetter, letter_writer
from core.paths import ASSETS

FILE = ASSETS / "measurements" / "letter-units.json"
BOUND, SURE = 0.7, 0.9
"""A unit counts as counting from this correlation on, of either sign, and as saying yes or no from this share of right
answers on; both on the text that it was not chosen on."""
PASSAGE = 700
"""Letters of the passage that is shown."""
LENGTH = 2000
"""Letters that are read in one go when units are measured."""

_HEADING = re.compile(r"(?:(?<=\n\n)|\A)[A-Z][A-Za-z' ]*:\n")
_VOWELS = frozenset("aeiouAEIOU")

TRAITS: dict[str, tuple[str, str]] = {
    "line": ("counts the letters of a line", "letters since the line began"),
    "speaker": ("is on within a speaker's name", "1 from the first letter of a line like “JULIET:” to its colon"),
    "word": ("is on within a word", "1 after a letter or an apostrophe, 0 after anything else"),
    "length": ("counts the letters of a word", "letters since the word began"),
    "vowel": ("is on after a vowel", "1 after a, e, i, o, u, small or capital"),
    "capital": ("is on after a capital letter", "1 after A to Z"),
    "sentence": ("counts the letters of a sentence", "letters since the last . ! ? or empty line"),
}
"""What units are held against: what such a unit does, and what the number is after every letter."""
COUNTS = ("line", "length", "sentence")
"""Those that count; the others are yes or no."""


class MeasuredUnit(BaseModel):
    """The unit of a network that goes along best with one property of the letters read.

    How well is Pearson's correlation for what counts (`COUNTS`). For a yes or no
    it is the mean of the share right among the yes and the share right among
    the no, with a threshold: 0.5 is no better than guessing.

    Attributes:
        trait: one of `TRAITS`.
        unit: its number, from 0.
        found: how well on the text on which unit and threshold were chosen.
        confirmed: how well on the other text.
        untrained: the same as `confirmed`, of the best unit of a network with random weights, chosen in the same way.
        threshold: on the unit's state, for a yes or no.
        above: whether it says yes above the threshold, or below.
    """

    model_config = ConfigDict(frozen=True)

    trait: str
    unit: int
    found: float
    confirmed: float
    untrained: float = 0.0
    threshold: float | None = None
    above: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is asked to count, and not to say yes or no."""
        return self.trait in COUNTS

    @property
    def confirms(self) -> bool:
        """Whether the unit really does it."""
        return abs(self.confirmed) >= BOUND if self.counts else self.confirmed >= SURE


class UnitMeasurement(BaseModel):
    """What the units of the shipped networks follow.

    Attributes:
        found_on: the text on which units were chosen.
        confirmed_on: the text on which they were measured again.
        networks: the best unit for every one of `TRAITS`, by network.
        weights: the checksum of each network that was measured.
        baselines: bits per letter of simpler guesses on the second text, by what they know.
        passage: from the second text, to be looked at.
        quotes: double quotation marks in all of the text.
        apostrophes: apostrophes in all of it.
    """

    model_config = ConfigDict(frozen=True)

    found_on: str
    confirmed_on: str
    networks: dict[str, tuple[MeasuredUnit, ...]]
    weights: dict[str, str]
    baselines: dict[str, float]
    passage: str
    quotes: int
    apostrophes: int


def traits_of(text: str) -> NDArray[np.float64]:
    """Return the properties after every letter of a text (T, 7), in the order of `TRAITS`.

    The text is taken to begin with a line, a word and a sentence.
    """
    place = np.arange(len(text))
    letters = np.array(list(text)) if text else np.empty(0, "<U1")
    ends = letters == "\n"
    within = np.array([char.isalpha() or char == "'" for char in text], bool)
    speaker = np.zeros(len(text), bool)
    for match in _HEADING.finditer(text):
        speaker[match.start() : match.end() - 1] = True
    empty = ends & np.concatenate([[True], ends[:-1]])[: len(text)]
    stops = np.isin(letters, list(".!?")) | empty
    columns = (
        _since(place, ends),
        speaker,
        within,
        _since(place, ~within),
        np.array([char in _VOWELS for char in text], bool),
        np.array([char.isupper() for char in text], bool),
        _since(place, stops),
    )
    return np.stack([np.asarray(column, np.float64) for column in columns], 1)


def _since(place: NDArray[np.int64], ends: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for every letter how many came since the last end, 0 at an end itself."""
    last = np.maximum.accumulate(np.where(ends, place, -1)) if len(place) else place
    return place - last


def read_in_stretches(network: NextLetter, text: str) -> NDArray[np.float32]:
    """Return the states of a network after every letter (T, hidden_size), read `LENGTH` letters at a time.

    What is left over at the end is cut off. Each stretch but the first begins in the middle of a line, with a state
    of zeros.
    """
    rows = len(text) // LENGTH
    letters = torch.from_numpy(encode(text[: rows * LENGTH])).view(rows, LENGTH)
    with torch.inference_mode():
        return network.encode(letters).flatten(0, 1).numpy()


def best_units(
    first: tuple[NDArray[np.floating], NDArray[np.floating]],
    second: tuple[NDArray[np.floating], NDArray[np.floating]],
) -> tuple[MeasuredUnit, ...]:
    """Return for every property the unit that goes along with it best on the first text, measured again on the second.

    Args:
        first: properties (T, 7) and states (T, hidden_size) on the text on which units are chosen.
        second: the same on another text.
    """
    found, again = (np.nan_to_num(correlate(*some)) for some in (first, second))
    units = []
    for row, trait in enumerate(TRAITS):
        if trait in COUNTS:
            unit = int(np.abs(found[row]).argmax())
            before, after = float(found[row, unit]), float(again[row, unit])
            units.append(MeasuredUnit(trait=trait, unit=unit, found=round(before, 4), confirmed=round(after, 4)))
            continue
        unit, threshold, above = best_threshold(first[0][:, row] > 0, first[1])
        before, after = (
            _right(traits[:, row] > 0, (states[:, unit] > threshold) == above) for traits, states in (first, second)
        )
        units.append(
            MeasuredUnit(
                trait=trait,
                unit=unit,
                found=round(before, 4),
                confirmed=round(after, 4),
                threshold=float(f"{threshold:.4g}"),  # not so many decimals: many states lie close to 0
                above=above,
            )
        )
    return tuple(units)


def _right(wanted: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """Return the mean of the shares right among the yes and among the no; 0.5 where there is only one of them."""
    from sklearn.metrics import balanced_accuracy_score  # heavy, and only measuring needs it

    return float(balanced_accuracy_score(wanted, said)) if wanted.any() and not wanted.all() else 0.5


def best_threshold(wanted: NDArray[np.bool_], states: NDArray[np.floating]) -> tuple[int, float, bool]:
    """Return the unit and the threshold that tell yes from no best, and whether yes is above.

    Best is the largest difference between the share of the yes and the share of
    the no on one side (Youden's index, 1950).

    Args:
        wanted: (T,) with yes and no.
        states: (T, units).
    """
    order = states.argsort(0)
    values, yes = np.take_along_axis(states, order, 0), wanted[order]
    gaps = (~yes).cumsum(0) / max(1, int((~wanted).sum())) - yes.cumsum(0) / max(1, int(wanted.sum()))
    gaps = np.where(values[1:] > values[:-1], gaps[:-1], 0)  # equal states cannot be told apart
    place, unit = np.unravel_index(int(np.abs(gaps).argmax()), gaps.shape)
    threshold = float(values[place : place + 2, unit].mean(dtype=np.float64))
    return int(unit), threshold, bool(gaps[place, unit] > 0)


def baselines() -> dict[str, float]:
    """Return bits per letter of guesses that know little, counted on the training part, measured on the test part."""
    train, test = encode(part("train")), encode(part("test"))
    size = len(ALPHABET)
    alone = np.bincount(train, minlength=size) + 1.0
    pairs = np.bincount(train[:-1] * size + train[1:], minlength=size**2).reshape(size, size) + 0.1
    after = pairs / pairs.sum(1, keepdims=True)
    return {
        "nothing": round(float(np.log2(size)), 3),
        "how often each letter occurs": round(float(-np.log2(alone / alone.sum())[test].mean()), 3),
        "the one letter before": round(float(-np.log2(after[test[:-1], test[1:]]).mean()), 3),
    }


def untrained_network(cell: Cell) -> NextLetter:
    """Return a network like the shipped one with random weights, always the same ones."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = letter_writer(cell)
    return network.eval().requires_grad_(False)


def measure() -> UnitMeasurement:
    """Find units on the validation part and confirm them on the test part, for every shipped network.

    Raises:
        NotHere: the text is not at hand.
    """
    looked: tuple[Part, Part] = ("validation", "test")
    texts = [part(name) for name in looked]
    texts = [text[: len(text) // LENGTH * LENGTH] for text in texts]
    traits = [traits_of(text) for text in texts]
    networks: dict[str, tuple[MeasuredUnit, ...]] = {}
    for cell in CELLS:
        units, by_chance = (
            best_units(*((some, read_in_stretches(network, text)) for some, text in zip(traits, texts, strict=True)))
            for network in (network_of(cell), untrained_network(cell))
        )
        networks[cell] = tuple(
            unit.model_copy(update={"untrained": other.confirmed}) for unit, other in zip(units, by_chance, strict=True)
        )
    begin = texts[1].index("\n\n") + 2
    whole = "".join(part(name) for name in PARTS)
    return UnitMeasurement(
        found_on=describe("validation"),
        confirmed_on=describe("test"),
        networks=networks,
        weights={cell: card_of(cell).weights_sha256 for cell in CELLS},
        baselines=baselines(),
        passage=texts[1][begin : texts[1].index("\n\n", begin + PASSAGE)],
        quotes=whole.count('"'),
        apostrophes=whole.count("'"),
    )


def write_measurement(file: Path = FILE) -> UnitMeasurement:
    """Measure, write the file, and return what is in it."""
    found = measure()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    load_measurement.cache_clear()
    return found


@cache
def load_measurement(file: Path = FILE) -> UnitMeasurement:
    """Return the shipped measurement.

    Raises:
        NotMeasured: it is missing or damaged.
    """
    return load_measured(UnitMeasurement, file, "What the units do has", "letter-units")
