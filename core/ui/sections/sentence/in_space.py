"""The states of a network in three dimensions: the way of a sentence, and whole sentences among which it ends."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence, read_text
from core.figures.interactive.space import WayInSpace, cloud_in_space, paths_in_space
from core.figures.paths import NEGATIVE, POSITIVE, UNDECIDED, WAYS
from core.figures.percent import percent
from core.inspection.text.reading import Numbers, read
from core.inspection.text.state_space import StateSpace, state_space
from core.models.cells import TITLES
from core.ui.components.figure_tools.figure_tools import Clicked
from core.ui.plain_text import plain
from core.ui.sections.sentence.state import SENTENCE, SentenceState
from core.ui.widgets.figure import point_of, show_figure
from core.ui.widgets.sections import controlled
from core.ui.widgets.sentence_words import in_percent
from core.wording import counted

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LEANING = ("leaning to negative", "undecided", "leaning to positive")
_UNDECIDED = (0.25, 0.75)
_TAKEN = "sentence-in-space"
_NEAR = 20
"""Sentences that are offered without a click on a dot."""


def show_way(state: SentenceState, sentence: Sentence) -> None:
    """Show the way of the sentence among states of the library."""
    space, taken = state_space(state.cell), _taken(sentence)
    reading = read(state.cell, taken.words)
    words = ["start", *(f"after “{token.text}”" for token in taken.tokens)]
    captions = [f"{word}: {in_percent(float(one))}" for word, one in zip(words, reading.verdicts, strict=True)]
    cloud = _cloud(space.points, space.verdicts, space.contexts, space, "sentence-way")
    show_figure(
        paths_in_space(cloud, [WayInSpace("this sentence", space.project(reading.states), captions)], WAYS),
        name="sentence-way",
        alt=f"The path of {counted(len(taken.tokens), 'word')} through the {TITLES[state.cell]}'s states in space. It "
        f"ends at {in_percent(float(reading.verdicts[-1]))}.",
        height=600,
    )
    _said(space, f"{len(space.points):,} of its states are shown as small dots")


def show_sentences(state: SentenceState, sentence: Sentence) -> None:
    """Show where whole sentences of the library end, and this one among them; a click opens one."""
    space, taken = state_space(state.cell), _taken(sentence)
    reading = read(state.cell, taken.words)
    mine = space.project(reading.states)[-1]
    figure = _cloud(space.ends, space.end_verdicts, space.sentences, space, "sentence-ends", mine)

    def open_sentence(text: str | None) -> None:
        if text is None:  # nothing is chosen any more
            return
        state.replace(text)
        SENTENCE.keep(state)
        st.session_state[_TAKEN] = text

    def open_clicked(clicked: Clicked) -> None:
        place = point_of(figure, clicked, len(space.sentences))
        if place is not None:
            open_sentence(space.sentences[place])

    show_figure(
        figure,
        name="sentence-ends",
        alt=f"Where {len(space.sentences):,} sentences end in the {TITLES[state.cell]}'s states, and this one among "
        f"them, at {in_percent(float(reading.verdicts[-1]))}.",
        height=600,
        on_click=open_clicked,
    )
    controlled(
        st.selectbox,
        f"Read one of the {_NEAR} that end nearest",
        [space.sentences[place] for place in np.linalg.norm(space.ends - mine, axis=1).argsort()[:_NEAR]],
        value=None,
        on_change=open_sentence,
        key="sentence-nearest",
        index=None,
        placeholder="The nearest first",
        help="A click on its dot does the same.",
    )
    _said(space, f"{len(space.sentences):,} whole sentences are shown where they end; click one to read it")


def _taken(sentence: Sentence) -> Sentence:
    """Return the sentence that the figure shows. Not the one being typed: figures do not change with every key."""
    kept = st.session_state.setdefault(_TAKEN, sentence.text)
    if read_text(kept).words != sentence.words:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"The figure shows “{plain(kept) or 'no words yet'}”.")
            take = "Show the sentence above"
            if st.button(take, key="sentence-take", icon=":material/refresh:", help="In the figure."):
                kept = st.session_state[_TAKEN] = sentence.text
    return read_text(kept)


def _cloud(
    points: Numbers,
    verdicts: Numbers,
    captions: Sequence[str],
    space: StateSpace,
    name: str,
    mine: Numbers | None = None,
) -> "Figure":
    labels = np.digitize(verdicts, _UNDECIDED)
    said = [f"{words}: {in_percent(float(one))}" for words, one in zip(captions, verdicts, strict=True)]
    first, second, third = (
        f"component {number}, {percent(float(share), 0)}" for number, share in enumerate(space.explained_variance, 1)
    )
    return cloud_in_space(
        points, labels, said, _LEANING, (first, second, third), name=name, mine=mine, mine_caption="this sentence",
        colours=(NEGATIVE, UNDECIDED, POSITIVE), behind=mine is None,
    )  # fmt: skip


def _said(space: StateSpace, what: str) -> None:
    st.caption(
        f"PCA, fitted to the states after every word of the library; {what}. The three axes keep "
        f"{percent(float(space.explained_variance.sum()), 0)} of the variance."
    )
