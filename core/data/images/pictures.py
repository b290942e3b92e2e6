"""Pictures from outside: decoded only after their kind and size are known to be harmless."""

import base64
import binascii
import io
import os
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

MAX_BYTES = 20 * 1024 * 1024
"""Largest file that is looked at."""
MAX_PIXELS = 40_000_000
"""Largest picture that is decoded whole."""
MAX_JPEG_PIXELS = 120_000_000
"""Largest JPEG, which is decoded at a fraction of its size: a phone's photo of 108 megapixels."""
MAX_SIDE = 1024
"""Longer sides are reduced to this, which is far more than a 20x20 digit needs."""

_JPEG = ("JPEG", "MPO")  # phones put several pictures into one JPEG file
_DATA_URL = "data:image/png;base64,"
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


class UnreadableImage(ValueError):
    """A picture that cannot be used; the message is a sentence for the person who sent it."""


def decode(data: bytes, formats: tuple[str, ...] = ("PNG", "JPEG")) -> NDArray[np.uint8]:
    """Return the picture in `data` as RGBA, upright and at most `MAX_SIDE` pixels long.

    The header is read first: the format and the number of pixels are checked
    before a single pixel is decoded. A rotation in the EXIF data is applied.

    Args:
        data: the bytes of a file.
        formats: names of the formats that are accepted, as Pillow names them.

    Returns:
        (H, W, 4) with values 0-255.

    Raises:
        UnreadableImage: too large, another format, or broken.
    """
    if not data:
        raise UnreadableImage("The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadableImage(f"The file has {len(data) / 2**20:.1f} MB; at most {MAX_BYTES // 2**20} MB are read.")
    wanted = " or ".join(formats)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise UnreadableImage(
            "This is a HEIC photo, as iPhones take them. Send it as a JPEG: on the phone under Settings, Camera, "
            "Formats choose “Most Compatible”, or take a screenshot of the photo."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; they are refused below
            with Image.open(io.BytesIO(data), formats=formats) as picture:
                if picture.width * picture.height > _most_pixels(picture):
                    raise Image.DecompressionBombError
                if picture.format in _JPEG:
                    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))  # decodes large photos at a fraction of the size
                upright = ImageOps.exif_transpose(in_eight_bits(picture))
                upright.thumbnail((MAX_SIDE, MAX_SIDE), reducing_gap=2.0)
                return np.asarray(upright.convert("RGBA"))
    except Image.DecompressionBombError:  # Pillow's own limit, or ours
        raise UnreadableImage(
            f"The picture has too many pixels; at most {MAX_PIXELS // 1_000_000} million are read, "
            f"{MAX_JPEG_PIXELS // 1_000_000} million of a JPEG. Take a smaller one, or a screenshot of it."
        ) from None
    except Image.UnidentifiedImageError:
        raise UnreadableImage(f"This is not a {wanted} picture.") from None
    except (OSError, SyntaxError, ValueError, TypeError, MemoryError, OverflowError):
        # Pillow answers a broken file with any of these, depending on where it is broken.
        raise UnreadableImage(f"The {wanted} picture is damaged and cannot be read.") from None


def read_file(path: Path) -> NDArray[np.uint8]:
    """Return the PNG or JPEG in a file as `decode` does.

    Raises:
        UnreadableImage: there is no such file, it cannot be opened, or the picture in it is refused by `decode`.
    """
    try:
        if not path.is_file():
            raise UnreadableImage(f"There is no file {path}.")
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise UnreadableImage(f"The file {path} is too large: at most {MAX_BYTES // 2**20} MB are read.")
            return decode(file.read(MAX_BYTES))
    except (OSError, ValueError) as error:  # a path with a zero byte is a ValueError
        if isinstance(error, UnreadableImage):
            raise
        raise UnreadableImage(f"The file {path} cannot be opened.") from None


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of 16 bits or of other large numbers as one of 8 bits, from its own darkest to its lightest.

    Pillow would cut all above 255 off, which leaves a white sheet.
    """
    if picture.mode not in {"I", "F"} and not picture.mode.startswith("I;16"):
        return picture
    step = max(1, max(picture.size) // (2 * MAX_SIDE))  # thinned out before it grows
    values = np.nan_to_num(np.asarray(picture)[::step, ::step].astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lowest, highest = values.min(), values.max()
    unit = (values - lowest) / max(highest - lowest, 1e-9)
    return Image.fromarray((unit * 255 + 0.5).astype(np.uint8))


def count_pixels(data: bytes, formats: tuple[str, ...] = ("PNG", "JPEG")) -> int:
    """Return how many pixels a picture says it has; only its header is read. 0 where `decode` would refuse it.

    Args:
        data: the bytes of a file.
        formats: names of the formats that are accepted, as Pillow names them.
    """
    if len(data) > MAX_BYTES:
        return 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=formats) as picture:
                pixels = picture.width * picture.height
                return pixels if pixels <= _most_pixels(picture) else 0
    except (Image.DecompressionBombError, OSError, SyntaxError, ValueError, TypeError, MemoryError, OverflowError):
        return 0


def _most_pixels(picture: Image.Image) -> int:
    """Return how many pixels a picture may have; a progressive JPEG is held in memory whole."""
    whole = picture.format not in _JPEG or bool(picture.info.get("progressive"))
    return MAX_PIXELS if whole else MAX_JPEG_PIXELS


def decode_data_url(url: object) -> NDArray[np.uint8]:
    """Return the PNG in a ``data:`` URL, as a browser's canvas sends it, as RGBA (H, W, 4).

    Raises:
        UnreadableImage: not a PNG data URL, or the picture in it is refused by `decode`.
    """
    if not isinstance(url, str) or not url.startswith(_DATA_URL):
        raise UnreadableImage("The drawing did not arrive as a PNG picture.")
    if len(url) > MAX_BYTES * 4 // 3 + len(_DATA_URL):
        raise UnreadableImage("The drawing is too large.")
    try:
        data = base64.b64decode(url[len(_DATA_URL) :], validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableImage("The drawing arrived damaged.") from None
    return decode(data, formats=("PNG",))


def encode_data_url(image: NDArray[np.uint8], palette: NDArray[np.uint8] | None = None) -> str:
    """Return a picture as a PNG ``data:`` URL.

    Args:
        image: grey (H, W), RGB (H, W, 3), or places in `palette` (H, W).
        palette: (256, 3), the colours that the places stand for.
    """
    picture = Image.fromarray(np.ascontiguousarray(image))
    if palette is not None:
        picture.putpalette(palette.tobytes())
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return _DATA_URL + base64.b64encode(buffer.getvalue()).decode("ascii")


def sent_picture(value: object) -> str | None:
    """Return the picture in what a drawable canvas sent, a data URL, or None before the first stroke.

    Raises:
        UnreadableImage: the value does not have the shape in which the canvas sends.
    """
    if value is None:
        return None
    drawing = value.get("drawing") if isinstance(value, Mapping) else value
    if drawing is None:
        return None
    if not isinstance(drawing, Mapping):
        raise UnreadableImage("The drawing did not arrive as a PNG picture.")
    url = drawing.get("data")
    if url is None:
        return None
    if not isinstance(url, str):
        raise UnreadableImage("The drawing did not arrive as a PNG picture.")
    return url
