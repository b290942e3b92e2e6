"""How many images a second the training loop learns from, by network and size of the batch.

`python -m core.training.throughput SECONDS BATCH_SIZE ...` measures the CPU of this machine, a line of JSON each.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import torch

from core.models.images.design import CNN, ConvBlock
from core.paths import ROOT
from core.training.control import Control
from core.training.events import Ended
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.task import Task
from core.training.tasks.images import ImageTask

SIZES = {
    "small": CNN(blocks=(ConvBlock(channels=8),), dense=(32,)),
    "the lab": CNN(),
    "large": CNN(blocks=(ConvBlock(channels=128), ConvBlock(channels=256)), dense=(512,)),
}
"""Networks whose training is timed on CPU and GPU."""
BATCHES = (32, 512)
"""Batch sizes with which they are."""


@dataclass(frozen=True)
class Throughput:
    """How many images a second a network of `SIZES` learns from."""

    network: str
    batch_size: int
    images_a_second: float


def measure_cpu(batch_sizes: tuple[int, ...], seconds: float = 1.0) -> Iterator[Throughput]:
    """Measure the CPU of this machine, `seconds` for each, in a process of its own: a page goes on meanwhile."""
    command = [sys.executable, "-m", "core.training.throughput", str(seconds), *map(str, batch_sizes)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        try:
            assert process.stdout is not None
            for line in process.stdout:
                yield Throughput(**json.loads(line))
        finally:
            process.kill()


def lab(device: torch.device, images: int, network: CNN | None = None, batch_size: int = 32) -> tuple[Task, Training]:
    """Return the task of the lab with some of its images, and an epoch of training."""
    training = Training(batch_size=batch_size, epochs=1)
    task = ImageTask(images=images, validation_images=0, network=network or CNN())
    return task.prepare(batch_size, 0, device), training


def train_for(task: Task, training: Training, seconds: float) -> float:
    """Train for an epoch or some seconds; return examples a second, everything the loop does counted."""
    began = time.perf_counter()
    events = train(task, training.model_copy(update={"seconds": seconds}), Control())
    ended = next(event for event in events if isinstance(event, Ended))  # the test digits come after it
    wait_for(task.device)
    return ended.step * training.batch_size / (time.perf_counter() - began)


def images_a_second(device: torch.device, network: CNN, batch_size: int, seconds: float = 2.0) -> float:
    """Return how many images a second the loop trains on."""
    task, training = lab(device, 20 * batch_size, network, batch_size)
    train_for(task, training, seconds)  # what takes long the first time
    task, training = lab(device, 20_000, network, batch_size)
    return train_for(task, training, seconds)


def wait_for(device: torch.device) -> None:
    """Wait until the GPU has computed what it was asked for; on a CPU that is so already."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def _print_throughput(seconds: float, batch_sizes: list[int]) -> None:
    for name, network in SIZES.items():
        for batch_size in batch_sizes:
            speed = images_a_second(torch.device("cpu"), network, batch_size, seconds)
            print(json.dumps(asdict(Throughput(name, batch_size, speed))), flush=True)  # noqa: T201 - read by `measure_cpu`


if __name__ == "__main__":
    _print_throughput(float(sys.argv[1]), [int(size) for size in sys.argv[2:]])
