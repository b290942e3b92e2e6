#!/usr/bin/env bash
# A message that comes or goes above columns makes the browser build a component in them anew, though the component has a key.
#
# Expected: a component with a `key` is the same one from run to run, wherever it stands: what it holds in the browser (a
#   drawing, a position, a sound that plays) stays. Components on the page itself do so.
# Happens: containers and columns are told apart by their place, and one element more above moves them all by one. The browser
#   takes each for its neighbour and builds what is in it anew, components with keys included, also where the container has a
#   key of its own. The server sees nothing of it: to Python it is the same component with the same value.
# Seen with Streamlit 1.67.0, Python 3.11, Chromium.
# Who is hit: canvases and players in columns, below an error, a notice or a bar that is there only sometimes.
# The way out: keep the place, with an empty container (`st.container()`, `st.empty()`) that holds the message when there is one.
# Needs: a Chromium on the PATH.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 playwright==1.65.2
cd "$folder"
cat > app.py <<'PY'
import streamlit as st

COUNT = """export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".sheet")
  window.built ??= {}
  if (!root.dataset.seen) window.built[data] = (window.built[data] ?? 0) + 1
  root.dataset.seen = "yes"
}"""
sheet = st.components.v2.component("sheet", html='<div class="sheet">a sheet</div>', js=COUNT)

if st.checkbox("Message"):
    st.write("A message.")
sheet(key="on the page", data="on the page")
with st.container(key="container"):
    sheet(key="in a container", data="in a container with a key")
with st.columns(2)[0]:
    sheet(key="in a column", data="in a column")
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


def answers():
    try:
        return urllib.request.urlopen(f"http://localhost:{port}/_stcore/health").status == 200
    except OSError:
        return False


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
try:
    while not answers():
        time.sleep(0.2)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"http://localhost:{port}")
        page.locator(".sheet").nth(2).wait_for(timeout=60_000)
        for click in range(4):
            page.get_by_text("Message", exact=True).click()
            page.get_by_text("A message.").wait_for(state="hidden" if click % 2 else "visible")
            page.wait_for_timeout(1000)
        built = page.evaluate("window.built")
    print("A message came and went twice. How often each component was built:")
    for place, times in sorted(built.items()):
        print(f"  {place}: {times}")
    if built["on the page"] == 1 and built["in a column"] > 1:
        print("As described.")
        sys.exit(0)
    print("CHANGED.")
    sys.exit(1)
finally:
    server.kill()
PY
"$folder/venv/bin/python" try.py
