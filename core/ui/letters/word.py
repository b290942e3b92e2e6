"""A field for one word or name, with a history that Undo walks back, and what stands beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from core.ui.components.typing.typing import typing_field

MOST = 100
"""Characters that are read of a field; a word or name has fewer letters than that."""
_HISTORY = 30


@dataclass
class Paper:
    """One word or name of one session.

    Attributes:
        text: as it was typed.
        version: raised whenever the text comes from elsewhere than the field.
        before: texts that Undo goes back to, the newest last.
        cell: of the confusion matrix, (true, answer), that was clicked.
    """

    text: str
    version: int = 0
    before: list[str] = field(default_factory=list)
    cell: tuple[int, int] | None = None

    def type(self, version: int, text: str) -> None:
        """Take in what stands in the field; what was typed into an older one is dropped."""
        if version == self.version:
            self.text = text

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
        self.text = text
        self.version += 1


@dataclass(frozen=True)
class Wording:
    """What the field and its buttons are called.

    Attributes:
        label: above the field.
        help: behind the question mark.
        placeholder: in the empty field.
        samples: to begin with.
        random: on the button that draws a held-out one.
        random_help: what that is.
    """

    label: str
    help: str
    placeholder: str
    samples: Sequence[str]
    random: str
    random_help: str


def paper_of(key: str, first: str) -> Paper:
    """Return this session's paper; the first time its text is that of the address, under the name `key`."""
    name = f"letters-{key}"
    if name not in st.session_state:
        st.session_state[name] = Paper(st.query_params.get(key, first)[:MOST])
    kept: Paper = st.session_state[name]
    return kept


def show_field(paper: Paper, key: str, wording: Wording, draw: Callable[[], str]) -> None:
    """Show the field, samples, Undo and Clear; `draw` returns a held-out word or name."""
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
                limit=MOST,
                address=key,
            )
        with st.popover("Samples", icon=":material/format_quote:", help="Some to begin with, each shows something"):
            for number, sample in enumerate(wording.samples):
                st.button(
                    sample,
                    key=f"{key}-sample-{number}",
                    on_click=paper.replace,
                    args=(sample,),
                    type="tertiary",
                    help="Read this one; Undo brings yours back.",
                )
        st.button(
            wording.random,
            icon=":material/casino:",
            on_click=lambda: paper.replace(draw()),
            key=f"{key}-random",
            help=wording.random_help,
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=paper.undo,
            disabled=not paper.before,
            key=f"{key}-undo",
            help="Bring back what stood there before the last sample or Clear.",
        )
        st.button(
            "Clear",
            icon=":material/backspace:",
            on_click=paper.replace,
            args=("",),
            disabled=not paper.text,
            key=f"{key}-clear",
            help="Empty the field; Undo brings the text back.",
        )


def show_strange(strange: Sequence[str], known: str) -> None:
    """Say which characters were left out, in their own element, as text."""
    if strange:
        some = " ".join(strange[:12]) + (" …" if len(strange) > 12 else "")
        st.text(f"Left out, as the network has never seen them: {some}   It knows {known}.")
