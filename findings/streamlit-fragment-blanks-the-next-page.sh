#!/usr/bin/env bash
# A fragment that reports in just after the click on another page takes that page down: its title stays, the rest is gone.
#
# Expected: once a browser has asked for page B, a late report of a fragment on page A (a canvas that has just loaded, a
#   component that answers after a moment) is dropped, or ends with page B on the screen.
# Happens: after the run of page B the server starts a run for the fragment of page A, which no longer exists, and announces
#   page A for it (`new_session.page_script_hash`). The browser takes down all elements of B, nothing puts them back, and the
#   address and the navigation still say B. What the entry script drew before `page.run()` stays, so the page looks finished
#   and empty. If the report arrives while B is still waiting, the two requests are joined with the hash of A.
# Seen with Streamlit 1.67.0, Python 3.11, over the WebSocket that browsers use; and in Chromium: a component that calls
#   `setStateValue` right after the click leaves the second page empty.
# Who is hit: every app of several pages whose fragments hold a component that reports by itself.
# The way out: ASGI middleware in `st.App` that drops requests of a fragment whose page is not the one last asked for.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 websockets==15.0.1
cd "$folder"
cat > app.py <<'PY'
import time

import streamlit as st


def first():
    @st.fragment
    def reporting():
        st.text_input("Report")

    reporting()


def second():
    time.sleep(1)
    st.write("This is the second page.")


st.title("Title")
st.navigation([st.Page(first, default=True), st.Page(second)]).run()
PY
cat > try.py <<'PY'
import asyncio
import socket
import subprocess
import sys
import urllib.request

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


async def receive(connection, last: str) -> list[ForwardMsg]:
    """Read messages up to the next of kind `last`."""
    messages: list[ForwardMsg] = []
    while not messages or messages[-1].WhichOneof("type") != last:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(connection.recv(), 30))
        messages.append(message)
    return messages


async def ask(connection, page: str = "", fragment: str = "") -> None:
    request = BackMsg()
    request.rerun_script.page_script_hash = page
    request.rerun_script.fragment_id = fragment
    await connection.send(request.SerializeToString())


async def main(port: int) -> None:
    url = f"ws://localhost:{port}/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None) as connection:
        await ask(connection)
        messages = await receive(connection, "script_finished")
        pages = [page for message in messages for page in message.navigation.app_pages]
        first, second = (page.page_script_hash for page in pages)
        fragment = next(m.delta.fragment_id for m in messages if m.WhichOneof("type") == "delta" and m.delta.fragment_id)
        await ask(connection, second)
        await asyncio.sleep(0.3)  # it runs for a second
        await ask(connection, first, fragment)  # a report that was sent before the browser heard of the second page
        shown = (await receive(connection, "new_session"))[-1].new_session.page_script_hash
        await receive(connection, "script_finished")
        announced = (await receive(connection, "new_session"))[-1].new_session.page_script_hash
        drawn = sum(m.WhichOneof("type") == "delta" for m in await receive(connection, "script_finished"))
        names = {first: "the first", second: "the second"}
        print(f"asked for: the second page; run: {names[shown]}; announced after the report: {names[announced]} page")
        print(f"elements sent with that announcement: {drawn}")
        assert shown == second and announced == first and drawn == 0, "changed: a late report no longer turns the page"


with socket.socket() as free:
    free.bind(("localhost", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true",
     "--browser.gatherUsageStats=false"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).read()
            break
        except OSError:
            asyncio.run(asyncio.sleep(0.1))
    asyncio.run(main(port))
finally:
    server.terminate()
PY
"$folder/venv/bin/python" try.py
