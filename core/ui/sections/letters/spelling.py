"""Words drawn letter by letter: surprise as colour, edits as signs, bars for what may come next."""

from collections.abc import Sequence
from html import escape

import numpy as np

from core.data.text.edits import Edit, Kind
from core.figures.likeliest import likeliest_bars
from core.figures.percent import exact_percent, percent
from core.figures.tables import bar, table
from core.inspection.letters.spelling import ChannelWeights, Correction, WordReading
from core.models.cards import CardScore

MOST_BITS = 10
"""Surprise of the strongest colour."""
_LIKELIEST = 8
_STRONGEST = 0.8  # opacity of that colour: letters on it are legible in both themes

_STYLE = """<style>
.spelt { display: flex; flex-wrap: wrap; gap: .3rem; padding: .3rem .15rem; font-variant-numeric: tabular-nums; }
.spelt span { display: inline-flex; flex-direction: column; align-items: center; min-width: 2.5rem;
  padding: .15rem .3rem; border-radius: .35rem; border: 1px solid #8a949e66; line-height: 1.2; }
.spelt b { font-size: 1.5rem; font-weight: 600; } .spelt small { font-size: .85rem; }
.spelt .most { outline: 3px solid currentColor; outline-offset: 1px; }
.edits { display: inline-flex; gap: .1rem; align-items: stretch; }
.edits span { display: inline-flex; flex-direction: column; align-items: center; min-width: 1rem;
  padding: 0 .18rem; border-radius: .25rem; line-height: 1.15; justify-content: end; }
.edits b { font-size: 1.1rem; font-weight: 600; } .numbers .edits small { font-size: .78rem; min-height: .9rem; }
.edits .insert { background: #D55E00; color: #fff; } .edits .insert b { text-decoration: line-through; }
.edits .delete { background: #0072B2; color: #fff; } .edits .change { background: #8E3A73; color: #fff; }
.edits .swap { background: #F0C04A; color: #14202b; }
/* Room for the longer of the two answers: beginnings of a word are known and unknown by turns while one types. */
.st-key-word-answer { min-height: 6.76rem; }
@media (max-width: 640px) { .numbers .bits { display: none; } .st-key-word-answer { min-height: 8.1rem; } }
</style>"""

_SIGNS: dict[Kind, tuple[str, str, str]] = {
    "insert": ("insert", "\N{MINUS SIGN}", "one letter too many"),
    "double": ("insert", "\N{MINUS SIGN}", "a letter twice"),
    "delete": ("delete", "+", "a letter is missing"),
    "single": ("delete", "+", "a double letter written once"),
    "change": ("change", "≠", "another letter"),
    "swap": ("swap", "⇄", "two letters swapped"),
}
"""Class, sign and words for every mistake."""

_LISTS = {
    "first list": "of Peter Norvig, first list",
    "second list": "of Peter Norvig, second list",
    "Wikipedia": "of Wikipedia, common ones",
    "Aspell": "of GNU Aspell, hard ones",
}
"""Lists of misspellings beside codespell's, by a word of their names on the card."""

WAYS = {
    "network, frequency and mistakes": "network, frequency, mistakes",
    "frequency and mistakes": "without the network",
    "distance and frequency": "fewest mistakes, most common",
}
"""How the ways of correcting are called, by their names on the card."""


def name_letter(spelling: WordReading, place: int) -> str:
    """Return a place of a word as people count: ``8 c``, or ``9 end``."""
    return f"{place + 1} {spelling.letters[place] or 'end'}"


def draw_letters(spelling: WordReading) -> str:
    """Return the letters of a word, each in the colour of its surprise, as HTML."""
    bits = spelling.surprises
    pieces = []
    for place, (letter, value) in enumerate(zip(spelling.letters, bits.tolist(), strict=True)):
        strength = min(value / MOST_BITS, 1)
        most = ' class="most"' if place == spelling.most_surprising else ""
        chance = percent(float(spelling.probabilities[place]), small=3)
        said = f"{name_letter(spelling, place)}: {value:.2f} bits, {chance}"
        pieces.append(
            f'<span{most} title="{escape(said)}" style="background:rgba(213,94,0,{_STRONGEST * strength:.2f})">'
            f"<b>{escape(letter) or '⏎'}</b><small>{value:.1f}</small></span>"
        )
    return f'{_STYLE}<div class="spelt" tabindex="0">{"".join(pieces)}</div>'


