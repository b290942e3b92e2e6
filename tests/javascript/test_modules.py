"""Runs the unit tests of the browser components: `node --test` needs no packages, and no browser."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
HERE = Path(__file__).parent


@pytest.mark.skipif(NODE is None, reason="the unit tests of the components need Node")
def test_the_modules_pass_their_unit_tests() -> None:
    command = [str(NODE), "--test", "--test-reporter=tap", *sorted(str(path) for path in HERE.glob("*.test.js"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
