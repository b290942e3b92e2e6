"""The check of a GPU, with the CPU in its place."""

import json
from pathlib import Path

import pytest
import torch

from core.models.images.design import CNN, MLP
from core.training import gpu_check
from core.training.gpu_check import (
    all_tasks,
    bare_images_a_second,
    images_a_second,
    same_numbers,
    seconds_of_an_epoch,
)
from core.training.tasks.images import ImageTask
from core.training.tasks.registry import TASKS

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
    recorded = gpu_check.RECORDED
    if not recorded.exists():
        pytest.skip("no GPU has been measured yet")
    report = json.loads(recorded.read_text("utf-8"))
    assert report["device"].startswith("GPU: ")
    assert {"torch", "cuda", "measured", "figures"} <= report.keys()
    assert all(check["passed"] for check in report["checks"])
