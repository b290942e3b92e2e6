"""Probabilities as a bar chart in plain HTML: a page draws thirty bars with every stroke."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from core.figures.percent import SIGN, percent

STYLE = """<style>
.bars { display: grid; grid-template-columns: max-content 1fr; column-gap: .5rem; font-size: .82rem; line-height: 1; }
.bars .name { text-align: right; padding: .28rem 0; font-variant-numeric: tabular-nums;
  max-width: 9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars .lane { position: relative; border-left: 1px solid color-mix(in srgb, currentColor 45%, transparent);
  background: linear-gradient(to left, color-mix(in srgb, currentColor 16%, transparent) 1px, transparent 1px)
    0 / 25% 100%; }
.bars .bar { position: absolute; inset: 10% auto 10% 0; opacity: .5; }
.bars .best .bar { opacity: 1; }
.bars .best.name { font-weight: 700; }
.bars .value { position: absolute; top: 50%; transform: translateY(-50%); padding: 0 .3rem; white-space: nowrap; }
.bars .ticks { position: relative; height: 1.3rem; opacity: .8; font-size: .72rem; container-type: inline-size; }
.bars .ticks span { position: absolute; top: .3rem; transform: translateX(-50%); white-space: nowrap; }
.bars .ticks span:last-child { transform: translateX(-100%); }
@container (max-width: 9.5rem) { .bars .ticks span:nth-child(even) { display: none; } }
</style>"""
"""What every drawing of bars needs once on its page, or once in its element."""

_INSIDE = 60  # percent; a bar longer than this carries its number inside


def bars(probabilities: NDArray[np.floating], colour: str, names: Sequence[str] | None = None) -> str:
    """Return a bar for each class on a fixed scale of 0-100 %, as HTML without `STYLE`.

    The scale never changes, so charts side by side can be compared and nothing
    jumps when the digit does. The bars lie down, so that ten of them fit a third
    of a projector's width or a phone.

    Args:
        probabilities: (classes,) in 0-1.
        colour: of the bars, as CSS; the largest is solid, the others are paler.
        names: of the classes; their numbers where none are given.
    """
    best = int(probabilities.argmax())
    rows = []
    for index, value in enumerate(probabilities):
        width = 100 * min(float(value), 0.9999)  # no softmax is a certainty
        name = escape(names[index] if names else str(index))
        inside = width > _INSIDE
        label = percent(float(value), 2).removesuffix(SIGN) if width >= 0.5 else ""
        place = f"right:{100 - width:.2f}%;color:#fff" if inside else f"left:{width:.2f}%"
        chosen = " best" if index == best else ""
        rows.append(
            f'<div class="name{chosen}">{name}</div>'
            f'<div class="lane{chosen}" title="{name}: {percent(float(value), 2)}">'
            f'<div class="bar" style="width:{width:.2f}%;background:{escape(colour)}"></div>'
            f'<div class="value" style="{place}">{label}</div></div>'
        )
    ticks = "".join(f'<span style="left:{tick}%">{tick}{" %" * (tick == 100)}</span>' for tick in range(0, 101, 25))
    said = f"{names[best] if names else best} with {percent(float(probabilities[best]), 2)}"
    return (
        f'<div class="bars" role="img" aria-label="Probabilities: {escape(said)}">{"".join(rows)}'
        f'<div></div><div class="ticks">{ticks}</div></div>'
    )
