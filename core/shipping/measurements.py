"""What is chosen or measured once and comes with the app: samples, hands, robustness, the recorded run."""

import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import nn

from core.data.images.batches import image_batches
from core.data.images.datasets import SAMPLES, digits
from core.data.pen.hands import FILE as HANDS
from core.data.pen.hands import LETTERS, LETTERS_FILE, choose_hands, pack
from core.data.pen.unipen import of_part
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
from core.models.shipped import load_shipped
from core.runs.exchange.recorded import LAB, save_recorded
from core.runs.store.store import Store
from core.runs.store.watching import watch
from core.runs.workers.execute import execute
from core.settings import settings
from core.shipping.build import THREADS, versions
from core.shipping.digits import score
from core.shipping.training import ShippedTraining, fit, one_cycle
from core.training.control import Control
from core.training.hyperparameters import Training
from core.training.recipes import RECIPES

PLAIN = one_cycle(epochs=2, batch_size=64, learning_rate=4e-3)
"""How networks are trained on digits as they are, to be compared on moved ones."""
PLAIN_SEEDS = (0, 1, 2)


def write_robustness(file: Path = ROBUSTNESS) -> Robustness:
    """Measure on held-out digits how far they may be moved, and write `core.inspection.images.robustness`'s file.

    The shipped networks, which were trained on distorted digits, and the same
    networks trained here on digits as they are, three times each.
    """
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    test = digits("test")
    chosen = sample_cases(test)
    images = torch.from_numpy(test.images.copy())[chosen] / 255
    labels = torch.from_numpy(test.labels)[chosen]
    training = ShippedTraining(_train_plain, lambda _: {}, PLAIN, half=False)
    measured = []
    for name in NETWORKS:
        shipped = load_shipped(name)
        right = count_correct(shipped.network, images, labels)
        measured.append(
            TrainingRobustness(
                name=name, distorted=True, seed=shipped.card.seed, test=shipped.card.test, **asdict(right)
            )
        )
        for seed in PLAIN_SEEDS:
            network = training.run(name, seed, f"{name}, plain, seed {seed}")
            right = count_correct(network, images, labels)
            result = score(network, test)
            measured.append(TrainingRobustness(name=name, distorted=False, seed=seed, test=result, **asdict(right)))
    record = Robustness(
        data=f"{len(chosen)} of MNIST's test digits, {len(chosen) // 10} of each class",
        cases=len(chosen),
        ink_left=tuple(tuple(row) for row in ink_left(images).round(4).tolist()),
        networks=tuple(measured),
        versions=versions(),
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


def write_letter_hands(file: Path = LETTERS_FILE) -> int:
    """Write one of each of a few letters by writers that no network learns from, and return how many there are."""
    written = (*of_part("capitals", "test"), *of_part("capitals", "validation"))
    chosen = choose_hands([character for character in written if character.label in LETTERS])
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


def _train_plain(network: nn.Module, title: str, training: Training) -> None:
    data = digits("train")
    batches, steps = image_batches(data.images, data.labels, training.batch_size)
    fit(network, batches, steps, nn.CrossEntropyLoss(), training, title)
