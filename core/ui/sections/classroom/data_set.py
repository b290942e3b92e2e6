"""Our own data set: everybody draws what the teacher asks for, and a network learns from it."""

from functools import partial
from html import escape

import streamlit as st

from core.classroom.badge import Badge
from core.classroom.class_sets import newest_set_of, store_set_of
from core.classroom.hand_ins import HandIn, as_own_set, as_zip, hand_ins
from core.classroom.rooms import Room, rooms
from core.classroom.wall import Opinion, as_url, board
from core.data.images.datasets import load_images
from core.data.images.image_set import DIGITS, ImageSet
from core.data.images.own_sets import NotStored
from core.data.sources import NotHere
from core.figures.percent import exact_percent, percent
from core.inspection.images.families import FAMILIES, predict_by_family
from core.inspection.images.recognition import recognise
from core.models.shipped import load_shipped
from core.runs.store.database import StoreProblem
from core.runs.store.record import RunSummary
from core.runs.store.rights import NotAllowed, room_of
from core.ui.components.pick.pick import Item, pick
from core.ui.plain_text import plain
from core.ui.sections.classroom.attempt import SAID, attempt, show_page_for_change
from core.ui.sections.classroom.confusion import digits_read, show_confusion
from core.ui.state.drawing import sheet
from core.ui.widgets.canvas import clear, read_canvas, show_canvas
from core.ui.widgets.kept_drawing import keep_drawing
from core.ui.widgets.notice import say, show_page_for_notice
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import current_runner
from core.wording import counted

BEAT = 2.0
"""Seconds between two looks."""
_ASKED, _PAUSE = "class-asked", "nothing"

_STYLE = """<style>
.asked-for { font-size: clamp(1.6rem, 5vw, 2.6rem); font-weight: 700; margin: 0; }
.handed-in { display: grid; grid-template-columns: repeat(auto-fit, minmax(4.2rem, 1fr)); gap: .4rem;
  max-width: 46rem; }
.handed-in div { border: 1px solid #8a949e88; border-radius: .4rem; padding: .1rem .5rem; text-align: center; }
.handed-in b { font-size: 1.3rem; display: block; } .handed-in .now { border: 2px solid #e69f00; }
</style>"""


def show_data_set(room: Room, me: Badge) -> None:
    """Show the prompt, and the canvas to a student; to the teacher what came in, and what becomes of it."""
    if me.teaches:
        st.session_state["class-prompt"] = room.prompt or _PAUSE  # another tab of theirs may have changed it
        st.pills(
            "Everybody draws",
            (_PAUSE, *DIGITS),
            required=True,
            key="class-prompt",
            on_change=_ask,
            args=(me,),
            help="What every student is asked to draw now; it is the label of what they hand in.",
        )
        drawings = hand_ins().of_room(me.room)
        st.fragment(_came_in, run_every=BEAT)(me, room.prompt, [one.number for one in drawings])
        _make(room, me, drawings)
    else:
        st.fragment(_prompt, run_every=BEAT)(me)
        st.fragment(_pad)(me)


def _ask(me: Badge) -> None:
    chosen = st.session_state.get("class-prompt")
    attempt(lambda: rooms().set(me.person(), prompt=chosen if chosen in DIGITS else None))


def _prompt(me: Badge) -> None:
    """Show a student what is asked for, and how many everybody has handed in."""
    try:
        now, counts = board(me.room), hand_ins().counts(me.room)
    except StoreProblem as problem:
        st.caption(plain(str(problem)))
        return
    asked = now.room.prompt if now else None
    st.session_state[_ASKED] = asked
    if asked is None:
        st.info("Nothing is asked for just now. Wait for your teacher.", icon=":material/hourglass_empty:")
        return
    st.html(f'{_STYLE}<p class="asked-for">Draw a {escape(asked)}</p>')
    st.caption(f"The class has handed in {counts[asked]:,} of these, {counted(counts.total(), 'drawing')} in all.")


def _pad(me: Badge) -> None:
    """Show the canvas of a student, and the button that hands in what is on it."""
    paper = sheet()
    read_canvas(paper)
    show_canvas(paper)
    by_hand = paper.drawing is not None and paper.drawing.picture is not None and not paper.drawing.prepared.blank
    st.button(
        "Hand it in",
        icon=":material/upload:",
        type="primary",
        key="class-hand-in",
        disabled=not by_hand,
        on_click=_hand_in,
        args=(me,),
        help="As what is asked for above. The sheet is then empty for the next one.",
    )
    keep_drawing(paper)
    show_page_for_notice(SAID)


def _hand_in(me: Badge) -> None:
    sheet().read_last_stroke()
    drawing, asked = sheet().drawing, st.session_state.get(_ASKED)
    if drawing is None or drawing.prepared.blank:
        return
    readings = predict_by_family(drawing.prepared.pixels)
    digit = recognise(drawing.prepared, readings[0].probabilities).digit
    said = Opinion(digit, readings[0].confidence, tuple(reading.predicted for reading in readings))

    def hand_in() -> None:
        hand_ins().hand_in(me.person(), str(asked), drawing.prepared.pixels, said)
        clear(sheet())

    attempt(hand_in)


