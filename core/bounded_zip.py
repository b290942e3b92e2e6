"""Zip files that people send, read within limits and in memory only: nothing is unpacked to disk."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

_ENCRYPTED = 0x1  # a bit of a member's flags (PKWARE, APPNOTE.TXT, section 4.4.4)
_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class BadZip(ValueError):
    """A zip that cannot be read; the message is a sentence for the person who sent it."""


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return a zip whose members are plain files and folders, none of them protected or packed in an unusual way.

    Raises:
        BadZip: it is not a zip, or has something else in it.
    """
    with _one_kind_of_error():
        archive = zipfile.ZipFile(io.BytesIO(data))
    for member in archive.infolist():
        if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise BadZip(f"The zip has a link or device instead of a file: {member.filename[:80]!r}.")
        if member.flag_bits & _ENCRYPTED:
            raise BadZip("The zip is protected by a password.")
        if member.compress_type not in _USUAL:
            raise BadZip("The zip is packed in an unusual way; make it again with the usual settings.")
    return archive


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """Return the content of a member, cut off after `limit` + 1 bytes, whatever its header says about its size.

    Raises:
        BadZip: it is damaged.
    """
    with _one_kind_of_error(), archive.open(member) as file:
        return file.read(limit + 1)


@contextmanager
def _one_kind_of_error() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError):
        # zipfile answers a broken file with any of these, depending on where it is broken.
        raise BadZip("This is not a zip, or it is damaged.") from None
