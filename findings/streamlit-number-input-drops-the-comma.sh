#!/usr/bin/env bash
# Whoever types 3,5 into st.number_input has typed 35, and nothing on the page says so.
#
# Expected: a field for numbers takes a decimal comma as a comma, as people in most of Europe write it, or marks the field as wrong.
# Happens: st.number_input is an <input type="number">. Chromium with an English interface swallows the comma: there is a `beforeinput` event for it,
#   but no `input` event, no change and no complaint; the digits on both sides of it become one number. The server gets 35. What the page or the
#   request says of the language (lang="de", Accept-Language, the locale of a Playwright context) changes nothing: only the browser's own language does.
# Seen with Streamlit 1.67.0, Python 3.11, Chromium 156.
# Who is hit: forms and votes of classes outside of English-speaking countries, on school laptops with an English browser: wrong by a factor of ten.
# The way out: listen to `beforeinput`, and write a point where no `input` event follows; or take the number as text and read it on the server.
# Needs: a Chromium on the PATH.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 playwright==1.65.2
cd "$folder"
cat > app.py <<'PY'
import streamlit as st

number = st.number_input("How many metres?", value=0.0, step=0.1)
st.write(f"The server got {number:g}.")
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
got = {}
try:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health").close()
            break
        except OSError:
            time.sleep(0.1)
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--lang=en-US"])
        for locale in ("en-US", "de-DE"):
            page = browser.new_page(locale=locale)
            page.goto(f"http://localhost:{port}")
            page.get_by_text("The server got 0.").wait_for(timeout=30_000)
            page.evaluate("language => { document.documentElement.lang = language }", locale)
            field = page.get_by_role("spinbutton")
            field.click()
            page.keyboard.press("Control+A")
            page.keyboard.type("3,5", delay=50)
            shown, wrong = field.input_value(), field.evaluate("one => one.validity.badInput")
            page.keyboard.press("Tab")
            answer = page.get_by_text("The server got").filter(has_not_text="got 0.")
            answer.wait_for(timeout=30_000)
            got[locale] = answer.inner_text()
            print(f"{locale}: typed 3,5; the field has {shown}, marked as wrong: {wrong}; {got[locale]}")
            page.close()
        browser.close()
finally:
    server.terminate()
sys.exit(set(got.values()) != {"The server got 35."})
PY
"$folder/venv/bin/python" try.py
