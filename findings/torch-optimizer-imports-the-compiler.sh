#!/usr/bin/env bash
# The first optimizer of a process imports PyTorch's compiler, though nothing is compiled.
#
# Expected: `import torch` has loaded what eager training needs; `torch.optim.SGD(...)` over one number takes microseconds.
# Happens: the first optimizer imports torch._dynamo with SymPy, and Triton where the build has it: hundreds of modules, tens of megabytes, and seconds
#   (5 s on a slow machine). The second optimizer takes 0.2 ms.
# Seen with torch 2.15.0 (CUDA build, no GPU), Python 3.11. Source: torch/_compile.py; `Optimizer.add_param_group` is wrapped by `_disable_dynamo`, which
#   imports the compiler at the first call in order to say that this function must not be compiled.
# Who is hit: servers and notebooks whose first click on "Train" waits for it; "import torch beforehand" does not help.
# The way out: make an optimizer over a dummy parameter while nobody waits (before forking workers, for example).
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import sys
import time

import torch


def make() -> float:
    began = time.perf_counter()
    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    return time.perf_counter() - began


before = set(sys.modules)
first = make()
new = set(sys.modules) - before
second = make()
print(f"first optimizer:  {first:.2f} s, {len(new)} modules more")
print(f"second optimizer: {second:.5f} s")
print("the compiler:", {name: name in new for name in ("torch._dynamo", "sympy", "triton")})
assert "torch._dynamo" not in before, "changed: importing torch imports the compiler"
assert "torch._dynamo" in new, "changed: an optimizer no longer imports the compiler"
assert len(new) > 300, "changed: what it imports has become small"
assert first > 50 * second
PY
