#!/usr/bin/env bash
# Where the head of a Ray cluster is gone, Ray ends every process that has joined it.
#
# Expected: an exception in the program that asks, which can go on without the cluster.
# Happens: the question hangs, and after a minute Ray ends the whole process with status 1 ("Failed to connect to GCS within 60 seconds ... The program
#   will terminate"). Nothing is raised, so nothing can be caught.
# Seen with ray 2.60.0, Python 3.11, Linux.
# Who is hit: servers that use a cluster beside other work: all their users are thrown out.
# The way out: join from a process of its own, and start it again (`core/runs/cluster/agent.py`).
# It starts a head on this machine, and ends it; it takes two minutes.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ray==2.60.0 psutil
"$folder/venv/bin/python" - <<'PY'
import subprocess, sys, time
from pathlib import Path

import psutil

PORT = "47379"
ray = str(Path(sys.executable).with_name("ray"))
head = subprocess.Popen(
    [ray, "start", "--block", "--head", f"--port={PORT}", "--include-dashboard=false", "--num-cpus=0",
     "--object-store-memory=80000000"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
for line in head.stdout:
    if "Ray runtime started" in line:
        break
program = subprocess.Popen([sys.executable, "-u", "-c", f"""
import socket, time, ray
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
    probe.connect(("192.0.2.1", 80))
    here = probe.getsockname()[0]
ray.init(address=here + ":{PORT}", log_to_driver=False, configure_logging=False)
print("joined", flush=True)
while True:
    time.sleep(1)
    try:
        ray.cluster_resources()
    except Exception as problem:
        print("an exception:", type(problem).__name__)
"""], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
print(program.stdout.readline().strip())
everything = [*psutil.Process(head.pid).children(recursive=True), psutil.Process(head.pid)]
for process in everything:
    if "gcs_server" in " ".join(process.cmdline()[:1]):
        process.kill()
began = time.monotonic()
said = program.communicate(timeout=150)[0]
seconds = time.monotonic() - began
print(f"the program ended by itself after {seconds:.0f} s, exit status {program.returncode}")
print("an exception was raised:", "an exception:" in said)
for process in everything:
    try:
        process.kill()
    except psutil.Error:
        pass
assert "an exception:" not in said, "changed: the program hears of it"
assert program.returncode == 1 and seconds > 30, "changed: Ray ends it in another way"
PY
