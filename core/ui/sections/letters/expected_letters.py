"""What comes next: bars for the likeliest letters of three networks, and all 65 of one."""

from html import escape

import numpy as np
import streamlit as st

from core.data.text.shakespeare import ALPHABET, Letters
from core.figures.palette import SHARES, colour_of, index_share
from core.figures.percent import percent
from core.figures.probabilities import STYLE, bars
from core.inspection.letters.writing import CELLS, Numbers, name_of, read, top_letters
from core.models.cells import TITLES
from core.ui.sections.letters.field import show_letter
from core.ui.sections.letters.state import LettersState

BARS = 10
"""Letters that have a bar."""
_CONTEXT = 24  # letters of the text that a place is named by
_LEAST = 1e-4  # the probability of the darkest cell
_STYLE = """<style>
.guesses { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .6rem 1.6rem; }
.guesses p { margin: 0 0 .2rem 0; }
.guesses .bars { font-size: .9rem; }
.guesses .bars .name { font-weight: 600; min-width: 1.5rem; }
.place { margin: .2rem 0 .5rem; font-size: 1.05rem; overflow-wrap: anywhere; }
.place code { white-space: pre-wrap; font-size: 1.05rem; }
.place mark { background: #e69f00; color: #14202b; padding: 0 .2rem; border-radius: 3px; font-weight: 700; }
.all-letters { display: grid; grid-template-columns: repeat(auto-fill, minmax(3.1rem, 1fr)); gap: 2px; }
.all-letters div { border-radius: 3px; text-align: center; padding: .12rem 0 .16rem; font-weight: 600;
  line-height: 1.1; font-size: 1rem; }
.all-letters small { display: block; font-weight: 400; font-size: .7rem; font-variant-numeric: tabular-nums; }
.all-letters .came { outline: 3px solid #e69f00; }
</style>"""


def show_chances(state: LettersState, letters: Letters) -> None:
    """Show what every network expects at the chosen place, or after the last letter, in the container `chances`."""
    text = letters.text
    place = chosen_place(state, letters)
    came = text[place] if place < len(text) else None
    charts = []
    for cell in CELLS:
        chances = read(cell, text).probabilities[place]
        best = top_letters(chances, BARS)
        names = [f"{show_letter(letter)}{' came' if letter == came else ''}" for letter in best]
        values = np.array([chances[ALPHABET.index(letter)] for letter in best])
        charts.append(
            f"<section><p><b>{TITLES[cell]}</b> expects <b>{escape(show_letter(best[0]))}</b></p>"
            f"{bars(values, colour_of(name_of(cell)), names)}</section>"
        )
    with st.container(key="chances"):
        st.html(f'{STYLE}{_STYLE}{_place(letters, place)}<div class="beside guesses">{"".join(charts)}</div>')


def show_all_letters(state: LettersState, letters: Letters) -> None:
    """Show every probability of the network that is looked into, at the chosen place or after the last letter."""
    place = chosen_place(state, letters)
    chances = read(state.cell, letters.text).probabilities[place]
    came = letters.text[place] if place < len(letters.text) else None
    others = 1 - float(np.sort(chances)[-BARS:].sum())
    st.markdown(
        f"All 65 probabilities of the {TITLES[state.cell]}, which add up to 100\xa0%: {percent(others, small=3)} are "
        f"left for the {len(ALPHABET) - BARS} letters without a bar."
    )
    st.html(f"{_STYLE}{all_letters(chances, came)}")


def chosen_place(state: LettersState, letters: Letters) -> int:
    """Return the place of the letter that was clicked, or the one after the last."""
    count = len(letters.letters)
    return state.place if state.place is not None and state.place < count else count


def all_letters(chances: Numbers, came: str | None) -> str:
    """Return a cell for every letter of the alphabet, coloured by its probability on a logarithmic scale."""
    shares = np.log(np.maximum(chances, _LEAST) / _LEAST) / -np.log(_LEAST)
    cells = []
    for letter, chance, at in zip(ALPHABET, chances.tolist(), index_share(shares.astype(np.float32)), strict=True):
        colour = "#fff" if at < 128 else "#14202b"
        mark = ' class="came"' if letter == came else ""
        cells.append(
            f'<div{mark} style="background:rgb({",".join(map(str, SHARES[at].tolist()))});color:{colour}" '
            f'title="{percent(chance, 2, small=4)}">{escape(show_letter(letter))}'
            f"<small>{percent(chance, 0 if chance >= 0.0995 else 1)}</small></div>"
        )
    label = "The probability of every letter of the alphabet, in percent"
    return f'<div class="all-letters" role="img" aria-label="{label}">{"".join(cells)}</div>'


def _place(letters: Letters, place: int) -> str:
    """Return the letters before a place, and the one that came there, as safe HTML."""
    before = letters.letters[max(0, place - _CONTEXT) : place]
    shown = "".join(show_letter(one.shown) if one.shown == "\n" else one.shown for one in before)
    dots = "\u2026" if place > _CONTEXT else ""
    if place == len(letters.letters):
        after = "<mark>?</mark>"
        said = "What comes next" if letters.letters else "How a text begins"
    else:
        after = f"<mark>{escape(show_letter(letters.letters[place].shown))}</mark>"
        said = f"Before letter {place + 1} came"
    return f'<p class="place">{said}: <code>{dots}{escape(shown)}</code>{after}</p>'
