"""How much every letter surprised three networks: as colour, as bars, and as the formulas with their numbers."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.data.text.shakespeare import Letters
from core.figures.palette import colour_of
from core.figures.percent import exact_percent
from core.figures.tables import swatch, table
from core.inspection.letters.units import load_measurement
from core.inspection.letters.writing import CELLS, Numbers, card_of, name_of, read
from core.inspection.measurements import NotMeasured
from core.models.cells import TITLES
from core.ui.sections.letters.field import show_letter
from core.ui.sections.letters.state import LettersState

MOST_BITS = 10
"""Surprise of the strongest colour."""
_STYLE = """<style>
.surprised { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .35rem .8rem;
  align-items: baseline; }
.surprised pre { margin: 0; font-family: monospace; font-size: 1.15rem; line-height: 1.7; white-space: pre-wrap;
  overflow-wrap: anywhere; color: inherit; background: none; padding: 0; }
.surprised pre span { border-radius: 2px; padding: .1rem 0; }
.surprised pre span.new { border-bottom: 2px dotted currentColor; }
.surprised .legend { height: .8rem; max-width: 20rem; border-radius: 3px;
  background: linear-gradient(to right, rgba(213, 94, 0, 0), rgba(213, 94, 0, 1)); border: 1px solid #8a949e55; }
.surprised small { opacity: .85; }
.worked { font-size: 1.05rem; line-height: 1.9; margin: .4rem 0 0; }
.worked b { font-variant-numeric: tabular-nums; }
</style>"""


def show_surprise(state: LettersState, letters: Letters) -> None:
    """Show the text three times, coloured by surprise, with the measures of it, in the container `surprise`."""
    with st.container(key="surprise"):
        if not letters.letters:
            st.info("Type a text, and every letter is coloured by how unexpected it was.", icon=":material/info:")
            return
        rows = [
            f"<b>{TITLES[cell]}</b><pre>{_coloured(letters, read(cell, letters.text).surprises)}</pre>"
            for cell in CELLS
        ]
        legend = f'<small>bits</small><div><div class="legend"></div><small>0 to {MOST_BITS} and more</small></div>'
        st.html(f'{_STYLE}<div class="surprised">{"".join(rows)}{legend}</div>')
        st.html(f"{_STYLE}{_worked(state, letters)}")
        st.html(_table(letters))
        st.caption(_compared())


def _coloured(letters: Letters, surprises: Numbers) -> str:
    parts = []
    for letter, bits in zip(letters.letters, surprises.tolist(), strict=True):
        mark = ' class="new"' if letter.strange else ""
        shown = "\u21b5\n" if letter.shown == "\n" else letter.shown
        strength = min(bits / MOST_BITS, 1)
        colour = f"background:rgba(213,94,0,{strength:.2f})"
        parts.append(f'<span{mark} style="{colour}" title="{bits:.1f} bits">{escape(shown)}</span>')
    return "".join(parts)


def _worked(state: LettersState, letters: Letters) -> str:
    """Return both formulas with the numbers of the network that is looked into."""
    reading = read(state.cell, letters.text)
    count = len(letters.letters)
    place = state.place if state.place is not None and state.place < count else count - 1
    letter = escape(show_letter(letters.letters[place].read))
    p, bits, mean = float(reading.letter_probabilities[place]), reading.surprises.tolist(), reading.mean_surprise
    which = "last letter" if place == count - 1 else f"letter {place + 1}"
    terms = [f"{one:.1f}" for one in bits] if count <= 6 else [f"{one:.1f}" for one in (*bits[:3], *bits[-2:])]
    if count > 6:
        terms.insert(3, "\u2026")
    return (
        f'<p class="worked">{TITLES[state.cell]}, {which}: surprise = \u2212log<sub>2</sub> p('
        f"<code>{letter}</code>) = \u2212log<sub>2</sub> {p:.4g} = <b>{bits[place]:.2f} bits</b><br>"
        f"Mean of all {count}: ({' + '.join(terms)}) / {count} = <b>{mean:.2f} bits per letter</b><br>"
        f"Perplexity = 2<sup>{mean:.3f}</sup> = <b>{reading.perplexity:.1f}</b>: as unsure as if it guessed among "
        f"{reading.perplexity:.1f} equally likely letters</p>"
    )


def _table(letters: Letters) -> str:
    """Return how well each network foresaw the text, and held-out text; the best of every column is bold."""
    readings = {cell: read(cell, letters.text) for cell in CELLS}
    names, measured = [], []
    for cell, reading in readings.items():
        about = card_of(cell)
        bits = next((value for name, value in about.figures.items() if "last tenth" in name), float("nan"))
        names.append(f"{swatch(colour_of(name_of(cell)))}{TITLES[cell]}")
        measured.append(
            (
                (reading.mean_surprise, f"{reading.mean_surprise:.2f}"),
                (reading.perplexity, f"{reading.perplexity:.1f}"),
                (bits, f"{bits:.2f}"),
                (bits, f"{2**bits:.1f}"),
                (-about.test.accuracy, exact_percent(about.test.accuracy)),
            )
        )
    bits_per_letter, perplexity = "bits per letter", "perplexity"
    head = ("", f"{bits_per_letter}, your text", perplexity, f"{bits_per_letter}, held-out text", perplexity)
    columns = [_best_strong(column) for column in zip(*measured, strict=True)]
    rows = zip(names, *columns, strict=True)
    return table((*head, "next letter right"), rows)


def _best_strong(column: Sequence[tuple[float, str]]) -> list[str]:
    """Return the cells of a column of (number, how it is written); the smallest number is bold, and what is written so.

    A network that is best on a text of its own need not be the best on another, so a row is never bold as a whole.
    """
    best = min(column)[1]
    return [f'<td class="strong">{written}</td>' if written == best else written for _, written in column]


def _compared() -> str:
    """Return in words how good guesses are that know less."""
    cases = card_of("lstm").test.cases
    said = f"Held-out text: the last {cases:,} letters of the plays, on which no network was trained."
    try:
        known = load_measurement().baselines
    except NotMeasured:
        return said
    return f"{said} Bits per letter there for somebody who knows " + "; ".join(
        f"{what}: {bits:.2f}" for what, bits in known.items()
    )
