"""What a network expects next: bars for the likeliest, and for what really came."""

from collections.abc import Iterable
from html import escape

from core.figures.percent import percent

_STYLE = """<style>
.likeliest { display: grid; grid-template-columns: max-content 1fr; gap: .23rem .7rem; align-items: center;
  font-variant-numeric: tabular-nums; max-width: 46rem; }
.likeliest .name { text-align: right; overflow-wrap: anywhere; max-width: 14rem; }
.likeliest .lane { display: flex; align-items: center; gap: .5rem; white-space: nowrap; }
.likeliest .lane i { display: block; height: 1.1rem; min-width: 2px; border-radius: 2px; background: #0072B2; }
.likeliest .came { font-weight: 700; } .likeliest .came i { background: #D55E00; }
</style>"""


def likeliest_bars(expected: Iterable[tuple[str, float]], came: str | None, note: str = "") -> str:
    """Return a bar for every name, the longest for the largest probability, as HTML.

    Args:
        expected: names with their probabilities, 0-1.
        came: the name that really came, None where nothing has come yet.
        note: behind its number.
    """
    rows = list(expected)
    longest = max(probability for _, probability in rows)
    lines = []
    for name, probability in rows:
        mark, behind = (" came", f" came{note}") if name == came else ("", "")
        lines.append(
            f'<div class="name{mark}">{escape(name)}</div><div class="lane{mark}">'
            f'<i style="width:{75 * probability / longest:.1f}%"></i>{percent(probability, small=3)}{behind}</div>'
        )
    return f'{_STYLE}<div class="likeliest">{"".join(lines)}</div>'
