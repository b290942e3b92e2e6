"""Word by word: the probabilities of every piece, and what a beam search finds beside the greedy way."""

from html import escape

import streamlit as st

from core.figures.percent import percent
from core.figures.tables import table
from core.inspection.translation.reading import Candidate, search
from core.ui.sections.translate.look import TranslatedNumber
from core.ui.sections.translate.network_choice import choose_network
from core.ui.widgets.bound_controls import choose_number


def show_decoding(look: TranslatedNumber) -> None:
    """Show how a network writes, piece by piece, and its beams."""
    kind = choose_network()
    translation = look.translations[kind]
    st.markdown(
        "The decoder writes one piece, is told what it has written, and writes the next. **Greedy**: it takes the "
        "likeliest piece each time, the first column here."
    )
    head = ["", *(f"{place}." for place in range(1, len(translation.candidates[0]) + 1))]
    rows = [
        [str(step), *(_candidate(one, best=place == 0) for place, one in enumerate(candidates))]
        for step, candidates in enumerate(translation.candidates, 1)
    ]
    with st.container(key="pieces"):
        st.html(table(head, rows, left=True))
    st.markdown(
        "**Beam search** keeps several beginnings and takes the text whose pieces *together* are the likeliest. "
        "A width of 1 is greedy."
    )
    width = choose_number(
        "Beam width",
        1,
        8,
        4,
        1,
        key="translate-beam",
        help="Beginnings that are kept after every piece.",
        width=260,
    )
    beams = search(kind, look.read.pieces, look.target, width)
    with st.container(key="beams"):
        st.html(
            table(
                ["", "Text", "Probability", *(["Right"] if look.truth else [])],
                [
                    [
                        str(place),
                        f'<td class="text" style="overflow-wrap: anywhere">{escape(one.text) or "(nothing)"}</td>',
                        percent(one.probability, small=4),
                        *(["yes" if one.text == look.truth else "no"] if look.truth else []),
                    ]
                    for place, one in enumerate(beams, 1)
                ],
                strong=(0,),
                left=True,
            )
        )
    st.caption(
        "The beam finds what greedy finds."
        if beams[0].text == translation.text
        else f"Greedy takes another path: “{translation.text}”, {percent(translation.probability, small=4)}."
    )


def _candidate(one: Candidate, *, best: bool) -> str:
    text = escape(one.text)
    return f"{f'<b>{text}</b>' if best else text} <small>{percent(one.probability)}</small>"
