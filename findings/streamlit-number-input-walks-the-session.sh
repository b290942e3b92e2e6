#!/usr/bin/env bash
# Every st.number_input, st.text_input, st.slider and st.selectbox reads the WHOLE session state: n of them cost n * n.
#
# Expected: a widget looks up its own value; a page with ten times as many of them takes ten times as many look-ups.
# Happens: some widgets first build a dictionary of everything in the session (`filtered_state`), each value through the
#   look-up that session state gives to pages. With n of them on a page that is n look-ups each, n * n in all, in every run,
#   under the interpreter's lock, for every session. What else the app keeps in the session is walked through just as often.
# Seen with Streamlit 1.67.0, Python 3.11: look-ups are counted, no time is measured.
# Who is hit: pages with long forms, and servers of many sessions (a form of 45 fields on a teaching server: 8 % of all
#   processor time went into this).
# The way out: fields that are not open are not drawn (st.popover and st.expander draw theirs all the same); large things
#   live in one object in the session, not in many keys. st.checkbox does not do it.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cd "$folder"
cat > try.py <<'PY'
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest


def page(kind: str, count: int) -> None:
    import streamlit as st

    for number in range(count):
        if kind == "selectbox":
            st.selectbox(f"{number}", ["a", "b"], key=f"key-{number}")
        else:
            getattr(st, kind)(f"{number}", key=f"key-{number}")


looked_up = 0
original = SessionState.__getitem__


def counted(self, key):
    global looked_up
    looked_up += 1
    return original(self, key)


SessionState.__getitem__ = counted
growth = {}
for kind in ("number_input", "selectbox", "text_input", "slider", "checkbox"):
    counts = []
    for count in (10, 100):
        app = AppTest.from_function(page, args=(kind, count)).run(timeout=60)
        assert not app.exception
        looked_up = 0
        app.run(timeout=60)
        counts.append(looked_up)
    growth[kind] = counts[1] / max(1, counts[0])
    print(f"{kind:13s} look-ups in one run: {counts[0]:6d} with 10 on the page, {counts[1]:6d} with 100")
for kind in ("number_input", "text_input", "slider", "selectbox"):
    assert growth[kind] > 50, f"changed: {kind} no longer walks through the session"
assert growth["checkbox"] < 15
PY
"$folder/venv/bin/python" try.py 2>/dev/null  # Streamlit warns of its missing context
