"""What `core.api` promises to people who use the playground from Python."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core import api
from core.data.images.digits import prepare
from core.inspection.images.forward import probabilities_of
from core.inspection.text.reading import read, verdict
from core.models.shipped import load_shipped
from core.paths import ROOT
from tests.support.handwriting import ROUND, draw, place


@pytest.fixture(scope="module")
def paper() -> np.ndarray:
    """A three in dark ink on light paper, (280, 280)."""
    return 255 - draw(place(ROUND[3], 60, 40, 130, 190), 18)[..., 3]


def test_a_path_a_picture_and_an_array_are_prepared_alike(paper: np.ndarray, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    Image.fromarray(paper).save(file)
    expected = prepare(paper).pixels
    assert expected.shape == (28, 28)
    assert 0 <= expected.min() <= expected.max() <= 1
    for image in (file, str(file), Image.open(file), Image.fromarray(paper), paper, paper / 255):
        np.testing.assert_allclose(api.prepare(image).pixels, expected, atol=1e-3)


def test_a_photograph_taken_upright_is_turned_upright(paper: np.ndarray) -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter: rows are columns
    Image.fromarray(paper).transpose(Image.Transpose.ROTATE_90).save(buffer, "JPEG", exif=exif, quality=95)
    assert api.recognise(Image.open(buffer)).digit == 3


def test_pictures_of_sixteen_bits_are_read(paper: np.ndarray) -> None:
    deep = Image.fromarray(paper.astype(np.uint16) * 257)
    assert deep.mode == "I;16"
    assert api.recognise(deep).digit == 3


@pytest.mark.parametrize("network", api.DIGIT_NETWORKS)
def test_every_network_says_that_a_three_is_a_three(paper: np.ndarray, network: str) -> None:
    pixels = api.prepare(paper).pixels
    probabilities = api.classify(pixels, network)
    assert probabilities.shape == (10,)
    assert probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert probabilities.argmax() == 3
    if network == "digit-cnn":
        np.testing.assert_array_equal(probabilities, api.classify(pixels))
        np.testing.assert_array_equal(probabilities, probabilities_of(load_shipped("digit-cnn").network, pixels))


def test_a_digit_is_recognised_and_what_is_none_is_not(paper: np.ndarray) -> None:
    found = api.recognise(paper)
    assert (found.digit, found.reason) == (3, "")
    assert found.probability == api.classify(api.prepare(paper).pixels).max()
    empty = api.recognise(np.zeros((280, 280)))
    assert empty.digit is None
    assert empty.reason.endswith(".")
    block = np.zeros((280, 280), np.uint8)
    block[60:220, 60:220] = 255
    assert api.recognise(block).digit is None


@pytest.mark.parametrize("network", api.SENTENCE_NETWORKS)
def test_a_sentence_is_read_word_by_word(network: str) -> None:
    text = "It's a warm and funny film"
    reading = api.read_sentence(text, network=network)
    words = ("it", "'s", "a", "warm", "and", "funny", "film")
    assert tuple(step.word for step in reading.trace) == ("It", *words[1:])
    assert reading.verdict == "positive"
    assert reading.probability == pytest.approx(verdict(network, words), abs=1e-5)
    for at, step in enumerate(reading.trace, 1):
        assert step.positive == pytest.approx(verdict(network, words[:at]), abs=1e-5)
    assert not reading.cut


def test_the_trace_is_what_the_page_shows_and_a_bad_film_is_negative() -> None:
    reading = api.read_sentence("a dull and boring film")
    assert reading.verdict == "negative"
    steps = read("lstm", ("a", "dull", "and", "boring", "film")).verdicts
    np.testing.assert_array_equal([step.positive for step in reading.trace], steps[1:])
    assert reading.probability == pytest.approx(1 - steps[-1])
    assert api.read_sentence("good " * 300).cut


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: api.prepare("nowhere.png"), api.UnreadableImage, "There is no file nowhere.png."),
        (lambda: api.prepare("/"), api.UnreadableImage, "There is no file"),
        (lambda: api.prepare("a\0b"), api.UnreadableImage, "file"),
        (lambda: api.prepare(__file__), api.UnreadableImage, "not a PNG or JPEG picture"),
        (lambda: api.prepare(None), api.UnreadableImage, "not a picture"),
        (lambda: api.recognise([[1, 2], [3]]), api.UnreadableImage, "rows differ in length"),
        (lambda: api.classify(np.zeros((280, 280))), ValueError, "28 x 28 numbers"),
        (lambda: api.classify(np.full((28, 28), 255)), ValueError, "between 0 and 1"),
        (lambda: api.classify(np.full((28, 28), np.nan)), ValueError, "between 0 and 1"),
        (lambda: api.classify("three"), ValueError, "28 x 28 numbers"),
        (lambda: api.classify(np.zeros((28, 28)), "digit-or-not"), ValueError, "There are digit-cnn, "),
        (lambda: api.read_sentence("  "), ValueError, "no word"),
        (lambda: api.read_sentence(7), TypeError, "not int"),
        (lambda: api.read_sentence("good", network="digit-cnn"), ValueError, "There are sentence-rnn, "),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(call, error: type[Exception], says: str) -> None:
    with pytest.raises(error) as refused:
        call()
    assert type(refused.value) is error
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_damaged_and_a_vast_picture_are_refused_in_a_sentence(paper: np.ndarray, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.fromarray(paper).save(buffer, "PNG")
    with pytest.raises(api.UnreadableImage, match="damaged"):
        api.prepare(Image.open(io.BytesIO(buffer.getvalue()[:200])))
    with pytest.raises(api.UnreadableImage, match="too many pixels"):
        api.prepare(Image.new("1", (8000, 8000)))
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(21 * 2**20)
    with pytest.raises(api.UnreadableImage, match="too large"):
        api.prepare(large)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        reading = api.read_sentence(text, network="sentence-bag")
    except ValueError as refused:
        assert str(refused) == "There is no word in this text."
        return
    assert 0.5 <= reading.probability <= 1
    assert all(0 <= step.positive <= 1 for step in reading.trace)


def test_streamlit_is_never_loaded() -> None:
    code = "import sys, core.api; assert not {name for name in sys.modules if name.startswith('streamlit')}"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=100)


def test_a_series_of_the_page_is_forecast_by_a_shipped_network() -> None:
    said = api.forecast("sine", 25)
    coming = np.sin(2 * np.pi * np.arange(600, 625) / 25)
    assert np.abs(said.values - coming).mean() < 0.15
    assert (said.low < said.values).all() and (said.values < said.high).all()
    assert ((coming > said.low) & (coming < said.high)).mean() > 0.9


def test_numbers_are_forecast_by_an_autoregression_or_by_a_network_trained_there_and_then() -> None:
    wave = 5 + np.sin(np.arange(200) / 3)
    coming = 5 + np.sin(np.arange(200, 212) / 3)
    np.testing.assert_allclose(api.forecast(wave.tolist()).values, coming, atol=1e-3)
    said = api.forecast(wave, 12, "mlp")
    assert np.abs(said.values - coming).max() < 0.4 and said.low.shape == said.high.shape == (12,)


@pytest.mark.parametrize(
    ("series", "horizon", "network", "sentence"),
    [
        ([1.0] * 39, 3, "", "40 to 20,000"),
        ([1.0] * 39 + [float("nan")], 3, "", "finite"),
        (np.ones((50, 2)), 3, "", "one column"),
        ([1.0] * 60, 13, "", "1 to 12 steps"),
        ([1.0] * 60, 0, "", "1 to 12 steps"),
        ([1.0] * 60, 3, "transformer", "no network"),
        ("dax", 3, "", "no series"),
    ],
)
def test_what_cannot_be_forecast_is_a_sentence(series, horizon: int, network: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        api.forecast(series, horizon, network)


def test_words_are_no_series() -> None:
    with pytest.raises(TypeError, match="list of numbers"):
        api.forecast(["one", "two"])
