"""From the wave to the picture: what is cut off, frames, spectrum, mel filters, and sliders that change them."""

import numpy as np
import streamlit as st

from core.data.audio.prepare import stages_of
from core.data.audio.recording import to_wav
from core.data.audio.spectrum import SAMPLE_RATE, USUAL, SpectrumSettings, hann_window
from core.figures.palette import SHARES
from core.figures.sound import filter_chart, frame_chart, sound_picture, spectrum_chart, wave_chart
from core.ui.sections.say_digit.source import Heard
from core.ui.widgets.bound_controls import choose_number
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted


def show_stages(heard: Heard) -> None:
    """Show every step of the preparation."""
    sound = heard.sound
    samples = sound.recording.samples
    st.markdown("**1. The wave, and what is cut off**")
    speech = sound.speech
    st.echarts_chart(
        wave_chart(samples, SAMPLE_RATE, (speech.begin, speech.end), speech.words),
        key="say-wave",
        height=120,
        alt=f"The wave of the recording; from {speech.begin / SAMPLE_RATE:.2f} to {speech.end / SAMPLE_RATE:.2f} s "
        "somebody speaks",
    )
    st.caption(
        f"{sound.recording.seconds:.2f} s were recorded at {sound.recording.rate:,} samples a second; networks hear "
        f"{len(sound.samples) / SAMPLE_RATE:.2f} s with {SAMPLE_RATE:,}. This is what they hear:"
    )
    # Given samples, Streamlit would divide silence by its peak.
    st.audio(to_wav(sound.samples), format="audio/wav", alt="What the networks hear of the recording")
    st.markdown("**2. Frames, spectrum, mel filters**")
    with st.container(horizontal=True):
        window = choose_number("Window, ms", 8, 64, 32, 4, key="window", help="Length of one frame.", width=165)
        hop = choose_number("Hop, ms", 4, 32, 16, 2, key="hop", help="From one frame to the next.", width=165)
        mels = choose_number("Mel filters", 8, 80, 32, 4, key="mels", help="Rows of the picture.", width=165)
        stages = stages_of(sound.samples, SpectrumSettings(window, hop, mels))
        frames = max(2, len(stages.frames))
        at = choose_number(
            "Frame", 1, frames, 1, 1, key="frame", help="It is drawn below, with its spectrum.", width=165
        )
    frame = min(at, len(stages.frames)) - 1
    frequencies = np.fft.rfftfreq(stages.settings.fft_length, 1 / SAMPLE_RATE)
    decibels = 10 * np.log10(np.maximum(stages.spectra[frame] / max(float(stages.spectra.max()), 1e-10), 1e-10))
    wave, left, right = side_by_side(3, key="spectrum")
    with wave:
        st.markdown(f"**Frame {frame + 1}**, from {frame * stages.settings.hop_length / SAMPLE_RATE:.2f} s on")
        st.echarts_chart(
            frame_chart(stages.frames[frame], hann_window(stages.settings), SAMPLE_RATE),
            key="say-frame",
            height=180,
            alt=f"The wave of frame {frame + 1}, before and after its window",
        )
    with left:
        st.markdown("**Spectrum** of this frame")
        loudest = f"The spectrum of frame {frame + 1}, loudest at {frequencies[decibels.argmax()]:,.0f} Hz"
        st.echarts_chart(spectrum_chart(frequencies, decibels), key="say-spectrum", height=180, alt=loudest)
    with right:
        st.markdown("**Mel filters**")
        triangles = f"{len(stages.filters)} triangles over the frequencies, wider the higher they are"
        st.echarts_chart(filter_chart(frequencies, stages.filters), key="say-filters", height=180, alt=triangles)
    st.caption(
        "The window fades each frame in and out: a wave that is cut off sharply would seem to hold frequencies that "
        "nobody spoke. Each mel filter adds up the energy under its triangle."
    )
    empty = int((stages.filters.sum(1) == 0).sum())
    if empty:
        st.caption(
            f"{counted(empty, 'filter lies', 'filters lie')} between two frequencies of the spectrum and "
            f"{'stays' if empty == 1 else 'stay'} empty: a longer window "
            "resolves frequencies more finely."
        )
    st.markdown("**3. The picture that networks read**")
    usual = stages.settings == USUAL
    gallery(
        [
            Picture(
                sound_picture(stages.picture),
                "Log-mel picture",
                f"{len(stages.picture)} frames, {mels} mel filters. Time runs to the right, low sounds are at the "
                "bottom; bright is loud, dark is 50 decibels below the loudest place.",
                440,
                SHARES,
            )
        ],
        key="say-picture",
    )
    if not usual:
        st.caption(
            f"The shipped networks always read {USUAL.window:g} ms, {USUAL.hop:g} ms and {USUAL.mels} filters: "
            "they were trained so."
        )
