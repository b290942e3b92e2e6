"""The files of one run: in a folder here, or kept by another machine. Knows bytes only."""

import contextlib
import os
from pathlib import Path
from typing import Protocol


class RunFiles(Protocol):
    """Files by name. Reading and writing raise `OSError`."""

    def names(self) -> list[str]:
        """Return the names of all files."""

    def read(self, name: str) -> bytes:
        """Return what is in a file."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file, in place of the earlier one; no reader ever sees half of it."""

    def remove(self, name: str) -> None:
        """Delete a file, where there is one."""


class Folder(RunFiles):
    """Files in a folder, which is made when the first one is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the names of all files."""
        with contextlib.suppress(OSError):
            return [path.name for path in self.folder.iterdir() if not path.name.startswith(".")]
        return []

    def read(self, name: str) -> bytes:
        """Return what is in a file."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Write under a temporary name and rename."""
        self.folder.mkdir(parents=True, exist_ok=True)
        staging = self.folder / f".{name}.{os.getpid()}"
        try:
            staging.write_bytes(data)
            staging.replace(self.folder / name)
        finally:
            staging.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Delete a file, where there is one."""
        (self.folder / name).unlink(missing_ok=True)
