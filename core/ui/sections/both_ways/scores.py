"""Who is right how often, on posts and on pairs that no network was trained on."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.data.text.ambiguous import HELD_OUT_NAMES
from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.figures.tables import bar, swatch, table
from core.inspection.tagging.tagging import READERS
from core.models.cards import Card, CardScore
from core.models.shipped import load_shipped
from core.ui.sections.both_ways.tags import TITLES

Row = tuple[str, ...]
NEW_NAMES = (560, 579)
"""Persons and places in the test posts that are in no training post, and how many there are; a test counts them."""


def show_scores() -> None:
    """Show what stands on the cards of both networks as one table, and say what it means."""
    cards = [load_shipped(name).card for name in READERS]
    head = (swatch(colour_of(name)) + title for name, title in zip(READERS, TITLES, strict=True))
    with st.container(key="both-ways-scores"):
        st.html(table(("", *head), [*_pairs(cards), *_posts(cards)], left=True))
    st.markdown(
        "Where only what follows decides, both sentences of a pair are the same up to the name: the forward reader "
        "gives the same answer twice, so **it cannot get both right, not once**, and at most one name in two; "
        "fewer where it takes a name for no name at all. Where what comes before decides, it has read all that it "
        "needs."
    )
    st.markdown(_of_posts(cards))
    st.caption(
        "Trained on posts of WNUT 2017 (Derczynski and others, 2017, CC BY 4.0) and on sentences made by rule with "
        f"ambiguous names; {len(HELD_OUT_NAMES)} of these, Roosevelt among them, and some patterns were kept back. In "
        "WNUT 2017 locations are places; groups, corporations, products and works are other words. A name counts as "
        "found only as a whole; F1 is the harmonic mean of precision and recall. Both have 30,720 weights from inputs "
        "to states, so size explains nothing. Another seed differs slightly."
    )


def _pairs(cards: Sequence[Card]) -> list[Row]:
    """Return the rows of pairs: on the cards names and whole pairs take turns, below ``...: group, kept back``."""
    rows, before = [], ""
    for found in zip(*(zip(card.also[::2], card.also[1::2], strict=True) for card in cards), strict=True):
        group, _, kept_back = found[0][0].data.partition(": ")[2].partition(", ")
        if group != before:
            rows.append(_group(f"Names in pairs in which {group}"))
            before = group
        notes = [f"{_count(names)}; both of a pair: <strong>{_count(both)}</strong>" for names, both in found]
        rows.append(_row(kept_back, [names.accuracy for names, _ in found], notes))
    return rows


def _posts(cards: Sequence[Card]) -> list[Row]:
    """Return the rows of the test posts: a figure has a key like ``F1, WNUT 2017, test: persons, 429 names, ...``."""
    rows = [_group("Test posts of WNUT 2017, names found (F1)")]
    measured = [[(what, value) for what, value in card.figures.items() if what.startswith("F1")] for card in cards]
    for found in zip(*measured, strict=True):
        titles, _, counts = zip(*(what.partition(": ")[2].partition(", ") for what, _ in found), strict=True)
        rows.append(_row(titles[0], [value for _, value in found], [escape(count) for count in counts]))
    words = [card.test for card in cards]
    title = "all words, other ones too (share right)"
    return [*rows, _row(title, [score.accuracy for score in words], [_count(score) for score in words])]


def _of_posts(cards: Sequence[Card]) -> str:
    """Return what the posts say, in a sentence."""
    f1 = [next(value for what, value in card.figures.items() if "persons and places" in what) for card in cards]
    return (
        "On real posts both are far from good, and not far from each other "
        f"(F1 {exact_percent(f1[0])} and {exact_percent(f1[1])}). {NEW_NAMES[0]} of their {NEW_NAMES[1]} names do not "
        "occur in the posts trained on, and the networks have read nothing but those and sentences made by rule."
    )


def _count(score: CardScore) -> str:
    return f"{score.correct:,} of {score.cases:,}"


def _group(title: str) -> Row:
    return (f'<td colspan="3" class="strong">{escape(title)}</td>',)


def _row(title: str, shares: Sequence[float], notes: Sequence[str]) -> Row:
    cells = (
        f"{exact_percent(share)} <small>{note}</small>{bar(share, colour_of(name))}"
        for name, share, note in zip(READERS, shares, notes, strict=True)
    )
    return (f'<td class="text">{escape(title)}</td>', *cells)
