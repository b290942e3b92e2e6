"""Make the shipped weights again: `python -m core.shipping [NAME ...]`.

Each network is trained, digits under random distortion, sentences with words
left out, scored once on data it has not seen, and written with its card to
`assets/weights`. Same seed, same versions, same kind of processor: same file.
"""

import argparse
import hashlib
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
import torchvision
from safetensors.torch import save
from torch import nn

from core.data.images.batches import image_batches
from core.data.images.datasets import MNIST, SAMPLES, digits
from core.data.pen.hands import FILE as HANDS
from core.data.pen.hands import choose_hands, pack
from core.data.pen.unipen import of_part
from core.data.sources import DownloadFailed, NotHere, download, folder_of, published, read_file
from core.data.text.surnames import write_sample
from core.inspection.images.misclassified import predicted_labels
from core.inspection.images.robustness import FILE as ROBUSTNESS
from core.inspection.images.robustness import (
    NETWORKS,
    Robustness,
    TrainingRobustness,
    count_correct,
    ink_left,
    sample_cases,
)
from core.inspection.letters.units import write_measurement
from core.models.cards import Card
from core.models.images.checkpoints import NAME as SERIES
from core.models.images.checkpoints import Moment, SeriesCard, half, key_of, network_of
from core.models.shipped import ARCHITECTURES, WEIGHTS, count_parameters, load_shipped
from core.runs.exchange.recorded import LAB, save_recorded
from core.runs.store.store import Store
from core.runs.store.watching import watch
from core.runs.workers.execute import execute
from core.settings import settings
from core.shipping.digits import DIGIT_TRAININGS, calming_batches, learn_digits, score
from core.shipping.lesson import Lesson, ShippingRecipe, learn
from core.shipping.letters import LETTER_TRAININGS
from core.shipping.models_page import write_models_page
from core.shipping.names import NAME_TRAININGS
from core.shipping.pen import PEN_TRAININGS
from core.shipping.sentences import SENTENCE_TRAININGS, choose_words
from core.shipping.stories import STORY_TRAININGS, write_reach
from core.shipping.tagging import TAGGING_TRAININGS, choose_tagging_words
from core.shipping.word_list import write_words
from core.shipping.words import WORD_TRAININGS
from core.training.control import Control
from core.training.recipes import RECIPES
from core.training.speed import compute_faster

THREADS = 2
"""Fixed, because another number of threads adds up in another order and gives another file."""

MOMENTS = (30, 100, 300, 1406, 4218)
"""Updates after which the series keeps the network, beside the first and the last; 1406 are one epoch."""

PLAIN = ShippingRecipe(epochs=2, batch_size=64, learning_rate=4e-3)
"""How networks are trained on digits as they are, to be compared on moved ones."""
PLAIN_SEEDS = (0, 1, 2)


TRAININGS: dict[str, Lesson] = {
    **DIGIT_TRAININGS,
    **SENTENCE_TRAININGS,
    **STORY_TRAININGS,
    **TAGGING_TRAININGS,
    **LETTER_TRAININGS,
    **WORD_TRAININGS,
    **NAME_TRAININGS,
    **PEN_TRAININGS,
}
"""How each shipped network is trained."""


