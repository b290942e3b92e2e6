"""Two fields for two sentences, with pairs to begin with."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.ui.components.typing.typing import typing_field
from core.ui.state.sentence_pair import PAIRS, SIDES, SentencePair


def show_pair(
    state: SentencePair,
    *,
    page: str = "order",
    labels: tuple[str, str] = ("This sentence", "The other"),
    help: str = "Type, and all networks read along.",
    pairs: Sequence[tuple[str, str]] = PAIRS,
    about: str = "The same words in another order",
) -> tuple[Sentence, Sentence]:
    """Show both fields with what belongs to them; return the sentences as they are read.

    Args:
        state: the sentences.
        page: a beginning for the keys of all widgets.
        labels: of the fields.
        help: of the fields.
        pairs: to choose from.
        about: what they show.
    """
    for side, place, label in zip(SIDES, st.columns(2), labels, strict=True):
        with place:
            typing_field(
                getattr(state, side),
                key=f"{page}-{side}",
                version=state.version,
                on_type=partial(state.update, side, state.version),
                label=label,
                help=help,
                placeholder="Type a sentence",
                limit=MOST_CHARACTERS,
                address=side,
            )
    with st.container(horizontal=True, gap="small"):
        with st.popover("Pairs", icon=":material/swap_horiz:", help=about):
            for number, texts in enumerate(pairs):
                st.button(
                    f"{texts[0]} / {texts[1]}",
                    key=f"{page}-pair-{number}",
                    type="tertiary",
                    on_click=state.replace,
                    args=texts,
                    help="Read these two; Undo brings yours back.",
                )
        st.button(
            "Exchange",
            icon=":material/swap_vert:",
            key=f"{page}-exchange",
            on_click=state.exchange,
            help="Swap the two.",
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            key=f"{page}-undo",
            on_click=state.undo,
            disabled=not state.before,
            help="Bring back the pair before your typing, before it was exchanged or another was chosen.",
        )
    return read_text(state.first), read_text(state.second)
