"""The task of naming pictures: which images, changed how, read by which network."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn

from core.data.images.augmentation import distort
from core.data.images.batches import image_batches, to_tensors
from core.data.images.datasets import ImageSet, load_images
from core.data.images.splits import choose, random_labels, split_off
from core.models.images.block_notation import read_block, write_block
from core.models.images.design import CNN, DESIGNS, Design, build
from core.training.speed import compute_faster
from core.training.task import Batch, NotEnough, Task, batch_too_large, count_right
from core.training.tasks.task_config import FormField, Notation, TaskConfig

LOOK = 250
"""Images that are only looked at, in a batch: 1,000 leave the processor's cache and take twice as long."""


class Augmentation(BaseModel):
    """How far training images are changed at random, anew in every epoch; 0 leaves them alone."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    shift: float = Field(default=0, ge=0, le=8)
    """Pixels in x and in y."""
    turn: float = Field(default=0, ge=0, le=45)
    """Degrees to either side."""
    scale: float = Field(default=0, ge=0, le=0.5)
    """Relative change of width and of height."""
    elastic: float = Field(default=0, ge=0, le=3)
    """Standard deviation of a smooth random displacement, pixels."""

    @property
    def any(self) -> bool:
        """Whether anything is changed at all."""
        return any((self.shift, self.turn, self.scale, self.elastic))

    def distort(self, images: Tensor, generator: torch.Generator) -> Tensor:
        """Return images (B, 1, H, W) in 0-1, changed where anything is to be changed."""
        if not self.any:
            return images
        return distort(
            images,
            generator,
            turn=self.turn,
            scale=self.scale,
            shear=0,
            shift=self.shift,
            elastic=self.elastic,
            thickness=0,
        )


_SIZES = Notation(
    lambda sizes: ",".join(map(str, sizes)) or "none", lambda text: [] if text == "none" else text.split(",")
)


class ImageTask(TaskConfig):
    """Which images are learnt, and by which network.

    Attributes:
        learns: "images".
        data: the name of the set, ``own:...`` for an uploaded one.
        images: how many training images are used; None means all that are left beside `validation_images`.
        validation_images: training images kept apart to look at while the network learns.
        random_labels: give every training image a label drawn at random.
        augmentation: of the training images.
        label_smoothing: probability spread over all classes in the target.
        class_weights: count mistakes on a class the more, the fewer training images it has.
        network: that learns.
    """

    cases = "images"
    classes = 10
    kinds: ClassVar = {kind: design.title for kind, design in DESIGNS.items()}
    form = (
        FormField("images", "Training images", "How many to learn from; each class keeps its share.", empty="all"),
        FormField(
            "validation_images",
            "Validation images",
            "Taken out of the training images, and only looked at during training. 0: none.",
            step=500,
        ),
        FormField(
            "random_labels",
            "Random labels",
            "Every training image gets a random label. A network that learns these learns by heart.",
        ),
        FormField("shift", "Shift, pixels", "To each side, at most.", step=0.5, low=0, high=8),
        FormField("turn", "Turn, degrees", "To either side, at most.", low=0, high=45),
        FormField("scale", "Scale", "Larger or smaller by this share, at most.", step=0.05, low=0, high=0.5),
        FormField("elastic", "Elastic, pixels", "A smooth random distortion.", step=0.1, low=0, high=3),
        FormField(
            "label_smoothing",
            "Label smoothing",
            "Probability spread over all classes in the target.",
            step=0.05,
            low=0,
            high=0.9,
        ),
        FormField(
            "class_weights",
            "Class weights",
            "Every class counts equally in the loss, however few images it has: for classes of very different sizes.",
        ),
    )
    notations: ClassVar = {
        "blocks": Notation(
            lambda blocks: ",".join(map(write_block, blocks)), lambda text: [read_block(one) for one in text.split(",")]
        ),
        "dense": _SIZES,
        "hidden": _SIZES,
    }

    learns: Literal["images"] = "images"
    data: Annotated[str, Field(pattern=r"^(mnist|fashion-mnist|kmnist|own:[0-9a-f]{8,64})$")] = "mnist"
    images: int | None = Field(default=None, ge=1)
    validation_images: int = Field(default=5000, ge=0, le=50_000)
    random_labels: bool = False
    augmentation: Augmentation = Augmentation()
    label_smoothing: float = Field(default=0, ge=0, le=0.9)
    class_weights: bool = False
    network: Design = CNN()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"Images, {self.network.title}"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights.

        Raises:
            ImpossibleShape: it cannot be built.
        """
        return build(self.network, classes)

    def with_network(self, kind: str) -> "ImageTask":
        """Return the same task for the network with which another kind begins."""
        return self.model_copy(update={"network": DESIGNS[kind]})

    def for_testing(self) -> "ImageTask":
        """Return the same with a single image to train on."""
        return self.model_copy(update={"images": 1, "validation_images": 0})

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return images and network on `device`.

        Raises:
            LookupError: the images are not here.
            NotEnough: fewer images than were asked for.
            ImpossibleShape: the network cannot be built.
        """
        everything, test = load_images(self.data, "train"), load_images(self.data, "test")
        if self.validation_images + max(self.images or 0, batch_size) > len(everything):
            raise NotEnough(
                f"There are {len(everything):,} training images here ({everything.source}): "
                f"too few for {self.validation_images:,} for validation, "
                f"{self.images or batch_size:,} for training and batches of {batch_size:,}."
            )
        rest, validation = split_off(everything, self.validation_images, seed)
        training = rest if self.images is None else choose(rest, self.images, seed)
        if batch_size > len(training):
            raise batch_too_large(batch_size, len(training), "training image")
        if self.random_labels:
            training = random_labels(training, seed)
        weights = class_weights(training.labels, len(everything.classes))
        torch.manual_seed(seed)
        network = compute_faster(self.build(len(everything.classes)).to(device))
        epoch, steps = image_batches(training.images, training.labels, batch_size, self.augmentation.distort, device)
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=_Loss(self.label_smoothing, weights.to(device) if self.class_weights else None),
            correct=count_right,
            validation=_Examples(validation, device) if len(validation) else None,
            test=_Examples(test, device),
            sizes=(len(training), len(validation), len(test)),
            outputs=everything.classes,
            notes=(everything.source,),
        )


def class_weights(labels: NDArray[np.integer], classes: int) -> Tensor:
    """Return a weight for every class (classes,) with which all classes count alike; their mean over images is 1.

    A class without an image gets 0.
    """
    counts = torch.from_numpy(np.bincount(labels, minlength=classes)).float()
    return torch.where(counts > 0, len(labels) / (int((counts > 0).sum()) * counts.clamp(min=1)), 0)


class _Loss:
    """Cross-entropy: smoothed and weighted while a network learns, plain where it is looked at."""

    def __init__(self, smoothing: float, weights: Tensor | None) -> None:
        self.smoothing, self.weights = smoothing, weights

    def __call__(self, logits: Tensor, labels: Tensor) -> Tensor:
        if not logits.requires_grad:
            return F.cross_entropy(logits, labels)
        return F.cross_entropy(logits, labels, self.weights, label_smoothing=self.smoothing)


class _Examples:
    """All images of a set, in order."""

    def __init__(self, data: ImageSet, device: torch.device) -> None:
        self.images, self.labels = to_tensors(data.images, data.labels, device)

    def __call__(self) -> Iterator[Batch]:
        for images, labels in zip(self.images.split(LOOK), self.labels.split(LOOK), strict=True):
            yield images / 255, labels
