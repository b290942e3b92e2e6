#!/usr/bin/env bash
# A page that lost its connection while its script ran is told on the next one that the script has ended; the rest never comes.
#
# Expected: a browser that comes back to its session gets a whole run, or hears nothing until it asks for one.
# Happens: the server breaks the run off, keeps what that run had still to send, and hands it to the next connection before
#   anything is asked for: the end of the script, as of any whole run. A browser that had not yet seen the run begin, or hears of
#   the end first, takes the page for complete: most of it is missing, nothing runs, nobody is told. We saw that in Chromium
#   after some of the breaks within a few milliseconds of a click on another page: half a page, or none, until the next click.
# Seen with Streamlit 1.67.0, Python 3.11. Source: websocket_session_manager.py, disconnect_session and connect_session.
# Who is hit: phones that are put away while a page is coming, and servers behind a proxy that is restarted.
# The way out: a script in the page that looks, after each break, whether its last element is there, and asks again.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 websockets==16.1
cd "$folder"
cat > app.py <<'PY'
import time

import streamlit as st

for line in range(40):
    st.write(f"line {line}")
    time.sleep(0.05)
PY
cat > try.py <<'PY'
import asyncio
import socket
import subprocess
import sys
import time
import urllib.request

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

with socket.socket() as free:
    free.bind(("localhost", 0))
    port = free.getsockname()[1]


def connect(session):
    protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", session] if session else ["streamlit"]
    return websockets.connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=protocols)


async def heard(page, seconds):
    """Yield what the server says, until it says nothing for so many seconds."""
    while True:
        try:
            message = ForwardMsg.FromString(await asyncio.wait_for(page.recv(), seconds))
        except TimeoutError:
            return
        yield message, message.WhichOneof("type")


async def main():
    lines, session, ended = [], "", False
    async with connect("") as page:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        await page.send(asked.SerializeToString())
        async for message, kind in heard(page, 5):
            if kind == "new_session":
                session = message.new_session.initialize.session_id
            if kind == "delta":
                lines.append(message.delta.new_element.markdown.body)
            if len(lines) == 5:
                break
    print(f"first connection: {lines[0]} to {lines[-1]} of 40, then it breaks")
    await asyncio.sleep(1)
    again = []
    async with connect(session) as page:
        async for message, kind in heard(page, 4):
            if kind == "delta":
                again.append(message.delta.new_element.markdown.body)
            ended = ended or kind == "script_finished"
    print(f"second connection, which asked for nothing: lines {again}; the script is said to have ended: {ended}")
    if ended and "line 39" not in again:
        print("As described.")
        return 0
    print("CHANGED.")
    return 1


def answers():
    try:
        return urllib.request.urlopen(f"http://localhost:{port}/_stcore/health").status == 200
    except OSError:
        return False


server = subprocess.Popen(
    [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true",
     "--browser.gatherUsageStats=false"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)
try:
    while not answers():
        time.sleep(0.2)
    sys.exit(asyncio.run(main()))
finally:
    server.kill()
PY
"$folder/venv/bin/python" try.py
