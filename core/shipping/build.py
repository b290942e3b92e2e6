"""Trains shipped networks, and writes their weights and cards to `assets/weights`.

Each is scored once on data that it has not seen. Same seed, same versions, same kind of processor: same file.
"""

import hashlib
import platform
import time
from pathlib import Path

import numpy as np
import torch
import torchvision
from pydantic import BaseModel
from safetensors.torch import save
from torch import Tensor, nn

from core.data.images.datasets import MNIST, digits
from core.data.sources import download, folder_of, published, read_file
from core.models.cards import Card
from core.models.images.checkpoints import NAME as SERIES
from core.models.images.checkpoints import Moment, SeriesCard, half, key_of, network_of
from core.models.shipped import ARCHITECTURES, WEIGHTS, count_parameters
from core.shipping.digits import DIGIT_TRAININGS, calming_batches, learn_digits, score
from core.shipping.letters import LETTER_TRAININGS
from core.shipping.names import NAME_TRAININGS
from core.shipping.numbers import NUMBER_TRAININGS
from core.shipping.pen import PEN_TRAININGS
from core.shipping.sentences import SENTENCE_TRAININGS
from core.shipping.series import SERIES_TRAININGS
from core.shipping.speech import SPEECH_TRAININGS
from core.shipping.stories import STORY_TRAININGS
from core.shipping.tagging import TAGGING_TRAININGS
from core.shipping.training import ShippedTraining, fit
from core.shipping.translation import TRANSLATION_TRAININGS
from core.shipping.tunes import TUNE_TRAININGS
from core.shipping.words import WORD_TRAININGS
from core.training.speed import compute_faster

MOMENTS = (30, 100, 300, 1406, 4218)
"""Updates after which the series keeps the network, beside the first and the last; 1406 are one epoch."""

THREADS = 2
"""Fixed, because another number of threads adds up in another order and gives another file."""

_MOST_FILES = 100  # that a card lists

TRAININGS: dict[str, ShippedTraining] = {
    **DIGIT_TRAININGS,
    **SENTENCE_TRAININGS,
    **STORY_TRAININGS,
    **TAGGING_TRAININGS,
    **LETTER_TRAININGS,
    **TUNE_TRAININGS,
    **WORD_TRAININGS,
    **NAME_TRAININGS,
    **PEN_TRAININGS,
    **NUMBER_TRAININGS,
    **SPEECH_TRAININGS,
    **SERIES_TRAININGS,
    **TRANSLATION_TRAININGS,
}
"""How each shipped network is trained."""


def pretrain(name: str, folder: Path = WEIGHTS) -> Card:
    """Train the network `name`, write its weights and card to `folder`, return the card.

    Raises:
        DownloadFailed: the data are not here and cannot be had.
    """
    shipped = TRAININGS[name]
    checksums = _checksums(shipped.data)
    torch.set_num_threads(shipped.threads or THREADS)
    torch.use_deterministic_algorithms(True)
    begun = time.monotonic()
    network = shipped.run(name)
    results = shipped.score(network, **shipped.options)
    state = half(network.state_dict()) if shipped.half else network.state_dict()
    weights = save({key: value.contiguous() for key, value in state.items()})
    card = Card(
        name=name,
        parameters=count_parameters(network),
        data_sha256=checksums,
        recipe=shipped.recipe,
        seed=shipped.training.seed,
        versions=versions(),
        training_seconds=round(time.monotonic() - begun, 1),
        precision="float16" if shipped.half else "float32",
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        **results,
    )
    _write(folder, name, weights, card)
    return card


def write_checkpoints(folder: Path = WEIGHTS) -> SeriesCard:
    """Train the lab's CNN as `digit-cnn` is trained, keep it at `MOMENTS`, and write the series with its card.

    The recipe and the seed are those of `digit-cnn`, so the last moment is the shipped network, rounded to half
    precision.
    """
    shipped = TRAININGS["digit-cnn"]
    training = shipped.training
    torch.set_num_threads(shipped.threads or THREADS)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(training.seed)
    data, test = learn_digits(), digits("test")
    network = ARCHITECTURES["digit-cnn"].build()
    batches, steps = calming_batches(data.images, data.labels, training)
    last = round(training.epochs * steps)
    stored: dict[str, Tensor] = {}
    moments: list[Moment] = []

    def keep(step: int, loss: float | None) -> None:
        weights = half(network.state_dict())
        stored.update({key_of(step, name): value for name, value in weights.items()})
        result = score(network_of(weights), test)
        moments.append(Moment(step=step, epochs=round(step / steps, 4), loss=loss and round(loss, 4), test=result))

    begun = time.monotonic()
    faster = compute_faster(network)
    fit(faster, batches, steps, nn.CrossEntropyLoss(), training, SERIES, keep, (0, *MOMENTS, last))
    weights = save({name: value.contiguous() for name, value in stored.items()})
    card = SeriesCard(
        name=SERIES,
        data=data.source,
        data_sha256=_checksums(shipped.data),
        recipe=shipped.recipe,
        steps_per_epoch=steps,
        precision="float16",
        seed=training.seed,
        versions=versions(),
        training_seconds=round(time.monotonic() - begun, 1),
        moments=tuple(moments),
        weights_sha256=hashlib.sha256(weights).hexdigest(),
    )
    _write(folder, SERIES, weights, card)
    return card


def folder_with(data: str) -> Path:
    """Return where the files of a data set are: MNIST comes with the app, others are downloaded."""
    return MNIST if data == "mnist" else folder_of(data) or download(data)


def versions() -> dict[str, str]:
    """Return the versions on which the numbers in a file depend."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
    }


def _checksums(names: tuple[str, ...]) -> dict[str, str]:
    """Return the sha256 of every file of some data sets."""
    found: dict[str, str] = {}
    for name in names:
        folder = folder_with(name)
        if folder == MNIST:
            found |= {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(MNIST.glob("*.xz"))}
        else:
            found |= _checksums_of(name, folder)
    return found


def _checksums_of(name: str, folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of a set; where there are very many, one of all of them in order."""
    files = published(name).files
    if len(files) <= _MOST_FILES:
        return {file: hashlib.sha256(read_file(folder, file)).hexdigest() for file in files}
    together = hashlib.sha256()
    for file in files:
        together.update(read_file(folder, file))
    return {f"{name}, {len(files):,} files in order": together.hexdigest()}


def _write(folder: Path, name: str, weights: bytes, card: BaseModel) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.safetensors").write_bytes(weights)
    (folder / f"{name}.json").write_text(card.model_dump_json(indent=2) + "\n")
