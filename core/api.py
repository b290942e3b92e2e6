"""The playground from Python: prepare a picture, read a digit, hear one, read a sentence.

These names, their arguments and their results stay as they are; everything else in `core` may move. Run Python in the
folder that holds `core`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import MOST_BYTES, UnreadableRecording
from core.data.audio.recording import read_recording as decode_recording
from core.data.images.digits import Prepared
from core.data.images.digits import prepare as prepare_drawing
from core.data.images.pictures import UnreadableImage, read_file
from core.data.text.tokens import read_text
from core.inspection.audio.reading import answer, read_sound
from core.inspection.images.forward import probabilities_of
from core.inspection.images.recognition import Recognition
from core.inspection.images.recognition import recognise as recognise_prepared
from core.inspection.networks import SHIPPED as DIGIT_NETWORKS
from core.inspection.text.reading import READERS as SENTENCE_NETWORKS
from core.inspection.text.reading import VERDICTS, verdict_after_each
from core.models.shipped import load_shipped

__all__ = [
    "DIGIT_NETWORKS",
    "SENTENCE_NETWORKS",
    "AfterWord",
    "Prepared",
    "Recognition",
    "SentenceReading",
    "SpokenDigit",
    "UnreadableImage",
    "UnreadableRecording",
    "classify",
    "prepare",
    "read_recording",
    "read_sentence",
    "recognise",
]

Picture = str | Path | Image.Image | ArrayLike
"""A path to a PNG or JPEG file, a Pillow image, or an array (H, W) or (H, W, channels) in 0-1 or 0-255."""


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


def _check_network(name: str, known: tuple[str, ...], what: str) -> None:
    if name not in known:
        raise ValueError(f"There is no network {name!r} that reads {what}. There are {', '.join(known)}.")
