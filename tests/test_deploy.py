"""The files of `deploy/`, as the programs read them for which they are written."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.proxies import DEPLOY, PROXIES, check, configured, find, make_certificate


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("proxy", PROXIES)
def test_a_proxy_accepts_its_file(proxy: str, tls: bool, tmp_path: Path) -> None:
    if not find(proxy):
        pytest.skip(f"{proxy} is not installed")
    if tls:
        make_certificate(tmp_path)
    assert not check(proxy, configured(proxy, tmp_path, 8443, (8501, 8502), "class", tls))


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    if not (systemd := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not installed")
    for unit in sorted(DEPLOY.glob("*.service")):
        program = re.sub(r"(?<==)/opt/playground/venv/bin/\S+", sys.executable, unit.read_text())
        (tmp_path / unit.name).write_text(program)
        said = subprocess.run([systemd, "verify", tmp_path / unit.name], capture_output=True, text=True)
        assert not (said.stderr + said.stdout), unit
