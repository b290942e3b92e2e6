#!/usr/bin/env bash
# Before a Streamlit page shows anything, a browser fetches 59 scripts, half of them below 2 kB, by HTTP/1.1: ten ways to the server.
#
# Expected: a front end that was built and bundled asks for a handful of files; what a small app waits for is their size.
# Happens: index.html names 59 scripts (32 below 2 kB, single functions of lodash among them), most of which its first module imports
#   itself. Streamlit's server speaks HTTP/1.1, for which browsers hold six connections: the 59 go in ten rounds, whatever their size.
#   In Chromium with 400 ms there and back and 4 Mbit/s, the last one came 4.6 s after the first was asked for, when nothing of the app
#   itself had been asked for yet; behind a proxy that speaks HTTP/2, our first page was whole 2 to 6 s earlier.
#   The server also sends them as they are: 2.1 MB, which gzip makes 0.5.
# Seen with Streamlit 1.67.0 and the server that it brings, uvicorn 0.54.0. Source: streamlit/static/index.html.
# Who is hit: everybody's first visit over a phone or a full school network.
# The way out: a proxy that speaks HTTP/2 (which browsers do over TLS only) and packs; for own parts of a page, one file each.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 uvicorn==0.54.0
cd "$folder"
echo 'import streamlit as st; st.write("Hello")' > app.py
cat > try.py <<'PY'
import gzip
import http.client
import math
import re
import socket
import subprocess
import sys
import time

with socket.socket() as free:
    free.bind(("localhost", 0))
    port = free.getsockname()[1]

command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def fetch(path):
    asking = http.client.HTTPConnection("localhost", port, timeout=10)
    asking.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = asking.getresponse()
    return answer.version, answer.getheader("Content-Encoding"), answer.read()


try:
    for _ in range(300):
        try:
            version, _, page = fetch("/")
            break
        except OSError:
            time.sleep(0.2)
    names = re.findall(r'(?:href|src)="\./(static/js/[^"]+\.js)"', page.decode())
    first = next(name for name in names if "/index." in name)
    imported = set(re.findall(r'from\s?"\./([^"]+\.js)"', fetch(f"/{first}")[2].decode()))
    scripts = {name: fetch(f"/{name}") for name in dict.fromkeys(names)}
finally:
    server.terminate()
    server.wait()

sizes = [len(body) for _, _, body in scripts.values()]
small = sum(size < 2000 for size in sizes)
packed = sum(len(gzip.compress(body)) for _, _, body in scripts.values())
print(f"HTTP/{version / 10}, {len(scripts)} scripts before anything is shown, {small} of them below 2 kB: "
      f"{math.ceil(len(scripts) / 6)} rounds over six connections")
print(f"{sum(sizes) / 1e6:.1f} MB as they are sent, {packed / 1e6:.1f} MB with gzip; the first module itself imports {len(imported)}")
assert version == 11
assert len(scripts) > 40 and small > 20, "changed: fewer scripts, or none so small"
assert len(imported) > 20, "changed: the first module no longer imports them all at once"
assert not any(encoding for _, encoding, _ in scripts.values()), "changed: they are packed"
PY
"$folder/venv/bin/python" try.py
