"""The playground from Python: prepare a picture, read a digit, hear one, read a sentence, translate a number.

These names, their arguments and their results stay as they are; everything else in `core` may move. Run Python in the
folder that holds `core`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import MOST_BYTES, UnreadableRecording
from core.data.audio.recording import read_recording as decode_recording
from core.data.images.digits import Prepared
from core.data.images.digits import prepare as prepare_drawing
from core.data.images.pictures import UnreadableImage, read_file
from core.data.numbers.line import prepare_line
from core.data.series.coding import LARGEST, encode_values
from core.data.series.samples import SAMPLES, sample
from core.data.series.series import LEAST, MOST, TimeSeries, longest_horizon, longest_window
from core.data.text.number_input import MOST_CHARACTERS, read_number_text
from core.data.text.number_words import LANGUAGES
from core.data.text.tokens import read_text
from core.inspection.audio.reading import answer, read_sound
from core.inspection.images.forward import probabilities_of
from core.inspection.images.recognition import Recognition
from core.inspection.images.recognition import recognise as recognise_prepared
from core.inspection.networks import SHIPPED as DIGIT_NETWORKS
from core.inspection.numbers.reading import answer_line, read_line
from core.inspection.series.forecasting import ForecastSettings, extrapolate, fan, shipped_network, study
from core.inspection.text.reading import READERS as SENTENCE_NETWORKS
from core.inspection.text.reading import VERDICTS, verdict_after_each
from core.inspection.translation.reading import translate_pieces
from core.models.series import TITLES as _FORECASTERS
from core.models.series import Forecaster
from core.models.shipped import load_shipped
from core.training.control import Control
from core.training.loop import train
from core.training.tasks.series import SeriesTask

__all__ = [
    "DIGIT_NETWORKS",
    "FORECASTERS",
    "SENTENCE_NETWORKS",
    "AfterWord",
    "Forecast",
    "Prepared",
    "Recognition",
    "SentenceReading",
    "SpokenDigit",
    "UnreadableImage",
    "UnreadableRecording",
    "classify",
    "forecast",
    "prepare",
    "read_number",
    "read_recording",
    "read_sentence",
    "recognise",
    "translate",
]

Picture = str | Path | Image.Image | ArrayLike
"""A path to a PNG or JPEG file, a Pillow image, or an array (H, W) or (H, W, channels) in 0-1 or 0-255."""


FORECASTERS = ("autoregression", *_FORECASTERS)
"""What forecasts a series: an autoregression, or a network."""


class AfterWord(NamedTuple):
    """A word, and the probability of "positive" once it has been read, 0-1."""

    word: str
    positive: float


@dataclass(frozen=True)
class SentenceReading:
    """What a network makes of a sentence.

    Attributes:
        verdict: "positive" or "negative".
        probability: of the verdict, 0.5-1.
        trace: one entry a word, as it was typed: what the network says of the sentence up to and with this word.
        cut: whether the text was longer than is read (200 words), and its end was left out.
    """

    verdict: str
    probability: float
    trace: tuple[AfterWord, ...]
    cut: bool


@dataclass(frozen=True)
class SpokenDigit:
    """What the three networks make of a recording together.

    Attributes:
        digit: 0-9, or None where no digit was recognised.
        probabilities: of the digits 0 to 9, (10,): the mean of CNN, GRU and CNN + GRU.
        reason: why there is no digit, a sentence; empty where there is one.
    """

    digit: int | None
    probabilities: NDArray[np.float32]
    reason: str = ""


@dataclass(frozen=True)
class Forecast:
    """What comes after a series.

    Attributes:
        values: of the coming steps, (horizon,).
        low: below it lie about 10 in 100 of the coming values, (horizon,).
        high: above it lie about 10 in 100, (horizon,).
    """

    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def prepare(image: Picture) -> Prepared:
    """Turn a drawing, scan or photograph of one digit into the 28x28 picture that the networks read.

    Returns:
        `.pixels` (28, 28), ink 1 on background 0; `.stages`, the picture after every step of the preparation;
        `.blank`, whether there is no ink at all.

    Raises:
        UnreadableImage: there is no such file, or it is not a picture; the message is a sentence.
    """
    return prepare_drawing(read_file(Path(image)) if isinstance(image, str | Path) else image)


def classify(pixels: ArrayLike, network: str = "digit-cnn") -> NDArray[np.float32]:
    """Compute how probable each digit is.

    Args:
        pixels: (28, 28) in 0-1, as `prepare(image).pixels` has them.
        network: one of `DIGIT_NETWORKS`.

    Returns:
        (10,) probabilities of the digits 0 to 9, softmax of the network's output.

    Raises:
        ValueError: another shape or range, or no such network; the message is a sentence.
    """
    _check_network(network, DIGIT_NETWORKS, "digits")
    try:
        values = np.asarray(pixels, np.float32)
    except (TypeError, ValueError):
        raise ValueError("The pixels must be 28 x 28 numbers in 0-1.") from None
    if values.shape != (28, 28):
        raise ValueError(f"The pixels must be 28 x 28 numbers, not {values.shape}: use prepare(image).pixels.")
    if not (values.min() >= 0 and values.max() <= 1):  # written so that NaN is refused too
        raise ValueError("The pixels must lie between 0 and 1: use prepare(image).pixels.")
    return probabilities_of(load_shipped(network).network, values)


def recognise(image: Picture) -> Recognition:
    """Read a digit, or say why there is none.

    Returns:
        `.digit` 0-9, or None where no digit was recognised; `.probability` of that digit according to the CNN, or of
        the one it would choose if it had to; `.reason`, a sentence where there is no digit, otherwise empty.

    Raises:
        UnreadableImage: there is no such file, or it is not a picture; the message is a sentence.
    """
    prepared = prepare(image)
    return recognise_prepared(prepared, classify(prepared.pixels))


def read_number(image: Picture) -> str:
    """Read a number of several digits from a drawing, scan or photograph of one line.

    Returns:
        The digits as text; empty where no number was recognised: an empty sheet, a dot, a scribble. The network learnt
        lines of up to eight digits; of longer ones it reads what it can.

    Raises:
        UnreadableImage: there is no such file, or it is not a picture; the message is a sentence.
    """
    line = prepare_line(read_file(Path(image)) if isinstance(image, str | Path) else image)
    return answer_line(line, read_line(line.pixels)).digits


def read_sentence(text: str, network: str = "sentence-lstm") -> SentenceReading:
    """Read a sentence in English and say whether it is positive or negative.

    Args:
        text: up to 200 words are read.
        network: one of `SENTENCE_NETWORKS`.

    Raises:
        TypeError: not a text.
        ValueError: no words in it, or no such network; the message is a sentence.
    """
    _check_network(network, SENTENCE_NETWORKS, "sentences")
    if not isinstance(text, str):
        raise TypeError(f"A sentence is a text (str), not {type(text).__name__}.")
    sentence = read_text(text)
    if not sentence.tokens:
        raise ValueError("There is no word in this text.")
    positive = verdict_after_each(network, sentence.words).tolist()
    verdict = int(positive[-1] >= 0.5)
    return SentenceReading(
        VERDICTS[verdict],
        positive[-1] if verdict else 1 - positive[-1],
        tuple(AfterWord(token.text, share) for token, share in zip(sentence.tokens, positive, strict=True)),
        sentence.cut,
    )


def translate(text: str, source: str, target: str) -> str:
    """Translate a number in words, by the GRU with attention.

    Args:
        text: in words of the source language, or in digits, which are spelt first; 300 characters and 40 words at most.
        source: "en", "fr", "de" or "es".
        target: another one of them.

    Raises:
        TypeError: not a text.
        ValueError: no such language, twice the same, no number word or one that is unknown; the message is a sentence.
    """
    if not isinstance(text, str):
        raise TypeError(f"What is translated is a text (str), not {type(text).__name__}.")
    known = ", ".join(LANGUAGES)
    read = next((language for language in LANGUAGES if language == source), None)
    written = next((language for language in LANGUAGES if language == target), None)
    if read is None or written is None:
        raise ValueError(f"There is no language {(target if read else source)!r}. There are {known}.")
    if read == written:
        raise ValueError(f"Source and target are both {read!r}. Choose two of {known}.")
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"A number has at most {MOST_CHARACTERS} characters here; this text has {len(text):,}.")
    return translate_pieces("gru-attention", read_number_text(text, read).pieces, written).text


def read_recording(path: str | Path) -> SpokenDigit:
    """Read a spoken digit from a WAV, FLAC or OGG file of up to 5 MB and 12 seconds.

    Raises:
        UnreadableRecording: there is no such file, or it is no recording; the message is a sentence.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise UnreadableRecording(f"The file {path} cannot be read.") from None
    prepared = prepare_sound(decode_recording(data))
    readings = read_sound(prepared.picture)
    said = answer(prepared, readings)
    mean = np.stack([reading.probabilities for reading in readings]).mean(0)
    return SpokenDigit(said.digit, mean, said.reason)


