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
from core.shipping.lesson import Findings, Lesson, ShippingRecipe, learn
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
REFUSED_OF_WRITERS = 0.022
"""Share of the digits of the writers to choose by that may be refused; more than half of these show no digit."""

OTHERS: dict[Kind, tuple[int, str]] = {
    "capitals": (24_000, "OIZSDGQBLT"),
    "small_letters": (16_000, "oiszlbqgy"),
    "symbols": (40_000, "|"),
}
"""What else people write with a pen: pictures drawn to learn from, and the characters that may pass for a digit."""

_COLLECTION = "pen strokes of UNIPEN"


def learn_digits() -> tuple[ImageSet, str]:
    """Return the digits that readers learn from, MNIST's and those drawn from pen strokes, and a sentence about them.

    Raises:
        NotHere: the pen strokes are not on this machine.
    """
    mnist, written = digits("train"), of_part("digits", "train")
    drawn, shown = many_pictures(written, DRAWN, seed=1, change=with_habits)
    labels = np.array([int(character.label) for character in written])[shown]
    source = (
        f"{mnist.source}, and {DRAWN:,} pictures of {len(written):,} digits in {_COLLECTION} by "
        f"{_count_writers(written)} writers, drawn with many pens"
    )
    everything = ImageSet(
        np.concatenate([mnist.images, drawn]),
        np.concatenate([mnist.labels, labels]),
        np.concatenate([mnist.indices, np.full(DRAWN, -1)]),
        source,
        held_out=False,
    )
    return everything, f"{source}; all randomly distorted anew in every epoch, half as much in the last third"


def calming_batches(images: Pictures, labels: NDArray[np.generic], recipe: ShippingRecipe) -> tuple[Epoch, int]:
    """Return a function that yields one epoch of distorted batches, the last ones calmer, and the batches an epoch."""
    strong, steps = image_batches(images, labels, recipe.batch_size, distort)
    calm, _ = image_batches(images, labels, recipe.batch_size, distort_half)
    numbers = count()

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        return (strong if next(numbers) < round((1 - CALM) * recipe.epochs) else calm)(generator)

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


def train_digit_reader(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train a network to name digits; score it on MNIST's test digits and on those of writers kept apart."""
    data, sentence = learn_digits()
    batches, steps = calming_batches(data.images, data.labels, recipe)
    learn(compute_faster(network), batches, steps, nn.CrossEntropyLoss(), recipe, name)
    network.eval()
    return {"data": sentence, "test": score(network, digits("test")), "also": score_writers(network)}


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


def train_digit_or_not(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train the network that refuses non-digits; choose its threshold on digits kept back from training."""
    mnist, test = digits("train"), digits("test")
    images = mnist.images[:-KEPT_BACK]
    written, _ = many_pictures(of_part("digits", "train"), DRAWN, seed=1, change=with_habits)
    yes = np.concatenate([images, _as_bytes(traced_digits(24_000, seed=1, digits=images)), written])
    made = _as_bytes(np.concatenate(list(nondigits(40_000, 2, images, held_out=False).values())))
    others = [many_pictures(_unlike(kind, "train"), pictured, seed=3)[0] for kind, (pictured, _) in OTHERS.items()]
    no = np.concatenate([made, *others])
    labels = np.concatenate([np.ones(len(yes)), np.zeros(len(no))]).astype(np.float32)
    batches, steps = calming_batches(np.concatenate([yes, no]), labels, recipe)
    weigh = nn.BCEWithLogitsLoss()
    fast = compute_faster(network)
    learn(fast, batches, steps, lambda logits, targets: weigh(logits[:, 0], targets), recipe, name)
    network.eval()

    threshold = choose_threshold(network, mnist.images[-KEPT_BACK:], written_digits("validation")[0].images)
    people = written_digits("test")[0]
    unseen = nondigits(4_000, seed=3, digits=test.images, held_out=True)
    return {
        "data": f"{mnist.source} but the last {KEPT_BACK:,}; letters, scribbles, shapes, noise and pairs of digits "
        f"drawn by core.data.images.nondigits; digits, letters and symbols drawn from {_COLLECTION}; all randomly "
        "distorted anew in every epoch, half as much in the last third",
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


_digits = partial(Lesson, data=("mnist", "unipen"), half=False)

DIGIT_TRAININGS: dict[str, Lesson] = {
    "digit-cnn": _digits(train_digit_reader, ShippingRecipe(epochs=18, batch_size=64, learning_rate=4e-3)),
    "digit-mlp": _digits(train_digit_reader, ShippingRecipe(epochs=28, batch_size=128, learning_rate=2e-3)),
    "digit-gru": _digits(
        train_digit_reader, ShippingRecipe(epochs=11, batch_size=128, learning_rate=4e-3, max_norm=1.0)
    ),
    "digit-cnn-strided": _digits(train_digit_reader, ShippingRecipe(epochs=12, batch_size=64, learning_rate=4e-3)),
    "digit-or-not": _digits(train_digit_or_not, ShippingRecipe(epochs=14, batch_size=128, learning_rate=4e-3)),
}
"""How each of them is trained."""
