"""Honest scores: voices that a network knows, beside voices that it has never heard."""

import streamlit as st

from core.figures.percent import exact_percent
from core.figures.tables import table
from core.inspection.audio.reading import KINDS, speech_card
from core.models.audio.readers import TITLES
from core.ui.sections.say_digit.source import Heard


def show_strangers(_heard: Heard) -> None:
    """Show the scores on the cards."""
    cards = {kind: speech_card(kind) for kind in KINDS}
    rows = []
    for kind, card in cards.items():
        shares = [score.accuracy for score in card.also]
        rows.append(
            [
                TITLES[kind],
                f"{card.parameters:,}",
                exact_percent(card.test.accuracy),
                exact_percent(sum(shares) / len(shares)),
                exact_percent(min(shares)),
                *(exact_percent(share) for share in shares),
            ]
        )
    speakers = [score.data.split("the voice of ")[1].split(",")[0].capitalize() for score in cards[KINDS[0]].also]
    header = ["Network", "Parameters", "Known voices", "A stranger, mean", "Worst", *(f"without {s}" for s in speakers)]
    st.html(table(header, rows))
    known, strange = cards[KINDS[0]].test, cards[KINDS[0]].also[0]
    st.markdown(
        f"**Known voices**: {known.cases} recordings that were kept apart, by the five people the network learnt from. "
        f"**A stranger**: five networks were trained, each without one of the five people, and asked about all "
        f"{strange.cases} recordings of that person."
    )
    st.markdown(
        "The two differ because a network also learns **who** speaks: his pitch, his microphone, his way of saying "
        "“four”. With recordings of the same five people in the test, that knowledge helps, and the score says little "
        "about you. All five are men. The voices "
        "of women and children were only imitated, by raising pitch and formants."
    )
