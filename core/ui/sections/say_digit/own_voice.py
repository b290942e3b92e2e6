"""Your own voice: say every digit a few times, and let the CNN learn how you say it."""

import contextlib
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
    out_of_zip,
    store_voice,
)
from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import FORMATS, UnreadableRecording, read_recording, to_wav
from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.figures.probabilities import STYLE
from core.inspection.audio.reading import SURE, agreed, probabilities_of, read_sound, speech_card
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
from core.ui.widgets.uploads import TOO_MANY, files_in, may_upload
from core.ui.widgets.voices import forget_voice
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
_VOICE, _TRIED, _SAID = "own-voice", "own-voice-tried", "own-voice-said"


def show_own_voice(heard: Heard) -> None:
    """Show the prompt, what was said, the button that has it learnt, and what came of that."""
    st.markdown(
        "The networks learnt from five men. Say every digit twice, and the CNN learns how **you** say it: what it "
        "hears in a picture of sound stays; only its **last layer** learns again. Beside it, the same network starts "
        "from nothing, with the same few recordings."
    )
    _take_in()
    voice: Voice = st.session_state.get(_VOICE, Voice())
    notice.show_notice(_SAID)
    try:
        newest = newest_sweep(VOICES.learns)
    except StoreProblem as problem:
        st.warning(f"{plain(str(problem))} Until then nothing can be learnt.", icon=":material/save:")
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
            st.audio_input(prompt(voice), sample_rate=16_000, key=_empty("microphone"))
    with right:
        st.file_uploader(
            "Or files whose names begin with the digit, such as 3_1.wav",
            type=[*FORMATS, "zip"],
            accept_multiple_files=True,
            key=_empty("files"),
            max_upload_size=5,
            help="Or a zip of them, as “Download” below makes it.",
        )
    st.caption(
        "Your recordings stay in the memory of the server until you delete them, leave, or load the page again. While "
        "networks learn, pictures of the sound lie on its disk, and are deleted afterwards. Nobody else sees or hears "
        "any of it. “Download” is the way to keep them."
    )


def prompt(voice: Voice) -> str:
    """Return what the person is asked to say next."""
    digit, said = WORDS[next_digit(voice)], len(voice)
    if all(voice.of(one) >= ROUNDS for one in range(10)):
        return f"That is enough to learn from. If you like, say **{digit}** once more"
    return f"Say **{digit}** ({said + 1} of {max(ROUNDS * 10, said + 1)})"


def _empty(control: str) -> str:
    """Return the key of a control that is empty again as soon as what it held has been taken in."""
    return f"own-voice-{control}-{st.session_state.get(_TRIED, 0)}"


def _take_in() -> None:
    """Add what has arrived since the last run; say what is not taken, and why."""
    voice: Voice = st.session_state.get(_VOICE, Voice())
    recorded, files = (files_in(_empty(control)) for control in ("microphone", "files"))
    if not recorded and not files:
        return
    if not may_upload(person()):  # it stays where it is, and is taken in later
        notice.say(_SAID, TOO_MANY)
        return
    st.session_state[_TRIED] = st.session_state.get(_TRIED, 0) + 1
    brought: list[tuple[str, bytes]] = [("", one.getvalue()) for one in recorded]
    problems = []
    for file in files:
        try:
            is_zip = file.name.lower().endswith(".zip")
            brought += out_of_zip(file.getvalue()) if is_zip else [(file.name, file.getvalue())]
        except UnreadableRecording as problem:
            problems.append(f"{file.name}: {problem}")
    _keep(voice, brought, problems)


def next_digit(voice: Voice) -> int:
    """Return the digit that was said least often, the first in `ORDER`."""
    return min(ORDER, key=voice.of)


def _digit_of(name: str) -> int | None:
    return int(name[0]) if name[:1] in set("0123456789") else None


