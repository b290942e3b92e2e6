#!/usr/bin/env bash
# One NumPy number in the data of a Streamlit component (v2) turns the whole message into a text; NaN makes it invalid JSON.
#
# Expected: `np.float32(0.5)` arrives in the browser as 0.5, as it does with st.json, or Python raises; NaN likewise.
# Happens: nothing is raised. With one NumPy scalar anywhere in it, a dictionary arrives as ONE string, Python's repr of the
#   dictionary ("{'probability': np.float32(0.5), ...}"), so every other value is lost as well. With NaN the message is
#   `{"probability": NaN}`, which JSON.parse in the browser refuses.
# Seen with Streamlit 1.67.0, NumPy 2.4.6, Python 3.11: what is sent is read off the message that AppTest keeps.
# Who is hit: whoever sends probabilities out of a network to a component. It works in every try with round Python numbers.
# The way out: convert with `.item()` / `.tolist()` and dump with `json.dumps(data, allow_nan=False)` before handing it over.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 numpy==2.4.6
cd "$folder"
cat > try.py <<'PY'
import json

from streamlit.testing.v1 import AppTest


def page():
    import numpy as np
    import streamlit as st

    show = st.components.v2.component("probe", html="<b></b>", js="export default () => {}")
    show(key="python", data={"probability": 0.5, "words": ["a", "b"]})
    show(key="numpy", data={"probability": np.float32(0.5), "words": ["a", "b"]})
    show(key="nan", data={"probability": float("nan")})


app = AppTest.from_function(page).run()
assert not app.exception
sent = {key: app.get_by_key(key).proto.json for key in ("python", "numpy", "nan")}
for key, message in sent.items():
    print(f"{key:7s}{message}")
assert json.loads(sent["python"]) == {"probability": 0.5, "words": ["a", "b"]}
assert isinstance(json.loads(sent["numpy"]), str), "changed: a NumPy scalar no longer turns the message into a text"
assert sent["nan"] == '{"probability": NaN}', "changed: NaN is no longer sent as it is"
PY
"$folder/venv/bin/python" try.py 2>/dev/null  # Streamlit warns of its missing context
