"""The networks of the page "Neurons" against PyTorch as it is installed here, and their PyTorch scripts."""

import contextlib
import io
import json
import os
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
import torch

from tests.support.neurons_reference import FILE, cases

NODE = shutil.which("node")
HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(NODE is None, reason="the networks of the browser are run by Node")


def test_networks_of_the_browser_are_pytorchs(tmp_path: Path) -> None:
    reference = tmp_path / "cases.json"
    reference.write_text(json.dumps(cases(seed=1000)))  # others than those of the file
    command = [str(NODE), "--test", "--test-reporter=tap", str(HERE / "neurons_training.test.js")]
    environment = {**os.environ, "NEURONS_REFERENCE": str(reference)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_the_file_for_node_is_what_pytorch_says() -> None:
    for kept, made in zip(json.loads(FILE.read_text()), cases(), strict=True):
        assert kept.keys() == made.keys()
        for key, value in made.items():
            assert kept[key] == (pytest.approx(value, abs=1e-9) if key not in {"masks"} and _numbers(value) else value)


def _numbers(value: object) -> bool:
    return isinstance(value, float) or (isinstance(value, list) and all(isinstance(one, float) for one in value))


@pytest.fixture(scope="module")
def scripts() -> dict[str, str]:
    command = [str(NODE), str(HERE / "neurons_scripts.js")]
    return json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)


@pytest.mark.parametrize(
    ("name", "least"),
    [("moons", 0.97), ("blobs", 0.9), ("line", 0.9), ("ring", 0.97), ("linear", 0.9), ("measured", 0)],
)
def test_the_script_in_pytorch_runs_and_learns(
    scripts: dict[str, str], name: str, least: float, tmp_path: Path
) -> None:
    said = run(scripts[name], tmp_path)
    found = dict(re.findall(r"^(\w+): (.*)$", said, re.M))
    for part in ("training", "test"):
        right, count = re.match(r"(\d+) of (\d+) right, loss \d+\.\d+", found[part]).groups()
        assert int(right) >= least * int(count), said


def test_a_number_is_predicted_by_the_script(scripts: dict[str, str], tmp_path: Path) -> None:
    said = run(scripts["number"], tmp_path)
    assert float(re.match(r"training: squared error ([\d.]+)$", said.strip()).group(1)) < 0.01


def run(script: str, folder: Path) -> str:
    """Return what a script prints. It runs as a file of its own would, but where PyTorch is loaded already."""
    path = folder / "script.py"
    path.write_text(script, encoding="utf-8")
    before = torch.get_default_dtype()
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            runpy.run_path(str(path), run_name="__main__")
    finally:
        torch.set_default_dtype(before)  # the scripts compute in 64 bits, as the browser does
    return said.getvalue()
