"""A confusion matrix with the pictures themselves in its cells, as HTML."""

from collections.abc import Sequence
from html import escape

STYLE = """<style>
.drawn-confusion { overflow-x: auto; }
.drawn-confusion table { border-collapse: collapse; font-size: .85rem; }
.drawn-confusion th { padding: .15rem .4rem; font-weight: 600; max-width: 8rem; overflow-wrap: anywhere; }
.drawn-confusion td { border: 1px solid #8a949e66; vertical-align: top; padding: 2px; min-width: 3.2rem; }
.drawn-confusion td.right { background: #0072b222; } .drawn-confusion td.wrong { background: #d55e0033; }
.drawn-confusion td b { display: block; font-size: .8rem; line-height: 1.2; }
.drawn-confusion img { width: 24px; height: 24px; margin: 1px; image-rendering: pixelated; border-radius: 2px; }
.drawn-confusion caption { caption-side: top; text-align: left; padding-bottom: .3rem; }
</style>"""
"""What every such matrix needs once in its element."""
SHOWN = 6
"""Pictures in a cell; the number above them is that of all."""


def drawn_confusion(
    pictures: Sequence[str],
    labels: Sequence[int],
    answers: Sequence[int],
    classes: Sequence[str],
    outputs: Sequence[str],
) -> str:
    """Return the matrix without `STYLE`: a row for each class that was asked for, a column for each answer.

    Args:
        pictures: (N,) data URLs.
        labels: (N,) places in `classes`.
        answers: (N,) places in `outputs`.
        classes: names of what was drawn.
        outputs: names of what a network can answer.
    """
    cells: dict[tuple[int, int], list[str]] = {}
    for picture, label, answer in zip(pictures, labels, answers, strict=True):
        cells.setdefault((label, answer), []).append(picture)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in outputs)
    rows = [
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(_cell(cells.get((row, column), []), name, said) for column, said in enumerate(outputs))
        + "</tr>"
        for row, name in enumerate(classes)
    ]
    return (
        '<div class="drawn-confusion"><table><caption>Rows: what was asked for. Columns: what the network answers.'
        f"</caption><thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(pictures: Sequence[str], asked: str, said: str) -> str:
    if not pictures:
        return "<td></td>"
    kind = "right" if asked == said else "wrong"
    shown = "".join(f'<img src="{escape(picture)}" alt="">' for picture in pictures[:SHOWN])
    title = f"{asked}, read as {said}: {len(pictures)}"
    return f'<td class="{kind}" title="{escape(title)}"><b>{len(pictures)}</b>{shown}</td>'