def draw_expected(spelling: WordReading, place: int) -> str:
    """Return bars for the likeliest letters at a place, and for the one that came."""
    shares = spelling.expected[place]
    order = np.argsort(-shares, kind="stable")[:_LIKELIEST].tolist()
    came = spelling.choices.index(spelling.letters[place])
    shown = order if came in order else [*order[:-1], came]
    names = [spelling.choices[choice] or "end" for choice in shown]
    return likeliest_bars(zip(names, shares[shown].tolist(), strict=True), spelling.letters[place] or "end")


def draw_candidates(offered: Sequence[Correction], weights: ChannelWeights) -> str:
    """Return the words that may be meant as a table: edits, bits, score, share."""
    rows = [
        (
            f"<strong>{escape(one.word)}</strong>",
            f'<div class="edits">{"".join(map(_step, one.steps, one.step_bits))}</div>',
            *(
                f'<td class="bits">{number}</td>'
                for number in (
                    f"{weights.network:g} × {one.network_bits:.1f}",
                    f"{weights.frequency:g} × {one.frequency_bits:.1f}",
                    f"{weights.mistakes:g} × {one.mistake_bits:.1f}",
                    f"{one.score:.1f}",
                )
            ),
            percent(one.share, small=3) + bar(one.share, "#009E73"),
        )
        for one in offered
    ]
    bits = (
        f'<th class="bits">{title}</th>' for title in ("network, bits", "frequency, bits", "mistakes, bits", "score")
    )
    return _STYLE + table(("word", "what was done to it", *bits, "share"), rows, left=True)


def draw_scores(scores: Sequence[CardScore]) -> str:
    """Return how often each way of correcting was right, as a table: a row for every list, top 1 and top 3 by turns."""
    found = {}
    for score in scores:
        way, top, cases = score.data.split("; ")
        found[way, top, cases] = score
    kinds = list(dict.fromkeys(cases for _, _, cases in found))
    columns = [(way, top) for way in WAYS for top in ("top 1", "top 3")]
    rows = []
    for cases in kinds:
        best = {top: max(found[way, top, cases].correct for way in WAYS) for _, top in columns}
        row = [escape(_short(cases))]
        for way, top in columns:
            score = found[way, top, cases]
            mark = ' class="strong"' if score.correct == best[top] else ""
            title = f"{score.correct:,} of {score.cases:,}"
            row.append(f'<td{mark} title="{title}">{exact_percent(score.accuracy)}</td>')
        rows.append(row)
    spans = "".join(f'<th colspan="2">{escape(words)}</th>' for words in WAYS.values())
    head = (
        f"<tr><th>misspellings</th>{spans}</tr>"
        f"<tr><th>right word among the</th>{'<th>first offer</th><th>first three</th>' * len(WAYS)}</tr>"
    )
    return table((head,), rows)


def _short(cases: str) -> str:
    """Return how many misspellings of which list, for the head of a table."""
    count, _, what = cases.partition(" ")
    return f"{count} {next((short for word, short in _LISTS.items() if word in what), 'of codespell')}"


def _step(step: Edit, bits: float) -> str:
    if step.kind == "same":
        return f"<span><small></small><b>{escape(step.right)}</b></span>"
    look, sign, words = _SIGNS[step.kind]
    above = {"insert": sign, "delete": sign}.get(look, f"{sign} {step.typed}")
    letters = step.typed if look == "insert" else step.right
    said = f"{words}: typed “{step.typed}”, right “{step.right}”, {bits:.1f} bits"
    return f'<span class="{look}" title="{escape(said)}"><small>{escape(above)}</small><b>{escape(letters)}</b></span>'
