"""Words drawn letter by letter: surprise as colour, edits as signs, bars for what may come next."""

from collections.abc import Sequence
from html import escape

import numpy as np

from core.data.text.edits import Edit, Kind
from core.figures.percent import exact_percent, percent
from core.inspection.letters.spelling import ChannelWeights, Correction, WordReading
from core.models.cards import CardScore

MOST_BITS = 10
"""Surprise of the strongest colour."""
_LIKELIEST = 8

_STYLE = """<style>
.spelt { display: flex; flex-wrap: wrap; gap: .3rem; padding: .3rem .15rem; font-variant-numeric: tabular-nums; }
.spelt span { display: inline-flex; flex-direction: column; align-items: center; min-width: 2.5rem;
  padding: .15rem .3rem;
  border-radius: .35rem; border: 1px solid #8a949e66; line-height: 1.2; }
.spelt b { font-size: 1.5rem; font-weight: 600; } .spelt small { font-size: .85rem; }
.spelt .most { outline: 3px solid currentColor; outline-offset: 1px; }
.expected { display: grid; grid-template-columns: max-content 1fr; gap: .22rem .7rem; align-items: center;
  font-variant-numeric: tabular-nums; }
.expected .letter { text-align: right; font-weight: 600; font-size: 1.05rem; }
.expected .lane { display: flex; align-items: center; gap: .5rem; white-space: nowrap; }
.expected .lane i { display: block; height: 1.1rem; min-width: 2px; border-radius: 2px; background: #0072B2; }
.expected .came i { background: #D55E00; } .expected .came { font-weight: 700; }
.offered { overflow-x: auto; }
.offered table, .right table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
.offered th, .offered td, .right th, .right td { padding: .25rem .55rem; text-align: left; white-space: nowrap;
  border-bottom: 1px solid #8a949e55; }
.offered .number, .right td:not(:first-child), .right th:not(:first-child) { text-align: right; }
.offered .word { font-weight: 700; font-size: 1.1rem; }
.offered i { display: inline-block; height: .8rem; width: calc(var(--share) * 6rem);
  min-width: 2px; border-radius: 2px; background: #009E73;
  margin-right: .4rem; vertical-align: middle; }
.offered .way { display: inline-flex; gap: .1rem; align-items: stretch; }
.offered .way span { display: inline-flex; flex-direction: column; align-items: center; min-width: 1rem;
  padding: 0 .18rem;
  border-radius: .25rem; line-height: 1.15; justify-content: end; }
.offered .way b { font-size: 1.1rem; font-weight: 600; } .offered .way small { font-size: .78rem; min-height: .9rem; }
.offered .way .insert { background: #D55E00; color: #fff; } .offered .way .insert b { text-decoration: line-through; }
.offered .way .delete { background: #0072B2; color: #fff; } .offered .way .change { background: #8E3A73; color: #fff; }
.offered .way .swap { background: #F0C04A; color: #14202b; }
.right { overflow-x: auto; } .right td:first-child { white-space: normal; min-width: 11rem; }
.right .best { font-weight: 700; }
.right table { width: auto; }
@media (max-width: 640px) { .offered th, .offered td, .right th, .right td { padding: .2rem .3rem; }
  .offered .bits { display: none; }
  .offered i { width: calc(var(--share) * 1.6rem); } }
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

WAYS = {
    "network and mistakes": "the network, and what mistakes cost",
    "mistakes alone": "what mistakes cost, without the network",
    "distance and count": "fewest mistakes, then the most frequent word",
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
            f'<span{most} title="{escape(said)}" style="background:rgba(213,94,0,{strength:.2f})">'
            f"<b>{escape(letter) or '⏎'}</b><small>{value:.1f}</small></span>"
        )
    return f'{_STYLE}<div class="spelt" tabindex="0">{"".join(pieces)}</div>'


def draw_expected(spelling: WordReading, place: int) -> str:
    """Return bars for the likeliest letters at a place, and for the one that came."""
    shares = spelling.expected[place]
    order = np.argsort(-shares, kind="stable")[:_LIKELIEST].tolist()
    came = spelling.choices.index(spelling.letters[place])
    rows = order if came in order else [*order[:-1], came]
    longest = float(shares.max())
    lines = []
    for choice in rows:
        mark, behind = (" came", " came") if choice == came else ("", "")
        share = float(shares[choice])
        letter = escape(spelling.choices[choice]) or "end"
        lines.append(
            f'<div class="letter{mark}">{letter}</div>'
            f'<div class="lane{mark}"><i style="width:{70 * share / longest:.1f}%"></i>'
            f"{percent(share, small=3)}{behind}</div>"
        )
    return f'{_STYLE}<div class="expected">{"".join(lines)}</div>'


def draw_candidates(offered: Sequence[Correction], weights: ChannelWeights) -> str:
    """Return the words that may be meant as a table: edits, bits, score, share."""
    rows = []
    for one in offered:
        mistakes = sum(weights.cost(step.kind) for step in one.steps)
        rows.append(
            f'<tr><td class="word">{escape(one.word)}</td>'
            f'<td><div class="way">{"".join(map(_step, one.steps))}</div></td>'
            f'<td class="number bits">{weights.network:g} × {one.bits:.1f}</td>'
            f'<td class="number bits">{mistakes:.1f}</td>'
            f'<td class="number bits">{one.score:.1f}</td>'
            f'<td class="lane"><i style="--share:{one.share:.3f}"></i>{percent(one.share, small=3)}</td></tr>'
        )
    head = (
        '<tr><th>word</th><th>what was done to it</th><th class="number bits">word, bits</th>'
        '<th class="number bits">mistakes, bits</th><th class="number bits">score</th><th>share</th></tr>'
    )
    return f'{_STYLE}<div class="offered" tabindex="0"><table>{head}{"".join(rows)}</table></div>'


def draw_scores(scores: Sequence[CardScore]) -> str:
    """Return how often each way of correcting was right, as a table: a row for every way, top 1 and top 3 by turns."""
    told = {}
    for score in scores:
        way, top, what = score.data.split(", ", 2)
        told[way, top, score.cases] = score
        del what
    cases = list(dict.fromkeys(case for _, _, case in told))
    heads = ["all {:,}".format, "the {:,} with a frequent word".format]
    columns = [(case, top) for case in cases for top in ("top 1", "top 3")]
    best = {column: max(told[way, column[1], column[0]].correct for way in WAYS) for column in columns}
    rows = []
    for way, words in WAYS.items():
        cells = []
        for case, top in columns:
            score = told[way, top, case]
            mark = ' class="best"' if score.correct == best[case, top] else ""
            cells.append(f'<td{mark} title="{score.correct:,} of {case:,}">{exact_percent(score.accuracy)}</td>')
        rows.append(f"<tr><td>{words}</td>{''.join(cells)}</tr>")
    top = "".join(f'<th colspan="2">{name(case)}</th>' for case, name in zip(cases, heads, strict=False))
    kinds = "".join("<th>first offer</th><th>first three</th>" for _ in cases)
    return (
        f'{_STYLE}<div class="right" tabindex="0"><table><tr><th>right word among the</th>{top}</tr>'
        f"<tr><th></th>{kinds}</tr>{''.join(rows)}</table></div>"
    )


def _step(step: Edit) -> str:
    if step.kind == "same":
        return f"<span><small></small><b>{escape(step.right)}</b></span>"
    look, sign, words = _SIGNS[step.kind]
    above = {"insert": sign, "delete": sign}.get(look, f"{sign} {step.typed}")
    letters = step.typed if look == "insert" else step.right
    said = f"{words}: typed “{step.typed}”, right “{step.right}”"
    return f'<span class="{look}" title="{escape(said)}"><small>{escape(above)}</small><b>{escape(letters)}</b></span>'
