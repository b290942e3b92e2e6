"""Predict, then see: a question, the votes as they come, and what the network really says."""

import io
from collections.abc import Callable
from html import escape

import numpy as np
import streamlit as st
from PIL import Image

from core.api import SentenceReading, read_sentence
from core.classroom.badge import Badge
from core.classroom.rooms import Room
from core.classroom.votes import MOST_CHOICES, TEXT, Poll, Question, poll, votes
from core.classroom.wall import as_png, board
from core.data.images.digits import Prepared, from_pixels
from core.data.images.pictures import encode_data_url
from core.figures.enlarge import enlarge
from core.inspection.images.families import predict_by_family
from core.inspection.images.recognition import recognise
from core.inspection.text.reading import VERDICTS
from core.runs.store.database import StoreProblem
from core.runs.store.rights import NotAllowed
from core.ui.plain_text import plain
from core.ui.sections.classroom.attempt import SAID, attempt
from core.ui.state.drawing import sheet
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.notice import show_page_for_notice
from core.wording import counted

SENTENCE = 140
"""Most characters of a sentence that is asked about."""
SAME = 0.005
"""Two probabilities that differ by less are the same on screen."""
BEAT = 1.0
"""Seconds between two looks at the votes."""
_NO_DIGIT = "no digit"
_DIGITS = (*map(str, range(10)), _NO_DIGIT)
_PAIR = "A pair of sentences"
_READERS = {"LSTM": "sentence-lstm", "bag of words": "sentence-bag"}
_KINDS = ("A drawing", "A sentence", _PAIR, "Yes or no", "One of several", "A number")

_STYLE = """<style>
.poll .bar { display: grid; grid-template-columns: minmax(4.5rem, auto) 1fr 3rem; gap: .6rem; align-items: center;
  margin: .2rem 0; font-size: 1.1rem; }
.poll .bar i { display: block; height: 1.5rem; border-radius: .3rem; background: var(--st-primary-color, #0072b2);
  transition: width .4s; min-width: 2px; }
.poll .bar.right { font-weight: 700; } .poll .bar.right i { background: #009e73; }
.poll .bar span { overflow-wrap: anywhere; } .poll b { font-variant-numeric: tabular-nums; }
.poll img { width: min(9rem, 40vw); aspect-ratio: auto 1; image-rendering: pixelated; border-radius: .5rem; }
.poll .asked { font-size: 1.6rem; font-weight: 600; overflow-wrap: anywhere; margin: .3rem 0; }
</style>"""


def show_vote(_room: Room, me: Badge) -> None:
    """Show the question of the moment; to the teacher also the form of the next."""
    st.fragment(_live, run_every=BEAT)(me)
    if me.teaches:
        with st.expander("Ask the class", icon=":material/how_to_vote:", expanded=poll(me.room) is None):
            _form(me)


def _live(me: Badge) -> None:
    show_page_for_notice(SAID)
    try:
        now = poll(me.room)
    except StoreProblem as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return
    if now is None:
        waiting = "Ask the class below." if me.teaches else "Your teacher has not asked anything yet. It appears here."
        st.info(waiting, icon=":material/hourglass_empty:")
        return
    question = now.question
    st.html(f'{_STYLE}<div class="poll">{_picture(question)}<div class="asked">{escape(question.text)}</div></div>')
    if not me.teaches and not question.revealed:
        _ballot(question, me, now.votes.get(me.member))
    if me.teaches or question.revealed:
        st.html(_STYLE + bars(now))
    count = len(now.votes)
    st.caption(f"{counted(count, 'vote')} so far." if not question.revealed else f"{count} voted.")
    if question.revealed and question.answer is not None:
        none = question.picture is not None and question.answer == _NO_DIGIT
        said = "**No digit** is recognised" if none else f"The network says **{plain(question.answer)}**"
        st.success(
            f"{said}. {now.right} of {count} predicted it.",
            icon=":material/visibility:",
        )
    if me.teaches:
        _steer(question, me)


def _picture(question: Question) -> str:
    if question.picture is None:
        return ""
    pixels = np.asarray(Image.open(io.BytesIO(question.picture)).convert("L"))
    return f'<img src="{encode_data_url(enlarge(pixels, 2))}" alt="The drawing that is asked about">'


def bars(now: Poll) -> str:
    """Return the votes as bars, HTML; the choice of the network is marked once it is revealed."""
    most, rows = max((count for _, count in now.counts), default=0), []
    for choice, count in now.counts:
        right = now.question.revealed and choice == now.question.answer
        width = 100 * count / most if most else 0
        rows.append(
            f'<div class="bar{" right" * right}"><span>{escape(choice)}</span><i style="width:{width:.1f}%"></i>'
            f"<b>{count}</b></div>"
        )
    return f'<div class="poll">{"".join(rows)}</div>'


