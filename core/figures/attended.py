"""Words on a ground that is the darker, the more attention they get."""

from collections.abc import Sequence
from html import escape

from core.figures.percent import percent

STYLE = """<style>
.attended { line-height: 1.75; max-height: 21rem; overflow-y: auto; }
.attended span { padding: .1rem .22rem; border-radius: .25rem; overflow-wrap: anywhere; }
.attended small { font-size: .78rem; font-variant-numeric: tabular-nums; opacity: .9; white-space: nowrap; }
</style>"""
NAMED = 0.05
"""From which share on the number stands behind the word."""
_DARKEST = 0.75  # of the colour: the word on it can still be read in both themes


def attended(words: Sequence[str], shares: Sequence[float], colour: str, label: str) -> str:
    """Return words as HTML, each on a ground of `colour` that is as strong as its share of the attention.

    Args:
        words: as text.
        shares: of each, 0-1.
        colour: as CSS, "#rrggbb".
        label: what the words are, for those who cannot see the colours; the words with most attention are added.
    """
    red, green, blue = bytes.fromhex(colour[1:])
    pieces = []
    for word, share in zip(words, shares, strict=True):
        number = f" <small>{percent(share, 0)}</small>" if share >= NAMED else ""
        ground = f"rgba({red},{green},{blue},{_DARKEST * min(1.0, share):.3f})"
        said = f"{escape(word)}: {percent(share)}"
        pieces.append(f'<span title="{said}" style="background:{ground}">{escape(word)}{number}</span>')
    said = f'role="group" tabindex="0" aria-label="{escape(label)}"'
    return f'{STYLE}<div class="attended" {said}>{" ".join(pieces)}</div>'
