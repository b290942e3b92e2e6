"""How the networks that read single digits, and the one that refuses what is none, are trained and scored."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchmetrics.functional.classification import multiclass_stat_scores

from core.data.images.augmentation import distort, distort_half
from core.data.images.batches import image_batches
from core.data.images.datasets import ImageSet, digits
from core.data.images.nondigits import nondigits, traced_digits
from core.data.pen.drawing import many_pictures, pictures, plain_pen
from core.data.pen.habits import HABITS, habits_of, with_habits
from core.data.pen.unipen import Character, Kind, Part, of_part
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training
from core.training.speed import compute_faster
from core.training.task import Epoch

Pictures = NDArray[np.uint8]

DRAWN = 30_000
"""Pictures drawn of the digits that people wrote with a pen, each by another pen; MNIST adds 60,000."""
CANVAS = 280
"""Side of the canvas on which the digits that are measured on are drawn, as on the page, pixels."""
CALM = 1 / 3
"""The last share of the epochs, in which digits are distorted half as much, so that they look like those to be read."""
KEPT_BACK = 5_000
"""Training digits that `digit-or-not` is not trained on; its threshold is chosen on them."""
REFUSED = 0.008
"""Share of MNIST's digits kept back that may be refused."""
REFUSED_OF_WRITERS = 0.0175
"""Share of the digits of the writers to choose by that may be refused; almost half of these show no digit."""

OTHERS: dict[Kind, tuple[int, str]] = {
    "capitals": (24_000, "OIZSDGQBLT"),
    "small_letters": (16_000, "oiszlbqgy"),
    "symbols": (24_000, "|/'"),
}
"""What else people write with a pen: pictures drawn to learn from, and the characters that may pass for a digit."""

_COLLECTION = "pen strokes of UNIPEN"


def describe_digits() -> str:
    """Return what the readers learn from, in a sentence.

    Raises:
        NotHere: the pen strokes are not on this machine.
    """
    written = of_part("digits", "train")
    return (
        f"{digits('train').source}, and {DRAWN:,} pictures of {len(written):,} digits in {_COLLECTION} by "
        f"{_count_writers(written)} writers, drawn with many pens; all randomly distorted anew in every epoch, half as "
        "much in the last third"
    )


def learn_digits() -> ImageSet:
    """Return the digits that readers learn from: MNIST's, and those drawn from pen strokes.

    Raises:
        NotHere: the pen strokes are not on this machine.
    """
    mnist, written = digits("train"), of_part("digits", "train")
    drawn, shown = many_pictures(written, DRAWN, seed=1, change=with_habits)
    labels = np.array([int(character.label) for character in written])[shown]
    return ImageSet(
        np.concatenate([mnist.images, drawn]),
        np.concatenate([mnist.labels, labels]),
        np.concatenate([mnist.indices, np.full(DRAWN, -1)]),
        describe_digits(),
        held_out=False,
    )


def calming_batches(images: Pictures, labels: NDArray[np.generic], training: Training) -> tuple[Epoch, int]:
    """Return a function that yields one epoch of distorted batches, the last ones calmer, and the batches an epoch."""
    strong, steps = image_batches(images, labels, training.batch_size, distort)
    calm, _ = image_batches(images, labels, training.batch_size, distort_half)
    numbers = count()

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        return (strong if next(numbers) < round((1 - CALM) * training.epochs) else calm)(generator)

    return epoch, steps


def written_digits(part: Part) -> tuple[ImageSet, tuple[Character, ...]]:
    """Return the digits of the writers of one part, drawn once each as the page's canvas shows them, and their strokes.

    Raises:
        NotHere: the pen strokes are not on this machine.
    """
    written = of_part("digits", part)
    kept = "kept apart" if part == "test" else "to choose by" if part == "validation" else "learnt from"
    return (
        ImageSet(
            pictures(written, times=1, seed=2, pen=plain_pen, side=CANVAS),
            np.array([int(character.label) for character in written]),
            np.full(len(written), -1),
            f"{_COLLECTION} by {_count_writers(written)} writers {kept}, all {len(written):,} digits",
            held_out=part != "train",
        ),
        written,
    )


def train_digit_reader(network: nn.Module, title: str, training: Training) -> None:
    """Train a network to name digits.

    Not by the image task: its distortions have no shear and no change of thickness and do not calm down, so these very
    weights would not come out.
    """
    data = learn_digits()
    batches, steps = calming_batches(data.images, data.labels, training)
    fit(compute_faster(network), batches, steps, nn.CrossEntropyLoss(), training, title)


def describe_digit_reader(network: nn.Module) -> Results:
    """Score a network on MNIST's test digits and on those of writers kept apart."""
    return {"data": describe_digits(), "test": score(network, digits("test")), "also": score_writers(network)}


def score(network: nn.Module, data: ImageSet) -> CardScore:
    """Return how many digits of `data` the network reads right."""
    counts = multiclass_stat_scores(
        outputs_of(network, data.images), torch.from_numpy(data.labels), num_classes=10, average="micro"
    )
    return CardScore(data=data.source, cases=len(data), correct=int(counts[0]))


def score_writers(network: nn.Module) -> tuple[CardScore, ...]:
    """Return how many digits of writers kept apart the network reads right: all, digit by digit, habit by habit."""
    data, written = written_digits("test")
    answers = outputs_of(network, data.images).argmax(1).numpy()
    right = answers == data.labels
    shown = [habits_of(character) for character in written]
    groups = {data.source: np.ones(len(data), bool)}
    groups |= {f"the {digit} of these writers": data.labels == digit for digit in range(10)}
    groups |= {f"{habit.title} of these writers": np.array([habit.title in one for one in shown]) for habit in HABITS}
    return tuple(
        CardScore(data=what, cases=int(group.sum()), correct=int(right[group].sum()))
        for what, group in groups.items()
        if group.any()
    )


