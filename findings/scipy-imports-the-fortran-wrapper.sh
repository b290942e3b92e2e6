#!/usr/bin/env bash
# The first function of SciPy that a server uses brings NumPy's Fortran wrapper and its test tools.
#
# Expected: `import scipy.ndimage` loads filters for arrays. NumPy keeps `numpy.f2py`, `numpy.ma`, `numpy.testing`, `numpy.ctypeslib` and others
#   lazy on purpose: they are imported when somebody asks for them.
# Happens: all of them are imported, with `unittest` (60 modules of NumPy beside 87 of SciPy). The first
#   request for which a page labels the pieces of a drawing waits for a parser of Fortran.
# Seen with scipy 1.17.1, numpy 2.4.6, Python 3.11. Source: scipy/_lib/array_api_compat/_internal.py, `clone_module`: the compatible namespace is
#   made by reading every public name of NumPy, and reading the name of a lazy module imports it.
# Who is hit: apps that count milliseconds to the first answer and import one function of scipy.ndimage, scipy.signal, scipy.special or scipy.stats.
# The way out: `import scipy`, and `scipy.ndimage.label(...)` where it is needed: SciPy's own parts are lazy then, and the first answer needs none.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat >"$folder/look.py" <<'PY'
import sys
import time

import numpy

LAZY = ("numpy.f2py", "numpy.f2py.crackfortran", "numpy.ma", "numpy.testing", "numpy.ctypeslib", "unittest")
before = set(sys.modules)
assert not before & set(LAZY), "changed: NumPy alone imports them"
import scipy

assert not set(sys.modules) & set(LAZY), "changed: SciPy alone imports them"
began = time.perf_counter()
import scipy.ndimage

took = time.perf_counter() - began
new = set(sys.modules) - before
print(f"import scipy.ndimage: {took * 1000:.0f} ms; modules:", {
    name: sum(module.split(".")[0] == name for module in new) for name in ("scipy", "numpy", "unittest")
})
print({name: name in new for name in LAZY})
assert set(LAZY) <= new, "changed: scipy.ndimage leaves them alone"
PY
cat >"$folder/share.py" <<'PY'
import time

import numpy
import scipy

began = time.perf_counter()
import numpy.ctypeslib, numpy.f2py, numpy.ma, numpy.testing

lazy = time.perf_counter()
import scipy.ndimage

done = time.perf_counter()
print(f"NumPy's lazy modules by themselves {(lazy - began) * 1000:.0f} ms, the rest of scipy.ndimage {(done - lazy) * 1000:.0f} ms")
PY
"$folder/venv/bin/python" "$folder/look.py"
for _ in 1 2 3; do "$folder/venv/bin/python" "$folder/share.py"; done
