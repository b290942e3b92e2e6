"""The first element is sent without a look at the source of every function on the stack."""

import subprocess
import sys

from core.paths import ROOT

_FIRST_ELEMENT = """
import inspect
import streamlit as st
from core.ui.shell.notebook_check import skip_notebook_check
{first}
looks, stack = [], inspect.stack
inspect.stack = lambda *given: looks.append(given) or stack(*given)
st.markdown("first")
print(len(looks))
"""


def _looks(first: str) -> int:
    """Return how often the stack was read for the first element."""
    command = [sys.executable, "-c", _FIRST_ELEMENT.format(first=first)]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def test_the_stack_is_not_read() -> None:
    assert _looks("") == 1  # or Streamlit does without by itself, and this can go
    assert _looks("skip_notebook_check()") == 0