def forecast(series: str | ArrayLike, horizon: int = 12, network: str = "") -> Forecast:
    """Forecast what comes after the end of a series, with a band from the errors made before.

    Args:
        series: 40 to 20,000 numbers at equal steps of time, or the name of a series of the page "Forecast".
        horizon: steps ahead, 1 to 48, and no more than a fifth of the series.
        network: one of `FORECASTERS`. A network is the shipped one for a series of the page; on numbers of your own it
            is trained there and then, in seconds. Empty: the GRU for a series of the page, else an autoregression.

    Raises:
        TypeError: the series is neither a name nor numbers.
        ValueError: too short, too long, not finite, or no such network or series; the message is a sentence.
        LookupError: the series has to be downloaded first, on the page.
    """
    chosen = network or ("gru" if isinstance(series, str) else "autoregression")
    _check_network(chosen, FORECASTERS, "series")
    if isinstance(series, str):
        if series not in SAMPLES:
            raise ValueError(f"There is no series {series!r}. There are {', '.join(SAMPLES)}.")
        found = sample(series)
    else:
        found = TimeSeries("own", "series", _numbers(series))
    if not 1 <= horizon <= longest_horizon(len(found)):
        raise ValueError(f"The horizon is 1 to {longest_horizon(len(found))} steps for this series, not {horizon}.")
    about = SAMPLES.get(found.name)
    window = min(about.window if about else 24, longest_window(len(found)))
    if chosen == "autoregression":
        said = extrapolate(found.values, horizon, window)
    else:
        kind = next(one for one in _FORECASTERS if one == chosen)
        differencing, log = (about.differencing, about.log) if about else (False, False)
        ready = shipped_network(found.name, ForecastSettings(kind, window, horizon, differencing, log))
        if ready is None:
            ready = _trained(SeriesTask(
                data="own", values=encode_values(found.values), window=window, horizon=horizon
            ).with_network(kind))  # fmt: skip
        said = fan(study(found, ready, horizon, log), len(found), horizon)
    return Forecast(said.values, said.low, said.high)


def _numbers(series: ArrayLike) -> NDArray[np.float64]:
    try:
        values = np.asarray(series, np.float64)
    except (TypeError, ValueError):
        raise TypeError("A series is a list of numbers, or the name of one.") from None
    if values.ndim != 1 or not LEAST <= len(values) <= MOST:
        raise ValueError(f"A series is one column of {LEAST} to {MOST:,} numbers, not of shape {values.shape}.")
    if not np.isfinite(values).all() or np.abs(values).max() > LARGEST:
        raise ValueError(f"Every number of a series is finite and at most {LARGEST:g}.")
    return values


def _trained(task: SeriesTask) -> Forecaster:
    training = task.training(len(task.series()))
    prepared = task.prepare(training.batch_size, training.seed, torch.device("cpu"))
    for _ in train(prepared, training, Control()):
        pass
    network = prepared.network.eval().requires_grad_(False)
    assert isinstance(network, Forecaster)
    return network


def _check_network(name: str, known: tuple[str, ...], what: str) -> None:
    if name not in known:
        raise ValueError(f"There is no network {name!r} that reads {what}. There are {', '.join(known)}.")
