"""The path of a sentence through the states of the network that is looked into."""

import streamlit as st

from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.figures.paths import Way, path_chart
from core.figures.percent import percent
from core.inspection.text.library import read_library
from core.inspection.text.trajectories import Trajectory, state_plane, trajectory
from core.models.cells import TITLES
from core.ui.plain_text import plain
from core.ui.sections.sentence.comparison import SECOND
from core.ui.sections.sentence.in_space import show_sentences, show_way
from core.ui.sections.sentence.state import FIRST, SentenceState
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.sentence_words import in_percent
from core.wording import counted

_OTHER = "sentence-path-other"
_SAID = 60  # characters of a sentence above the picture


_LOOKS = ("On a plane", "In space", "Whole sentences in space")


def show_path(state: SentenceState, sentence: Sentence) -> None:
    """Show how the words move the state: over a plane of all states, or in space, among those of whole sentences."""
    look = choose_option("Look at it", _LOOKS, key="sentence-path-look", help="Turn the space with mouse or finger.")
    if look != _LOOKS[0]:
        show = show_way if look == _LOOKS[1] else show_sentences
        show(state, sentence)
        return
    _show_on_plane(state, sentence)


def _show_on_plane(state: SentenceState, sentence: Sentence) -> None:
    """Show the way on a plane; a second sentence can walk beside the first."""
    cell = state.cell
    plane = state_plane(cell)
    other = _second(sentence)
    sentences = [("This sentence", sentence)] + ([("The other", other)] if other.tokens else [])
    walks = [(title, one, trajectory(cell, one.words)) for title, one in sentences]
    ends = [
        f"**{title}**: {plain(_shortened(one)) or 'no words yet'}. It ends at "
        f"**{in_percent(float(way.verdicts[-1]))}**."
        for title, one, way in walks
    ]
    st.markdown(
        f"The memory of the {TITLES[cell]} is {len(plane.mean)} numbers: a point in a space of {len(plane.mean)} "
        "dimensions. Every word moves that point. Here is this space, seen from the side that shows its states "
        "furthest apart.  \n" + "  \n".join(ends)
    )
    first, second = plane.explained_variance
    st.echarts_chart(
        path_chart(
            plane.points,
            plane.verdicts,
            plane.contexts,
            [_way(title, one, way) for title, one, way in walks],
            plane.low,
            plane.high,
            (f"first component, {percent(first, 0)} of the variance", f"second component, {percent(second, 0)}"),
        ),
        height=480,
        key=f"sentence-path-{cell}",
        alt=f"The path of {counted(len(sentence.tokens), 'word')} through the {TITLES[cell]}'s states, on two axes.",
    )
    outside = sum(way.outside for _, _, way in walks)
    st.caption(
        f"PCA, fitted to {TITLES[cell]} states after every word of {len(read_library(cell).corpus):,} sentences; "
        f"{len(plane.points)} of these states are shown as small dots. The two axes keep "
        f"{percent(first + second, 0)} of the variance, so points that meet here may still be apart. The diamond is "
        "the start, where no word has been read; the large dot is the end. Words are written at the sharpest turns; "
        "point at any dot for its word."
        + (f" {counted(outside, 'point lies', 'points lie')} beyond the edge." if outside else "")
    )


def _second(sentence: Sentence) -> Sentence:
    """Show the field of the second sentence; it is filled in where the first is one of the two about food."""
    words = sentence.words
    partner = {read_text(FIRST).words: SECOND, read_text(SECOND).words: FIRST}.get(words, "")
    given = st.text_input(
        "A second sentence in the same picture",
        key=_OTHER,
        bind="query-params",
        max_chars=MOST_CHARACTERS,
        placeholder=partner or "None",
        help="It is drawn beside the first one. Leave it empty for none; the two sentences about food come as a pair. "
        "Press Enter to read it.",
    )
    return read_text(str(given or "").strip() or partner)


def _way(title: str, sentence: Sentence, way: Trajectory) -> Way:
    texts = ["start", *(token.text for token in sentence.tokens)]
    captions = [
        f"{f'after “{text}”' if number else 'start'}: {in_percent(float(verdict))}"
        for number, (text, verdict) in enumerate(zip(texts, way.verdicts, strict=True))
    ]
    return Way(title, way.points, captions, texts, way.turning_points)


def _shortened(sentence: Sentence) -> str:
    text = sentence.text
    return text if len(text) <= _SAID else text[:_SAID].rsplit(" ", 1)[0] + " …"
