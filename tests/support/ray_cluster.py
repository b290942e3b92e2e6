"""A Ray cluster of several nodes on this machine, each with a home of its own; everything of it ends with it."""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from core.paths import ROOT
from tests.support.serving import free_port
from tests.support.waiting import wait_until

TUNED = {
    "RAY_health_check_initial_delay_ms": "1000",
    "RAY_health_check_period_ms": "500",
    "RAY_health_check_timeout_ms": "1000",
    "RAY_health_check_failure_threshold": "3",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_IMPORT_WARNING": "1",
}
RAY = Path(sys.executable).with_name("ray")
STORE = 80_000_000
"""Bytes of a node's object store: the least that Ray takes is some 75 MB."""


@dataclass
class Node:
    """A node: the process of `ray start --block`, and what it has started."""

    starter: subprocess.Popen[bytes]
    home: Path
    log: Path

    @property
    def processes(self) -> list[psutil.Process]:
        """The starter and everything below it, the youngest first."""
        with contextlib.suppress(psutil.Error):
            top = psutil.Process(self.starter.pid)
            return [*reversed(top.children(recursive=True)), top]
        return []

    def named(self, name: str) -> list[psutil.Process]:
        """Return the processes whose command begins with, or whose program is, `name`."""
        found = []
        for process in self.processes:
            with contextlib.suppress(psutil.Error):
                line = process.cmdline()
                if line and (line[0].startswith(name) or Path(line[0]).name == name):
                    found.append(process)
        return found

    def signal(self, number: int) -> None:
        """Send a signal to all of its processes."""
        for process in self.processes:
            with contextlib.suppress(psutil.Error):
                process.send_signal(number)

    def end(self) -> None:
        """Kill everything of it."""
        everything = self.processes
        for process in everything:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(everything, 10)
        self.starter.wait(10)


@dataclass
class TestCluster:
    """A head without seats, and nodes that train."""

    __test__ = False
    folder: Path
    port: int
    nodes: list[Node] = field(default_factory=list)
    head: Node | None = None
    temporary: Path | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(32))

    @property
    def environment(self) -> dict[str, str]:
        """What whoever joins the cluster has in the environment."""
        file = self.folder / "token"
        file.write_text(self.token)
        return {**TUNED, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(file)}

    @property
    def address(self) -> str:
        """Where the cluster is joined."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:  # sends nothing
            probe.connect(("192.0.2.1", 80))
            return f"{probe.getsockname()[0]}:{self.port}"

    def start_head(self, name: str = "head") -> Node:
        """Start the head; it has the store and trains nothing."""
        # Every port is free, and no folder is where other clusters have theirs; a socket's name may have 107 letters.
        self.temporary = self.temporary or Path(tempfile.mkdtemp(prefix="ray"))
        options = ["--head", f"--port={self.port}", f"--ray-client-server-port={free_port()}"]
        options += ["--include-dashboard=false", "--num-cpus=0", f"--temp-dir={self.temporary}"]
        self.head = self._start(name, options)
        self._until_started(self.head)
        return self.head

    def start_node(self, seats: int = 2, environment: Mapping[str, str] | None = None) -> Node:
        """Start a node that trains."""
        node = self.begin_node(seats, environment)
        self._until_started(node)
        return node

    def begin_node(self, seats: int = 2, environment: Mapping[str, str] | None = None) -> Node:
        """Let a node that trains start while something else is done."""
        name = f"node{len(self.nodes)}"
        resources = json.dumps({"trainer": seats})
        options = [f"--address={self.address}", "--num-cpus=0", f"--resources={resources}"]
        node = self._start(name, options, environment)
        self.nodes.append(node)
        return node

    def _start(self, name: str, options: list[str], environment: Mapping[str, str] | None = None) -> Node:
        home = self.folder / name
        home.mkdir()
        log = (self.folder / f"{name}.log").open("wb")
        with log:
            starter = subprocess.Popen(
                [
                    str(Path(sys.executable).with_name("ray")),
                    "start",
                    "--block",
                    f"--object-store-memory={STORE}",
                    "--min-worker-port=0",
                    "--max-worker-port=0",
                    "--include-log-monitor=false",
                    *options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=os.environ
                | self.environment
                | {"PLAYGROUND_HOME": str(home), "PYTHONPATH": str(ROOT), "PLAYGROUND_TRAINING_THREADS": "1"}
                | dict(environment or {}),
                start_new_session=True,
            )
        return Node(starter, home, self.folder / f"{name}.log")

    def _until_started(self, node: Node) -> None:
        wait_until(lambda: "Ray runtime started" in node.log.read_text() or node.starter.poll() is not None, 60)

    def end(self) -> None:
        """End all nodes and the head."""
        for node in [*self.nodes, *filter(None, [self.head])]:
            with contextlib.suppress(psutil.Error):
                node.signal(signal.SIGCONT)
            node.end()
        if self.temporary:
            shutil.rmtree(self.temporary, ignore_errors=True)