def _keep(voice: Voice, brought: list[tuple[str, bytes]], problems: list[str]) -> None:
    doubts = []
    for name, data in brought:
        try:
            take = _take(voice, _digit_of(name) if name else next_digit(voice), data)
        except UnreadableRecording as problem:
            problems.append(f"{name}: {problem}" if name else str(problem))
            continue
        voice = voice.with_take(take)
        heard = sounds_like(take)
        if heard != take.digit:
            doubts.append(f"{name or 'This one'} sounds like “{WORDS[heard]}” and is kept as “{WORDS[take.digit]}”")
    st.session_state[_VOICE] = voice
    notice.hush(_SAID)
    if doubts:
        problems.append(f"{'; '.join(doubts)}. Said something else? Then take it out.")
    if problems:
        notice.say(_SAID, " ".join(problems))


def sounds_like(take: Take) -> int:
    """Return the digit that the shipped networks are sure to hear; that of the recording where they are not."""
    digit, probability = agreed(read_sound(take.picture))
    return digit if probability >= SURE else take.digit


def _take(voice: Voice, digit: int | None, data: bytes) -> Take:
    if digit is None:
        raise UnreadableRecording("The name does not begin with a digit.")
    if len(voice) >= MOST_TAKES:
        raise UnreadableRecording(f"There are {MOST_TAKES} recordings already; no more are accepted.")
    sound = prepare_sound(read_recording(data))
    if sound.speech.reason:
        raise UnreadableRecording(sound.speech.reason)
    take = Take(digit, sound.picture, sound.samples)
    if voice.holds(take):
        raise UnreadableRecording("This recording is here already; say the digit once more instead.")
    return take


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
            "Stop",
            icon=":material/stop:",
            key="own-voice-stop",
            disabled=not active,
            on_click=_stop,
            args=(newest.id if newest else "",),
            help="End the run and cancel the one that is waiting. What was learnt is kept.",
        )
        st.button(
            "Take back the last one",
            icon=":material/undo:",
            key="own-voice-undo",
            disabled=not len(voice),
            on_click=_set,
            args=(voice.without(-1),) if len(voice) else (voice,),
            help="The recording that came last.",
        )
        _show_takes(voice)
        st.download_button(
            "Download",
            partial(as_zip, voice),
            "my-voice.zip",
            "application/zip",
            icon=":material/download:",
            key="own-voice-download",
            disabled=not len(voice),
            on_click="ignore",
            help="A zip of WAV files, which can be brought here again.",
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


def _show_takes(voice: Voice) -> None:
    """Let people hear each recording as networks hear it, and take it out."""
    with st.popover(
        "Hear them", icon=":material/hearing:", disabled=not len(voice), help="Each of them, and take one out."
    ):
        if not len(voice):
            return
        places = list(range(len(voice)))
        at = st.selectbox(
            "Recording",
            places,
            index=len(places) - 1,
            format_func=lambda place: f"{place + 1}: {WORDS[voice.takes[place].digit]}",
            key=f"own-voice-take-{len(voice)}",
        )
        name = f"Recording {at + 1}, {WORDS[voice.takes[at].digit]}"
        st.audio(to_wav(voice.takes[at].samples), format="audio/wav", alt=name)
        st.button(
            "Take it out", icon=":material/delete:", key="own-voice-remove", on_click=_set, args=(voice.without(at),)
        )


def _stop(sweep: str) -> None:
    try:
        current_runner().stop_sweep(sweep, person())
    except StoreProblem as problem:
        notice.say(_SAID, str(problem))


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
    except OSError as problem:
        notice.say(_SAID, f"The recordings cannot be given to the training: {problem.strerror or problem}.")


def _show_learnt(voice: Voice, newest: Sweep) -> None:
    """Show the runs, and beside them how the shipped CNN does on the recordings kept apart."""
    name = newest.data
    if not newest.active and name.startswith(VOICE):
        with contextlib.suppress(StoreProblem, OSError):  # the server does it later
            forget_voice(current_runner().store, name)
    if name == voice.name and len(voice.kept_apart):
        right, cases = right_before(voice), len(voice.kept_apart)
        st.markdown(
            f"**Before**, the shipped CNN reads {right} of the {counted(cases, 'recording')} kept apart. **After**:"
        )
    elif len(voice):
        st.caption("What is below was learnt from different recordings from those above.")
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
