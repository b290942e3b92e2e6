import gzip
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from torchvision.datasets import MNIST

from core.data.sources import MNIST_FILES, DownloadFailed, download_mnist, mnist_folder
from core.settings import Settings


class Mirror(http.server.BaseHTTPRequestHandler):
    """A mirror of MNIST that can misbehave."""

    source: Path | None = None
    manner = "good"
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1]
        type(self).asked.append(name)
        if self.manner == "missing" or self.source is None:
            self.send_error(404)
            return
        data = (self.source / name).read_bytes()
        if self.manner == "html":
            data = b"<html>Please log in to the school network</html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.manner == "cut":
            self.wfile.write(data[: len(data) // 2])
        elif self.manner == "slow":
            for start in range(0, len(data), 50):
                try:
                    self.wfile.write(data[start : start + 50])
                except OSError:
                    return
                time.sleep(0.05)
        else:
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Mirror]]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(MNIST, "mirrors", [f"http://127.0.0.1:{server.server_port}/"])
    monkeypatch.setenv("NO_PROXY", "*")
    Mirror.asked, Mirror.manner, Mirror.source = [], "good", None
    yield Mirror
    server.shutdown()
    server.server_close()
    thread.join(5)


def settings_for(home: Path, deadline: float = 60.0) -> Settings:
    return Settings(home=home, data=None, download_deadline=deadline)


def leftovers(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "data").iterdir() if path.name != "mnist.lock")


@pytest.mark.parametrize(
    ("manner", "sentence"), [("missing", "cannot be reached"), ("html", "damaged"), ("cut", "(reached|damaged)")]
)
def test_a_download_that_fails_says_why_and_leaves_nothing(
    mirror: type[Mirror], tmp_path: Path, manner: str, sentence: str
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in MNIST_FILES:
        (source / name).write_bytes(gzip.compress(b"not MNIST" * 500))
    mirror.source, mirror.manner = source, manner
    with pytest.raises(DownloadFailed, match=sentence):
        download_mnist(chosen=settings_for(tmp_path / "home"))
    assert leftovers(tmp_path / "home") == []


def test_a_slow_download_is_given_up_at_its_deadline(mirror: type[Mirror], tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in MNIST_FILES:
        (source / name).write_bytes(b"x" * 50_000)
    mirror.source, mirror.manner = source, "slow"
    begun = time.monotonic()
    with pytest.raises(DownloadFailed, match="too long"):
        download_mnist(chosen=settings_for(tmp_path / "home", deadline=1.0))
    assert time.monotonic() - begun < 8
    assert leftovers(tmp_path / "home") == []


def test_no_server_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(MNIST, "mirrors", ["http://127.0.0.1:9/"])
    with pytest.raises(DownloadFailed, match="cannot be reached"):
        download_mnist(chosen=settings_for(tmp_path))


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(DownloadFailed, match="could not be stored"):
        download_mnist(chosen=settings_for(tmp_path))


def test_mnist_is_downloaded_once_checked_and_found(mnist: Path, mirror: type[Mirror], tmp_path: Path) -> None:
    mirror.source = mnist
    told: list[tuple[int, int]] = []
    chosen = settings_for(tmp_path)
    assert mnist_folder(chosen) is None
    folder = download_mnist(lambda done, total: told.append((done, total)), chosen)
    assert folder == mnist_folder(chosen)
    assert told[-1][0] == told[-1][1]
    assert leftovers(tmp_path) == ["mnist"]
    assert download_mnist(chosen=chosen) == folder
    assert len(mirror.asked) == len(MNIST_FILES)
    shutil.rmtree(tmp_path / "data")


def test_two_at_once_download_once(mnist: Path, mirror: type[Mirror], tmp_path: Path) -> None:
    mirror.source = mnist
    chosen = settings_for(tmp_path)
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(download_mnist(chosen=chosen))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 2
    assert len(mirror.asked) == len(MNIST_FILES)
