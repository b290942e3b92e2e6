"""Is there a unit that counts? What the best units do, or that there is none, and a text coloured by one of them."""

import math
from html import escape

import streamlit as st

from core.data.text.shakespeare import Letters
from core.figures.palette import DIVERGING, index_signed
from core.figures.percent import exact_percent, percent
from core.figures.signed import signed
from core.figures.tables import table
from core.inspection.letters.units import BOUND, SURE, TRAITS, MeasuredUnit, UnitMeasurement, load_measurement
from core.inspection.letters.writing import CELLS, Numbers, card_of, read
from core.inspection.measurements import NotMeasured
from core.models.cells import TITLES, Cell
from core.ui.sections.letters.state import LettersState
from core.ui.state.controls import set_control
from core.ui.widgets.side_by_side import row_on_phone

CLICKED = "was chosen in the hidden state"
_SOUGHT = "letters-sought"
_STYLE = """<style>
.by-unit { max-height: 13rem; overflow-y: auto; }
.by-unit { margin: 0; font-family: monospace; font-size: 1.05rem; line-height: 1.55; white-space: pre-wrap;
  overflow-wrap: anywhere; max-height: 24rem; overflow-y: auto; background: none; padding: 0; }
.by-unit span { color: #14202b; padding: .08rem 0; }
.by-unit .strong { color: #fff; }
</style>"""


def show_units(state: LettersState, letters: Letters) -> None:
    """Show the table of the best units, and a text coloured by one, in the container `units`."""
    try:
        measured = load_measurement()
    except NotMeasured as problem:
        st.info(str(problem), icon=":material/info:")
        return
    with st.container(key="units"):
        _show_found(state, measured)
        best = {TRAITS[unit.trait][0]: unit for unit in measured.networks[state.cell]}
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        with left:
            sought = str(
                st.selectbox(
                    "Colour by a unit that ...",
                    [*(does for does, _ in TRAITS.values()), CLICKED],
                    index=list(TRAITS).index("speaker"),
                    key=_SOUGHT,
                    bind="query-params",
                    help="The unit of this network that follows a property of the text best, or the one whose "
                    "row was clicked in the hidden state.",
                )
            )
        with right:
            which = st.segmented_control(
                "Text",
                ["Held-out passage", "Your text"],
                default="Held-out passage",
                required=True,
                key="letters-coloured",
                bind="query-params",
                help="A passage of the plays that no network was trained on, or what you typed.",
            )
        text = letters.text if which == "Your text" else measured.passage
        states = read(state.cell, text).states
        unit = best[sought].unit if sought in best else state.unit % states.shape[1]
        st.markdown(
            judgement(state, best[sought]) if sought in best else f"**Unit {unit} of the {TITLES[state.cell]}**"
        )
        st.html(f"{_STYLE}{coloured(text, states[1:, unit])}")
        with st.expander("All that was looked for, in numbers", icon=":material/table:"):
            st.html(_table(best))
            st.caption(_how(state, measured))


def _show_found(state: LettersState, measured: UnitMeasurement) -> None:
    """Show a button for every unit of all three networks that does what was looked for."""
    found = [(cell, unit) for cell in CELLS for unit in measured.networks[cell] if unit.confirms]
    st.markdown(
        "Yes, here are those that were found; a click colours the text by one."
        if found
        else "No: of all that was looked for, no unit of any of the three networks does it."
    )
    with row_on_phone("letters-found", horizontal=True, gap="small"):
        for cell, unit in found:
            st.button(
                f"{TITLES[cell]}, unit {unit.unit}: {TRAITS[unit.trait][0]}",
                key=f"letters-found-{cell}-{unit.trait}",
                on_click=_look,
                args=(state, cell, unit),
                help=f"Look into the {TITLES[cell]}, and colour the text below by this unit.",
            )


def _look(state: LettersState, cell: Cell, unit: MeasuredUnit) -> None:
    state.select(cell, unit.unit, state.place)
    set_control(_SOUGHT, TRAITS[unit.trait][0])


def judgement(state: LettersState, unit: MeasuredUnit) -> str:
    """Return in Markdown whether there is a unit that does it."""
    does, network = TRAITS[unit.trait][0], TITLES[state.cell]
    measured = f"{_well(unit, unit.confirmed)} on text on which it was not chosen"
    if unit.confirms:
        said = f"**Unit {unit.unit} of the {network} {does}**: {measured}."
        if unit.threshold is not None:
            said += f" It says so by being {'above' if unit.above else 'below'} {_short(unit.threshold)}."
        return said
    asked = f"r = {BOUND:.1f}" if unit.counts else percent(SURE, 0)
    return (
        f"**There is none in the {network} that {does}**: the best is unit {unit.unit}, {measured}; "
        f"{asked} is required."
    )


def _short(threshold: float) -> str:
    """Return a threshold with three decimals, or three digits where it is so small that these would not tell it."""
    digits = 2 - math.floor(math.log10(abs(threshold))) if threshold else 0
    return signed(threshold, max(3, digits))


def coloured(text: str, values: Numbers) -> str:
    """Return a text with every letter on the colour of a unit's state after it, as safe HTML."""
    parts = []
    for letter, place, value in zip(text, index_signed(values, 1.0).tolist(), values.tolist(), strict=True):
        strong = ' class="strong"' if abs(value) > 0.7 else ""
        rgb = ",".join(map(str, DIVERGING[place].tolist()))
        shown = "\u21b5\n" if letter == "\n" else letter
        parts.append(f'<span{strong} style="background:rgb({rgb})" title="{value:.2f}">{escape(shown)}</span>')
    return f'<pre class="by-unit" tabindex="0">{"".join(parts)}</pre>'


def _table(best: dict[str, MeasuredUnit]) -> str:
    rows = [
        (
            f'<td class="text">{escape(does)}<br><small>{escape(meaning)}</small></td>',
            f"{best[does].unit}",
            *(
                _written(best[does], number)
                for number in (best[does].found, best[does].confirmed, best[does].untrained)
            ),
            "yes" if best[does].confirms else "none",
        )
        for does, meaning in TRAITS.values()
    ]
    head = ("a unit that ...", "best unit", "where it was found", "on other text", "best of an untrained network")
    there = {place for place, (does, _) in enumerate(TRAITS.values()) if best[does].confirms}
    return table((*head, "is there one?"), rows, strong=there)


def _well(unit: MeasuredUnit, number: float) -> str:
    return f"r = {signed(number, plus=True)}" if unit.counts else f"right in {exact_percent(number)} (guessing: 50 %)"


def _written(unit: MeasuredUnit, number: float) -> str:
    return f"r = {signed(number, plus=True)}" if unit.counts else exact_percent(number)


def _how(state: LettersState, measured: UnitMeasurement) -> str:
    stale = "" if measured.weights[state.cell] == card_of(state.cell).weights_sha256 else " (with other weights)"
    return (
        "For what is counted, r is Pearson's correlation of the unit's state with the number after every letter; for "
        "yes or no, the mean of the share right among the yes and among the no, with one threshold. Unit and threshold "
        f"were chosen on {measured.found_on} and measured again on {measured.confirmed_on}{stale}. A unit counts from "
        f"r = {BOUND:.1f} (of either sign) or {percent(SURE, 0)} there on. The untrained network has random weights "
        "and its best units were chosen in the same way: that much takes no learning. "
        f"It is no use looking for a unit that opens and closes quotation marks: the plays have {measured.quotes} of "
        f"them, and their {measured.apostrophes:,} apostrophes mostly stand for letters left out ('tis, know't). "
        "The passage is Shakespeare's, from Karpathy's char-rnn (tinyshakespeare)."
    )
