"""Zips of pictures for the tests, honest and hostile."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image


def picture(pixels: ArrayLike, kind: str = "PNG", mode: str = "L") -> bytes:
    """A picture file."""
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).convert(mode).save(buffer, kind)
    return buffer.getvalue()


def drawing(number: int, paper: int = 0) -> np.ndarray:
    """A 28x28 picture, another one for each number, with an even border."""
    pixels = np.full((28, 28), paper, np.uint8)
    pixels[4:24, 4:24] = np.random.default_rng(number).integers(0, 256, (20, 20))
    return pixels


def packed(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pets(count: int = 5, top: str = "", paper: int = 0) -> dict[str, bytes]:
    """The files of an honest data set: cats and dogs."""
    return {
        f"{top}{name}/{number}.png": picture(drawing(number + 1000 * place, paper))
        for place, name in enumerate(("cats", "dogs"))
        for number in range(count)
    }


def with_link(target: str) -> bytes:
    """A zip of pets in which one file is a symbolic link."""
    buffer = io.BytesIO(packed(pets()))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("cats/link.png")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, target)
    return buffer.getvalue()


def patched(data: bytes, flag: int = 0, size: int | None = None, method: int | None = None) -> bytes:
    """The zip with a bit of the flags set, or another size or method, in every header."""
    changed = bytearray(data)
    for signature, flags_at, method_at, size_at in ((b"PK\x03\x04", 6, 8, 22), (b"PK\x01\x02", 8, 10, 24)):
        place = changed.find(signature)
        while place >= 0:
            old = struct.unpack_from("<H", changed, place + flags_at)[0]
            struct.pack_into("<H", changed, place + flags_at, old | flag)
            if method is not None:
                struct.pack_into("<H", changed, place + method_at, method)
            if size is not None:
                struct.pack_into("<I", changed, place + size_at, size)
            place = changed.find(signature, place + 4)
    return bytes(changed)
