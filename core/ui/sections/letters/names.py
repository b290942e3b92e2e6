"""Names: a network reads a surname letter by letter and says which of 18 languages it comes from."""

import random
from collections.abc import Callable
from functools import partial

import streamlit as st
from torch import nn

from core.data.text.alphabet import Spelled
from core.data.text.surnames import ALPHABET, LANGUAGES, LONGEST, held_out
from core.figures.interactive.classification import confusion_figure
from core.figures.percent import exact_percent, percent
from core.inspection.letters.surnames import NAME, NameReading, SurnameEvaluation, evaluate_surnames, read_name
from core.models.shipped import card
from core.training.tasks.surnames import SurnameTask
from core.ui.sections.letters.opinions import draw_opinions
from core.ui.sections.letters.training import SURNAMES
from core.ui.sections.letters.word import HeldOutButton, WordState, remember_word, show_field, show_strange
from core.ui.state.controls import set_control
from core.ui.widgets.figure import clicked_cell, show_figure
from core.ui.widgets.matrix_cell import choose_matrix_cell
from core.ui.widgets.sections import choose_section
from core.ui.widgets.side_by_side import side_by_side
from core.ui.widgets.text_field import Wording
from core.ui.widgets.train_here import networks_trained_here, train_here
from core.wording import counted

FIRST = "Velazquez"
ADDRESS = "name"
STATE = remember_word(ADDRESS, FIRST)
SAMPLES = (
    FIRST,
    "Kowalski",
    "O'Neàl",
    "Nguyễn",
    "Papadopoulos",
    "Dostoevsky",
    "Rossi",
    "Müller",
    "Smith",
    "De la Cruz",
)
"""Names that show something: accents, an apostrophe, a late turn, a name of several languages."""
_SHIPPED = "Shipped GRU"
_MOST, _MISTAKES = 24, 12  # names of a cell, and of all mistakes, that are shown
_LOOK, _ONE = "names-look", "One name"
_WORDING = Wording(
    noun="name",
    label="A surname",
    help=f"Any surname in Latin letters, up to {LONGEST} of them. Capitals and accents make no difference.",
    placeholder="Type a surname",
    samples=SAMPLES,
)
_HELD = "One of the names that the network was not trained on; its language is then shown."


def show() -> None:
    """Draw the section: field, opinion after every letter, how it does on names it has not seen."""
    st.markdown(
        "A GRU reads a surname and says which of 18 languages it comes from. Watch it **change its mind** with every "
        "letter: a column is its opinion after that letter."
    )
    section = choose_section(
        "What to look at",
        list(_SECTIONS),
        key=_LOOK,
        help="One name, all held-out names, or networks of your own. The address keeps your choice.",
    )
    _SECTIONS[section]()


@st.fragment
def _reading() -> None:
    """Field and answers: all that changes with a key."""
    state = STATE.open()
    show_field(state, ADDRESS, _WORDING, HeldOutButton("A held-out name", _HELD, _random))
    spelled = ALPHABET.spell(state.text)
    show_strange(spelled.strange, "the letters a to z, blanks, hyphens and apostrophes")
    name = spelled.letters[:LONGEST].strip()
    if not any(letter.isalpha() for letter in name):
        st.info("Type a surname in Latin letters above, and it is read letter by letter.", icon=":material/info:")
        return
    _say_what_is_read(spelled, name)
    opinion = read_name(name, _choose_reader())
    _headline(name, opinion)
    with st.container(key="names-opinions"):
        st.html(draw_opinions(opinion))
    st.caption(
        "The network was only ever asked at the end of a name, so every column says: what if the name ended here? "
        "Numbers are probabilities in percent. **Mind:** it knows lists of names, not people. A surname says nothing "
        "certain about anybody: names travel, marry and are changed, and most languages are not in these lists."
    )


def _choose_reader() -> nn.Module | None:
    """Show the networks that were trained here, where there are any, and return the chosen one; None is the shipped."""
    trained = {f"Your {SurnameTask.kinds[kind]}": network for kind, network in networks_trained_here("surnames")}
    if not trained:
        return None
    chosen = st.segmented_control(
        "Who reads",
        [_SHIPPED, *trained],
        default=_SHIPPED,
        required=True,
        key="names-reader",
        wrap=True,
        help="The network that comes with the app, or one of those that you trained here.",
    )
    return trained.get(str(chosen))


def _say_what_is_read(spelled: Spelled, name: str) -> None:
    notes = []
    if spelled.changed:
        notes.append("without accents, as the network learnt it")
    if len(spelled.letters) > LONGEST:
        notes.append(f"its first {LONGEST} letters")
    if notes:
        st.caption(f"Read: “{name}”, {' and '.join(notes)}.")


