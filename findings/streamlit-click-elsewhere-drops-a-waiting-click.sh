#!/usr/bin/env bash
# A click in a fragment that is still at work is thrown away by a click elsewhere: its callback is never called.
#
# Expected: `on_click` of a button that was pressed is called, now or later, whatever is pressed next.
# Happens: while a fragment runs, a further click in it waits. A click outside of the fragment, or on a link to another page,
#   asks for the whole page. For that Streamlit ends the thread of the script together with what waits in its queue, and
#   begins a new one: the waiting click has never been. With a link to another page the values that came with it are gone
#   too: a slider that was moved, a drawing of a component.
# Seen with Streamlit 1.67.0, Python 3.11, Chromium. Here the fragment takes a second; a server that thirty people share is as
#   slow with a fragment that takes 50 ms.
# Who is hit: "save", "hand in", "start" in a fragment, for people who then go on at once.
# The way out: give the request for the whole page the clicks and values that wait (wrap `AppSession.request_rerun`).
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
state.setdefault("saved", 0)


def save():
    state["saved"] += 1


@st.fragment
def work():
    st.button("Save", on_click=save)
    time.sleep(1)  # a table is read


def first():
    work()
    st.button("Elsewhere on this page", on_click=lambda: state.update(went="there"))


def second():
    state["went"] = "to another page"


st.navigation([st.Page(first, title="First", default=True), st.Page(second, title="Another page")]).run()
st.write(f"saved {state['saved']}, then went {state.get('went')}.")
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
        ways = {"there": lambda page: page.get_by_role("button", name="Elsewhere on this page"),
                "to another page": lambda page: page.get_by_role("link", name="Another page")}
        for went, way in ways.items():
            for between in (2000, 300):  # ms: the answer has come, or not
                page = browser.new_page()
                page.goto(f"http://localhost:{port}")
                page.get_by_text("saved 0").wait_for(timeout=30_000)
                for _ in range(2):
                    page.get_by_role("button", name="Save").first.click()
                    page.wait_for_timeout(between)
                way(page).first.click()
                text = page.get_by_text(f"then went {went}.")
                text.wait_for(timeout=30_000)
                saved = seen[went, between] = int(text.inner_text().split(",")[0].removeprefix("saved "))
                print(f"pressed Save twice and went {went}, with {between} ms between clicks: saved {saved} times")
                page.close()
        browser.close()
finally:
    server.terminate()
sys.exit(list(seen.values()) != [2, 1, 2, 1])
PY
"$folder/venv/bin/python" try.py
