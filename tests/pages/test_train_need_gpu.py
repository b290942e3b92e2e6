"""The section "Do I need a GPU?": recorded figures, and this machine's CPU where somebody measures it."""

from datetime import date

import pytest

from core.training.recorded_gpu import Figures, RecordedGPU
from core.training.throughput import Throughput
from core.ui.sections.train import need_gpu
from tests.support.apps import html_of, open_page


@pytest.fixture(autouse=True)
def nothing_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(need_gpu, "_measured", {})


def recorded(*throughput: tuple[str, int, float, float]) -> RecordedGPU:
    rows = [{"network": a, "batch_size": b, "GPU": c, "CPU": d} for a, b, c, d in throughput]
    figures = Figures.model_validate(
        {"seconds to 99.0 % of the validation digits": None, "images a second by network and batch": rows}
    )
    return RecordedGPU(device="GPU: X", cpu="CPU, 4 threads", torch="2", measured=date(2026, 1, 2), figures=figures)


def test_where_the_gpu_wins_and_where_it_does_not() -> None:
    said = need_gpu.verdict(recorded(("small", 32, 100.0, 99.0), ("large", 512, 700.0, 10.0)), {})
    assert "the large network and batches of 512: **70 times** as fast as the CPU beside it" in said
    assert "the small network and batches of 32 it is no faster (1.0 times)" in said


def test_this_machine_takes_the_place_of_the_cpu_beside_it() -> None:
    gpu = recorded(("small", 32, 100.0, 99.0), ("large", 512, 700.0, 10.0))
    said = need_gpu.verdict(gpu, {("small", 32): 20.0, ("large", 512): 7.0})
    assert "**100 times** as fast as this machine" in said
    assert "It gains least with the small network and batches of 32: 5.0 times." in said


def test_a_click_measures_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(need_gpu, "measure_cpu", lambda sizes: iter([Throughput("small", sizes[0], 1234.0)]))
    app = open_page("train")
    assert "NVIDIA H200" in html_of(app, "train-need-gpu-table")
    assert "1,234" not in html_of(app, "train-need-gpu-table")
    app.button(key="train-measure").click().run()
    assert not app.exception
    assert "1,234" in html_of(app, "train-need-gpu-table")
