#!/usr/bin/env bash
# One list in the data of a Streamlit component (v2) imports pandas and PyArrow into the server.
#
# Expected: `{"values": [1, 2, 3]}` goes to the component's JavaScript as JSON; an app that shows no table needs no pandas.
# Happens: before any list or dictionary is written as JSON, Streamlit asks whether it is "dataframe-like", and imports
#   pandas and PyArrow to find out: some 80 MB and 0.3 s in the middle of the first answer, in every process that serves
#   the page. Numbers, texts and tuples at the same place import nothing, and travel as the same JSON.
# Seen with Streamlit 1.67.0, pandas 3.1.1, PyArrow 26.0.1, Python 3.11: serialize_mixed_data ->
#   _extract_dataframes_from_dict -> is_dataframe_like -> determine_data_format, which imports both before its first check.
# Who is hit: whoever keeps an app of own components light, or measures how long the first answer of a server takes.
# The way out: hand the values of the dictionary over as tuples, or the whole as one tuple (only dictionaries are searched).
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 pandas==3.1.1 pyarrow==26.0.1 psutil==7.2.2
cd "$folder"
cat > try.py <<'PY'
import json
import sys
import time

import psutil
from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    show = st.components.v2.component("probe", html="<b></b>", js="export default () => {}")
    values = (1, 2, 3)
    show(key="probe", data={"values": list(values) if st.session_state.get("as_list") else values})


def run(as_list):
    app = AppTest.from_function(page)
    app.session_state["as_list"] = as_list
    memory, begun = psutil.Process().memory_info().rss, time.process_time()
    app.run()
    assert not app.exception
    seconds, grown = time.process_time() - begun, (psutil.Process().memory_info().rss - memory) / 2**20
    loaded = [name for name in ("pandas", "pyarrow") if name in sys.modules]
    sent = json.loads(app.get_by_key("probe").proto.json)
    print(f"{'list' if as_list else 'tuple':6s}sent {sent}, loaded {loaded}, {seconds:.2f} s, {grown:+.0f} MB")
    return sent, loaded


run(False)  # what any first run imports
as_tuple, before = run(False)
as_list, after = run(True)
assert as_tuple == as_list == {"values": [1, 2, 3]}
assert before == [] and after == ["pandas", "pyarrow"], "changed: a list no longer imports both, or a tuple does too"
PY
"$folder/venv/bin/python" try.py 2>/dev/null  # Streamlit warns of its missing context
