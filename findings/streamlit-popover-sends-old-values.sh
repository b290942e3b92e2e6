#!/usr/bin/env bash
# What a script puts into the state of a control is taken back by the browser, if the control is in a popover that was open once.
#
# Expected: `st.session_state[key] = value` in a callback sets a control, wherever it stands; the next click finds that value.
# Happens: the browser mounts the controls of a popover only while it is open, and hears of a value set by Python only through a
#   control that is mounted. Its own copy of the old value stays, though, and goes to the server with every later request:
#   the first run shows the value that was set, the next one, whatever is clicked, silently has the old one again.
#   A popover that was never opened, and an expander, do as expected.
# Seen with Streamlit 1.67.0, Python 3.11, Chromium.
# Who is hit: forms with settings in popovers and a button that loads a preset: what runs is not what was shown.
# The way out: another key for the control each time Python sets its value.
# Needs: a Chromium on the PATH.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 playwright==1.65.2
cd "$folder"
cat > app.py <<'PY'
import streamlit as st


def load_preset():
    st.session_state["in popover"] = st.session_state["in expander"] = 5


with st.popover("Settings"):
    st.number_input("Rate", value=1, key="in popover")
with st.expander("More"):
    st.number_input("Other rate", value=1, key="in expander")
st.button("Preset", on_click=load_preset)
clicks = st.session_state["clicks"] = st.session_state.get("clicks", -1) + 1
st.button("Use")
st.write(f"Run {clicks}: popover {st.session_state['in popover']}, expander {st.session_state['in expander']}")
PY
cat > try.py <<'PY'
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import sync_playwright

with socket.socket() as free:
    free.bind(("localhost", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true",
     "--browser.gatherUsageStats=false"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)


def said(page, run):
    text = page.get_by_text(f"Run {run}:")
    text.wait_for(timeout=30_000)
    return text.inner_text().partition(": ")[2]


seen = {}
try:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health").close()
            break
        except OSError:
            time.sleep(0.1)
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for opened in (False, True):
            page = browser.new_page()
            page.goto(f"http://localhost:{port}")
            said(page, 0)
            if opened:
                page.get_by_role("button", name="Settings").click()
                page.get_by_label("Rate", exact=True).wait_for()
                page.keyboard.press("Escape")
                page.get_by_label("Rate", exact=True).wait_for(state="detached")
            page.get_by_role("button", name="Preset").click()
            first = said(page, 1)
            page.get_by_role("button", name="Use").click()
            seen[opened] = (first, said(page, 2))
            print(f"popover {'opened and closed' if opened else 'never opened'}: after the preset {first}; then {seen[opened][1]}")
            page.close()
        browser.close()
finally:
    server.terminate()
five = "popover 5, expander 5"
sys.exit(seen != {False: (five, five), True: (five, "popover 1, expander 5")})
PY
"$folder/venv/bin/python" try.py