def _came_in(me: Badge, asked: str | None, shown: list[int]) -> None:
    """Show the teacher how many of each digit came in, and the doubtful ones."""
    show_page_for_notice(SAID)
    try:
        show_page_for_change(me.room, prompt=asked)
        drawings = hand_ins().of_room(me.room)
    except StoreProblem as problem:
        st.caption(plain(str(problem)))
        return
    if [one.number for one in drawings] != shown:
        st.rerun()  # what can be made of them, and what is confused, stands outside this part
    counts = {label: sum(one.label == label for one in drawings) for label in DIGITS}
    cells = "".join(
        f'<div class="{"now" * (label == asked)}">{label}<b>{count}</b></div>' for label, count in counts.items()
    )
    st.html(f'{_STYLE}<div class="handed-in">{cells}</div>')
    if not drawings:
        return
    right = sum(one.read_right for one in drawings)
    students = len({one.member for one in drawings})
    st.caption(
        f"{counted(len(drawings), 'drawing')} by {counted(students, 'student')}. The CNN that learnt MNIST "
        f"reads {right:,} of them as what was asked for ({exact_percent(right / len(drawings))})."
    )
    doubtful = [one for one in drawings if one.doubtful][-24:]
    if doubtful:
        st.markdown("**Look at these: the CNN reads something else.** A click leaves one out.")
        pick(
            [_item(one) for one in doubtful],
            key="class-doubtful",
            chosen=None,
            on_pick=lambda number: attempt(partial(hand_ins().drop, me.person(), doubtful[number].number)),
            side=72,
        )


def _item(one: HandIn) -> Item:
    read = "no digit" if one.said.digit is None else f"read as {one.said.answers[0]}, {percent(one.said.probability)}"
    return Item(as_url(one.picture), f"asked: {one.label}", read, id=str(one.number))


def _make(room: Room, me: Badge, drawings: list[HandIn]) -> None:
    """Offer to make a data set of what came in, to train on it, and to take it home."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Make a data set of it",
            icon=":material/database:",
            key="class-make-set",
            disabled=not drawings,
            on_click=_store,
            args=(room,),
            help="Every fifth student is kept for the test, so no handwriting is in both training and test.",
        )
        st.download_button(
            "Download",
            lambda: as_zip(hand_ins().of_room(me.room)),
            "class.zip",
            "application/zip",
            icon=":material/download:",
            key="class-download-set",
            disabled=not drawings,
            on_click="ignore",
            help="A zip with a folder for each student, by number and not by name.",
        )
        made = newest_set_of(room.code)  # also after a reload, and on another device
        if made:
            link_to("train", "Train on it", data=made, images="none", validation_images="0", batch_size="10")
    tested = _test_part(made) if made else None
    runs = _runs_on(made, me) if made and tested else []
    if tested:
        _compare(tested, runs)
    if drawings:
        show_confusion(drawings, tested, runs)


def _test_part(made: str) -> ImageSet | None:
    """Return the drawings that are kept for the test of a data set; None where it has been removed meanwhile.

    Who is kept apart is read off the set, never chosen again: with more drawings it would be others, who were learnt
    from.
    """
    try:
        return load_images(made, "test")
    except NotHere:
        return None


def _store(room: Room) -> None:
    drawings = hand_ins().of_room(room.id)
    try:
        own = as_own_set(drawings)
        store_set_of(room.code, own)
        say(SAID, f"{counted(len(own.train), 'drawing')} to learn from, {len(own.test):,} of other students to test.")
    except (NotAllowed, NotStored) as problem:
        say(SAID, str(problem))


def _runs_on(made: str, me: Badge) -> list[RunSummary]:
    """Return the finished runs of the room on a data set."""
    runs = current_runner().store.summaries(limit=200)
    return [run for run in runs if run.data == made and run.usable and room_of(run.session) == me.room]


def _compare(tested: ImageSet, runs: list[RunSummary]) -> None:
    """Say how the CNN that learnt MNIST, and the runs of the room on this set, do on the students kept apart."""
    answers = digits_read(load_shipped(FAMILIES[0]).network, tested.images)
    right = sum(DIGITS[answer] == tested.classes[label] for answer, label in zip(answers, tested.labels, strict=True))
    lines = [f"trained on MNIST: {exact_percent(right / len(tested))}"]
    lines += [f"{plain(run.title)}, trained on us: {exact_percent(run.accuracy or 0.0)}" for run in runs]
    st.markdown(
        f"On {counted(len(tested), 'drawing')} of students kept apart:\n" + "".join(f"\n- {line}" for line in lines)
    )