def train_digit_or_not(network: nn.Module, title: str, training: Training) -> None:
    """Train the network that refuses non-digits."""
    images = digits("train").images[:-KEPT_BACK]
    written, _ = many_pictures(of_part("digits", "train"), DRAWN, seed=1, change=with_habits)
    yes = np.concatenate([images, _as_bytes(traced_digits(18_000, seed=1, digits=images)), written])
    made = _as_bytes(np.concatenate(list(nondigits(45_000, 2, images, held_out=False).values())))
    others = [many_pictures(_unlike(kind, "train"), pictured, seed=3)[0] for kind, (pictured, _) in OTHERS.items()]
    no = np.concatenate([made, *others])
    labels = np.concatenate([np.ones(len(yes)), np.zeros(len(no))]).astype(np.float32)
    batches, steps = image_batches(np.concatenate([yes, no]), labels, training.batch_size, distort)
    loss, faster = nn.BCEWithLogitsLoss(), compute_faster(network)
    fit(faster, batches, steps, lambda logits, targets: loss(logits[:, 0], targets), training, title)


def describe_digit_or_not(network: nn.Module) -> Results:
    """Choose the threshold of the network that refuses non-digits on digits kept back, and score it."""
    mnist, test = digits("train"), digits("test")
    threshold = choose_threshold(network, mnist.images[-KEPT_BACK:], written_digits("validation")[0].images)
    people = written_digits("test")[0]
    unseen = nondigits(4_000, seed=3, digits=test.images, held_out=True)
    return {
        "data": f"{mnist.source} but the last {KEPT_BACK:,}; letters, scribbles, shapes, noise and pairs of digits "
        f"drawn by core.data.images.nondigits; digits, letters and symbols drawn from {_COLLECTION}; all randomly "
        "distorted anew in every epoch",
        "test": _accepted(network, test.images, threshold, f"{test.source}, accepted as digits"),
        "also": (
            _accepted(network, people.images, threshold, f"{people.source}, accepted as digits"),
            *(_refuses(network, kind, threshold) for kind in OTHERS),
            *(
                _refused(network, _as_bytes(drawn), threshold, f"{kind} not trained on, refused")
                for kind, drawn in unseen.items()
            ),
        ),
        "threshold": threshold,
    }


def choose_threshold(network: nn.Module, mnist: Pictures, written: Pictures) -> float:
    """Return the highest logit that asks no more digits of either kind to be refused than may be."""
    limits = (
        torch.quantile(outputs_of(network, images)[:, 0], share)
        for images, share in ((mnist, REFUSED), (written, REFUSED_OF_WRITERS))
    )
    return round(float(min(limits)), 4)


def _refuses(network: nn.Module, kind: Kind, threshold: float) -> CardScore:
    """Return how many characters of writers kept apart are refused: letters that look like no digit, all symbols."""
    shown = of_part(kind, "test") if kind == "symbols" else _unlike(kind, "test")
    look = "" if kind == "symbols" else " that look like no digit"
    title = kind.replace("_", " ")
    drawn = pictures(shown, times=1, seed=4, pen=plain_pen, side=CANVAS)
    return _refused(network, drawn, threshold, f"{title}{look} by {_count_writers(shown)} writers kept apart, refused")


def _unlike(kind: Kind, part: Part) -> tuple[Character, ...]:
    """Return the characters of a kind that are not taken for digits in anybody's hand."""
    alike = OTHERS[kind][1]
    return tuple(character for character in of_part(kind, part) if character.label not in alike)


def _count_writers(characters: Iterable[Character]) -> int:
    return len({character.writer for character in characters})


def outputs_of(network: nn.Module, images: Pictures) -> Tensor:
    """Return the outputs for pictures (N, 28, 28) in 0-255."""
    with torch.inference_mode():
        batches = torch.from_numpy(images.copy()).unsqueeze(1).split(500)
        return torch.cat([network(batch / 255) for batch in batches])


def _accepted(network: nn.Module, images: Pictures, threshold: float, data: str) -> CardScore:
    above = int((outputs_of(network, images)[:, 0] >= threshold).sum())
    return CardScore(data=data, cases=len(images), correct=above)


def _refused(network: nn.Module, images: Pictures, threshold: float, data: str) -> CardScore:
    accepted = _accepted(network, images, threshold, data)
    return CardScore(data=data, cases=accepted.cases, correct=accepted.cases - accepted.correct)


def _as_bytes(images: NDArray[np.float32]) -> Pictures:
    return (images * 255 + 0.5).astype(np.uint8)


_shipped = partial(ShippedTraining, data=("mnist", "unipen"), half=False)
_reader = partial(_shipped, train_digit_reader, describe_digit_reader)

DIGIT_TRAININGS = {
    "digit-cnn": _reader(one_cycle(epochs=18, batch_size=64, learning_rate=4e-3)),
    "digit-mlp": _reader(one_cycle(epochs=28, batch_size=128, learning_rate=2e-3)),
    "digit-gru": _reader(one_cycle(epochs=11, batch_size=128, learning_rate=4e-3, clip_norm=1.0)),
    "digit-cnn-strided": _reader(one_cycle(epochs=12, batch_size=64, learning_rate=4e-3)),
    "digit-or-not": _shipped(
        train_digit_or_not, describe_digit_or_not, one_cycle(epochs=8, batch_size=128, learning_rate=4e-3)
    ),
}
"""How each of them is trained."""
