"""Your own voice: say every digit a few times, and let the CNN learn how you say it."""

from functools import partial

import streamlit as st

from core.data.audio.own_voice import (
    HIGHER,
    MOST_TAKES,
    VOICE,
    Take,
    Voice,
    as_zip,
    imitated_voice,
    missing,
    remove_voices,
    store_voice,
)
from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import FORMATS, UnreadableRecording, read_recording
from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.figures.probabilities import STYLE
from core.inspection.audio.reading import probabilities_of, speech_card
from core.models.audio.own_voice import ADAPTED, WAYS
from core.models.shipped import load_shipped
from core.runs.store.record import Sweep
from core.runs.store.store import StoreProblem
from core.runs.sweeps.config import SweepConfig, Varied
from core.training.recipes import suggest_training
from core.training.tasks.own_voice import VoiceTask
from core.ui.plain_text import plain
from core.ui.sections.say_digit.source import WORDS, Heard
from core.ui.sections.say_digit.verdict import chart
from core.ui.state.person import person
from core.ui.widgets import notice
from core.ui.widgets.run_actions import REFUSALS, current_runner
from core.ui.widgets.train_here import Exercise, networks_trained_here, newest_sweep, show_runs
from core.ui.widgets.uploads import TOO_MANY, may_upload
from core.wording import counted

ROUNDS = 2
"""How often each digit is asked for: once to learn from, once for the test."""
ORDER = (3, 8, 0, 6, 1, 9, 4, 7, 2, 5)
"""In which the digits are asked for; nobody speaks naturally while counting."""
VOICES = Exercise(
    VoiceTask,
    key="own-voice",
    about="",
    button="Learn this voice",
    colours={"last-layer": colour_of("digit-cnn"), "scratch": colour_of("digit-gru")},
)
_VOICE, _TRIED, _SAID, _FILES, _SEEN = "own-voice", "own-voice-tried", "own-voice-said", "own-voice-files", "voice-seen"


def show_own_voice(heard: Heard) -> None:
    """Show the prompt, what was said, the button that has it learnt, and what came of that."""
    st.markdown(
        "The networks learnt from five men. Say every digit twice, and the CNN learns how **you** say it: what it "
        "hears in a picture of sound stays, only its **last layer** learns again. Beside it, the same network starts "
        "from nothing, with the same few recordings."
    )
    _take_in()
    voice: Voice = st.session_state.get(_VOICE, Voice())
    notice.show_notice(_SAID)
    try:
        newest = newest_sweep(VOICES.learns)
    except StoreProblem as problem:
        st.warning(f"{plain(str(problem))} Nothing can be learnt until it can.", icon=":material/save:")
        return
    _ask(voice)
    _show_tools(voice, newest)
    if newest is not None:
        _show_learnt(voice, newest)
        _let_read(heard)
    _show_measured()


def _show_measured() -> None:
    """Say what learning a voice does to people whom the network has never heard."""
    figures = speech_card("cnn").figures
    if any(figure not in figures for figure in ADAPTED.values()):
        return
    before, last_layer, scratch = (exact_percent(figures[figure] / 100) for figure in ADAPTED.values())
    st.caption(
        f"Measured once on the five people, each left out in turn: CNNs that had never heard a person read {before} of "
        f"what that person said. After two recordings of each digit they read **{last_layer}** where only the last "
        f"layer learnt; a new CNN that learnt from these recordings alone reads {scratch}."
    )


