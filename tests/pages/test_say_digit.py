"""The page without a browser: samples and files are read, everything else is a sentence."""

import io

import numpy as np
import pytest
import soundfile

from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import read_recording
from core.data.audio.samples import sample_bytes
from core.inspection.audio.reading import hear, read_sound
from core.ui.sections.say_digit.hearing import tell
from core.ui.sections.say_digit.verdict import agree
from tests.support.apps import html_of, open_page, open_with


def bring(data: bytes, name: str = "said.wav"):
    app = open_with("say_digit", sound="A file")
    app.file_uploader(key="say-file").upload(name, data).run()
    assert not app.exception
    return app


def wav(samples: np.ndarray, rate: int = 8000) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, format="WAV")
    return buffer.getvalue()


def test_a_sample_is_read_and_its_label_is_said() -> None:
    app = open_with("say_digit", said="seven", voice="Theo")
    verdict = html_of(app, "say-verdict")
    assert "This is a “seven”." in verdict and "seven, " in verdict
    assert html_of(app, "say-probabilities").count('class="bars"') == 3


@pytest.mark.parametrize(
    ("samples", "sentence"),
    [
        (np.zeros(8000), "I hear nothing"),
        (np.random.default_rng(0).normal(0, 0.1, 16_000), "no word stands out"),
    ],
    ids=["silence", "noise"],
)
def test_what_is_no_digit_is_said_and_bars_are_pale(samples, sentence) -> None:
    app = bring(wav(samples))
    assert sentence in html_of(app, "say-verdict")
    assert "If they had to choose:" in html_of(app, "say-probabilities")


def test_a_file_is_read_as_a_sample_is() -> None:
    app = bring(sample_bytes(7, "theo"), "seven.flac")
    assert "seven, " in html_of(app, "say-verdict")


def test_a_file_is_still_there_after_a_look_at_a_sample() -> None:
    app = bring(sample_bytes(7, "theo"), "seven.flac")
    app.button_group(key="sound").set_value("A sample").run()
    assert "zero, " in html_of(app, "say-verdict")
    app.button_group(key="sound").set_value("A file").run()
    assert "seven, " in html_of(app, "say-verdict")
    app.button(key="say-file-forget").click().run()
    assert "Nothing to listen to yet." in app.info[0].value and not app.exception


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"nothing", "not a sound file"), (wav(np.zeros(13 * 8000)), "lasts 13 seconds")]
)
def test_what_cannot_be_read_is_a_sentence(data, sentence) -> None:
    app = bring(data)
    assert any(sentence in warning.value for warning in app.warning)
    assert not app.get_by_key("say-source") or "Nothing to listen to yet." in app.info[0].value


def test_nothing_is_said_to_be_kept() -> None:
    app = open_page("say_digit", sound="Your microphone")
    assert any("never written to a disk" in caption.value for caption in app.caption)


def test_sliders_change_the_picture_at_once() -> None:
    app = open_page("say_digit")
    before = html_of(app, "say-picture")
    assert "32 mel filters" in before
    app.slider(key="mels").set_value(40).run()
    after = html_of(app, "say-picture")
    assert "40 mel filters" in after and before != after
    assert any("always read 32 ms, 16 ms and 32 filters" in caption.value for caption in app.caption)
    app.slider(key="frame").set_value(5).run()
    assert any("**Frame 5**, from 0.06 s on" in one.value for one in app.markdown)
    app.slider(key="window").set_value(8).run()
    assert any("stay empty" in caption.value for caption in app.caption)


def test_how_often_there_is_no_digit_is_said() -> None:
    app = open_page("say_digit")
    asked = next(caption for caption in app.caption if "When is the answer" in caption.value)
    assert "of 250 digits played backwards" in asked.proto.help


def test_words_about_the_answers() -> None:
    picture = prepare_sound(read_recording(sample_bytes(7, "theo"))).picture
    readings = read_sound(picture)
    assert agree(readings) == "All three networks say 7." or agree(readings).startswith("They disagree: CNN says ")
    assert "GRU" in tell(hear("gru", picture), "GRU")