def pretrain(name: str, folder: Path = WEIGHTS) -> Card:
    """Train the network `name`, write its weights and card to `folder`, return the card.

    Raises:
        DownloadFailed: the data are not here and cannot be had.
    """
    lesson = TRAININGS[name]
    sources = _sources(lesson)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(lesson.recipe.seed)
    begun = time.monotonic()
    network = ARCHITECTURES[name].build()
    findings = lesson.train(network, name, lesson.recipe)
    state = half(network.state_dict()) if lesson.half else network.state_dict()
    weights = save({key: value.contiguous() for key, value in state.items()})
    card = Card(
        name=name,
        parameters=count_parameters(network),
        data_sha256=_checksums(sources),
        recipe=asdict(lesson.recipe),
        seed=lesson.recipe.seed,
        versions=_versions(),
        training_seconds=round(time.monotonic() - begun, 1),
        precision="float16" if lesson.half else "float32",
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        **findings,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.safetensors").write_bytes(weights)
    (folder / f"{name}.json").write_text(card.model_dump_json(indent=2) + "\n")
    return card


def _folder(data: str) -> Path:
    """Return where the files of a data set are: MNIST comes with the app, others are downloaded."""
    return MNIST if data == "mnist" else folder_of(data) or download(data)


def _sources(lesson: Lesson) -> dict[str, Path]:
    return {data: _folder(data) for data in lesson.data}


def _checksums(sources: dict[str, Path]) -> dict[str, str]:
    """Return the sha256 of every file of some data sets, whose folders these are."""
    found: dict[str, str] = {}
    for data, folder in sources.items():
        if data == "mnist":
            found |= {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.xz"))}
        else:
            found |= {file: hashlib.sha256(read_file(folder, file)).hexdigest() for file in published(data).files}
    return found


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "numpy": np.__version__,
    }


def write_checkpoints(folder: Path = WEIGHTS) -> SeriesCard:
    """Train the lab's CNN as `digit-cnn` is trained, keep it at `MOMENTS`, and write the series with its card.

    The recipe and the seed are those of `digit-cnn`, so the last moment is the
    shipped network, rounded to half precision.
    """
    lesson = TRAININGS["digit-cnn"]
    recipe, sources = lesson.recipe, _sources(lesson)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(recipe.seed)
    (data, sentence), test = learn_digits(), digits("test")
    network = ARCHITECTURES["digit-cnn"].build()
    batches, steps = calming_batches(data.images, data.labels, recipe)
    last = recipe.epochs * steps
    stored, moments = {}, []

    def keep(step: int, loss: float | None) -> None:
        weights = half(network.state_dict())
        stored.update({key_of(step, name): value for name, value in weights.items()})
        result = score(network_of(weights), test)
        moments.append(Moment(step=step, epochs=round(step / steps, 4), loss=loss and round(loss, 4), test=result))

    begun = time.monotonic()
    faster = compute_faster(network)
    learn(faster, batches, steps, nn.CrossEntropyLoss(), recipe, SERIES, keep, (0, *MOMENTS, last))
    weights = save({name: value.contiguous() for name, value in stored.items()})
    card = SeriesCard(
        name=SERIES,
        data=sentence,
        data_sha256=_checksums(sources),
        recipe=asdict(recipe),
        steps_per_epoch=steps,
        precision="float16",
        seed=recipe.seed,
        versions=_versions(),
        training_seconds=round(time.monotonic() - begun, 1),
        moments=tuple(moments),
        weights_sha256=hashlib.sha256(weights).hexdigest(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{SERIES}.safetensors").write_bytes(weights)
    (folder / f"{SERIES}.json").write_text(card.model_dump_json(indent=2) + "\n")
    return card


def write_robustness(file: Path = ROBUSTNESS) -> Robustness:
    """Measure on held-out digits how far they may be moved, and write `core.inspection.images.robustness`'s file.

    The shipped networks, which were trained on distorted digits, and the same
    networks trained here on digits as they are, three times each.
    """
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    train_data, test = digits("train"), digits("test")
    chosen = sample_cases(test)
    images = torch.from_numpy(test.images.copy())[chosen] / 255
    labels = torch.from_numpy(test.labels)[chosen]
    measured = []
    for name in NETWORKS:
        shipped = load_shipped(name)
        shifts, turns = count_correct(shipped.network, images, labels)
        result = shipped.card.test
        measured.append(
            TrainingRobustness(
                name=name, distorted=True, seed=shipped.card.seed, test=result, shifts=shifts, turns=turns
            )
        )
        for seed in PLAIN_SEEDS:
            recipe = replace(PLAIN, seed=seed)
            torch.manual_seed(seed)
            network = ARCHITECTURES[name].build()
            batches, steps = image_batches(train_data.images, train_data.labels, recipe.batch_size)
            learn(network, batches, steps, nn.CrossEntropyLoss(), recipe, f"{name}, plain, seed {seed}")
            shifts, turns = count_correct(network, images, labels)
            result = score(network, test)
            measured.append(
                TrainingRobustness(name=name, distorted=False, seed=seed, test=result, shifts=shifts, turns=turns)
            )
    record = Robustness(
        data=f"{len(chosen)} of MNIST's test digits, {len(chosen) // 10} of each class",
        cases=len(chosen),
        ink_left=tuple(tuple(row) for row in ink_left(images).round(4).tolist()),
        networks=tuple(measured),
        versions=_versions(),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(record.model_dump_json() + "\n")
    return record


def write_samples(folder: Path = SAMPLES) -> int:
    """Write the sheet of MNIST test digits that the app carries, and return how many are on it.

    Twenty of each digit drawn at random, and every one that the shipped CNN reads
    wrong, so that its errors can be looked at without MNIST.
    """
    test = digits("test")
    draw = np.random.default_rng(0)
    random = [draw.choice(np.flatnonzero(test.labels == digit), 20, replace=False) for digit in range(10)]
    wrong = np.flatnonzero(predicted_labels("digit-cnn", test.images) != test.labels)
    chosen = np.unique(np.concatenate([*random, wrong]))
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "digits.npz",
        images=test.images[chosen],
        labels=test.labels[chosen].astype(np.uint8),
        indices=chosen.astype(np.int32),
    )
    return len(chosen)


def write_hands(file: Path = HANDS) -> int:
    """Write one of each digit by the writers kept apart, which the app carries, and return how many there are."""
    chosen = choose_hands(of_part("digits", "test"))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pack(chosen))
    return len(chosen)


def write_lab_run(file: Path = LAB) -> float:
    """Train the recipe "lab" as anybody would, write its curve to the recorded run's file, and return its accuracy."""
    config = RECIPES["lab"].config
    torch.set_num_threads(settings().training_threads)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        run = store.create(config, "pretrain", "starting")
        execute(store, run, Control())
        view = watch(store, run)
    assert view is not None
    if not view.run.score:
        raise RuntimeError(f"The run ended without a score: {view.run.status}. {view.run.reason}")
    save_recorded(view, file)
    return view.run.score.accuracy


LISTS: dict[str, tuple[Callable[[], int], tuple[str, ...]]] = {
    "vocabulary": (choose_words, ("sst2",)),
    "tagging-vocabulary": (choose_tagging_words, ("wnut17",)),
    "words": (write_words, ("misspellings", "names", "makemore_names")),
    "surnames": (write_sample, ("names",)),
}
"""Lists of words that the app carries: what writes each and says how many there are, and the sets it is made of."""

MEASURES: dict[str, Callable[[], str]] = {
    "samples": lambda: f"{write_samples()} test digits",
    "hands": lambda: f"{write_hands()} digits of writers kept apart",
    "robustness": lambda: f"{len(write_robustness().networks)} networks on moved digits",
    "lab-run": lambda: f"{write_lab_run():.2%} of the test digits right",
    "reach": lambda: f"{len(write_reach().trained)} networks that read stories",
    "letter-units": lambda: f"{len(write_measurement().networks)} networks unit by unit on two texts",
}
"""What is measured once and shipped; each returns what it found, in words."""

PAGE = "models-page"
"""The name under which `MODELS.md` is written; no training."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    everything = [*LISTS, *TRAININGS, SERIES, *MEASURES, PAGE]
    summary = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m core.shipping", description=summary)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(everything)}; none means all")
    parser.add_argument("--into", type=Path, default=WEIGHTS, help="folder for the weights (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in everything]
    if unknown:
        parser.error(f"unknown name {', '.join(unknown)}; there are {', '.join(everything)}")
    for name in chosen.names or everything:
        try:
            _make(name, chosen.into)
        except (DownloadFailed, NotHere) as failure:
            print(f"{failure} Set PLAYGROUND_DATA to a folder that holds it.", file=sys.stderr)
            return 1
    return 0


def _make(name: str, folder: Path) -> None:
    """Make one thing and print what came of it."""
    if name in LISTS:
        write, sources = LISTS[name]
        for data in sources:
            _folder(data)
        print(f"{name}: {write():,} words")
    elif name == PAGE:
        print(f"{name}: {write_models_page()} networks")
    elif name in MEASURES:
        print(f"{name}: {MEASURES[name]()}")
    elif name == SERIES:
        for moment in write_checkpoints(folder).moments:
            print(f"{SERIES}, step {moment.step:,}: {moment.test.accuracy:.2%} of the test digits right")
    else:
        card = pretrain(name, folder)
        print(f"{name}, {card.training_seconds:.0f} s:")
        for where, value in card.perplexity.items():
            print(f"  perplexity {value}: {where}")
        for what, value in card.figures.items():
            print(f"  {value}: {what}")
        for result in (card.test, *card.also):
            print(f"  {result.correct:,} of {result.cases:,} right ({result.accuracy:.2%}): {result.data}")
