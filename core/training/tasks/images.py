"""The task of naming pictures: which images, changed how, read by which network."""

from collections.abc import Iterator
from typing import Annotated, Literal

import torch
import torch.nn.functional as F
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn

from core.data.images.augmentation import distort
from core.data.images.datasets import ImageSet, load_images
from core.data.images.splits import choose, random_labels, split_off
from core.models.images.design import CNN, Design, build, count
from core.training.speed import compute_faster
from core.training.task import Batch, NotEnough, Task, count_right

LOOK = 1000
"""Images that are only looked at go through the network in batches of this size."""


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


class ImageTask(BaseModel):
    """Which images are learnt, and by which network.

    Attributes:
        learns: "images".
        data: the name of the set, ``own:...`` for an uploaded one.
        images: how many training images are used; None means all that are left beside `validation_images`.
        validation_images: training images kept apart to look at while the network learns.
        random_labels: give every training image a label drawn at random.
        augmentation: of the training images.
        label_smoothing: probability spread over all classes in the target.
        network: that learns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    learns: Literal["images"] = "images"
    data: Annotated[str, Field(pattern=r"^(mnist|fashion-mnist|kmnist|own:[0-9a-f]{8,64})$")] = "mnist"
    images: int | None = Field(default=None, ge=1)
    validation_images: int = Field(default=5000, ge=0, le=50_000)
    random_labels: bool = False
    augmentation: Augmentation = Augmentation()
    label_smoothing: float = Field(default=0, ge=0, le=0.9)
    network: Design = CNN()

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained, for ten classes.

        Raises:
            ImpossibleShape: the network cannot be built.
        """
        return count(self.network)

    def build(self, classes: int) -> nn.Module:
        """Return the network with fresh weights.

        Raises:
            ImpossibleShape: it cannot be built.
        """
        return build(self.network, classes)

    def little(self) -> "ImageTask":
        """Return the same with next to nothing to train on, for who wants its test data alone."""
        return self.model_copy(update={"images": 1, "validation_images": 0})


def prepare_images(task: ImageTask, batch_size: int, seed: int, device: torch.device) -> Task:
    """Return the data on `device` and the network with its first weights, ready for `core.training.loop.train`.

    Raises:
        LookupError: the images are not here.
        NotEnough: fewer images than were asked for.
        ImpossibleShape: the network cannot be built.
    """
    everything, test = load_images(task.data, "train"), load_images(task.data, "test")
    if task.validation_images + max(task.images or 0, batch_size) > len(everything):
        raise NotEnough(
            f"There are {len(everything):,} training images here ({everything.source}): "
            f"too few for {task.validation_images:,} for validation, "
            f"{task.images or batch_size:,} for training and batches of {batch_size:,}."
        )
    rest, validation = split_off(everything, task.validation_images, seed)
    training = rest if task.images is None else choose(rest, task.images, seed)
    if batch_size > len(training):
        raise NotEnough(f"A batch of {batch_size:,} is larger than the {len(training):,} training images.")
    if task.random_labels:
        training = random_labels(training, seed)

    torch.manual_seed(seed)
    network = compute_faster(task.build(len(everything.classes)).to(device))
    return Task(
        network=network,
        epoch=_Epoch(training, batch_size, task.augmentation, device),
        steps_per_epoch=len(training) // batch_size,
        loss=_Loss(task.label_smoothing),
        correct=count_right,
        validation=_Examples(validation, device) if len(validation) else None,
        test=_Examples(test, device),
        sizes=(len(training), len(validation), len(test)),
        outputs=everything.classes,
        notes=(everything.source,),
    )


class _Loss:
    """Cross-entropy: smoothed while a network learns, plain where it is looked at."""

    def __init__(self, smoothing: float) -> None:
        self.smoothing = smoothing

    def __call__(self, logits: Tensor, labels: Tensor) -> Tensor:
        return F.cross_entropy(logits, labels, label_smoothing=self.smoothing if logits.requires_grad else 0.0)


class _Epoch:
    """One pass over the training images, all of which lie in memory; what is left over at its end is skipped."""

    def __init__(self, data: ImageSet, batch_size: int, augmentation: Augmentation, device: torch.device) -> None:
        self.images, self.labels = _tensors(data, device)
        self.batch_size, self.augmentation = batch_size, augmentation

    def __call__(self, generator: torch.Generator) -> Iterator[Batch]:
        order = torch.randperm(len(self.labels), generator=generator)
        changed = self.augmentation
        for chosen in order.split(self.batch_size):
            if len(chosen) < self.batch_size:
                return
            places = chosen.to(self.labels.device)
            images = self.images[places] / 255  # (B, 1, 28, 28)
            if changed.any:
                images = distort(
                    images,
                    generator,
                    turn=changed.turn,
                    scale=changed.scale,
                    shear=0,
                    shift=changed.shift,
                    elastic=changed.elastic,
                    thickness=0,
                )
            yield images, self.labels[places]


class _Examples:
    """All images of a set, in order."""

    def __init__(self, data: ImageSet, device: torch.device) -> None:
        self.images, self.labels = _tensors(data, device)

    def __call__(self) -> Iterator[Batch]:
        for images, labels in zip(self.images.split(LOOK), self.labels.split(LOOK), strict=True):
            yield images / 255, labels


def _tensors(data: ImageSet, device: torch.device) -> tuple[Tensor, Tensor]:
    """Return images (N, 1, 28, 28) as bytes and labels (N,)."""
    images = torch.from_numpy(data.images.copy()).unsqueeze(1)
    return images.to(device), torch.from_numpy(data.labels.copy()).to(device)
