"""Answers that are worked out when somebody asks, by the networks and functions that the pages use; none is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch

from core.data.images.datasets import held_out_digits
from core.data.text.stories import HELD_OUT_CITIES, LANGUAGES, tell
from core.data.text.tokens import read_text
from core.figures.percent import percent
from core.inspection.images.convolution import Conv, Pool, conv_size, pool_size
from core.inspection.images.forward import batch_probabilities, predict
from core.inspection.images.recognition import digit_margin
from core.inspection.images.transforms import transform
from core.inspection.letters.spelling import corrections
from core.inspection.memory.gradients import ACTIVATIONS, noise_gradients
from core.inspection.memory.recall import shipped_language_probabilities
from core.inspection.metrics.classes import count_answers, rates, scores
from core.inspection.networks import SHIPPED, shipped
from core.inspection.numbers.ctc import collapse
from core.inspection.points.luck import RATES, SEEDS, try_seeds
from core.inspection.tagging.tagging import tag
from core.inspection.text.reading import VERDICTS, verdict
from core.inspection.text.word_order import READERS, score_order
from core.inspection.translation.scores import length_name, score_named, translator_card
from core.models.cells import CELLS, Cell
from core.models.numbers import BLANK
from core.models.shipped import ARCHITECTURES, BrokenWeights, count_parameters, load_shipped
from core.models.text.translation import TITLES as TRANSLATORS

_TAGS = ("something else", "a person", "a place")
_STEPS, _DRAWS = 60, 5  # as on the page "Distance"


@dataclass(frozen=True)
class Measured:
    """An answer: a number or the name of an option, and a sentence on what was measured."""

    answer: float | str
    said: str


class CannotMeasure(Exception):
    """What a question asks about makes no sense; one sentence for whoever wrote it."""


@lru_cache(256)
def measure(name: str, about: str) -> Measured:
    """Return an answer; asked for again, it is not worked out again while the server runs.

    Args:
        name: one of `ANSWERS`.
        about: what the question is about, parts with ``|`` between them.

    Raises:
        CannotMeasure: these parts make no sense.
    """
    try:
        return ANSWERS[name](*(part.strip() for part in about.split("|")) if about else ())
    except (BrokenWeights, KeyError, ValueError, TypeError, IndexError, StopIteration) as problem:
        raise CannotMeasure(f"“{about}” makes no sense to “{name}”.") from problem


def _title(network: str) -> str:
    return shipped(network).title if network in SHIPPED else ARCHITECTURES[network].title


def _digit(number: str) -> np.ndarray:
    digits = held_out_digits()
    place = int(np.flatnonzero(digits.indices == int(number))[0])
    return np.asarray(digits.images[place] / 255, np.float32)


def reads_digit(network: str, number: str, right: str = "0", down: str = "0") -> Measured:
    """Ask which digit a network reads in a test digit of MNIST, shifted by some pixels."""
    moved = transform(_digit(number), int(right), int(down))
    says, share = predict(shipped(network).network, moved)
    return Measured(str(says), f"The {_title(network)} says {says}, with {percent(share)}.")


def reads_noise(network: str, seed: str) -> Measured:
    """Ask whether a network is sure, above 50 %, of a digit in noise, and what the judge says."""
    noise = np.random.default_rng(int(seed)).random((28, 28), dtype=np.float32)
    says, share = predict(shipped(network).network, noise)
    refused = " The network that decides whether it is a digit at all rejects it." if digit_margin(noise) < 0 else ""
    return Measured(
        "yes" if share > 0.5 else "no", f"The {_title(network)} says {says}, with {percent(share)}.{refused}"
    )


def mistakes(network: str, cases: str) -> Measured:
    """Count how many of the first test digits a network misreads."""
    digits, count = held_out_digits(), int(cases)
    wrong = count - _right(network, digits.images[:count] / 255, digits.labels[:count])
    return Measured(float(wrong), f"The {_title(network)} misreads {wrong} of {count:,} test digits.")


def shift_gain(network: str, other: str, right: str, cases: str) -> Measured:
    """Measure by how many points more digits a network reads than another where all are shifted to the right."""
    digits, count = held_out_digits(), int(cases)
    moved = np.stack([transform(one / 255, int(right)) for one in digits.images[:count].astype(np.float32)])
    first, second = (100 * _right(one, moved, digits.labels[:count]) / count for one in (network, other))
    return Measured(
        first - second,
        f"Of {count:,} test digits, shifted by {right} pixels to the right, the {_title(network)} reads {first:.1f} % "
        f"and the {_title(other)} {second:.1f} %: {first - second:.1f} points apart.",
    )


def _right(network: str, images: np.ndarray, labels: np.ndarray) -> int:
    batch = torch.from_numpy(np.asarray(images, np.float32))
    said = batch_probabilities(shipped(network).network, batch).argmax(1).numpy()
    return int((said == labels).sum())


def parameters(network: str) -> Measured:
    """Count how many numbers a network has learnt."""
    count = count_parameters(load_shipped(network).network)
    return Measured(float(count), f"The {_title(network)} has {count:,} parameters.")


def output_size(side: str, kernel: str, stride: str, padding: str, pool: str = "0") -> Measured:
    """Work out how long a side of the output of a convolution is, and of a pooling after it."""
    conv = Conv(int(kernel), int(stride), int(padding))
    size = conv_size(int(side), conv)
    if not int(pool):
        return Measured(float(size), f"⌊({side} + 2 · {padding} - {kernel}) / {stride}⌋ + 1 = {size}.")
    pooled = pool_size(size, Pool("max", int(pool), int(pool)))
    return Measured(float(pooled), f"The convolution leaves {size} cells a side, the pooling {pooled}.")


def score(measure: str, truth: str, prediction: str) -> Measured:
    """Work out a score of two columns of labels, of the class 1 where it is one of a class, to two decimals."""
    counts = count_answers(truth.split(), prediction.split())
    place, found = counts.classes.index("1"), rates(counts.confusion)
    value = (
        float(getattr(found, measure)[place])
        if measure in {"precision", "recall", "f1"}
        else float(scores(counts.confusion)[measure])
    )
    return Measured(round(value, 2), f"Worked out from these labels: {value:.3f}.")


def feeling(network: str, text: str) -> Measured:
    """Ask whether a network takes a sentence for positive or negative."""
    positive = float(verdict(network, read_text(text).words))
    says = VERDICTS[int(positive >= 0.5)]
    return Measured(says, f"The {_title(network)} says {says}: {percent(positive)} for positive.")


def told_apart(network: str, first: str, second: str) -> Measured:
    """Ask whether a network gives two sentences different verdicts."""
    one, other = (float(verdict(network, read_text(text).words)) for text in (first, second))
    apart = (one >= 0.5) != (other >= 0.5)
    return Measured(
        "yes" if apart else "no", f"The {_title(network)} gives {percent(one)} and {percent(other)} for positive."
    )


def order_score(network: str) -> Measured:
    """Measure what percentage of held-out sentences, pairs of the same words, a network reads right."""
    found, place = score_order(), READERS.index(network)
    right, cases = int(found.right[place].sum()), found.cases * len(found.patterns)
    return Measured(
        100 * right / cases,
        f"The {_title(network)} reads {right} of {cases} such sentences right: {percent(right / cases)}.",
    )


def language(network: str, country: str, words: str) -> Measured:
    """Ask which language a network expects at the end of a story."""
    story = tell(country, HELD_OUT_CITIES[0], int(words), 0)
    chances = shipped_language_probabilities(network, read_text(story.text).words)
    says = list(LANGUAGES.values())[int(chances.argmax())]
    return Measured(says, f"The {_title(network)} expects {says}, with {percent(float(chances.max()))}.")


def gradient_factor(cell: str, radius: str, activation: str) -> Measured:
    """Measure by what factor the gradient of an untrained cell changes with each step back."""
    kind = next(one for one in CELLS if one == cell)
    squash = next(one for one in ACTIVATIONS if one == activation)
    norms = np.median([one.norms for one in _gradients(kind, float(radius), squash)], axis=0)
    factor = float(norms[-1] / norms[0]) ** (1 / (len(norms) - 1))
    return Measured(factor, f"It changes by a factor of {factor:.3g} a step, over {_STEPS} steps.")


def _gradients(cell: Cell, radius: float, activation: str) -> tuple:
    return noise_gradients(cell, _STEPS, radius, activation, 1.0, 0, _DRAWS)


def lucky_seeds(rate: str, updates: str) -> Measured:
    """Count how many of the seeds answer XOR right after some updates."""
    place = RATES.index(float(rate))
    found = next(one for one in try_seeds() if one.updates == int(updates))
    right = found.solved(place)
    return Measured(
        float(right), f"Trained just now: {right} of {SEEDS} seeds have all four answers right after {updates} updates."
    )


def name_tag(reader: str, text: str, word: str) -> Measured:
    """Ask what a reader takes a word for."""
    tokens = read_text(text).tokens
    at = next(place for place, token in enumerate(tokens) if token.text == word)
    tagging = tag(reader, tokens)
    says = _TAGS[tagging.tags[at]]
    return Measured(says, f"The reader “{_title(reader)}” takes “{word}” for {says}.")


def correction(word: str) -> Measured:
    """Ask what the spelling network offers first."""
    best = corrections(word)[0].word
    return Measured(best, f"It offers “{best}” first.")


def number_of_path(path: str) -> Measured:
    """Work out the number that CTC makes of a path of digits and blanks, written as dots."""
    found = collapse([BLANK if sign == "." else int(sign) for sign in path])
    merged = "".join("." if one == BLANK else str(one) for one in found.merged)
    return Measured(float(found.digits), f"Repeats become one: {merged}. Without the blanks: {found.digits}.")


def translation_score(network: str, digits: str) -> Measured:
    """Measure what percentage of numbers of that many digits a network translates right, to the letter."""
    kind = next(one for one in TRANSLATORS if f"translate-{one}" == network)
    score = score_named(translator_card(kind), length_name(int(digits)))
    return Measured(
        100 * score.accuracy,
        f"The {TRANSLATORS[kind]} is right to the letter on {score.correct:,} of {score.cases:,} numbers of {digits} "
        f"digits: {percent(score.accuracy)}.",
    )


ANSWERS: dict[str, Callable[..., Measured]] = {
    "reads-digit": reads_digit,
    "reads-noise": reads_noise,
    "mistakes": mistakes,
    "shift-gain": shift_gain,
    "parameters": parameters,
    "output-size": output_size,
    "score": score,
    "feeling": feeling,
    "told-apart": told_apart,
    "order-score": order_score,
    "language": language,
    "gradient-factor": gradient_factor,
    "lucky-seeds": lucky_seeds,
    "name-tag": name_tag,
    "correction": correction,
    "number-of-path": number_of_path,
    "translation-score": translation_score,
}
"""What a question may have worked out, by the name that it gives; the functions say what they are about."""
