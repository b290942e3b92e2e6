"""The page in the browser: a digit spoken into the microphone is read, played back and followed in time."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page, expect

from core.data.audio.samples import sample
from tests.support.serving import CHROMIUM, CHROMIUM_FLAGS

pytestmark = pytest.mark.browser

PATIENT = 40_000


@pytest.fixture
def speaking(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A tab of a Chromium whose microphone hears a second of silence, “seven” once, and silence."""
    said = tmp_path / "seven.wav"
    soundfile.write(said, np.concatenate([np.zeros(8000), sample(7, "theo").samples, np.zeros(80_000)]), 8000)
    flags = [*CHROMIUM_FLAGS, f"--use-file-for-fake-audio-capture={said}%noloop"]
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
    yield other.new_page(viewport={"width": 1366, "height": 768})
    other.close()


@pytest.mark.chromium
def test_a_digit_is_spoken_into_the_microphone(speaking: Page, server: str) -> None:
    speaking.goto(f"{server}/say-digit?sound=Your+microphone")
    speaking.get_by_role("button", name="Record").click(timeout=PATIENT)
    time_code = speaking.get_by_test_id("stAudioInputWaveformTimeCode")
    expect(time_code).to_have_text(re.compile("00:0[3-9]"), timeout=PATIENT)
    speaking.get_by_role("button", name="Stop recording").click()
    verdict = speaking.locator(".st-key-say-verdict")
    expect(verdict).to_contain_text("seven", timeout=PATIENT)
    expect(speaking.get_by_text("recorded at 16,000 samples a second")).to_be_visible(timeout=PATIENT)
    player = speaking.get_by_test_id("stAudio")
    expect(player).to_be_attached()
    sections = speaking.locator("[class*=st-key-sections-] [role=radio]")
    assert sections.evaluate_all("all => new Set(all.map(one => one.getBoundingClientRect().y)).size") == 1
    speaking.get_by_role("radio", name="While it listens").click()
    expect(speaking.get_by_text(re.compile(r"GRU (was sure|was never sure)"))).to_be_visible(timeout=PATIENT)
