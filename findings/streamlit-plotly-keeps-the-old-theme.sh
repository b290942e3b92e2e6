#!/usr/bin/env bash
# A Plotly figure keeps the chart colours of the theme it was first drawn in: dark points stay dark on dark paper.
#
# Expected: `st.plotly_chart(px.scatter(..., color=...))` has the colours of [theme.light] chartCategoricalColors on the light
#   page and those of [theme.dark] after a switch, as the paper, the grid and the texts of the figure do.
# Happens: Plotly Express writes placeholders of Streamlit into the traces. The browser puts in the colours of the theme that
#   is shown, and with a switch it does so again in what it has put in, where no placeholder is left. So points, lines and
#   bars keep the colours of the other theme, and whatever else was such a placeholder. Only a figure that differs, or a
#   reload, has the right ones.
# Seen with Streamlit 1.67.0, Plotly 7.1.0, Python 3.11, Chromium 156; both themes in .streamlit/config.toml.
# Who is hit: apps with colours for each theme, whose readers switch on a projector, or whose system turns dark in the evening.
# The way out: notice the switch in a component, run the script again, and change something that is not seen
#   (`layout.datarevision`), so that the figure is another.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 plotly==7.1.0 playwright==1.65.2
cd "$folder"
mkdir .streamlit
cat > .streamlit/config.toml <<'TOML'
[theme.light]
chartCategoricalColors = ["#112233", "#223344"]
[theme.dark]
chartCategoricalColors = ["#DDEEFF", "#CCDDEE"]
TOML
cat > app.py <<'PY'
import plotly.express as px
import streamlit as st

st.plotly_chart(px.scatter(x=[1, 2], y=[1, 2], color=["a", "b"]))
PY
cat > try.py <<'PY'
import shutil
import socket
import subprocess
import sys

from playwright.sync_api import expect, sync_playwright

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
with socket.socket() as listener:
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
command.append("--browser.gatherUsageStats=false")
server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(color_scheme="light")
        for _ in range(120):
            try:
                page.goto(f"http://127.0.0.1:{port}")
                break
            except Exception:  # the server starts
                page.wait_for_timeout(500)
        point, paper = page.locator(".point").first, page.locator(".main-svg").first

        def colours():
            return [one.evaluate("one => getComputedStyle(one)[one.matches('.point') ? 'fill' : 'background']")
                    for one in (point, paper)]

        expect(point).to_be_visible(timeout=60_000)
        light = colours()
        page.emulate_media(color_scheme="dark")
        expect(page.locator(".stApp")).to_have_css("color-scheme", "dark", timeout=60_000)
        page.wait_for_timeout(3000)
        switched = colours()
        page.reload()
        expect(point).to_be_visible(timeout=60_000)
        dark = colours()
        browser.close()
finally:
    server.terminate()
    server.wait()
for name, found in {"light": light, "switched to dark": switched, "dark, reloaded": dark}.items():
    print(f"{name:17}point {found[0]}, paper {found[1].partition(')')[0]})")
assert (light[0], dark[0]) == ("rgb(17, 34, 51)", "rgb(221, 238, 255)")
assert switched[1] == dark[1], "changed: the paper follows no switch either"
assert switched[0] == light[0], "changed: points follow a switch of the theme"
PY
"$folder/venv/bin/python" try.py
