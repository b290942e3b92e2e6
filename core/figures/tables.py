"""Tables of numbers in plain HTML."""

from collections.abc import Collection, Iterable, Sequence

_STYLE = """<style>
.numbers { overflow: auto; max-height: 38rem; }
.numbers table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.numbers th, .numbers td { padding: .22rem .6rem; text-align: right; border-bottom: 1px solid #8a949e55; }
.numbers th { font-weight: 600; vertical-align: bottom; }
.numbers.left th, .numbers.left td, .numbers th:first-child, .numbers td:first-child { text-align: left; }
.numbers td, .numbers code { white-space: nowrap; font-size: inherit; }
.numbers .text { white-space: normal; }
.numbers .strong { font-weight: 700; }
.numbers small { opacity: .85; font-weight: 400; }
.numbers i { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin-right: .4rem; }
.numbers .bar { height: .42rem; border-radius: 2px; }
@media (max-width: 480px) {
  .numbers { font-size: .8rem; } .numbers .text { min-width: 9rem; }
  .numbers th, .numbers td { padding: .2rem .3rem; } .numbers small { display: block; }
}
</style>"""
_STRONG = ' class="strong"'


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, strong: Collection[int] = (), left: bool = False
) -> str:
    """Return a table as HTML with its style; it scrolls where the screen is too narrow.

    Args:
        head: titles of the columns, safe HTML; one that needs attributes is a whole ``<th>``, or ``<tr>`` for all.
        rows: cells, safe HTML; one that needs attributes is a whole ``<td>``.
        strong: places of the rows that are set in bold.
        left: whether all cells begin on the left; otherwise only the first column does.
    """
    top = "".join(head) if head[0].startswith("<tr") else f"<tr>{_cells(head, 'th')}</tr>"
    top = top.replace("<th></th>", "<td></td>")  # screen readers announce an empty title
    lines = (f"<tr{_STRONG if place in strong else ''}>{_cells(row, 'td')}</tr>" for place, row in enumerate(rows))
    side = " left" if left else ""
    return f'{_STYLE}<div class="numbers{side}" tabindex="0"><table>{top}{"".join(lines)}</table></div>'


def swatch(colour: str) -> str:
    """Return a small square of a colour, as HTML."""
    return f'<i style="background:{colour}"></i>'


def bar(share: float, colour: str) -> str:
    """Return a bar below a number, as wide as a share of its cell, as HTML."""
    return f'<div class="bar" style="width:{100 * share:.1f}%;background:{colour}"></div>'


def _cells(cells: Iterable[str], tag: str) -> str:
    return "".join(cell if cell.startswith(f"<{tag}") else f"<{tag}>{cell}</{tag}>" for cell in cells)
