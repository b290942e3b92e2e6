"""Run several page servers on this machine, with HAProxy before them: `python -m core.page_servers 4`.

Python computes on one core at a time in one process, so one page server answers a class with one core. HAProxy keeps a
browser with its server. What the servers share is in PLAYGROUND_HOME (`docs/deploying.md`).
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from core.classroom.invitation import is_loopback, own_address
from core.paths import ROOT
from core.settings import settings

_TEMPLATE = ROOT / "deploy" / "haproxy.cfg"
_LAST_PORT = 65_535
_START = 120.0  # seconds within which a page server has to answer
_END = 30.0  # seconds in which it saves what its trainings have learnt
_LOOK = 0.5  # seconds between two looks at whether all are alive
_PAUSE = 2.0  # seconds before one that has ended is started again


class CannotServe(RuntimeError):
    """Why the servers cannot run; the message is a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line until it is ended; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m core.page_servers", description=(__doc__ or "").splitlines()[0])
    cores = f"how many: one for each core that they may use (this machine has {os.cpu_count()})"
    parser.add_argument("servers", type=int, help=cores)
    everywhere = "on which others reach them; 0.0.0.0 for all addresses of this machine"
    parser.add_argument("--server.address", dest="address", default="127.0.0.1", help=everywhere)
    parser.add_argument("--server.port", dest="port", type=int, default=8501)
    chosen = parser.parse_args(arguments)
    if chosen.servers < 1:
        parser.error("At least one page server is needed.")
    if not 0 < chosen.port <= _LAST_PORT:
        parser.error(f"Ports go from 1 to {_LAST_PORT}.")
    for name in ("SIGTERM", "SIGHUP"):
        if end := getattr(signal, name, None):  # Windows has no SIGHUP
            signal.signal(end, _interrupt)
    try:
        serve(chosen.servers, chosen.address, chosen.port)
    except CannotServe as problem:
        parser.exit(1, f"{problem}\n")
    except KeyboardInterrupt:
        print("The page servers have ended.")
    return 0


def page_server(port: int) -> list[str]:
    """Return the command of a page server that listens on a port of this machine only."""
    listens = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *listens]


def serve(servers: int, address: str, port: int, command: Callable[[int], list[str]] = page_server) -> None:
    """Run page servers and a proxy before them until somebody interrupts; one that ends is started again.

    Args:
        servers: how many.
        address: on which the proxy listens.
        port: on which it does.
        command: returns that of a page server for a port.

    Raises:
        CannotServe: HAProxy is missing, the port is taken, or a page server does not answer after its start.
    """
    program = find_haproxy()
    _check_free(address, port)
    ports = _free_ports(servers)
    environment = dict(os.environ)
    if not is_loopback(address):
        environment.setdefault("PLAYGROUND_PUBLIC_URL", f"http://{own_address()}:{port}")
    if not settings().teacher_password.get_secret_value():
        print("Nobody can open a room: behind a proxy, that needs PLAYGROUND_TEACHER_PASSWORD.")
    with tempfile.TemporaryDirectory() as folder, _running() as start:
        pages = [start(command(page), environment) for page in ports]
        for process, page in zip(pages, ports, strict=True):
            _wait(process, f"127.0.0.1:{page}", "A page server")
        file = Path(folder) / "haproxy.cfg"
        file.write_text(configuration(_TEMPLATE.read_text("utf-8"), f"{address}:{port}", ports))
        proxy = start([program, "-db", "-f", str(file)], environment)
        _wait(proxy, f"{address}:{port}", "HAProxy")
        seen_at = environment.get("PLAYGROUND_PUBLIC_URL") or f"http://localhost:{port}"
        print(f"{servers} page servers answer at {seen_at}", flush=True)
        while proxy.poll() is None:
            time.sleep(_LOOK)
            for number, page in enumerate(ports):
                if pages[number].poll() is not None:
                    print(f"Page server {number + 1} has ended, and is started again.", flush=True)
                    time.sleep(_PAUSE)  # the proxy sends people to the others meanwhile
                    pages[number] = start(command(page), environment)
        raise CannotServe("HAProxy has ended; what it said stands above.")


def find_haproxy() -> str:
    """Return the program.

    Raises:
        CannotServe: it is not installed.
    """
    program = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise CannotServe("HAProxy is not installed: `apt install haproxy` or `brew install haproxy` brings it.")
    return program


def configuration(shipped: str, listens: str, ports: Sequence[int]) -> str:
    """Return the shipped file of HAProxy for page servers on some ports, to run as whoever runs it, without a log.

    Args:
        shipped: its text, for two servers behind port 80.
        listens: address and port of the proxy.
        ports: of the page servers, on this machine.
    """
    text = re.sub(r"^ *(user|group|log|option httplog|option dontlognull)\b.*\n", "", shipped, flags=re.MULTILINE)
    text = text.replace("bind :80\n", f"bind {listens}\n")
    first, *_ = re.findall(r"^ *server page\d.*\n", text, flags=re.MULTILINE)
    text = re.sub(r"^ *server page\d.*\n", "", text, flags=re.MULTILINE)
    return text + "".join(
        first.replace("page1", f"page{number}").replace(":8501", f":{port}") for number, port in enumerate(ports, 1)
    )


def _check_free(address: str, port: int) -> None:
    """See whether the proxy will be able to listen there."""
    try:
        socket.create_server((address, port)).close()
    except OSError as problem:
        message = f"Nothing can listen on {address}:{port}: {problem.strerror}. --server.port chooses another."
        raise CannotServe(message) from None


def _free_ports(number: int) -> list[int]:
    with ExitStack() as held:
        return [held.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(number)]


@contextmanager
def _running() -> Iterator[Callable[[list[str], dict[str, str]], subprocess.Popen[bytes]]]:
    """Yield what starts a process; all of them are asked to end in the end, and waited for."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt from the keyboard reaches us alone, and we end them
        )
        processes.append(process)
        return process

    try:
        yield start
    finally:
        for process in processes:
            process.terminate()
        ends = time.monotonic() + _END
        for process in processes:
            try:
                process.wait(max(0.0, ends - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], listens: str, who: str) -> None:
    """Wait until a process that has just started answers for a page server."""
    ends = time.monotonic() + _START
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{listens}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise CannotServe(f"{who} does not answer; what it said stands above.")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
