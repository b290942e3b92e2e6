#!/usr/bin/env bash
# safetensors' NumPy side saves a transposed array scrambled, without a word.
#
# Expected: what `save` writes, `load` gives back, whatever the array's memory layout; or `save` refuses it, as
#   safetensors.torch does for tensors that are not contiguous.
# Happens: the bytes are written in memory order under the shape of the transposed view, so values stand in other places.
# Seen with safetensors 0.8.0 and NumPy 2.4.6, Python 3.11. Source: safetensors/numpy.py hands `tensor.ctypes.data` on, which knows no strides.
# Who is hit: whoever keeps weights as NumPy arrays and transposes a layer before saving (Keras to PyTorch, for example).
# The way out: np.ascontiguousarray before saving.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import numpy as np
from safetensors.numpy import load, save

weights = np.arange(6, dtype=np.float32).reshape(2, 3)
back = load(save({"w": weights.T}))["w"]
copied = load(save({"w": np.ascontiguousarray(weights.T)}))["w"]
print("saved:                 ", weights.T.tolist())
print("loaded:                ", back.tolist())
print("loaded, made contiguous:", copied.tolist())
assert back.shape == weights.T.shape
assert not np.array_equal(back, weights.T), "changed: a transposed array now survives"
assert np.array_equal(copied, weights.T)
PY
