import errno
import gzip
import hashlib
import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pooch.core
import pytest
import torchvision.datasets

from core.data import sources
from core.data.sources import FILES, PUBLISHED, DownloadFailed, download, folder_of
from core.settings import Settings
from tests.support.waiting import wait_until


class Mirror(http.server.BaseHTTPRequestHandler):
    """A mirror of a data set that can misbehave."""

    source: Path | None = None
    manner = "good"
    asked: list[str] = []  # noqa: RUF012
    over = threading.Event()

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1]
        type(self).asked.append(name)
        if self.manner == "missing" or self.source is None:
            self.send_error(404)
            return
        if self.manner == "silent":
            self.over.wait(30)
            return
        data = (self.source / name).read_bytes()
        if self.manner == "html":
            data = b"\n <html>Please log in to the school network</html>"
        if self.manner == "other":
            data = gzip.compress(b"something else" * 500)
        if self.manner == "slow headers":
            self.trickle(b"HTTP/1.0 200 OK\r\n" + b"X-Slow: very\r\n" * 1000)
            return
        self.send_response(200)
        if self.manner != "endless":
            self.send_header("Content-Length", str(len(data)))
        if self.manner == "encoded":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.manner == "cut":
            self.wfile.write(data[: len(data) // 2])
        elif self.manner == "trickle":
            self.trickle(data)
        elif self.manner == "endless":
            while not self.over.is_set():
                try:
                    self.wfile.write(bytes(2**20))
                except OSError:
                    return
        else:
            self.wfile.write(data)

    def trickle(self, data: bytes) -> None:
        for place in range(len(data)):
            try:
                self.wfile.write(data[place : place + 1])
            except OSError:
                return
            if self.over.wait(0.05):
                return

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Mirror]]:
    over = threading.Event()  # of this test alone: handlers of the one before may not have seen yet that theirs is set
    handler = type("Mirror", (Mirror,), {"asked": [], "over": over})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02})
    thread.start()
    for published in PUBLISHED.values():
        dataset = getattr(torchvision.datasets, published.dataset)
        monkeypatch.setattr(dataset, "mirrors", [f"http://127.0.0.1:{server.server_port}/"])
    monkeypatch.setenv("NO_PROXY", "*")
    yield handler
    over.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def small(mirror: type[Mirror], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> type[Mirror]:
    """All three sets replaced by one of thirty images, which the mirror has."""
    mirror.source = tmp_path / "source"
    mirror.source.mkdir()
    draw = np.random.default_rng(0)
    resources = []
    for file in FILES:
        array = draw.integers(0, 256, (30, 28, 28)) if "images" in file else draw.integers(0, 10, 30)
        header = b"\0\0\x08" + bytes([array.ndim]) + np.array(array.shape, ">i4").tobytes()
        (mirror.source / file).write_bytes(gzip.compress(header + array.astype(np.uint8).tobytes()))
        resources.append((file, hashlib.md5((mirror.source / file).read_bytes()).hexdigest()))
    for published in PUBLISHED.values():
        monkeypatch.setattr(getattr(torchvision.datasets, published.dataset), "resources", resources)
    return mirror


def settings_for(home: Path, deadline: float = 60.0) -> Settings:
    return Settings(home=home, data=None, download_deadline=deadline)


def leftovers(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "data").iterdir() if path.name != "download.lock")


def test_the_files_are_those_of_torchvision() -> None:
    for published in PUBLISHED.values():
        assert tuple(file for file, _ in getattr(torchvision.datasets, published.dataset).resources) == FILES


@pytest.mark.parametrize(
    ("manner", "sentence"),
    [
        ("missing", "answered with error 404"),
        ("html", "a web page arrived"),
        ("cut", "the connection was cut off"),
        ("other", "what arrived is damaged"),
        ("endless", "it has no end"),
    ],
)
def test_a_download_that_fails_says_why_and_leaves_nothing(
    small: type[Mirror], tmp_path: Path, manner: str, sentence: str
) -> None:
    small.manner = manner
    with pytest.raises(DownloadFailed, match=f"^Fashion-MNIST could not be downloaded: .*{sentence}"):
        download("fashion-mnist", chosen=settings_for(tmp_path / "home"))
    assert leftovers(tmp_path / "home") == []


@pytest.mark.parametrize("manner", ["trickle", "silent", "slow headers"])
def test_a_server_that_hangs_is_given_up_at_the_deadline(small: type[Mirror], tmp_path: Path, manner: str) -> None:
    small.manner = manner
    begun = time.monotonic()
    with pytest.raises(DownloadFailed, match="took too long"):
        download("mnist", chosen=settings_for(tmp_path / "home", deadline=0.5))
    assert time.monotonic() - begun < 5
    assert leftovers(tmp_path / "home") == []


def test_a_download_that_was_given_up_ends_although_bytes_still_trickle(small: type[Mirror], tmp_path: Path) -> None:
    small.manner = "trickle"
    with pytest.raises(DownloadFailed):
        download("mnist", chosen=settings_for(tmp_path / "home", deadline=0.5))
    wait_until(lambda: all(thread.name != "download mnist" for thread in threading.enumerate()), 5)
    assert leftovers(tmp_path / "home") == []


