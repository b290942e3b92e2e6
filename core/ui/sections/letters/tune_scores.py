"""How often networks write tunes whose bars add up, as their cards say."""

import streamlit as st

from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.figures.tables import bar, swatch, table
from core.inspection.letters.tunes import (
    MEASURED,
    WRITTEN,
    bits_per_letter,
    card_of,
    name_of,
    writing_score,
)
from core.models.cells import CELLS, TITLES


def show_scores() -> None:
    """Show the table, in the container `tune-scores`."""
    st.markdown("**How often do the bars add up?**")
    rows = []
    for cell in CELLS:
        card, colour = card_of(cell), colour_of(name_of(cell))
        cells = [f"{swatch(colour)}{TITLES[cell]}", f"{bits_per_letter(card):.2f}"]
        for temperature in MEASURED:
            parsed, right = (writing_score(card, temperature, bars) for bars in (False, True))
            cells += [exact_percent(parsed.accuracy), exact_percent(right.accuracy) + bar(right.accuracy, colour)]
        rows.append(cells)
    parsed, right = (writing_score(card_of("lstm"), None, bars) for bars in (False, True))
    real = ["Real tunes", "", exact_percent(parsed.accuracy), exact_percent(right.accuracy), *[""] * 4]
    groups = "".join(f'<th colspan="2">temperature {temperature:g}</th>' for temperature in MEASURED)
    head = (
        f'<tr><td rowspan="2"></td><th rowspan="2">bits per letter</th>{groups}</tr>'
        f"<tr>{'<th>a tune</th><th>bars add up</th>' * len(MEASURED)}</tr>"
    )
    with st.container(key="tune-scores"):
        st.html(table([head], [*rows, real]))
    st.caption(
        f"Every network wrote {WRITTEN} tunes from nothing at each temperature. **A tune**: it ends by itself and can "
        "be read to the end. **Bars add up**: at least four bars, each exactly as long as its metre asks for; beside a "
        "repeat sign, a double bar or an end it may be shorter, for an upbeat. Shares are of all tunes written. **Bits "
        f"per letter** and real tunes: the {parsed.cases} tunes kept for the test. {_trained()} Trained on "
        f"{card_of('lstm').data}: traditional tunes of the Nottingham Music Database, without titles."
    )


def _trained() -> str:
    """Return in words how often each network has read the tunes."""
    passes = ", ".join(f"{TITLES[cell]} {card_of(cell).recipe['epochs']:g}" for cell in CELLS)
    return f"Times each has read all tunes in training: {passes}."