def _ballot(question: Question, me: Badge, given: str | None) -> None:
    """Show what can be voted for, and always the vote that counts: of another tab, too, and where one was refused."""
    key = f"class-vote-{question.id}"
    counts = given if question.choices or given is None else float(given)
    if st.session_state.get(key) != counts:
        st.session_state[key] = counts
    if question.choices:
        st.pills(
            "Your vote",
            question.choices,
            format_func=plain,
            required=True,
            key=key,
            on_change=_vote,
            args=(me, question.id, key),
            help="You can change it until the answer is shown.",
        )
    else:
        st.number_input(
            "Your number",
            value=None,
            format="%.15g",
            key=key,
            on_change=_vote,
            args=(me, question.id, key),
            help="You can change it until the answer is shown.",
        )


def _vote(me: Badge, question: str, key: str) -> None:
    choice = st.session_state.get(key)
    if choice is not None:
        attempt(lambda: votes().vote(me.person(), question, str(choice)))


def _steer(question: Question, me: Badge) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Reveal",
            icon=":material/visibility:",
            type="primary",
            key="class-reveal",
            disabled=question.revealed,
            on_click=lambda: attempt(lambda: votes().reveal(me.person(), question.id)),
            help="Show votes and answer to everybody; voting ends.",
        )
        st.button(
            "Take it away",
            icon=":material/delete:",
            key="class-withdraw",
            on_click=lambda: attempt(lambda: votes().withdraw(me.person(), question.id)),
            help="The question and its votes are deleted.",
        )


def _form(me: Badge) -> None:
    kind = st.radio("What about?", _KINDS, key="class-kind", horizontal=True, help="A network answers the first three.")
    if kind == "A drawing":
        drawn = _drawing(me)
        if drawn is not None:
            origin, prepared = drawn
            shown = enlarge(np.rint(prepared.pixels * 255).astype(np.uint8), 3)
            st.image(shown, caption=plain(origin), alt="The drawing that is asked about")
            _ask_button(lambda: _ask_about(me, prepared))
        else:
            st.caption("Draw something on “Draw a digit” first, or pin a drawing on the wall.")
    elif kind == "A sentence":
        text = st.text_input("Sentence", key="class-sentence", max_chars=SENTENCE, help="An LSTM judges it.")
        _ask_button(lambda: _ask_sentence(me, str(text or "")), bool(text))
    elif kind == _PAIR:
        first, second = (
            str(st.text_input(label, key=f"class-{key}", max_chars=SENTENCE, help=help) or "")
            for label, key, help in (
                ("Sentence A", "first", "The network reads both, each by itself."),
                ("Sentence B", "second", "The same words in another order, for example."),
            )
        )
        by = choose_option(
            "Who reads?", list(_READERS), key="class-reader", help="A bag of words counts; an LSTM reads in order."
        )
        _ask_button(lambda: _ask_pair(me, first, second, by), bool(first and second))
    else:
        text = str(st.text_input("Question", key="class-question", max_chars=TEXT, help="In your words.") or "")
        choices: tuple[str, ...] = ("yes", "no") if kind == "Yes or no" else ()
        if kind == "One of several":
            written = st.text_area("Choices, one per line", key="class-choices", help=f"2 to {MOST_CHOICES}.")
            choices = tuple(str(written or "").splitlines()) or ("",)
        _ask_button(lambda: votes().ask(me.person(), text, choices), bool(text))


def _ask_button(ask: Callable[[], object], possible: bool = True) -> None:
    if st.button("Ask", key="class-ask", type="primary", disabled=not possible, help="Everybody sees it at once."):
        attempt(ask)
        st.rerun()


def _drawing(me: Badge) -> tuple[str, Prepared] | None:
    """Return the pinned drawing, else the one on the teacher's own sheet, with a word on where it comes from."""
    now = board(me.room)
    if now and now.pinned:
        return f"pinned: {now.pinned.nickname}", from_pixels(now.pinned.pixels / 255)
    own = sheet().drawing
    return (own.origin, own.prepared) if own and not own.prepared.blank else None


def _ask_about(me: Badge, prepared: Prepared) -> None:
    found = recognise(prepared, predict_by_family(prepared.pixels)[0].probabilities)
    answer = _NO_DIGIT if found.digit is None else str(found.digit)
    votes().ask(me.person(), "Which digit will be recognised?", _DIGITS, as_png(prepared.pixels), answer)


def _ask_sentence(me: Badge, text: str) -> None:
    verdict = _read(text, "sentence-lstm").verdict
    votes().ask(me.person(), f"Positive or negative, what will the LSTM say? “{text}”", VERDICTS, None, verdict)


def _ask_pair(me: Badge, first: str, second: str, by: str) -> None:
    a, b = (_read(text, _READERS[by]).trace[-1].positive for text in (first, second))
    answer = "the same" if abs(a - b) < SAME else "A" if a > b else "B"
    asked = f"Which is more positive to the {by}? A: “{first}” B: “{second}”"
    votes().ask(me.person(), asked, ("A", "B", "the same"), None, answer)


def _read(text: str, network: str) -> SentenceReading:
    try:
        return read_sentence(text, network)
    except ValueError as problem:
        raise NotAllowed(str(problem)) from None
