"""Where the recording comes from: the microphone, a file, or a digit that somebody else said."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from core.data.audio.prepare import PreparedSound, prepare_sound
from core.data.audio.recording import FORMATS, MOST_SECONDS, UnreadableRecording, read_recording
from core.data.audio.samples import SPEAKERS, sample_bytes
from core.ui.state.person import person
from core.ui.widgets.bound_controls import choose_from_list, choose_option
from core.ui.widgets.uploads import TOO_MANY, file_in, may_upload

SOURCES = ("A sample", "Your microphone", "A file")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_COUNTED, _MICROPHONE, _FILE = "say-counted", "say-microphone", "say-file"


@dataclass(frozen=True)
class Heard:
    """A recording that can be looked at.

    Attributes:
        sound: prepared for the networks.
        label: the digit that was said, where that is known.
    """

    sound: PreparedSound
    label: int | None = None


def choose_recording() -> Heard | None:
    """Show the sources, and return the recording, or None while there is none; say why a file cannot be read."""
    with st.container(key="say-source"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            source = choose_option(
                "Where the sound comes from",
                SOURCES,
                key="sound",
                help="Samples are from the Free Spoken Digit Dataset by Zohar Jackson and others, CC BY-SA 4.0.",
            )
            if source == SOURCES[0]:
                return _sample()
        microphone = source == SOURCES[1]
        if microphone:
            st.audio_input(
                "Say one digit, from zero to nine, in English",
                sample_rate=16_000,
                key=_MICROPHONE,
                on_change=_keep,
                args=(_MICROPHONE,),
            )
            st.caption(
                "No microphone? Browsers allow it on https pages only, and ask you first. A file works everywhere."
            )
        else:
            st.file_uploader(
                f"A recording of one digit: {', '.join(one.upper() for one in FORMATS)}, up to {MOST_SECONDS} seconds",
                type=list(FORMATS),
                key=_FILE,
                on_change=_keep,
                args=(_FILE,),
                max_upload_size=5,
            )
        data = _kept(_MICROPHONE if microphone else _FILE)
        st.caption(
            "Your recording is used for this page only. It stays in the memory of the server until you leave, and is "
            "never written to a disk or learnt from."
        )
        return None if data is None else _read(data)


def _keep(key: str) -> None:
    """Keep what somebody has just recorded or brought, or forget what they have just taken away."""
    brought = file_in(key)
    st.session_state[f"{key}-kept"] = None if brought is None else brought.getvalue()


def _kept(key: str) -> bytes | None:
    """Return what was recorded or brought last, also where its control is empty because another source was looked at.

    Streamlit forgets what a control holds as soon as it is not shown.
    """
    data: bytes | None = st.session_state.get(f"{key}-kept")
    if data is not None and file_in(key) is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("What you hear and see below is the previous recording.", width="content")
            st.button("Forget it", icon=":material/delete:", key=f"{key}-forget", on_click=_keep, args=(key,))
    return data


def _sample() -> Heard:
    word = choose_from_list("Digit", WORDS, key="said", help="No network was trained on these recordings.", width=160)
    voice = choose_from_list(
        "Voice", [one.capitalize() for one in SPEAKERS], key="voice", help="Who says it.", width=160
    )
    digit = WORDS.index(word) if word in WORDS else 0
    speaker = voice.lower() if voice.lower() in SPEAKERS else SPEAKERS[0]
    return Heard(_prepared(sample_bytes(digit, speaker)), digit)


def _read(data: bytes) -> Heard | None:
    number = hashlib.sha256(data).hexdigest()
    if st.session_state.get(_COUNTED) != number:
        if not may_upload(person()):
            st.warning(TOO_MANY, icon=":material/hourglass_top:")
            return None
        st.session_state[_COUNTED] = number
    try:
        return Heard(_prepared(data))
    except UnreadableRecording as problem:
        st.warning(str(problem), icon=":material/mic_off:")
        return None


def _prepared(data: bytes) -> PreparedSound:
    return prepare_sound(read_recording(data))
