"""How good is it: BLEU of these translations in numbers, and exact match on numbers kept apart."""

import streamlit as st

from core.data.text.number_words import LANGUAGES, cut
from core.figures.percent import exact_percent
from core.figures.tables import table
from core.inspection.translation.scores import (
    BEAM,
    BEAM_NAME,
    LENGTHS,
    OTHERWISE,
    length_name,
    pair_name,
    score_named,
    translator_card,
)
from core.models.cards import Card, CardScore
from core.models.text.translation import TITLES, TranslatorKind
from core.ui.sections.translate.look import TranslatedNumber
from core.ui.sections.translate.network_choice import choose_network
from core.ui.widgets.bleu_formula import show_bleu


def show_scores(look: TranslatedNumber | None) -> None:
    """Show BLEU of one translation with its formula, where there is one, and the scores on the cards."""
    if look is not None:
        _show_formula(look)
    st.header("On numbers from which nothing was learnt")
    cards = {kind: translator_card(kind) for kind in TITLES}
    tested = cards["gru"].test
    head = ["Right to the letter", *TITLES.values()]
    rows = [
        ["All of the test", *(_share(one.test) for one in cards.values())],
        *([f"{digits} digits", *_named(cards, length_name(digits))] for digits in LENGTHS),
        [f"The test by beam search, width {BEAM}", *_named(cards, BEAM_NAME)],
        ["The test, written as people also do", *_named(cards, OTHERWISE)],
        ["Parameters", *(f"{one.parameters:,}" for one in cards.values())],
    ]
    with st.container(key="translate-scores"):
        st.html(table(head, rows, strong=(0,)))
    st.markdown(
        f"Counted once on {tested.cases:,} {tested.data}, each in one of twelve pairs of languages. Exact match is "
        "hard: one wrong hyphen, and the whole translation is wrong."
    )
    with st.expander("Every language into every other"):
        for kind, card in cards.items():
            st.html(table([TITLES[kind], *LANGUAGES.values()], _by_pair(card)))


def _show_formula(look: TranslatedNumber) -> None:
    kind = choose_network()
    if not look.truth:
        st.caption("There is no right translation to compare with: numbers are not spelt like this here.")
        return
    written = look.translations[kind].text
    st.markdown(
        "**BLEU** compares groups of 1 to 4 pieces. German writes a number as one word, so pieces are counted here, "
        f"commas too. Reference: {look.truth}."
    )
    show_bleu(
        _as_pieces(look, written),
        look.true_pieces,
        "piece",
        caption="Without smoothing: 0 as soon as one of the four finds nothing. BLEU is made for whole texts, and "
        "forgives what exact match does not: a translation with one wrong digit still has most of its groups.",
        key="bleu",
    )


def _as_pieces(look: TranslatedNumber, text: str) -> list[str]:
    try:
        return [piece.text for piece in cut(text, look.target)]
    except ValueError:
        return text.split()  # a network may glue together what is no word


def _named(cards: dict[TranslatorKind, Card], name: str) -> list[str]:
    return [_share(score_named(card, name)) for card in cards.values()]


def _by_pair(card: Card) -> list[list[str]]:
    return [
        [
            f"from {LANGUAGES[source]}",
            *("" if source == target else _share(score_named(card, pair_name(source, target))) for target in LANGUAGES),
        ]
        for source in LANGUAGES
    ]


def _share(score: CardScore) -> str:
    return exact_percent(score.accuracy)
