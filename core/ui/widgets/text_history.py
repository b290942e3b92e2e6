"""A text that a person types, with a history that Undo walks back, and the field with what stands beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from core.ui.components.typing.typing import typing_field
from core.ui.widgets.plain_text import plain

_HISTORY = 30


@dataclass
class Written:
    """The text of one session.

    Attributes:
        text: as it was typed.
        version: raised whenever the text comes from elsewhere than the field.
        before: texts that Undo goes back to, the newest last.
    """

    text: str
    version: int = 0
    before: list[str] = field(default_factory=list)

    def type(self, version: int, text: str) -> None:
        """Take in what stands in the field; what was typed into an older one is dropped."""
        if version == self.version:
            self._take(text)

    def replace(self, text: str) -> None:
        """Put another text into the field; Undo brings the old one back."""
        if text != self.text:
            self.before = [*self.before, self.text][-_HISTORY:]
            self._lay(text)

    def undo(self) -> None:
        """Bring back the text before the last one that was taken from elsewhere."""
        if self.before:
            self._lay(self.before.pop())

    def _lay(self, text: str) -> None:
        self._take(text)
        self.version += 1

    def _take(self, text: str) -> None:
        """Have another text, wherever it comes from."""
        self.text = text


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


def show_written(
    paper: Written,
    wording: Wording,
    *,
    key: str,
    limit: int,
    address: str,
    between: Callable[[], None] = lambda: None,
) -> None:
    """Show the field with samples, Undo and Clear beside it.

    Args:
        paper: whose text it is.
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
                paper.text,
                key=f"{key}-field",
                version=paper.version,
                on_type=partial(paper.type, paper.version),
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
                    on_click=paper.replace,
                    args=(sample,),
                    type="tertiary",
                    help=f"Read this {noun}; Undo brings yours back.",
                )
        between()
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=paper.undo,
            disabled=not paper.before,
            key=f"{key}-undo",
            help=f"Bring back the {noun} before the last sample or Clear.",
        )
        st.button(
            "Clear",
            icon=":material/backspace:",
            on_click=paper.replace,
            args=("",),
            disabled=not paper.text,
            key=f"{key}-clear",
            help=f"Empty the field; Undo brings the {noun} back.",
        )
