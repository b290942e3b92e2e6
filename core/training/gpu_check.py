"""Whether a GPU computes what the CPU computes, and how fast: `python -m core.training check-gpu [--into FILE]`.

Every check takes the device, so that tests run it on the CPU against itself. Figures go into
`assets/measurements/gpu.json`, with the device and the versions they were measured with.
"""

import contextlib
import gc
import json
import platform
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.models.device import name_device
from core.models.images.design import CNN
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.diagnostics import gradient_norms
from core.training.events import Ended, FinalScore, Updates, Validation
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.prepare import choose_device
from core.training.recipes import RECIPES
from core.training.task import Task
from core.training.tasks.images import ImageTask
from core.training.tasks.registry import TASKS
from core.training.tasks.task_config import TaskConfig
from core.training.throughput import BATCHES, SIZES, images_a_second, lab, train_for, wait_for

PRECISIONS = {"fp32": 1e-4, "tf32": 2e-2, "bf16": 8e-2}
"""How far losses and gradients may be from those of the CPU, relative to their size, by precision."""


@dataclass(frozen=True)
class Check:
    """One check: what was looked at, whether it is as it should be, and what was found."""

    name: str
    passed: bool
    found: str


# -- the same numbers ----------------------------------------------------------------------------------


@contextlib.contextmanager
def precision_of(name: str) -> Iterator[None]:
    """Compute float32 products as they are ("fp32"), or rounded to TF32 on GPUs that can."""
    before = torch.get_float32_matmul_precision(), torch.backends.cudnn.allow_tf32
    torch.set_float32_matmul_precision("high" if name == "tf32" else "highest")
    torch.backends.cudnn.allow_tf32 = name == "tf32"
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before[0])
        torch.backends.cudnn.allow_tf32 = before[1]


def same_numbers(task: TaskConfig, device: torch.device, precision: str) -> Check:
    """Check loss and gradient norms of one batch against those of the CPU in float32."""
    name = f"{task.title}, {precision}"
    here, there = (task.prepare(16, 0, one) for one in (torch.device("cpu"), device))
    there.network.load_state_dict(here.network.state_dict())
    inputs, targets = next(here.epoch(torch.Generator().manual_seed(0)))
    wanted = _loss_and_norms(here, inputs, targets)
    with precision_of(precision):
        bf16 = torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16")
        found = _loss_and_norms(there, inputs.to(device), targets.to(device), bf16)
    apart = max(abs(found[key] - wanted[key]) / max(abs(wanted[key]), 1e-3) for key in wanted)
    return Check(name, apart <= PRECISIONS[precision], f"{apart:.1e} apart, {PRECISIONS[precision]:.0e} allowed")


def _loss_and_norms(
    task: Task, inputs: Tensor, targets: Tensor, autocast: contextlib.AbstractContextManager[object] | None = None
) -> dict[str, float]:
    for layer in task.network.modules():
        if isinstance(layer, nn.Dropout):
            layer.p = 0.0  # the two devices draw differently
    with autocast or contextlib.nullcontext():
        loss = task.loss(task.network(inputs), targets)
    task.network.zero_grad()
    loss.backward()
    return {"loss": loss.item()} | gradient_norms(task.network)


def all_tasks() -> Iterator[TaskConfig]:
    """Yield every task with every kind of network that can learn it."""
    for task in TASKS.values():
        for kind in task.kinds:
            yield task.model_validate({}).with_network(kind)


# -- no waiting, no leaks ------------------------------------------------------------------------------


def waits(device: torch.device, updates: int = 200) -> Check:
    """Check that an update does not wait for the GPU; a report does, four times a second."""
    task, training = lab(device, images=32 * updates)
    torch.cuda.set_sync_debug_mode("warn")
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            train_for(task, training, seconds=60)
    finally:
        torch.cuda.set_sync_debug_mode("default")
    count = sum("synchronizing" in str(one.message) for one in caught)
    return Check("no waiting for the GPU in an update", count < updates / 2, f"{count} waits in {updates} updates")


def survives_lack_of_memory(device: torch.device) -> Check:
    """Check that a batch too large for the GPU is an ordinary error, after which training works."""
    before = torch.cuda.memory_allocated(device)
    said = "there was room for everything"
    try:
        torch.empty(torch.cuda.mem_get_info(device)[1], device=device)
    except torch.OutOfMemoryError as problem:
        said = str(problem).split(".")[0]
    gc.collect()
    torch.cuda.empty_cache()
    train_for(*lab(device, images=640), seconds=60)
    gc.collect()
    left = torch.cuda.memory_allocated(device) - before
    return Check("lack of memory is survived, and memory given back", left < 2**20, f"{said}; {left:,} bytes left over")


# -- how fast ------------------------------------------------------------------------------------------


def bare_images_a_second(
    device: torch.device, batch_size: int = 32, images: int = 20_000, *, channels_last: bool = False
) -> float:
    """Return how many images a second a loop by hand trains on: the lab's network, and nothing is looked at."""
    task, _ = lab(device, images, batch_size=batch_size)
    layout = torch.channels_last if channels_last else torch.contiguous_format
    network = task.network.to(memory_format=layout)
    optimizer = torch.optim.Adam(network.parameters())
    for warm in (True, False):
        wait_for(device)
        began, steps = time.perf_counter(), 0
        for inputs, targets in task.epoch(torch.Generator().manual_seed(0)):
            optimizer.zero_grad()
            F.cross_entropy(network(inputs.contiguous(memory_format=layout)), targets).backward()
            optimizer.step()
            steps += 1
            if warm and steps == 20:
                break
        wait_for(device)
    return steps * batch_size / (time.perf_counter() - began)


