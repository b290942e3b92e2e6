"""Two fields for two sentences, with pairs to begin with."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.ui.components.typing.typing import typing_field
from core.ui.state.sentence_pair import ADDRESSES, PAIRS, Pair


def show_pair(
    paper: Pair,
    *,
    page: str = "order",
    labels: tuple[str, str] = ("This sentence", "The other"),
    help: str = "Type, and all networks read along.",
    pairs: Sequence[tuple[str, str]] = PAIRS,
    about: str = "The same words in another order",
) -> tuple[Sentence, Sentence]:
    """Show both fields with what belongs to them; return the sentences as they are read.

    Args:
        paper: the sentences.
        page: a beginning for the keys of all widgets.
        labels: of the fields.
        help: of the fields.
        pairs: to choose from.
        about: what they show.
    """
    for number, (place, label) in enumerate(zip(st.columns(2), labels, strict=True)):
        with place:
            typing_field(
                paper.texts[number],
                key=f"{page}-{ADDRESSES[number]}",
                version=paper.versions[number],
                on_type=partial(paper.type, number, paper.versions[number]),
                label=label,
                help=help,
                placeholder="Type a sentence",
                limit=MOST_CHARACTERS,
                address=ADDRESSES[number],
            )
    with st.container(horizontal=True, gap="small"):
        with st.popover("Pairs", icon=":material/swap_horiz:", help=about):
            for number, texts in enumerate(pairs):
                st.button(
                    f"{texts[0]} / {texts[1]}",
                    key=f"{page}-pair-{number}",
                    type="tertiary",
                    on_click=paper.replace,
                    args=texts,
                    help="Read these two; Undo brings yours back.",
                )
        st.button(
            "Exchange",
            icon=":material/swap_vert:",
            key=f"{page}-exchange",
            on_click=paper.exchange,
            help="Swap the two.",
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            key=f"{page}-undo",
            on_click=paper.undo,
            disabled=not paper.before,
            help="Bring back the pair before the last one that was chosen.",
        )
    first, second = (read_text(text) for text in paper.texts)
    return first, second
