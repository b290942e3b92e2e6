"""The check of a GPU, with the CPU in its place."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core.models.images.design import CNN, MLP
from core.paths import ROOT
from core.training import gpu_check
from core.training.gpu_check import (
    all_tasks,
    bare_images_a_second,
    same_numbers,
    seconds_of_an_epoch,
)
from core.training.recorded_gpu import RECORDED, recorded_gpu
from core.training.tasks.images import ImageTask
from core.training.tasks.registry import TASKS
from core.training.throughput import BATCHES, SIZES, images_a_second, measure_cpu

CPU = torch.device("cpu")


def test_every_task_is_checked_with_every_kind_of_network() -> None:
    assert [(task.learns, task.network.kind) for task in all_tasks()] == [
        (learns, kind) for learns, task in TASKS.items() for kind in task.kinds
    ]


@pytest.mark.parametrize("network", [CNN(dropout=0.5), MLP()], ids=["cnn with dropout", "mlp"])
def test_a_device_agrees_with_itself(network: CNN | MLP) -> None:
    check = same_numbers(ImageTask(images=64, validation_images=0, network=network), CPU, "fp32")
    assert check.passed, check.found
    assert "0.0e+00 apart" in check.found


def test_another_precision_is_seen_and_allowed_for() -> None:
    task = ImageTask(images=64, validation_images=0)
    rounded = same_numbers(task, CPU, "bf16")
    assert rounded.passed, rounded.found
    assert float(rounded.found.split()[0]) > 1e-4


def test_wrong_numbers_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu_check, "PRECISIONS", {"bf16": 1e-6})
    assert not same_numbers(ImageTask(images=64, validation_images=0), CPU, "bf16").passed


def test_speed_is_measured() -> None:
    small = CNN(blocks=CNN().blocks[:1])
    assert images_a_second(CPU, small, 32, seconds=0.1) > 0
    assert bare_images_a_second(CPU, images=64) > 0
    assert seconds_of_an_epoch(CPU, images=320) > 0


def test_without_a_gpu_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert gpu_check.main(tmp_path / "gpu.json") == 1
    assert "no GPU here" in capsys.readouterr().out
    assert not (tmp_path / "gpu.json").exists()


def test_recorded_figures_say_where_they_come_from() -> None:
    report = json.loads(RECORDED.read_text("utf-8"))
    assert report["device"].startswith("GPU: ")
    assert {"torch", "cuda", "measured", "figures"} <= report.keys()
    assert all(check["passed"] for check in report["checks"])


def test_recorded_figures_are_read(tmp_path: Path) -> None:
    recorded = recorded_gpu()
    assert recorded
    assert [(one.network, one.batch_size) for one in recorded.figures.throughput] == [
        (name, batch_size) for name in SIZES for batch_size in BATCHES
    ]
    (tmp_path / "gpu.json").write_text("{}", "utf-8")
    assert recorded_gpu(tmp_path / "gpu.json") is recorded_gpu(tmp_path / "none.json") is None


def test_the_cpu_is_measured_in_a_process_of_its_own() -> None:
    measured = list(measure_cpu((4, 8), 0.01))
    assert [(one.network, one.batch_size) for one in measured] == [(name, size) for name in SIZES for size in (4, 8)]
    assert all(one.images_a_second > 0 for one in measured)


def test_threads_wait_without_spinning() -> None:
    said = "import core, os; print(os.environ['OMP_WAIT_POLICY'])"
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    found = subprocess.run([sys.executable, "-c", said], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert found.stdout.strip() == "PASSIVE"
