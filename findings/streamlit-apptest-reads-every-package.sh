#!/usr/bin/env bash
# Every new AppTest of Streamlit reads what all installed packages say of themselves: the test environment sets its speed.
#
# Expected: the first run of a script of one line takes some milliseconds, whatever else is installed beside Streamlit.
# Happens: each AppTest object starts with a search for components (v2) in all installed packages, by parsing the METADATA
#   file of each of them three or four times, and keeps nothing for the next one. With the 169 packages of a project on
#   PyTorch that is 0.2 s a test: of 28 tests of a page of ours, three quarters of the processor time.
# Seen with Streamlit 1.67.0, Python 3.11: AppTest._run makes a BidiComponentManager, whose
#   discover_and_register_components calls scan_component_manifests (streamlit/components/v2/manifest_scanner.py), where
#   `Distribution.name` and `.metadata` parse the file anew at each access.
# Who is hit: whoever tests a larger app with AppTest. No profile of the app shows it, and each new package makes it worse.
# The way out: one fixture per session that puts functools.cache around `manifest_scanner.scan_component_manifests`.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cd "$folder"
cat > try.py <<'PY'
import importlib.metadata
import time
from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

parse, parsed = importlib.metadata.PathDistribution.read_text, []


def read_text(self, name):
    parsed.append(name)
    return parse(self, name)


importlib.metadata.PathDistribution.read_text = read_text


def first_runs(tests):
    parsed.clear()
    begun = time.process_time()
    for _ in range(tests):
        app = AppTest.from_string("import streamlit as st\nst.write('hello')").run()
        assert not app.exception
    return parsed.count("METADATA") / tests, 1000 * (time.process_time() - begun) / tests


packages = len(list(importlib.metadata.distributions()))
first_runs(1)  # imports
files, milliseconds = first_runs(10)
print(f"{packages} packages: {files:.0f} METADATA files read and {milliseconds:.0f} ms of processor time a test")
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
first_runs(1)
without, kept = first_runs(10)
print(f"looked through once: {without:.0f} files, {kept:.0f} ms")
assert files >= 2 * packages, "changed: AppTest no longer reads every package's METADATA several times"
assert without == 0
PY
"$folder/venv/bin/python" try.py 2>/dev/null  # Streamlit warns of its missing context
