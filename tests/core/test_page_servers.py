"""Several page servers behind HAProxy: one command starts them, starts again what ends, and ends them all."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from core import page_servers
from core.page_servers import CannotServe, configuration, main, serve
from tests.support.proxies import DEPLOY, check, find
from tests.support.serving import ROOT, free_port
from tests.support.waiting import wait_until

PAGE_SERVER = """
import http.server, os, sys

class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode())

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""
HOUSE = f"""
import signal, sys
from core.page_servers import serve
signal.signal(signal.SIGINT, signal.default_int_handler)  # who was started in the background passes it over
try:
    serve(2, "127.0.0.1", int(sys.argv[1]), lambda port: [sys.executable, "-c", {PAGE_SERVER!r}, str(port)])
except KeyboardInterrupt:
    print("ended")
"""
"""Two page servers that answer with their number, instead of the app."""


@pytest.mark.parametrize("servers", [1, 2, 5])
def test_every_page_server_stands_in_the_file_of_the_proxy(servers: int, tmp_path: Path) -> None:
    ports = range(9001, 9001 + servers)
    text = configuration((DEPLOY / "haproxy.cfg").read_text(), "0.0.0.0:8600", ports)
    lines = re.findall(r"server (page\d) 127.0.0.1:(\d+) cookie (page\d)\n", text)
    assert lines == [(f"page{number}", str(port), f"page{number}") for number, port in enumerate(ports, 1)]
    assert "    bind 0.0.0.0:8600\n" in text and not re.search(r"^ *(user|group|log) ", text, flags=re.MULTILINE)
    if find("haproxy"):
        (tmp_path / "haproxy.cfg").write_text(text)
        assert not check("haproxy", tmp_path / "haproxy.cfg")


def test_one_that_ends_is_started_again_and_an_interrupt_ends_all() -> None:
    if not find("haproxy"):
        pytest.skip("haproxy is not installed")
    port = free_port()
    command = [sys.executable, "-c", HOUSE, str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as house:
        try:
            assert house.stdout
            while "page servers answer" not in (said := house.stdout.readline()):
                assert said, "it has ended"
            before = {_asked(port) for _ in range(4)}
            assert len(before) == 2
            psutil.Process(min(before)).kill()
            assert "has ended, and is started again" in house.stdout.readline()
            wait_until(lambda: len({_asked(port) for _ in range(4)} - before - {0}) == 1, 20)
            everybody = psutil.Process(house.pid).children()
            house.send_signal(signal.SIGINT)
            assert house.stdout.read().strip() == "ended"
            house.wait(20)
            assert len(everybody) >= 3 and not any(one.is_running() for one in everybody)
        finally:
            house.kill()


def _asked(port: int) -> int:
    """Return which page server answers a browser that nobody knows; 0 where none does just now."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return int(answer.read())
    except OSError:
        return 0


def test_what_stands_in_the_way_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(page_servers, "find_haproxy", lambda: "haproxy")
        with pytest.raises(CannotServe, match="Nothing can listen on"):
            serve(2, "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(CannotServe, match="Nothing can listen on"):
            serve(2, "nowhere.invalid", 8501)
    monkeypatch.undo()
    monkeypatch.setattr(page_servers.signal, "signal", lambda *_: None)
    monkeypatch.setattr(page_servers.shutil, "which", lambda *_, **__: None)
    wrong = {"2": "HAProxy is not installed", "0": "At least one page server", "2 --server.port=99999": "1 to 65535"}
    for arguments, sentence in wrong.items():
        with pytest.raises(SystemExit) as ended:
            main(arguments.split())
        assert ended.value.code and sentence in capsys.readouterr().err


def test_a_page_server_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_servers, "find_haproxy", lambda: "haproxy")
    with pytest.raises(CannotServe, match="does not answer"):
        serve(1, "127.0.0.1", free_port(), lambda _: [sys.executable, "-c", "raise SystemExit(1)"])
