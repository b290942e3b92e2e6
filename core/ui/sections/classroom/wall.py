"""The wall: what everybody in the room draws or writes now, and what networks say of it."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from core.classroom.badge import Badge
from core.classroom.rooms import SENTENCE, Room, rooms
from core.classroom.wall import ORDERS, Board, Work, WrittenWork, board, sort_works, wall
from core.data.images.digits import from_pixels
from core.data.images.pictures import encode_data_url
from core.figures.enlarge import enlarge
from core.figures.percent import percent
from core.inspection.text.reading import VERDICTS
from core.runs.store.database import StoreProblem
from core.ui.components.pick.pick import Item, pick
from core.ui.plain_text import plain
from core.ui.sections.classroom.attempt import SAID, attempt, show_page_for_change, switch
from core.ui.state.drawing import Drawing, sheet
from core.ui.widgets.notice import show_page_for_notice
from core.ui.widgets.page_links import link_to
from core.ui.widgets.sections import choose_section

BEAT = 0.6
"""Seconds between two looks at the wall."""
_CHOSEN = "class-tile"
_DRAWN, _WRITTEN = "Drawings", "Sentences"
KINDS = (_DRAWN, _WRITTEN)
"""What hangs on the wall."""

_STYLE = """<style>
.pinned { display: flex; gap: 1.5rem; align-items: center; flex-wrap: wrap; }
.pinned img { width: min(16rem, 70vw); aspect-ratio: auto 1; image-rendering: pixelated; border-radius: .5rem; }
.pinned .answer { font-size: 5.5rem; font-weight: 700; line-height: 1; }
.pinned .written { font-size: clamp(1.4rem, 4vw, 2.6rem); font-weight: 600; overflow-wrap: anywhere; }
.pinned .who { font-size: 1.4rem; font-weight: 600; overflow-wrap: anywhere; }
</style>"""


def show_wall(room: Room, me: Badge) -> None:
    """Show the wall; to the teacher also what can be done with it."""
    kind = choose_section("What hangs there", KINDS, key="class-wall-of", help="What is drawn, or what is written.")
    order = choose_section("Order of the wall", ORDERS, key="class-order", help="How the wall is sorted.")
    if me.teaches:
        st.session_state["class-freeze"] = room.frozen  # another tab of theirs may have changed it
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.toggle(
                "Freeze",
                key="class-freeze",
                on_change=_freeze,
                args=(me,),
                help="The wall stays as it is; people can go on drawing.",
            )
            with st.popover("Clear", icon=":material/delete:", help="Take everything down; you are asked once."):
                st.button(
                    "Yes, take all down",
                    key="class-clear",
                    on_click=lambda: attempt(lambda: wall().clear(me.person())),
                    help="People keep what they have drawn.",
                )
    st.fragment(_live, run_every=BEAT)(me, kind, order, room.frozen)


def _freeze(me: Badge) -> None:
    attempt(lambda: rooms().set(me.person(), frozen=bool(st.session_state["class-freeze"])))


def _live(me: Badge, kind: str, order: str, frozen: bool) -> None:
    show_page_for_notice(SAID)
    try:
        now = board(me.room)
    except StoreProblem as problem:
        st.warning(plain(str(problem)), icon=":material/save:")
        return
    if now is None:
        st.rerun()  # the room has ended: the page says so
        return
    show_page_for_change(me.room, frozen=frozen)
    if frozen:
        st.caption("The wall is frozen: what is drawn or written now does not appear here.")
    if now.pinned:
        _show_pinned(now.pinned)
    if now.pinned_sentence:
        _show_pinned_sentence(now.pinned_sentence)
    if kind == _WRITTEN:
        _show_tiles(now, sort_works([work for work in now.sentences if me.teaches or not work.hidden], order), me)
    else:
        _show_tiles(now, sort_works([work for work in now.works if me.teaches or not work.hidden], order), me)


def _show_tiles(now: Board, works: Sequence[Work] | Sequence[WrittenWork], me: Badge) -> None:
    if not works:
        st.info(
            "Nothing hangs here yet. What is drawn on “Draw a digit”, or written on “Read a sentence”, appears here.",
            icon=":material/draw:",
        )
        return
    places = [work.member for work in works]
    chosen = st.session_state.get(_CHOSEN)
    pick(
        [_item(work) for work in works],
        key="class-wall",
        chosen=places.index(chosen) if chosen in places else None,
        on_pick=lambda number: _choose(places[number]),
        side=84 if isinstance(works[0], Work) else 250,
        wide=isinstance(works[0], WrittenWork),
    )
    if chosen in places:
        _show_actions(now, works[places.index(chosen)], me)


def _item(work: Work | WrittenWork) -> Item:
    said = work.said
    if isinstance(work, WrittenWork):
        verdict = f"{VERDICTS[said.answers[0]]}, {percent(said.probability)}"
        return Item(None, verdict, f"{work.text}\n- {work.nickname}{' (hidden)' * work.hidden}", id=work.member)
    answer = "no digit" if said.digit is None else f"{said.digit}, {percent(said.probability)}"
    return Item(work.url, answer, f"{work.nickname}{' (hidden)' * work.hidden}", id=work.member)


def _choose(member: str) -> None:
    st.session_state[_CHOSEN] = None if st.session_state.get(_CHOSEN) == member else member


def _show_pinned(work: Work) -> None:
    said = work.said
    answer = "?" if said.digit is None else str(said.digit)
    others = ", ".join(map(str, said.answers))
    sure = percent(said.probability)
    line = (
        f"The CNN gives {sure} to its answer; CNN, MLP and GRU say {others}."
        if said.digit is not None
        else f"No digit recognised. Forced to choose, CNN, MLP and GRU would say {others}, the CNN with {sure}."
    )
    st.html(
        f'{_STYLE}<div class="pinned"><img src="{encode_data_url(enlarge(work.pixels, 2))}" alt="A drawing">'
        f'<div><div class="who">{escape(work.nickname)}</div><div class="answer">{answer}</div>'
        f"<div>{line}</div></div></div>"
    )


def _show_pinned_sentence(work: WrittenWork) -> None:
    said = work.said
    agree = sum(answer == said.answers[0] for answer in said.answers)
    st.html(
        f'{_STYLE}<div class="pinned"><div><div class="written">{escape(work.text)}</div>'
        f'<div class="who">{escape(work.nickname)}</div><div>The LSTM says {VERDICTS[said.answers[0]]}, '
        f"{percent(said.probability)}; so do {agree} of {len(said.answers)} networks.</div></div></div>"
    )


def _show_actions(now: Board, work: Work | WrittenWork, me: Badge) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="class-tile-actions"):
        st.markdown(f"**{plain(work.nickname)}**")
        if isinstance(work, WrittenWork):
            link_to("sentence", "Open it", text=work.text)
        else:
            st.button(
                "Open it",
                icon=":material/draw:",
                key="class-open",
                on_click=partial(_open, work),
                help="Put it on your sheet, for all pages about images.",
            )
        if me.teaches:
            name = SENTENCE + work.member if isinstance(work, WrittenWork) else work.member
            pinned = now.room.pinned == name
            st.button(
                "Unpin" if pinned else "Pin",
                icon=":material/push_pin:",
                key="class-pin",
                on_click=partial(_pin, me, None if pinned else name),
                help="Show it large, above the wall, to everybody.",
            )
            st.button(
                "Show again" if work.hidden else "Hide",
                icon=":material/visibility:" if work.hidden else ":material/visibility_off:",
                key="class-hide",
                on_click=partial(_hide, me, work),
                help="Then only you see it, and whatever this person draws and writes next.",
            )

    drawing = sheet().drawing
    if isinstance(work, Work) and drawing is not None and drawing.origin == _origin(work):
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="class-opened"):
            st.markdown("**On your sheet now:**")
            link_to("draw_digit")
            link_to("cnn_inside")


def _origin(work: Work) -> str:
    return f"drawn by {work.nickname}"


def _open(work: Work) -> None:
    prepared = from_pixels(work.pixels / 255, "drawing", "as it hangs on the wall")
    sheet().replace(Drawing(prepared, origin=_origin(work)))


def _pin(me: Badge, name: str | None) -> None:
    switch("class-pin", lambda: rooms().set(me.person(), pinned=name))


def _hide(me: Badge, work: Work | WrittenWork) -> None:
    switch(f"class-hide-{work.member}", lambda: wall().hide(me.person(), work.member, not work.hidden))
