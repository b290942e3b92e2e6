"""The field for a text with a history, with samples, Undo and Clear beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.ui.components.typing.typing import typing_field
from core.ui.plain_text import plain
from core.ui.state.text_history import TextHistory


@dataclass(frozen=True)
class Wording:
    """What a field and its buttons are called.

    Attributes:
        noun: what is typed: "sentence", "word".
        label: above the field.
        help: behind the question mark.
        placeholder: in the empty field.
        samples: to begin with.
    """

    noun: str
    label: str
    help: str
    placeholder: str
    samples: Sequence[str]


def show_text_field(
    state: TextHistory,
    wording: Wording,
    *,
    key: str,
    limit: int,
    address: str,
    between: Callable[[], None] = lambda: None,
) -> None:
    """Show the field with samples, Undo and Clear beside it.

    Args:
        state: whose text it is.
        wording: what all is called.
        key: with which those of field and buttons begin.
        limit: characters that are read.
        address: name of the text in the address.
        between: shows what stands between the samples and Undo.
    """
    noun = wording.noun
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        with st.container(width="stretch"):
            typing_field(
                state.text,
                key=f"{key}-field",
                version=state.version,
                on_type=partial(state.update, state.version),
                label=wording.label,
                help=wording.help,
                placeholder=wording.placeholder,
                limit=limit,
                address=address,
            )
        with st.popover("Samples", icon=":material/format_quote:", help=f"{noun.capitalize()}s that show something"):
            for number, sample in enumerate(wording.samples):
                st.button(
                    plain(sample),
                    key=f"{key}-sample-{number}",
                    on_click=state.replace,
                    args=(sample,),
                    type="tertiary",
                    help=f"Read this {noun}; Undo brings yours back.",
                )
        between()
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=state.undo,
            disabled=not state.before,
            key=f"{key}-undo",
            help=f"Bring back the {noun} before your typing, the last sample or Clear.",
        )
        st.button(
            "Clear",
            icon=":material/backspace:",
            on_click=state.replace,
            args=("",),
            disabled=not state.text,
            key=f"{key}-clear",
            help=f"Empty the field; Undo brings the {noun} back.",
        )
