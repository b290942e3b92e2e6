"""Where data sets come from: a folder that is already there, or one careful download."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pooch
from filelock import FileLock, Timeout

from core.settings import Settings, settings

MNIST_FILES = {
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
}
"""MNIST's four files with their md5, as torchvision checks them."""
MNIST_BYTES = 11_594_722
"""What a download of the four files weighs."""

Progress = Callable[[int, int], None]
"""Told how many bytes have arrived, of how many."""


class DownloadFailed(RuntimeError):
    """A data set that could not be had; the message is a sentence for the person who asked."""


def mnist_folder(chosen: Settings | None = None) -> Path | None:
    """Return the folder with MNIST's four ``.gz`` files, or None where there is none.

    ``PLAYGROUND_DATA`` goes before what was downloaded into ``PLAYGROUND_HOME``.
    """
    chosen = chosen or settings()
    homes = [chosen.data, chosen.home / "data"]
    for home in homes:
        if home is not None:
            folder = home / "mnist" / "MNIST" / "raw"
            if all((folder / name).is_file() for name in MNIST_FILES):
                return folder
    return None


def download_mnist(progress: Progress | None = None, chosen: Settings | None = None) -> Path:
    """Fetch MNIST once into ``PLAYGROUND_HOME`` and return the folder with its files.

    The files are fetched into a folder beside the final one, checked by md5,
    opened by torchvision, and only then moved into place; other processes wait
    at a lock. The whole takes at most ``PLAYGROUND_DOWNLOAD_DEADLINE`` seconds.

    Raises:
        DownloadFailed: no network, too slow, damaged, or no room; nothing is left behind.
    """
    chosen = chosen or settings()
    there = mnist_folder(chosen)
    if there:
        return there
    shelf = chosen.home / "data"
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        with FileLock(shelf / "mnist.lock", timeout=chosen.download_deadline):
            there = mnist_folder(chosen)
            if there:
                return there
            staging = Path(tempfile.mkdtemp(prefix="mnist-", dir=shelf))
            try:
                _fetch_mnist(staging, _Meter(progress, time.monotonic() + chosen.download_deadline))
                target = shelf / "mnist"
                shutil.rmtree(target, ignore_errors=True)
                staging.rename(target)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except Timeout:
        raise DownloadFailed("Another process is still downloading MNIST; try again in a minute.") from None
    except OSError as error:
        raise DownloadFailed(f"MNIST could not be stored: {error.strerror or error}.") from None
    return shelf / "mnist" / "MNIST" / "raw"


class _TooSlow(Exception):
    """The deadline of a download has passed."""


@dataclass
class _Meter:
    """Counts bytes for `progress` and stops the download at its deadline.

    It has the methods that pooch expects of a progress bar: after a file's
    chunks pooch calls `reset`, `update` with the file's true size, `close`.
    """

    progress: Progress | None
    deadline: float
    total: int = 0
    done: int = 0
    files_done: int = 0

    def update(self, count: int) -> None:
        if time.monotonic() > self.deadline:
            raise _TooSlow
        self.done += count
        if self.progress:
            self.progress(min(self.done, MNIST_BYTES), MNIST_BYTES)

    def reset(self) -> None:
        self.done = self.files_done

    def close(self) -> None:
        self.files_done = self.done


def _fetch_mnist(root: Path, meter: _Meter) -> None:
    from torchvision.datasets import MNIST

    raw = root / "MNIST" / "raw"
    pooch.get_logger().setLevel(logging.ERROR)
    for name, md5 in MNIST_FILES.items():
        reason = ""
        for mirror in MNIST.mirrors:
            try:
                pooch.retrieve(
                    url=mirror + name,
                    known_hash=f"md5:{md5}",
                    fname=name,
                    path=raw,
                    downloader=pooch.HTTPDownloader(timeout=10, progressbar=meter),
                )
                break
            except _TooSlow:
                raise DownloadFailed("The download of MNIST took too long and was given up.") from None
            except ValueError:
                reason = "what arrived is damaged"
            except OSError:  # requests' exceptions are OSErrors
                reason = "the server cannot be reached"
            meter.reset()
        else:
            raise DownloadFailed(f"MNIST could not be downloaded: {reason}.")
    try:
        for train, count in ((True, 60_000), (False, 10_000)):
            if len(MNIST(root, train=train, download=True)) != count:  # finds the files, unpacks them
                raise DownloadFailed("MNIST could not be downloaded: what arrived is incomplete.")
    except RuntimeError as error:
        raise DownloadFailed(f"MNIST could not be downloaded: {error}") from None
