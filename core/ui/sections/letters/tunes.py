"""Tunes: the same networks write folk tunes on; the score is seen and heard, and the bars are counted."""

from collections.abc import Callable, Sequence

import streamlit as st

from core.data.tunes.beginnings import Beginning, first_tune, read_beginning
from core.data.tunes.collection import END, LONGEST
from core.data.tunes.notation import BadTune, Tune, parse_tune
from core.inspection.letters.tunes import write_on
from core.models.cells import TITLES, Cell
from core.models.text.letters import NextLetter
from core.ui.components.score.score import score
from core.ui.plain_text import plain
from core.ui.sections.letters.own_tunes import own_writers, show_training
from core.ui.sections.letters.tune_field import TUNES, show_field
from core.ui.sections.letters.tune_scores import show_scores
from core.ui.sections.letters.tune_text import show_text
from core.ui.state.controls import set_control
from core.ui.widgets.bound_controls import choose_number, choose_option
from core.ui.widgets.sections import choose_section
from core.ui.widgets.side_by_side import side_by_side
from core.wording import counted

SEED = "tunes-seed"
_SHIPPED, _OWN = "Shipped", "Yours"
_ON, _TYPED = "Written on", "As you typed it"
_CELLS: dict[str, Cell] = {title: cell for cell, title in TITLES.items()}
_MOST_NAMED = 6


def show() -> None:
    """Show the section."""
    st.markdown(
        "Folk tunes can be written with letters, in **ABC notation**. So networks that predict the next letter can "
        "learn to write music. Nobody told them what a bar is: do their bars **add up**?"
    )
    section = choose_section(
        "What to look at",
        list(_SECTIONS),
        key="tunes-look",
        help="What networks write, or networks of your own. The address keeps your choice.",
    )
    _SECTIONS[section]()


@st.fragment
def _writing() -> None:
    """Show the field, the tune that comes of it as score and text, and how often networks write real tunes."""
    state = TUNES.open()
    left, right = side_by_side([1, 1], key="tunes", gap="medium")
    with left:
        show_field(state)
    with right:
        cell, network, temperature, seed, on = _controls()
    TUNES.keep(state)
    begun = read_beginning(state.text)
    if on:
        _say_what_is_read(begun)
        written = write_on(cell, begun.letters, temperature, seed, network)
        _show_tune(_head(begun.title), begun.letters, written)
        if not (begun.letters + written).endswith(END):
            st.caption(f"The {TITLES[cell]} found no end within {LONGEST:,} letters: the tune is cut off there.")
    else:
        _show_tune("", first_tune(state.text), "")
    show_scores()


