"""Train it here: a forward reader, a bidirectional one and a Transformer, as ordinary runs; they tag what is above."""

from html import escape

import streamlit as st

from core.data.text.entities import OTHER, TAGS
from core.data.text.tokens import Sentence
from core.figures.palette import colour_of
from core.figures.tables import swatch, table
from core.inspection.tagging.tagging import BIDIRECTIONAL, FORWARD, Tagging, tag_with
from core.training.tasks.tagging import TaggingTask
from core.ui.widgets.train_here import Exercise, networks_trained_here, train_here

READERS = Exercise(
    TaggingTask,
    key="both-ways",
    about="All learn every word of WNUT 2017's posts and of sentences made by rule. They are validated and tested on "
    "pairs of sentences that only what follows decides, and there on the name alone. Who can get above 50 %?",
    button="Train all three",
    colours={
        "forward": colour_of(FORWARD),
        "bidirectional": colour_of(BIDIRECTIONAL),
        "transformer": colour_of("sentence-transformer"),
    },
)


def show_training(sentences: tuple[Sentence, Sentence]) -> None:
    """Show the controls, what was trained, and how it tags both sentences, in the container `own-taggers`."""
    train_here(READERS)
    rows = []
    for kind, network in networks_trained_here(READERS.learns):
        said = [_named(one, tag_with(network, kind, one.tokens)) for one in sentences]
        rows.append([f"{swatch(READERS.colours[kind])}Your {READERS.task.kinds[kind]}", *said])
    if rows:
        with st.container(key="own-taggers"):
            st.html(table(["tags", "in the first sentence", "in the second"], rows, left=True))


def _named(sentence: Sentence, tagging: Tagging) -> str:
    """Return the words that a network takes for persons and places, as HTML."""
    found = [
        f"{escape(token.text)}: {TAGS[tag]}"
        for token, tag in zip(sentence.tokens, tagging.tags, strict=True)
        if tag != OTHER
    ]
    return f'<td class="text">{", ".join(found) or "no person, no place"}</td>'
