"""Both sentences, every word with what the two readers take it for."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from core.data.csv_files import Cell
from core.data.text.entities import TAGS
from core.data.text.tokens import Sentence
from core.figures.percent import percent
from core.inspection.tagging.tagging import READERS, disagreements, tag, unknown
from core.models.shipped import ARCHITECTURES
from core.ui.components.tagged.tagged import TaggedWord, tagged_words
from core.ui.sections.both_ways.fields import TaggingState
from core.ui.widgets.csv_download import offer_csv_file
from core.wording import counted

SIGNS = ("→", "⇄")
"""The readers' signs."""
TITLES = tuple(f"{sign} {ARCHITECTURES[name].title}" for sign, name in zip(SIGNS, READERS, strict=True))
"""How the readers are called on the page."""
EMPTY = "Type a sentence, and every word is tagged."


def show_tags(state: TaggingState, number: int, sentence: Sentence, chosen: int | None, address: str) -> None:
    """Show a sentence's words with both readers' answers; a click selects a word.

    Args:
        state: told which word.
        number: of the sentence, 0 or 1.
        sentence: its words.
        chosen: the selected word, None where it is not in this sentence.
        address: how the address names the word that was clicked.
    """
    tokens = sentence.tokens
    said = [tag(name, tokens) for name in READERS]
    apart = set(disagreements(tokens))
    words = [
        TaggedWord(
            token.text,
            tuple((TAGS[one.tags[at]], percent(float(one.probabilities[at].max()))) for one in said),
            at in apart,
        )
        for at, token in enumerate(tokens)
    ]
    tagged_words(
        TITLES,
        words,
        key=f"both-ways-tags-{number}",
        chosen=chosen,
        on_pick=lambda at: state.choose(number, at, tokens[at].text),
        empty=EMPTY,
        address=("word", address),
    )
    if sentence.cut:
        st.caption(f":material/content_cut: Only the first {counted(len(tokens), 'word is', 'words are')} read.")


def offer_table(sentences: tuple[Sentence, Sentence]) -> None:
    """Offer all probabilities as a file."""
    offer_csv_file(
        "Numbers",
        partial(table_rows, sentences),
        "persons-and-places",
        "both-ways-csv",
        help="Every word of both sentences with all probabilities of both readers.",
    )


def table_rows(sentences: tuple[Sentence, Sentence]) -> Iterator[list[Cell]]:
    """Yield a row for every word: sentence, place, word, whether it is known, three probabilities of each reader."""
    yield ["sentence", "place", "word", "known", *(f"{name}: {kind}" for name in READERS for kind in TAGS)]
    for number, sentence in enumerate(sentences, 1):
        tokens = sentence.tokens
        said = [tag(name, tokens).probabilities for name in READERS]
        for at, (token, strange) in enumerate(zip(tokens, unknown(tokens), strict=True)):
            chances = [round(chance, 6) for one in said for chance in one[at].tolist()]
            yield [number, at + 1, token.text, "no" if strange else "yes", *chances]
