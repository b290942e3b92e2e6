#!/usr/bin/env bash
# `import streamlit` takes half as long again where Plotly is installed, also for an app that shows no figure.
#
# Expected: a library that an app does not import costs nothing at its start; pandas and PyArrow, for example, Streamlit imports when they are used.
# Happens: `import streamlit`, and so `streamlit run` before it has read the app, imports plotly.graph_objects and has Plotly check a whole template,
#   value by value: a third of the time that the import takes then.
# Seen with streamlit 1.67.0 and plotly 7.1.0, Python 3.11. Source: streamlit/elements/plotly_chart.py calls `configure_streamlit_plotly_theme()`
#   when it is imported; streamlit/elements/lib/streamlit_plotly_theme.py registers the template "streamlit" there.
# Who is hit: servers whose start is waited for, and every process that imports Streamlit: workers, tests, scripts.
# The way out: none for an app, since `streamlit run` imports it first. Processes that draw nothing should not import Streamlit.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat >"$folder/look.py" <<'PY'
import sys
import time

began = time.process_time()
import streamlit

took = time.process_time() - began
print(f"{took:.3f} {'plotly.graph_objects' in sys.modules} {sum(name.split('.')[0] == 'plotly' for name in sys.modules)}")
PY
median() { # of the seconds, and what has been imported
  "$folder/venv/bin/python" "$folder/look.py" >/dev/null # compiles
  for _ in 1 2 3 4 5 6 7; do "$folder/venv/bin/python" "$folder/look.py"; done | sort -n | sed -n 4p
}
unset PYTHONDONTWRITEBYTECODE
without="$(median)"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check plotly==7.1.0
with="$(median)"
echo "CPU seconds of 'import streamlit', Plotly imported, its modules; median of 7"
echo "without Plotly installed: $without"
echo "with Plotly installed:    $with"
"$folder/venv/bin/python" - $without $with <<'PY'
import sys

before, _, _, after, imported, _ = sys.argv[1:]
print(f"{float(after) / float(before):.2f} times as long")
assert imported == "True", "changed: Streamlit leaves Plotly alone until it is used"
assert float(after) > 1.15 * float(before), "changed: it has become cheap"
PY
