#!/usr/bin/env bash
# A thread that loads a shared library with `ctypes.CDLL` stops every other thread until the library is there.
#
# Expected: functions called through `ctypes.CDLL` run without the interpreter's lock, so loading a library, which runs no
#   Python at all, does too. A server that loads PyTorch in the background answers meanwhile; there is a second core for it.
# Happens: `ctypes.CDLL` calls `dlopen` with the lock held, as the import of an extension module does. While libtorch is loaded
#   (relocation, and the registration of some thousand operators) nobody else gets a turn: one pause as long as the loading.
#   The same `dlopen`, called as a foreign function, gives the lock back, and `import torch` then finds the library loaded.
# Seen with CPython 3.11 and torch 2.15.0 on Linux.
# Who is hit: servers that import torch in a thread and mean to answer meanwhile; half a second, several on a cold disk.
# The way out: load the libraries first with `ctypes.CDLL(None).dlopen`, in the thread that will import torch.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile torch==2.15.0
cat > "$folder/load.py" <<'PY'
import ctypes
import os
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

library = Path(find_spec("torch").submodule_search_locations[0]) / "lib" / "libtorch.so"


def load() -> None:
    if sys.argv[1] == "CDLL":
        ctypes.CDLL(str(library))
    else:
        call = ctypes.CDLL(None).dlopen
        call.argtypes, call.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
        assert call(os.fsencode(library), os.RTLD_NOW)


loading = threading.Thread(target=load)
begun = before = time.perf_counter()
longest = 0.0
loading.start()
while loading.is_alive():
    now = time.perf_counter()
    longest, before = max(longest, now - before), now
longest = max(longest, time.perf_counter() - before)
print(f"{100 * longest / (time.perf_counter() - begun):.0f}")
PY
cd "$folder"
"$folder/venv/bin/python" load.py CDLL > /dev/null  # the files come from the disk once
held="$("$folder/venv/bin/python" load.py CDLL)"
free="$("$folder/venv/bin/python" load.py dlopen)"
echo "the longest time without a turn, in percent of the loading: ctypes.CDLL $held, dlopen as a foreign function $free"
[ "$held" -gt 80 ] && [ "$free" -lt 50 ]
