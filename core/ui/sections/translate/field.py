"""The languages, the text field, and what is offered for a text that is no number."""

from collections.abc import Sequence
from functools import cache, partial

import streamlit as st

from core.data.text.no_number import NoNumber
from core.data.text.number_input import MOST_CHARACTERS
from core.data.text.number_words import LANGUAGES, LARGEST, Language, spell
from core.data.text.translation import draw_numbers
from core.ui.plain_text import plain
from core.ui.sections.translate.state import TranslateState
from core.ui.widgets.sections import controlled
from core.ui.widgets.text_field import Wording, show_text_field

_SAMPLES = (97_200, 171, 500_021, 777_777)
_DRAWN = 200  # numbers of which one is taken
_NOTHING = "Type a number, in words or in digits."


def show_field(state: TranslateState) -> None:
    """Show the languages and the field."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for name, label, take in (("source", "From", state.read_from), ("target", "Into", state.write_in)):
            controlled(
                st.selectbox,
                label,
                list(LANGUAGES),
                value=getattr(state, name),
                on_change=take,
                key=f"translate-{name}",
                format_func=LANGUAGES.__getitem__,
                width=140,
                help="A number in the field is spelt in the new language." if name == "source" else None,
            )
        st.button(
            "Swap",
            icon=":material/swap_horiz:",
            key="translate-swap",
            on_click=state.exchange,
            help="Translate the other way round.",
        )
    wording = Wording(
        noun="number",
        label="A number, in words or in digits",
        help=f"Whole numbers from 0 to {LARGEST:,}. Digits are spelt for you. Accents and hyphens need not be right.",
        placeholder=f"{spell(97, state.source)}, or 97",
        samples=samples(state.source),
    )
    show_text_field(
        state, wording, key="translate", limit=MOST_CHARACTERS, address="text", between=partial(_show_another, state)
    )
    if len(state.text) > MOST_CHARACTERS:
        st.caption(f":material/content_cut: Only the first {MOST_CHARACTERS} characters are read.")


def samples(language: Language) -> tuple[str, ...]:
    """Return numbers that show something in a language: in words, in digits, a long one, and one that is none."""
    return (
        *(spell(number, language) for number in _SAMPLES),
        "97 200",
        "123 456 789",
        f"{spell(7, language)} {spell(7, language)} {spell(1000, language)}",
    )


def _show_another(state: TranslateState) -> None:
    st.button(
        "Another number",
        icon=":material/casino:",
        key="translate-random",
        on_click=_draw,
        args=(state,),
        help="A number of three to six digits that no network was trained on.",
    )


def _draw(state: TranslateState) -> None:
    drawn = st.session_state.get("translate-drawn", 0)
    st.session_state["translate-drawn"] = drawn + 1
    state.replace(spell(_drawn()[drawn % _DRAWN], state.source))


@cache
def _drawn() -> Sequence[int]:
    return draw_numbers(_DRAWN, 11, part="test")


def explain(state: TranslateState, problem: NoNumber) -> None:
    """Say why a text is given to no network, and offer what would do."""
    if not state.text.strip():
        st.info(_NOTHING, icon=":material/info:")
        return
    st.warning(plain(str(problem)), icon=":material/translate:")
    offer(state, problem, f"Read “{plain(problem.instead)}”")


def what_is_wrong(state: TranslateState, problem: NoNumber) -> str:
    """Return why there is no number in the field, in a sentence."""
    return str(problem) if state.text.strip() else _NOTHING


def offer(state: TranslateState, problem: NoNumber, correct: str = "Read it so") -> None:
    """Offer what can be read in the place of a text that is no number, if there is something.

    Args:
        state: whose text it is.
        problem: why it is none.
        correct: on the button that puts a known word in the place of an unknown one.
    """
    if problem.language is not None:
        st.button(
            f"Read it as {LANGUAGES[problem.language]}",
            key="translate-as",
            on_click=state.read_as,
            args=(problem.language,),
            help="The text stays as it is.",
        )
    if problem.instead:
        st.button(
            correct,
            key="translate-instead",
            on_click=state.replace,
            args=(problem.instead,),
            help=f"“{plain(problem.instead)}”; Undo brings yours back.",
        )
