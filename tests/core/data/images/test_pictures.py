import base64
import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.data.images.datasets import digits
from core.data.images.digits import prepare
from core.data.images.pictures import (
    MAX_BYTES,
    MAX_SIDE,
    UnreadableImage,
    count_pixels,
    decode,
    decode_data_url,
    encode_data_url,
)
from core.inspection.images.families import predict_by_family
from tests.support.paper import pen, white, write


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_png_and_jpeg_are_read_as_rgba(kind: str) -> None:
    array = decode(encoded(Image.new("RGB", (30, 20), (200, 10, 10)), kind))
    assert array.shape == (20, 30, 4)
    assert np.allclose(array[5, 5], (200, 10, 10, 255), atol=6)


def test_exif_rotation_is_honoured() -> None:
    picture = Image.new("L", (40, 20))
    picture.paste(255, (0, 0, 10, 20))  # light on the left
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it rotated by 90 degrees clockwise
    array = decode(encoded(picture, "JPEG", exif=exif))
    assert array.shape[:2] == (40, 20)
    assert array[:8, :, 0].mean() > 200 > 50 > array[20:, :, 0].mean()


def test_large_pictures_are_reduced() -> None:
    assert decode(encoded(Image.new("L", (3000, 1500)), "PNG")).shape == (MAX_SIDE // 2, MAX_SIDE, 4)


def test_a_phones_photo_of_fifty_megapixels_is_read_at_a_fraction_of_its_size() -> None:
    photo = Image.new("L", (8000, 6000), 200)
    data = encoded(photo, "JPEG")
    assert decode(data).shape == (MAX_SIDE * 3 // 4, MAX_SIDE, 4)
    assert count_pixels(data) == 48_000_000
    several = encoded(photo, "MPO", save_all=True, append_images=[Image.new("L", (40, 30))])
    assert decode(several).shape == (MAX_SIDE * 3 // 4, MAX_SIDE, 4)
    for whole in (encoded(photo, "JPEG", progressive=True), encoded(photo, "PNG")):
        with pytest.raises(UnreadableImage, match="40 million are read, 120 million of a JPEG"):
            decode(whole)
        assert count_pixels(whole) == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"hello", "not a PNG or JPEG"),
        (b"\0" * (MAX_BYTES + 1), "at most 20 MB"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC photo.*JPEG"),
        (encoded(Image.new("L", (4, 4)), "GIF"), "not a PNG or JPEG"),
        (encoded(Image.new("L", (4, 4)), "BMP"), "not a PNG or JPEG"),
        (claiming(20_000, 20_000), "40 million"),
        (claiming(50, 50), "damaged"),
        (encoded(Image.effect_noise((300, 300), 50), "JPEG")[:2000], "damaged"),
        (encoded(Image.effect_noise((300, 300), 50), "PNG")[:2000], "damaged"),
    ],
)
def test_what_cannot_be_read_is_said_so(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableImage, match=sentence):
        decode(data)


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: claiming(8, 8)[:40] + tail))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        array = decode(data)
    except UnreadableImage as problem:
        assert str(problem).endswith(".")
    else:
        assert array.ndim == 3


@given(
    st.none()
    | st.integers()
    | st.text()
    | st.text().map(lambda text: "data:image/png;base64," + text)
    | st.binary(max_size=200).map(lambda data: "data:image/png;base64," + base64.b64encode(data).decode())
)
def test_any_data_url_is_read_or_refused(url: object) -> None:
    try:
        decode_data_url(url)
    except UnreadableImage as problem:
        assert str(problem).endswith(".")


def test_a_data_url_with_a_jpeg_or_a_huge_png_is_refused() -> None:
    for data in (encoded(Image.new("L", (4, 4)), "JPEG"), claiming(20_000, 20_000)):
        with pytest.raises(UnreadableImage):
            decode_data_url("data:image/png;base64," + base64.b64encode(data).decode())
    with pytest.raises(UnreadableImage, match="too large"):
        decode_data_url("data:image/png;base64," + "A" * (2 * MAX_BYTES))


def test_encoding_and_decoding_are_inverse() -> None:
    grey = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert np.array_equal(decode_data_url(encode_data_url(grey))[..., 0], grey)
    palette = np.random.default_rng(0).integers(0, 256, (256, 3), dtype=np.uint8)
    assert np.array_equal(decode_data_url(encode_data_url(grey, palette))[..., :3], palette[grey])


def test_pixels_are_counted_without_decoding() -> None:
    assert count_pixels(claiming(300, 200)) == 60_000
    assert count_pixels(claiming(300, 200), formats=("JPEG",)) == 0
    assert count_pixels(claiming(20_000, 20_000)) == 0  # refused by decode
    assert count_pixels(b"hello") == count_pixels(b"") == count_pixels(bytes(MAX_BYTES + 1)) == 0


@pytest.mark.parametrize(("low", "high"), [(0, 65_535), (0, 4095), (30_000, 31_000)])
def test_sixteen_bits_are_scaled_by_their_own_range(low: int, high: int) -> None:
    """As scanners and scientific tools write them; Pillow alone would give a white sheet."""
    values = np.linspace(low, high, 60 * 40).reshape(60, 40).astype(np.uint16)
    grey = decode(encoded(Image.fromarray(values), "PNG"))[..., 0].astype(int)
    expected = np.round((values - low) / (high - low) * 255)
    assert np.abs(grey - expected).max() <= 1


def test_a_sixteen_bit_scan_of_a_digit_is_read() -> None:
    page = (write(white(), pen(0)) * 60_000).astype(np.uint16)
    prepared = prepare(decode(encoded(Image.fromarray(page), "PNG")))
    assert predict_by_family(prepared.pixels)[0].predicted == digits("test").labels[0]
    assert np.abs(prepare(Image.fromarray(page)).pixels - prepared.pixels).max() < 0.05
