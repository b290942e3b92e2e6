"""Histograms in a table, as plain HTML: one for every row and column, all on one scale."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

STYLE = """<style>
.histograms { border-collapse: separate; border-spacing: .7rem .5rem; width: 100%; table-layout: fixed; }
.histograms th { text-align: left; font-weight: 600; }
.histograms tr > :first-child { width: 9.5rem; }
.histograms td { padding: 0; vertical-align: bottom; }
.histograms .plot { position: relative; display: flex; align-items: flex-end; gap: 1px; height: 74px;
  border-bottom: 2px solid color-mix(in srgb, currentColor 55%, transparent); }
.histograms .plot i { flex: 1; background: #0072B2; min-height: 0; }
.histograms .plot b { position: absolute; top: 0; bottom: 0; border-left: 2px dotted #D55E00; }
.histograms .ends { display: flex; justify-content: space-between; font-size: 0.824rem; opacity: .85; }
.histograms .said { font-weight: 700; font-size: 1rem; }
@media (max-width: 700px) {
  .histograms, .histograms tbody { display: block; }
  .histograms tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .2rem .7rem; }
  .histograms tr > :first-child { width: auto; grid-column: 1 / -1; }
  .histograms thead td { display: none; }
  .histograms th { font-size: 0.824rem; }
  .histograms .said { font-size: 0.824rem; }
}
</style>"""
"""What every table of histograms needs once."""

BINS = 24


def histogram_table(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[NDArray[np.float64] | None]],
    said: Sequence[Sequence[str]],
    high: float,
    mark: float,
) -> str:
    """Return a table of histograms from 0 to `high` without `STYLE`.

    Args:
        rows: their names.
        columns: their names.
        values: what is counted, [row][column]; None where it is not known yet. The last bin has what lies above `high`.
        said: a few words for each.
        high: end of the scale.
        mark: a value with a dotted line.
    """
    head = "<td></td>" + "".join(f"<th>{escape(name)}</th>" for name in columns)
    lines = []
    for row, cells, words in zip(rows, values, said, strict=True):
        plots = "".join(
            f'<td data-column="{escape(column)}">{_plot(cell, high, mark)}<div class="said">{escape(word)}</div></td>'
            for column, cell, word in zip(columns, cells, words, strict=True)
        )
        lines.append(f"<tr><th>{escape(row)}</th>{plots}</tr>")
    return f'<table class="histograms"><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def _plot(values: NDArray[np.float64] | None, high: float, mark: float) -> str:
    if values is None:
        return '<div class="plot" role="img" aria-label="still being computed"></div>'
    counts, _ = np.histogram(values.clip(0, high * (1 - 1e-9)), BINS, (0, high))
    most = max(1, int(counts.max()))
    bars = "".join(f'<i style="height:{100 * count / most:.1f}%"></i>' for count in counts)
    middle = f"middle value {np.median(values):.3f}, from {values.min():.3f} to {values.max():.3f}"
    return (
        f'<div class="plot" role="img" aria-label="{middle}" title="{middle}">{bars}'
        f'<b style="left:{100 * mark / high:.1f}%"></b></div>'
        f'<div class="ends"><span>0</span><span>{high:g}</span></div>'
    )
