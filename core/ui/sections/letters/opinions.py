"""A network's opinion after every letter, as a table: a row for each language, a column for each letter."""

from html import escape

from core.data.text.surnames import LANGUAGES
from core.figures.palette import SHARES, index_share, ink_on
from core.figures.percent import SIGN, percent
from core.inspection.letters.surnames import NameReading
from core.wording import counted

_NUMBERED = 0.10
"""From this share on, the number stands in its cell."""
_STYLE = """<style>
.opinion { overflow-x: auto; }
.opinion table { border-collapse: separate; border-spacing: 1px; font-variant-numeric: tabular-nums; width: 100%;
  table-layout: fixed; }
.opinion col.name { width: 6.2rem; } .opinion col.end { width: 11rem; }
.opinion th { font-size: 1.25rem; padding: 0; text-align: center; } .opinion .small { font-size: .85rem; }
.opinion td { height: 1.32rem; padding: 0 .2rem; text-align: center; font-size: .8rem; line-height: 1;
  overflow: hidden; }
.opinion td.name { text-align: right; font-size: .9rem; white-space: nowrap; padding-right: .5rem; }
.opinion .end { text-align: left; font-size: .9rem; white-space: nowrap; padding-left: .6rem; }
.opinion i { display: inline-block; height: .85rem; width: calc(var(--share) * 6rem);
  min-width: 1px; border-radius: 2px; background: #8a949e;
  margin-right: .35rem; vertical-align: middle; }
.opinion tr.first td.name, .opinion tr.first td.end { font-weight: 700; } .opinion tr.first i { background: #009E73; }
@media (max-width: 640px) { .opinion col.name { width: 5rem; } .opinion col.end { width: 5.4rem; }
  .opinion i { width: calc(var(--share) * 1.6rem); }
  .opinion td.name { font-size: .78rem; } .opinion .end { font-size: .78rem; padding-left: .2rem; }
  .opinion td { font-size: .62rem; padding: 0; } }
</style>"""


def draw_opinions(opinion: NameReading) -> str:
    """Return the table as HTML; languages stay in their places, so that the eye can follow them."""
    colours = SHARES[index_share(opinion.probabilities)]
    best = opinion.ranking[0]
    head = "".join(f"<th>{escape(letter) if letter != ' ' else '␣'}</th>" for letter in opinion.letters)
    rows = []
    for row, language in enumerate(LANGUAGES):
        cells = []
        for place, share in enumerate(opinion.probabilities[:, row].tolist()):
            red, green, blue = colours[place, row].tolist()
            ink = ink_on((red, green, blue))
            number = escape(percent(share, 0).removesuffix(SIGN).replace("\N{NO-BREAK SPACE}", ""))
            said = f"{language} after “{opinion.letters[: place + 1]}”: {percent(share)}"
            cells.append(
                f'<td title="{escape(said)}" style="background:rgb({red},{green},{blue});color:{ink}">'
                f"{number if share >= _NUMBERED else ''}</td>"
            )
        last = float(opinion.final[row])
        rows.append(
            f'<tr{" class=first" if row == best else ""}><td class="name">{language}</td>{"".join(cells)}'
            f'<td class="end"><i style="--share:{last:.3f}"></i>{percent(last)}</td></tr>'
        )
    columns = f'<col class="name">{"<col>" * len(opinion.letters)}<col class="end">'
    top = f'<tr><th class="small">after</th>{head}<th class="end small">in the end</th></tr>'
    said = (
        f"Probability of {len(LANGUAGES)} languages after each of {counted(len(opinion.letters), 'letter')}, in percent"
    )
    return (
        f'{_STYLE}<div class="opinion" tabindex="0" role="group" aria-label="{escape(said)}"><table>'
        f"<colgroup>{columns}</colgroup>{top}{''.join(rows)}</table></div>"
    )