def _ask(voice: Voice) -> None:
    """Ask for the next digit."""
    left, right = st.columns([3, 2])
    with left:
        if len(voice) < MOST_TAKES:
            asked = max(ROUNDS * 10, 10 * (len(voice) // 10 + 1))
            st.audio_input(
                f"Say **{WORDS[next_digit(voice)]}** ({len(voice) + 1} of {asked})",
                sample_rate=16_000,
                key=_microphone(),
            )
    with right:
        st.file_uploader(
            "Or files whose names begin with the digit, such as 3_1.wav",
            type=list(FORMATS),
            accept_multiple_files=True,
            key=_FILES,
            max_upload_size=5,
            help="As “Download” below makes them.",
        )
    st.caption(
        "Your recordings stay in the memory of the server until you leave or delete them. While networks learn, "
        "pictures of the sound lie on its disk, and are deleted afterwards. Nobody else sees or hears any of it."
    )


def _microphone() -> str:
    return f"own-voice-{st.session_state.get(_TRIED, 0)}"  # another for every recording, so that it is empty


def _take_in() -> None:
    """Add what has arrived since the last run; say what is not taken, and why."""
    voice: Voice = st.session_state.get(_VOICE, Voice())
    brought: list[tuple[int | None, bytes, str]] = []
    if recorded := st.session_state.get(_microphone()):
        brought.append((next_digit(voice), recorded.getvalue(), ""))
        st.session_state[_TRIED] = st.session_state.get(_TRIED, 0) + 1
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    new = [file for file in st.session_state.get(_FILES) or [] if file.file_id not in seen]
    seen.update(file.file_id for file in new)
    brought += [(_digit_of(file.name), file.getvalue(), file.name) for file in new]
    if brought:
        _keep(voice, brought)


def next_digit(voice: Voice) -> int:
    """Return the digit that was said least often, the first in `ORDER`."""
    return min(ORDER, key=voice.of)


def _digit_of(name: str) -> int | None:
    return int(name[0]) if name[:1] in set("0123456789") else None


def _keep(voice: Voice, brought: list[tuple[int | None, bytes, str]]) -> None:
    problems = []
    for digit, data, name in brought:
        try:
            voice = voice.with_take(_take(voice, digit, data))
        except UnreadableRecording as problem:
            problems.append(f"{name}: {problem}" if name else str(problem))
    st.session_state[_VOICE] = voice
    notice.hush(_SAID)
    if problems:
        notice.say(_SAID, " ".join(problems))


def _take(voice: Voice, digit: int | None, data: bytes) -> Take:
    if digit is None:
        raise UnreadableRecording("The name does not begin with a digit.")
    if len(voice) >= MOST_TAKES:
        raise UnreadableRecording(f"There are {MOST_TAKES} recordings already; more are not taken.")
    if not may_upload(person()):
        raise UnreadableRecording(TOO_MANY)
    sound = prepare_sound(read_recording(data))
    if sound.speech.reason:
        raise UnreadableRecording(sound.speech.reason)
    return Take(digit, sound.picture, sound.samples)


def _show_tools(voice: Voice, newest: Sweep | None) -> None:
    active = newest is not None and newest.active
    if len(voice):
        said = ", ".join(f"{WORDS[digit]} {voice.of(digit)}x" for digit in range(10) if voice.of(digit))
        st.markdown(f"**{counted(len(voice), 'recording')}**: {said}")
    reason = missing(voice)
    with st.container(horizontal=True, gap="small"):
        st.button(
            VOICES.button,
            icon=":material/school:",
            type="primary" if len(voice) else "secondary",
            key="own-voice-learn",
            disabled=bool(reason) or active,
            on_click=_learn,
            help="Two ordinary runs in the queue of this server. The last recording of each digit is kept apart "
            "for the test.",
        )
        st.button(
            "Take back the last one",
            icon=":material/undo:",
            key="own-voice-undo",
            disabled=not len(voice),
            on_click=_set,
            args=(voice.without_last(),),
            help="The recording that came last.",
        )
        st.download_button(
            "Download",
            partial(as_zip, voice),
            "my-voice.zip",
            "application/zip",
            icon=":material/download:",
            key="own-voice-download",
            disabled=not len(voice),
            on_click="ignore",
            help="A zip of WAV files; unpacked, they can be brought here again.",
        )
        st.button(
            "Delete all",
            icon=":material/delete:",
            key="own-voice-delete",
            disabled=not len(voice),
            on_click=_set,
            args=(Voice(),),
            help="All recordings, at once. What was learnt stays under Runs.",
        )
        if not len(voice):
            st.button(
                "No microphone? Imitate a child",
                icon=":material/child_care:",
                key="own-voice-imitate",
                on_click=lambda: _set(imitated_voice()),
                help=f"The sample recordings of two men, played {HIGHER:g} times as fast.",
            )
    if reason and len(voice):
        st.caption(reason)


def _set(voice: Voice) -> None:
    st.session_state[_VOICE] = voice
    notice.hush(_SAID)


def _learn() -> None:
    voice: Voice = st.session_state[_VOICE]
    notice.hush(_SAID)
    try:
        task = VoiceTask(data=store_voice(voice))
        assert task.suggested is not None
        base = suggest_training(task, task.suggested.epochs, 0)
        config = SweepConfig(base=base, vary=(Varied(name="network", values=tuple(WAYS)),), sampler="grid")
        current_runner().start_sweep(config, person())
    except REFUSALS as problem:
        notice.say(_SAID, str(problem))
        remove_voices([voice.name])
    except OSError as problem:
        notice.say(_SAID, f"The recordings cannot be given to the training: {problem.strerror or problem}.")


def _show_learnt(voice: Voice, newest: Sweep) -> None:
    """Show the runs, and beside them how the shipped CNN does on the recordings kept apart."""
    name = str(newest.raw_config.get("base", {}).get("task", {}).get("data", ""))
    if not newest.active and name.startswith(VOICE):
        remove_voices([name])
    if name == voice.name and len(voice.kept_apart):
        right, cases = right_before(voice), len(voice.kept_apart)
        st.markdown(
            f"**Before**, the shipped CNN reads {right} of the {counted(cases, 'recording')} kept apart. **After**:"
        )
    show_runs(VOICES, newest)


def right_before(voice: Voice) -> int:
    """Return how many of the recordings kept apart the shipped CNN reads right."""
    shipped = load_shipped("speech-cnn").network
    return sum(int(probabilities_of(shipped, take.picture).argmax()) == take.digit for take in voice.kept_apart)


def _let_read(heard: Heard) -> None:
    """Show what the networks that learnt the voice say of the recording on top."""
    learnt = networks_trained_here(VOICES.learns)
    if not learnt:
        return
    st.markdown("**The recording on top of this page**, read by them:")
    charts = "".join(
        chart(VOICES.task.kinds[way], probabilities_of(network, heard.sound.picture), VOICES.colours[way])
        for way, network in learnt
    )
    st.html(f'{STYLE}<div class="three">{charts}</div>')
