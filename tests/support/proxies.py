"""The proxies of `deploy/`, with the files as they are shipped but for ports and paths."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import ROOT, free_port, wait_for

DEPLOY = ROOT / "deploy"
_FILES = {"haproxy": DEPLOY / "haproxy.cfg", "nginx": DEPLOY / "nginx.conf"}
PROXIES = tuple(_FILES)


def find(proxy: str) -> str | None:
    """Return the program of a proxy, or None where it is not installed."""
    return shutil.which(proxy, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def configured(proxy: str, folder: Path, port: int, pages: tuple[int, int], base: str = "", tls: bool = False) -> Path:
    """Write the file of a proxy for a trial, and return its path.

    Args:
        proxy: its name.
        folder: for the file and what the proxy writes.
        port: on which it listens.
        pages: ports of the two page servers.
        base: path below which the app lives.
        tls: with the lines for TLS, which are comments in the file; `folder` holds `certificate.pem` and `key.pem`.
    """
    text = _FILES[proxy].read_text()
    if tls:
        text = re.sub(r"^( *)# (?=bind :443|http-request redirect|listen 443|ssl_)", r"\1", text, flags=re.MULTILINE)
        for name, mine in (("crt", "certificate"), ("key", "key"), ("pem", "both")):
            text = text.replace(f"/etc/{proxy}/playground.{name}", str(folder / f"{mine}.pem"))
    for shipped, mine in zip((8501, 8502), pages, strict=True):
        text = text.replace(f":{shipped}", f":{mine}")
    plain = free_port() if tls else port
    text = text.replace("bind :80\n", f"bind 127.0.0.1:{plain}\n").replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("bind :443", f"bind 127.0.0.1:{port}").replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("uri /_stcore/health", f"uri {base and '/'}{base}/_stcore/health")
    if os.geteuid():  # only root may become somebody else
        text = text.replace("    user haproxy ", "    # user haproxy ").replace("    group haproxy\n", "")
    file = folder / _FILES[proxy].name
    file.write_text(text)
    if proxy == "haproxy":
        return file
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    me = "user root;\n" if os.geteuid() == 0 else ""  # or its workers could not write into this folder
    whole = folder / "whole.conf"
    whole.write_text(
        f"{me}daemon off;\npid {folder / 'nginx.pid'};\nerror_log stderr;\nevents {{}}\n"
        f"http {{\naccess_log {folder / 'access.log'};\n{places}include {file};\n}}\n"
    )
    return whole


def check(proxy: str, file: Path) -> str:
    """Let a proxy check its file; return what it says against it, empty where it accepts it without a word."""
    program = find(proxy)
    assert program
    command = [program, "-c", "-q"] if proxy == "haproxy" else [program, "-t", "-q", "-e", "stderr"]
    said = subprocess.run([*command, "-f" if proxy == "haproxy" else "-c", file], capture_output=True, text=True)
    return said.stderr + said.stdout if said.returncode or "warn" in said.stderr.lower() else ""


def make_certificate(folder: Path) -> None:
    """Write a certificate for this machine, as `configured` reads it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    names = [folder / "key.pem", folder / "certificate.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", names[0], "-out", names[1], "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "both.pem").write_bytes(b"".join(name.read_bytes() for name in names))


@contextlib.contextmanager
def running_proxy(proxy: str, folder: Path, pages: tuple[int, int], base: str = "", tls: bool = False) -> Iterator[str]:
    """Run a proxy before two page servers, with or without TLS, and yield its address."""
    port, program = free_port(), find(proxy)
    assert program
    file = configured(proxy, folder, port, pages, base, tls)
    command = [program, "-db", "-f"] if proxy == "haproxy" else [program, "-e", "stderr", "-c"]
    with (folder / f"{proxy}.log").open("wb") as log:
        process = subprocess.Popen([*command, file], stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http{'s' * tls}://localhost:{port}/{base}".rstrip("/")
            if not tls:
                wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(20)