def graphed_images_a_second(device: torch.device, batch_size: int = 32, images: int = 20_000) -> float:
    """Return the same for a loop that replays each update as one recorded CUDA graph.

    A graph is started once where an update by hand starts some fifty kernels
    (https://docs.pytorch.org/docs/stable/notes/cuda.html#cuda-graphs).
    """
    task, _ = lab(device, images, batch_size=batch_size)
    optimizer = torch.optim.Adam(task.network.parameters(), capturable=True)
    batches = task.epoch(torch.Generator().manual_seed(0))
    inputs, targets = (tensor.clone() for tensor in next(batches))

    def update() -> None:
        optimizer.zero_grad()
        F.cross_entropy(task.network(inputs), targets).backward()
        optimizer.step()

    aside = torch.cuda.Stream()
    aside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(aside):  # what is made on the first updates must not be recorded
        for _ in range(3):
            update()
    torch.cuda.current_stream().wait_stream(aside)
    graph = torch.cuda.CUDAGraph()
    optimizer.zero_grad()
    with torch.cuda.graph(graph):
        update()
    wait_for(device)
    began, steps = time.perf_counter(), 0
    for batch, labels in batches:
        inputs.copy_(batch)
        targets.copy_(labels)
        graph.replay()
        steps += 1
    wait_for(device)
    return steps * batch_size / (time.perf_counter() - began)


def seconds_to_99(device: torch.device) -> tuple[float | None, float]:
    """Train the fast recipe's network until 99 % of 5,000 digits kept apart are right.

    Returns:
        the seconds of training that took, None where it did not get there in four epochs; and the accuracy on the test
        digits in the end.
    """
    task = ImageTask(label_smoothing=0.05, network=CNN(scaling="standardised"))
    training = Training(
        optimizer="adamw", learning_rate=8e-3, schedule="one-cycle", batch_size=256, epochs=4, validate_every=50
    )
    prepared, reached, accuracy = task.prepare(training.batch_size, 0, device), None, 0.0
    for event in train(prepared, training, Control()):
        if isinstance(event, Validation) and reached is None and event.score.accuracy >= 0.99:
            reached = event.seconds
        if isinstance(event, FinalScore):
            accuracy = event.score.accuracy
    return reached, accuracy


def seconds_of_an_epoch(device: torch.device, images: int | None = None) -> float:
    """Return the seconds of training that one epoch of the lab takes, on all digits or extrapolated from some."""
    lab = RECIPES["lab"].config
    assert isinstance(lab.task, ImageTask)
    task = lab.task.model_copy(update={"images": images}).prepare(lab.training.batch_size, 0, device)
    training = lab.training.model_copy(update={"epochs": 1.0})
    seconds = 0.0
    for event in train(task, training, Control()):
        if isinstance(event, Updates):
            seconds = float(event.curve.seconds[-1])
        if isinstance(event, Ended):  # the test digits come after it
            break
    return seconds * 60_000 / (images or 60_000)


# -- all of it -----------------------------------------------------------------------------------------


def run_checks(device: torch.device, say: Callable[[str], None]) -> list[Check]:
    """Run all checks of a GPU, and say each as it is done."""
    found: list[Check] = []

    def note(check: Check) -> None:
        say(f"{'ok    ' if check.passed else 'FAILED'} {check.name}: {check.found}")
        found.append(check)

    for task in all_tasks():
        for precision in PRECISIONS:
            try:
                note(same_numbers(task, device, precision))
            except (LookupError, ValueError, RuntimeError) as problem:
                note(Check(f"{task.title}, {precision}", False, str(problem).splitlines()[0]))
    for check in (waits, survives_lack_of_memory):
        note(check(device))
    return found


def measure(device: torch.device) -> dict[str, object]:
    """Measure the GPU, and the CPU of the same machine beside it."""
    cpu = torch.device("cpu")
    reached, accuracy = seconds_to_99(device)
    ours, bare = images_a_second(device, CNN(), 32), bare_images_a_second(device)
    return {
        "seconds to 99.0 % of the validation digits": reached,
        "accuracy on the test digits then": accuracy,
        "images a second": ours,
        "images a second of a loop by hand": bare,
        "ratio to a loop by hand": ours / bare,
        "images a second of a loop by hand, channels last": bare_images_a_second(device, channels_last=True),
        "images a second of a loop by hand, as a CUDA graph": graphed_images_a_second(device),
        "seconds of the lab's epoch": {"GPU": seconds_of_an_epoch(device), "CPU": seconds_of_an_epoch(cpu, 6000)},
        "images a second by network and batch": [
            {
                "network": name,
                "batch_size": batch_size,
                "GPU": images_a_second(device, network, batch_size),
                "CPU": images_a_second(cpu, network, batch_size),
            }
            for name, network in SIZES.items()
            for batch_size in BATCHES
        ],
    }


def main(into: Path) -> int:
    """Check and measure the GPU of this machine; return the exit status: 0 where every check passed."""
    device = choose_device(TrainConfig().training.device)
    if device.type != "cuda":
        print("There is no GPU here, so there is nothing to check.")
        return 1
    began = time.perf_counter()
    checks = run_checks(device, print)
    report = {
        "device": name_device(device, 1),
        "cpu": name_device(torch.device("cpu"), torch.get_num_threads()),
        "torch": torch.__version__,
        "cuda": torch.version.cuda,
        "python": platform.python_version(),
        "measured": datetime.now(UTC).date().isoformat(),
        "checks": [asdict(check) for check in checks],
        "figures": measure(device),
        "seconds": round(time.perf_counter() - began),
    }
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(report["figures"], indent=1, ensure_ascii=False))
    return 0 if all(check.passed for check in checks) else 1