def test_a_silent_server_makes_room_for_the_next_mirror(
    small: type[Mirror], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    working = torchvision.datasets.MNIST.mirrors[0]
    monkeypatch.setattr(torchvision.datasets.MNIST, "mirrors", ["http://127.0.0.1:9/", working])
    assert download("mnist", chosen=settings_for(tmp_path)) == tmp_path / "data" / "mnist" / "MNIST" / "raw"
    monkeypatch.setattr(sources, "PATIENCE", 0.2)
    small.manner = "silent"
    with pytest.raises(DownloadFailed, match="does not answer"):
        download("kmnist", chosen=settings_for(tmp_path))


def test_no_server_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(torchvision.datasets.KMNIST, "mirrors", ["http://127.0.0.1:9/"])
    with pytest.raises(DownloadFailed, match="Kuzushiji-MNIST could not be downloaded: the server cannot be reached"):
        download("kmnist", chosen=settings_for(tmp_path))


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(DownloadFailed, match="could not be stored"):
        download("mnist", chosen=settings_for(tmp_path))


def test_a_disk_that_is_full(small: type[Mirror], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    @contextmanager
    def full(path: str | None = None) -> Iterator[str]:
        yield "/dev/full"  # every write to it fails with "no space left"

    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    monkeypatch.setattr(pooch.core, "temporary_file", full)
    with pytest.raises(DownloadFailed, match="MNIST could not be stored: No space left"):
        download("mnist", chosen=settings_for(tmp_path / "home"))
    assert leftovers(tmp_path / "home") == []


def test_a_disk_that_is_read_only(small: type[Mirror], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(sources.tempfile, "mkdtemp", refuse)
    with pytest.raises(DownloadFailed, match="Read-only"):
        download("mnist", chosen=settings_for(tmp_path))


@pytest.mark.parametrize("manner", ["good", "encoded"])
@pytest.mark.parametrize("name", PUBLISHED)
def test_a_set_is_downloaded_once_checked_and_found(
    small: type[Mirror], tmp_path: Path, name: str, manner: str
) -> None:
    small.manner = manner
    chosen = settings_for(tmp_path / "home")
    told: list[tuple[int, int]] = []
    assert folder_of(name, chosen) is None
    folder = download(name, lambda done, total: told.append((done, total)), chosen)
    assert folder == folder_of(name, chosen) == tmp_path / "home" / "data" / name / PUBLISHED[name].dataset / "raw"
    assert all((folder / file).read_bytes() == (small.source / file).read_bytes() for file in FILES)
    assert told[-1] == (PUBLISHED[name].size, PUBLISHED[name].size)
    assert leftovers(tmp_path / "home") == [name]
    assert download(name, chosen=chosen) == folder
    assert len(small.asked) == len(FILES)
    assert [other for other in PUBLISHED if folder_of(other, chosen)] == [name]


def test_mnist_itself_is_what_torchvision_expects(mirror: type[Mirror], tmp_path: Path) -> None:
    source = folder_of("mnist")
    if source is None:
        pytest.skip("The files of MNIST as published are not here; set PLAYGROUND_DATA")
    mirror.source = source
    done = []
    folder = download("mnist", lambda arrived, total: done.append(arrived), settings_for(tmp_path))
    assert sum((folder / file).stat().st_size for file in FILES) == PUBLISHED["mnist"].size == done[-1]
    assert done == sorted(done)


def test_what_a_killed_download_left_is_cleared_away(small: type[Mirror], tmp_path: Path) -> None:
    (tmp_path / "data" / "arriving-abc").mkdir(parents=True)
    (tmp_path / "data" / "mnist" / "MNIST" / "raw").mkdir(parents=True)  # and half a set of an older version
    folder = download("mnist", chosen=settings_for(tmp_path))
    assert leftovers(tmp_path) == ["mnist"]
    assert len(list(folder.iterdir())) == len(FILES)


def test_who_asks_twice_downloads_once(small: type[Mirror], tmp_path: Path) -> None:
    found: list[Path] = []
    chosen = settings_for(tmp_path)
    threads = [threading.Thread(target=lambda: found.append(download("mnist", chosen=chosen))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 4
    assert len(small.asked) == len(FILES)


HOLD = """
import sys
from filelock import FileLock

with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_waited_for(small: type[Mirror], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    command = [sys.executable, "-c", HOLD, str(tmp_path / "data" / "download.lock")]
    told: list[int] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(DownloadFailed, match="Another download is still running"):
            download("mnist", lambda done, total: told.append(done), settings_for(tmp_path, deadline=0.5))
        assert set(told) == {0}
        other.kill()  # a process that dies lets go of the lock
    assert download("mnist", chosen=settings_for(tmp_path))


def test_a_caller_who_goes_away_ends_the_download(small: type[Mirror], tmp_path: Path) -> None:
    class Gone(Exception):
        pass

    def leave(done: int, total: int) -> None:
        raise Gone

    small.manner = "trickle"
    with pytest.raises(Gone):
        download("mnist", leave, settings_for(tmp_path))
    assert leftovers(tmp_path) == []
    small.manner = "good"
    assert download("mnist", chosen=settings_for(tmp_path))  # the lock is free again
