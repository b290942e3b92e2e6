#!/usr/bin/env bash
# A second click while the script is still at work takes back what the callback of the first click has set.
#
# Expected: `st.session_state[key] = value` in a callback sets a control; a click on a third control a moment later leaves it so.
# Happens: the browser sends what all controls say with every request. Until the run has come to the control that was set, the
#   browser says its old value. Streamlit takes a value that differs from its own for a choice of the person: the control has
#   its old value again, and its `on_change` is called although nobody has touched it. Later clicks do not mend it.
# Seen with Streamlit 1.67.0, Python 3.11, Chromium. Here the script waits for a second before it draws; a connection with
#   0.4 s each way does the same to a script that takes no time.
# Who is hit: controls that adapt one another (a window that limits a horizon, a preset that sets several), for people who are
#   quick or whose network is slow.
# The way out: compare a request with the one before it (wrap `SessionState.on_script_will_rerun`): what says the same in both,
#   while something else has changed, was chosen by nobody.
# Needs: a Chromium on the PATH.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 playwright==1.65.2
cd "$folder"
cat > app.py <<'PY'
import time

import streamlit as st

state = st.session_state
state.setdefault("changes", 0)


def adapt():
    state["window"] = 7


def count():
    state["changes"] += 1


time.sleep(1)  # a table is read
st.checkbox("Adapt the window", key="adapts", on_change=adapt)
st.slider("Window", 0, 10, key="window", on_change=count)
st.checkbox("Logarithm", key="logarithm")
st.write(f"adapted {state['adapts']}, logarithm {state['logarithm']}: window {state['window']}, changes {state['changes']}")
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


def said(page, adapted, logarithm):
    text = page.get_by_text(f"adapted {adapted}, logarithm {logarithm}:")
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
        for quick in (False, True):
            page = browser.new_page()
            page.goto(f"http://localhost:{port}")
            said(page, False, False)
            page.get_by_text("Adapt the window").click()
            if quick:
                page.wait_for_timeout(300)
            else:
                said(page, True, False)
            page.get_by_text("Logarithm", exact=True).click()
            seen[quick] = said(page, True, True)
            print(f"second click {'0.3 s after the first' if quick else 'after the answer to the first'}: {seen[quick]}")
            page.close()
        browser.close()
finally:
    server.terminate()
sys.exit(seen != {False: "window 7, changes 0", True: "window 0, changes 1"})
PY
"$folder/venv/bin/python" try.py
