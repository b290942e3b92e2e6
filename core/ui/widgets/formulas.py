"""Formulas with the numbers in them, as rows of a table in Markdown."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

_STYLE = """<style>
[class*="st-key-measures"] { overflow-x: auto; }
[class*="st-key-measures"] table { min-width: 26rem; font-variant-numeric: tabular-nums; }
[class*="st-key-measures"] .katex { font-size: 1.2em; white-space: nowrap; }
[class*="st-key-measures"] :is(td, th):not(:first-child) { white-space: nowrap; }
</style>"""
_LARGE = 1e10
"""From here on a number is written with a power of ten."""
_SHOWN = 2
"""Terms of a long sum that are written out, beside the last one."""


@dataclass(frozen=True)
class Measure:
    """One row: a name in Markdown, its value, the interval around it where there is one, and the formula in LaTeX."""

    name: str
    value: float
    formula: str
    interval: tuple[float, float] | None = None
    undefined: str = "not defined"


def show_measures(measures: Sequence[Measure], *, caption: str = "", key: str = "one") -> None:
    """Show measures as a table; it scrolls where the screen is too narrow. `key` tells tables of one page apart."""
    with_interval = any(one.interval for one in measures)
    head = ["Measure", "Value", *(["95 % interval"] if with_interval else []), "Formula, in numbers"]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for one in measures:
        cells = [f"**{one.name}**", one.undefined if math.isnan(one.value) else written(one.value)]
        if with_interval:
            cells.append(_interval(one.interval))
        lines.append(f"| {' | '.join([*cells, f'${one.formula}$'])} |")
    with st.container(key=f"measures-{key}"):
        st.html(_STYLE)
        st.markdown("\n".join(lines))
    if caption:
        st.caption(caption)


def written(value: float) -> str:
    """Return a number with the digits that matter: 0.75, 0.667, 1234.5, 1.23e+24; what is nearly 1 stays below it."""
    if not math.isfinite(value):
        return "not defined" if math.isnan(value) else "infinite"
    if value and not 0.001 <= abs(value) < _LARGE:
        return f"{value:.2e}"
    digits = 3 if abs(value) < 100 else 1
    if 0.99 < value < 1:
        digits = min(8, 1 - math.floor(math.log10(1 - value)))
    return _short(f"{value:.{digits}f}")


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def rounded(value: float) -> str:
    """Return a measured number with three digits: 0.0312, 1.49, 35.1, 1,230."""
    if not math.isfinite(value):
        return written(value)
    return f"{value:,.0f}" if abs(value) >= 999.5 else f"{value:.3g}"


def tex(value: float) -> str:
    """Return a number as LaTeX."""
    text = written(value)
    if "e" in text:
        digits, _, power = text.partition("e")
        return rf"{digits}\cdot 10^{{{int(power)}}}"
    return text if math.isfinite(value) else rf"\text{{{text}}}"


def tex_squared(value: float) -> str:
    """Return the square of a number as LaTeX, in brackets where it has a sign or a power of its own."""
    text = tex(value)
    return f"({text})^2" if value < 0 or "^" in text else f"{text}^2"


def tex_as_typed(value: float) -> str:
    """Return a number that somebody typed as LaTeX, with its digits: 101.25, where `tex` has 101.2."""
    text = f"{value:.12g}"
    digits, _, power = text.partition("e")
    return rf"{digits}\cdot 10^{{{int(power)}}}" if power else text


def fraction(top: str, bottom: str) -> str:
    """Return a fraction as LaTeX."""
    return rf"\frac{{{top}}}{{{bottom}}}"


def summed(terms: Iterable[str], sign: str = "+") -> str:
    """Return a sum as LaTeX; the middle of a long one is left out."""
    all_terms = list(terms)
    if len(all_terms) > _SHOWN + 2:
        all_terms = [*all_terms[:_SHOWN], r"\dots", all_terms[-1]]
    return f" {sign} ".join(all_terms)


def _interval(ends: tuple[float, float] | None) -> str:
    if ends is None or math.isnan(ends[0]):
        return ""
    return f"{written(ends[0])} to {written(ends[1])}"
