"""Streamlit looks for components in the packages that are named after it, and still finds them."""

import subprocess
import sys

from core.paths import ROOT

_SCAN = """
from importlib.metadata import Distribution
from streamlit.components.v2 import manifest_scanner
from core.ui.shell.component_packages import look_by_name
if {by_name}:
    look_by_name()
read = Distribution.metadata.fget
names = set()
Distribution.metadata = property(lambda package: names.add(str(package._path.name)) or read(package))
found = manifest_scanner.scan_component_manifests()
print(len(names), *sorted(one.name for one, _ in found))
"""


def _scanned(by_name: bool) -> tuple[int, list[str]]:
    """Return how many packages were read, and in which components were found."""
    command = [sys.executable, "-c", _SCAN.format(by_name=by_name)]
    read, *found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return int(read), found


def test_the_same_components_are_found_in_few_packages() -> None:
    every, found = _scanned(by_name=False)
    few, found_by_name = _scanned(by_name=True)
    assert found == found_by_name
    assert "streamlit-drawable-canvas" in found
    assert few < every / 10
