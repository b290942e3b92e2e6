"""PyTorch's libraries are loaded while others compute, and are those that `import torch` takes."""

import subprocess
import sys

import pytest

from core.paths import ROOT

SCRIPT = """
import sys, threading
from pathlib import Path
from core.ui.shell.torch_libraries import load_libraries

def loaded():
    return {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "libtorch_cpu" in line}

assert not loaded()
loading, turns = threading.Thread(target=load_libraries), 0
loading.start()
while loading.is_alive():
    turns += 1
    sum(range(1000))
before = loaded()
assert len(before) == 1 and "torch" not in sys.modules
import torch
assert loaded() == before
assert torch.ones(2, 3).mm(torch.ones(3, 2)).sum() == 12
print(turns)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are loaded by the import")
def test_others_compute_while_libraries_are_loaded() -> None:
    """With the lock in hand, as `ctypes.CDLL` and `import torch` keep it, there are some 300 turns: 5 ms of them."""
    said = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert int(said) > 2000


def test_nothing_is_said_where_there_is_no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    from core.ui.shell import torch_libraries

    monkeypatch.setattr(torch_libraries, "find_spec", lambda name: None)
    torch_libraries.load_libraries()
