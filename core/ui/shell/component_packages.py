"""Looks for the components of installed packages by the packages' names.

Streamlit reads the metadata of every installed package at its start, to see which of them may hold components: of 170
packages, a third of a second in which nothing else is computed. Those that hold some have its name in theirs, and
the folder of a package's metadata begins with that. There is no setting for it, so a private function is wrapped.
"""

from collections.abc import Callable
from importlib.metadata import Distribution
from typing import Any

from streamlit.components.v2 import manifest_scanner

from core.ui.shell.wrapping import wrap_once


def look_by_name() -> None:
    """Have Streamlit pass over packages without its name in theirs; once in a process is enough."""
    wrap_once(manifest_scanner, "_is_likely_streamlit_component_package", _named_after_streamlit)


def _named_after_streamlit(is_likely: Callable[[Distribution], bool]) -> Callable[[Distribution], bool]:
    def is_named_and_likely(package: Distribution) -> bool:
        folder: Any = getattr(package, "_path", None)  # the only place where the name costs no reading
        return (folder is None or "streamlit" in folder.name.lower()) and is_likely(package)

    return is_named_and_likely