def _headline(name: str, opinion: NameReading) -> None:
    first, *others = opinion.ranking[:3]
    said = ", ".join(f"{LANGUAGES[one]} {percent(float(opinion.final[one]))}" for one in others)
    known = dict(zip(held_out().names, held_out().languages, strict=True)).get(name)
    truth = f" The list says **{LANGUAGES[known[0]]}**; the network was not trained on this name." if known else ""
    with st.container(key="names-answer"):
        st.markdown(f"## {LANGUAGES[first]} {percent(float(opinion.final[first]))}")
        st.markdown(f"then {said}.{truth}")


@st.fragment
def _tested() -> None:
    """Show how the network does on names that it was not trained on, and the names of the cell that was clicked."""
    state = STATE.open()
    tested = evaluate_surnames()
    about = card(NAME)
    score, *_ = about.figures.values()
    several, always = about.also
    languages = len(set(tested.truth.tolist()))
    st.markdown(
        f"Right on **{about.test.correct:,} of {about.test.cases:,}** held-out names "
        f"(**{exact_percent(about.test.accuracy)}**). Always saying “Russian” is right on "
        f"{exact_percent(always.accuracy)}, because that list is the longest. So look at **macro F1, "
        f"{score:.2f}**, in which all {languages} languages count equally: the rare ones are hard."
    )
    left, right = side_by_side([11, 10], key="names", gap="medium")
    with left, st.container(key="names-matrix"):
        st.markdown("**Confusion matrix**: click a cell to see its names")
        show_figure(
            confusion_figure(tested.confusion, LANGUAGES, state.cell),
            name="confusion",
            height=610,
            on_click=lambda clicked: _choose(state, clicked_cell(clicked, len(LANGUAGES))),
            alt=f"Confusion matrix over languages: {tested.confusion.trace():,} of {len(tested.names):,} names right",
        )
        choose_matrix_cell(
            tested.confusion, LANGUAGES, state.cell, key="names-cell", on_change=lambda cell: _choose(state, cell)
        )
        if len(tested.names) < about.test.cases:
            st.caption(
                f"The list of surnames is not on this server: here are the {len(tested.names):,} held-out names that "
                "the app carries, up to 20 a language."
            )
    with right, st.container(key="names-cell"):
        _cell(state, tested)
    st.caption(
        f"Trained on {about.data}. Tested on names listed for one language only: nearly "
        "every Scottish name is in the English list as well, so that row is empty. Of "
        f"{several.cases} held-out names listed for several languages, it gives one of these for {several.correct}. "
        "Source: the surnames of PyTorch's tutorial by Sean Robertson, MIT; some are there many times, here once."
    )


def _cell(state: WordState, tested: SurnameEvaluation) -> None:
    if state.cell is None:
        places = tested.mistakes()
        st.markdown(f"**The surest of {counted(len(places), 'mistake')}**")
    else:
        true, answer = state.cell
        places = tested.in_cell(true, answer)
        said = "and it says so" if true == answer else f"but it says {LANGUAGES[answer]}"
        st.markdown(f"**{counted(len(places), 'name')}: the list says {LANGUAGES[true]}, {said}**")
        st.button(
            "All mistakes",
            icon=":material/arrow_back:",
            key="names-all-mistakes",
            on_click=_choose,
            args=(state, None),
            help="Back to the surest mistakes of all languages.",
        )
    most = _MOST if state.cell else _MISTAKES
    if not places:
        st.caption("There are none.")
        return
    with st.container(key="names-found", horizontal=True, gap="small"):
        for at in places[:most]:
            name = tested.names.names[at].title()
            if st.button(
                name if state.cell else f"{name}: {_said(tested, at)}",
                key=f"names-take-{at}",
                type="tertiary",
                on_click=_take,
                args=(state, name),
                help=f"{_said(tested, at)}, with {percent(float(tested.confidence[at]))}. Click to read it.",
            ):
                st.rerun()
    if len(places) > most:
        st.caption(f"The first {most}, the most confident on top.")


def _take(state: WordState, name: str) -> None:
    """Go and read a name."""
    state.replace(name)
    set_control(_LOOK, _ONE)


def _said(tested: SurnameEvaluation, at: int) -> str:
    """Return the language of a name, and what the network said."""
    true, answer = LANGUAGES[int(tested.truth[at])], LANGUAGES[int(tested.answers[at])]
    return true if true == answer else f"{true}, read as {answer}"


def _choose(state: WordState, cell: tuple[int, int] | None) -> None:
    state.cell = cell


def _random() -> str:
    return random.choice(held_out().names).title()


_SECTIONS: dict[str, Callable[[], None]] = {
    _ONE: _reading,
    "On names it has never seen": _tested,
    "Train it here": partial(train_here, SURNAMES),
}
