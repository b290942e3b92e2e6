#!/usr/bin/env bash
# st.audio plays every NumPy array at full volume: a whisper and a shout are the same file, and silence divides by zero.
#
# Expected: samples between -1 and 1 are written as they are, as soundfile, scipy or an audio editor would; an array of
#   zeros is silence.
# Happens: the array is divided by its largest absolute value first. A sine of amplitude 0.01 and one of 1.0 become the same
#   bytes, so a gain, a fade-in between two players or "which one is louder" cannot be heard. Silence (what a cut recording
#   or a muted microphone gives) is 0 / 0: a RuntimeWarning, an error where warnings are errors, and NaN cast to integers.
# Seen with Streamlit 1.67.0, NumPy 2.4.6, Python 3.11; the media file's address carries a hash of its bytes.
# Who is hit: pages that let people hear what a network hears, before and after a change of volume.
# The way out: hand over bytes of a WAV file made with the wave module or soundfile; those are not touched.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0 numpy==2.4.6
cd "$folder"
cat > try.py <<'PY'
import io
import warnings
import wave

from streamlit.testing.v1 import AppTest


def page(sounds):
    import streamlit as st

    for sound in sounds:
        if isinstance(sound, bytes):
            st.audio(sound, format="audio/wav")
        else:
            st.audio(sound, sample_rate=8000)


def wav(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


import numpy as np

tone = np.sin(2 * np.pi * 440 * np.arange(8000) / 8000)
loud, quiet = tone, 0.01 * tone
shown = AppTest.from_function(page, args=([loud, quiet, wav(loud), wav(quiet)],)).run()
assert not shown.exception
urls = [one.proto.url.rpartition("/")[2] for one in shown.get("audio")]
print("arrays:   ", *urls[:2])
print("WAV files:", *urls[2:])
assert urls[0] == urls[1], "changed: the volume of an array is kept"
assert urls[2] != urls[3]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    AppTest.from_function(page, args=([np.zeros(8000)],)).run()
said = [str(one.message) for one in caught if issubclass(one.category, RuntimeWarning)]
print("silence:  ", *said)
assert any("invalid value" in one for one in said), "changed: silence is no longer divided by zero"
PY
"$folder/venv/bin/python" try.py 2>/dev/null  # Streamlit warns of its missing context
