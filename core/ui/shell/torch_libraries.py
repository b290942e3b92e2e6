"""Loads PyTorch's libraries while others compute.

`import torch` loads them too, but with the interpreter's lock in its hand: for some half a second of the server's start
nobody gets an answer. A foreign function gives the lock back, and the loader of the system is one.
"""

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path


def load_libraries() -> None:
    """Load the libraries that `import torch` would load first, in its order; on Linux only.

    Nothing is said of what is missing or fails to load: the import comes after it, and says it better.
    """
    spec = find_spec("torch") if sys.platform == "linux" else None
    if spec is None or not spec.submodule_search_locations:
        return
    load = ctypes.CDLL(None).dlopen  # `ctypes.CDLL` itself would keep the lock
    load.argtypes, load.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
    folder = Path(spec.submodule_search_locations[0]) / "lib"
    for name, scope in (("libtorch_global_deps.so", os.RTLD_GLOBAL), ("libtorch.so", os.RTLD_LOCAL)):
        load(os.fsencode(folder / name), os.RTLD_NOW | scope)