def _controls() -> tuple[Cell, NextLetter | None, float, int, bool]:
    """Show the choice of network, temperature and seed; return them, and whether the network writes on.

    A network that this person has trained comes second, None is the shipped one.
    """
    title = choose_option(
        "Network",
        list(_CELLS),
        key="tunes-network",
        default=TITLES["lstm"],
        help="All three have 192 units and have read the same 804 tunes.",
    )
    network = _choose_own(_CELLS[title])
    temperature = choose_number(
        "Temperature",
        0.1,
        2.0,
        0.5,
        0.1,
        key="tunes-temperature",
        help="All logits are divided by it before the softmax. Low: safe and repetitive. High: bold, and soon wrong.",
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        seed = st.number_input(
            "Seed",
            0,
            9999,
            1,
            key=SEED,
            bind="query-params",
            width=130,
            help="The same beginning, network, temperature and seed give the same tune.",
        )
        st.button(
            "Another tune",
            icon=":material/casino:",
            type="primary",
            key="tunes-another",
            on_click=lambda: set_control(SEED, (int(st.session_state.get(SEED, 1)) + 1) % 10_000),
            help="The network continues the same beginning with the next seed.",
        )
    shown = choose_option(
        "Show",
        [_ON, _TYPED],
        key="tunes-show",
        help="The tune as the network continues it, or your own text alone.",
    )
    return _CELLS[title], network, round(float(temperature), 1), int(seed), shown == _ON


def _choose_own(cell: Cell) -> NextLetter | None:
    """Show the choice between the shipped network and this person's own, where there is one; return the own one."""
    own = own_writers().get(cell)
    if own is None:
        return None
    chosen = st.segmented_control(
        f"Which {TITLES[cell]}",
        [_SHIPPED, _OWN],
        default=_SHIPPED,
        required=True,
        key="tunes-whose",
        help="The network that comes with the app, or the one that you trained here.",
    )
    return own if chosen == _OWN else None


def _head(title: str) -> str:
    return f"T:{title}\n" if title else ""


def _say_what_is_read(begun: Beginning) -> None:
    notes = []
    if begun.dropped:
        signs = " ".join(plain(sign) for sign in begun.dropped[:_MOST_NAMED])
        notes.append(f"The networks do not know these signs and leave them out: **{signs}**")
    for wrote, reads in begun.instead:
        same = ", with the same sharps and flats" if reads.startswith("K:") else ""
        notes.append(f"The networks know no **{plain(wrote)}**: they read **{plain(reads)}**{same}")
    if begun.voices > 1:
        notes.append(f"Of its {begun.voices} voices they read the first")
    if begun.cut:
        notes.append("They read only the beginning of a text as long as yours")
    if notes:
        st.caption(f"{'. '.join(notes)}.")


def _show_tune(head: str, given: str, written: str) -> None:
    """Show a tune: what is to be said of its bars, its score, its text."""
    abc = head + given + written
    name, wrong = "Score of a text that is not a whole tune", []
    try:
        tune = parse_tune(abc)
    except BadTune as problem:
        st.warning(f"It is not a tune: {plain(str(problem))}", icon=":material/error:")
    else:
        _judge(tune)
        ends = [*(bar.place for bar in tune.bars[1:]), len(abc)]
        wrong = [(bar.place, end) for bar, end in zip(tune.bars, ends, strict=True) if not bar.adds_up]
        name = f"Score of a tune with {counted(len(tune.bars), 'bar')}, metre {tune.metre}, key {tune.key}"
    score(abc, key="tunes-score", name=name, file="tune", wrong=wrong)
    show_text(head, given, written)


def _judge(tune: Tune) -> None:
    """Say whether the bars add up."""
    about = f"{counted(len(tune.bars), 'bar')} in {plain(tune.metre)}" if tune.metre else counted(len(tune.bars), "bar")
    about += f", key {plain(tune.key)}, {counted(tune.notes, 'note')}"
    about += f"; of its {tune.voices} voices the first" if tune.voices > 1 else ""
    wrong = tune.wrong
    if all(bar.full is None for bar in tune.bars):
        st.success(f"It is a tune: {about}. It has no metre that its bars could add up to.", icon=":material/check:")
        return
    if not wrong:
        st.success(f"It is a tune: {about}. **Every bar adds up.**", icon=":material/check:")
        return
    first = tune.bars[wrong[0] - 1]
    bars = f"bar {wrong[0]} does" if len(wrong) == 1 else f"bars {_named(wrong)} do"
    st.warning(
        f"It can be read: {about}. But **{bars} not add up** (red in the score): the notes of bar {wrong[0]} last "
        f"{first.length} of a whole note, and the metre asks for {first.full}.",
        icon=":material/error:",
    )


def _named(numbers: Sequence[int]) -> str:
    """Return some numbers as people list them, "2, 3 and 5"; of many the first ones."""
    shown = [str(number) for number in numbers[:_MOST_NAMED]]
    if len(numbers) > _MOST_NAMED:
        return f"{', '.join(shown)} and more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


_SECTIONS: dict[str, Callable[[], None]] = {"Write a tune": _writing, "Train it here": show_training}
