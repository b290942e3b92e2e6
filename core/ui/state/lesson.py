"""The lesson that runs beside the pages: which one, at which step, and what was found. It stands in every address."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st
from cachetools import LRUCache

from core.course.live import Live, Seen
from core.ui.state.quiz import Quiz, quiz, take_over_answers
from core.ui.state.visit import page_shown

LESSON, STEP = "lesson", "lesson-step"
"""Its names in the address."""
LESSONS, QUESTIONS = "lessons", "questions"
"""Paths of the pages with all lessons, and with questions."""
MOST = 99
_RUNNING, _PROGRESS, _MOVED, _TICK = "lesson-running", "lesson-progress", "lesson-moved", "lesson-tick"
_SESSION, _WORD = "lesson-session", "lesson-word"
_KEPT: LRUCache[str, tuple[dict[str, "LessonProgress"], Quiz]] = LRUCache(2_000)
"""Of the last sessions, by a word that only their tab knows, what was found in lessons and answered to questions."""
_LOCK = Lock()


@dataclass
class LessonProgress:
    """How far somebody has come in a lesson.

    Attributes:
        name: of the lesson.
        step: from 0; the number of its steps at its end.
        found: by step, what ticked it off.
        notes: by step, what was written as an answer to its question.
        begun: by step, when it was begun first, seconds since 1970.
        live: what pages have reported since the step began.
    """

    name: str
    step: int = 0
    found: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    begun: dict[int, float] = field(default_factory=lambda: {0: time.time()})
    live: Live = field(default_factory=lambda: Live(time.time()))

    def go_to(self, step: int) -> None:
        """Begin a step."""
        if step != self.step:
            self.step, self.live = step, self.live.next_step(self.begun.setdefault(step, time.time()))


def begin(name: str, step: int | None = None) -> None:
    """Begin a lesson, or go on with it where it was left; the next run leads to that step."""
    progress = progress_of(name)
    if step is not None:
        progress.go_to(step)
    st.session_state[_RUNNING] = name
    st.session_state[_MOVED] = page_shown()


def move(step: int) -> None:
    """Go to a step of the lesson that runs."""
    begin(st.session_state[_RUNNING], step)


def leave() -> None:
    """End the lesson for now; where it was is kept."""
    st.session_state.pop(_RUNNING, None)
    st.session_state.pop(_TICK, None)
    for name in (LESSON, STEP):
        st.query_params.pop(name, None)


def progress_of(name: str) -> LessonProgress:
    """Return how far this session has come in a lesson."""
    return _every().setdefault(name, LessonProgress(name))


def _every() -> dict[str, LessonProgress]:
    every: dict[str, LessonProgress] = st.session_state.setdefault(_PROGRESS, {})
    return every


def kept_under() -> tuple[str, str]:
    """Keep what this session finds, and return the number of the session and the word under which it is kept."""
    session = str(st.session_state.setdefault(_SESSION, secrets.token_hex(8)))
    word = str(st.session_state.setdefault(_WORD, secrets.token_hex(16)))
    with _LOCK:
        _KEPT[word] = _every(), quiz()
    return session, word


def take_back(word: object) -> None:
    """Go on with what an earlier session of this tab has found; what was found since comes on top."""
    with _LOCK:
        kept = _KEPT.get(word) if isinstance(word, str) else None
    if kept is None:
        return
    every, answers = kept
    if answers is not quiz():
        answers.given = quiz().given | answers.given  # the first answer to a question counts
        take_over_answers(answers)
    for name, now in _every().items():
        before = every.setdefault(name, now)
        before.found |= now.found
        before.notes |= {step: note for step, note in now.notes.items() if note}
        if now.step or len(now.begun) > 1:  # somebody is there now, and may just have clicked Previous
            before.go_to(now.step)
    st.session_state[_PROGRESS], st.session_state[_WORD] = every, word
    for name, progress in every.items():
        for step, note in progress.notes.items():
            if note_key(name, step) in st.session_state:
                st.session_state[note_key(name, step)] = note


def note_key(name: str, step: int) -> str:
    """Return the key of the field in which the question of a step is answered."""
    return f"lesson-note-{name}-{step}"


def begun(name: str) -> bool:
    """Whether this session has begun a lesson."""
    return name in st.session_state.get(_PROGRESS, {})


def just_moved(address: str) -> bool:
    """Return, once, whether somebody has just gone to another step: the address does not know it yet.

    Who has followed a link since then wants to be there.

    Args:
        address: path of the page that is shown.
    """
    return st.session_state.pop(_MOVED, None) == address


def running() -> LessonProgress | None:
    """Return the lesson that runs, or None."""
    name = st.session_state.get(_RUNNING)
    return progress_of(name) if name else None


def read_address() -> None:
    """Begin the lesson that the address names, at its step; an address without one gets that which runs."""
    asked = st.query_params.get(LESSON)
    if asked and _MOVED not in st.session_state:  # or a click on Next would be taken back by the address before it
        st.session_state[_RUNNING] = asked
        number = st.query_params.get(STEP, "")
        if number.isascii() and number.isdecimal() and 1 <= int(number[:3]) <= MOST:
            progress_of(asked).go_to(int(number[:3]) - 1)
    now = running()
    if now is not None:
        for name, value in in_address(now).items():
            if st.query_params.get(name) != value:
                st.query_params[name] = value


def in_address(progress: LessonProgress) -> dict[str, str]:
    """Return how a lesson stands in the address."""
    return {LESSON: progress.name, STEP: str(progress.step + 1)}


def on_report(tick: Callable[[], None]) -> None:
    """Have something done whenever a page reports what is on the screen."""
    st.session_state[_TICK] = tick


def report(make: Callable[[], Seen]) -> None:
    """Tell the lesson what is on the screen; where none runs, nothing is done.

    Args:
        make: makes the report.
    """
    progress = running()
    if progress is None:
        return
    progress.live.take(make())
    if tick := st.session_state.get(_TICK):
        tick()
