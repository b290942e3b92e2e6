"""BLEU of one translation with its formula in numbers."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.figures.tables import table
from core.inspection.metrics.texts import Bleu, bleu, groups_of
from core.ui.widgets.formulas import Measure, fraction, show_measures, tex, written

_NAMED = 4  # groups that are listed


def show_bleu(candidate: Sequence[str], reference: Sequence[str], unit: str, *, caption: str, key: str = "one") -> None:
    """Show the groups of 1 to 4 that both texts have, the brevity penalty, and BLEU.

    Args:
        candidate: the translation, in words or pieces.
        reference: the right one, or a person's.
        unit: what is counted, in the singular: "word".
        caption: below the formulas.
        key: tells tables of one page apart.
    """
    found = bleu(candidate, reference)
    rows = [
        [
            f"{order} {unit if order == 1 else f'{unit}s'}",
            f"{match} / {group}",
            escape(_missing(candidate, reference, order)),
        ]
        for order, match, group in zip(range(1, len(found.groups) + 1), found.matches, found.groups, strict=True)
    ]
    st.html(
        table(("groups of", "in both / in the translation", "not in the reference, or not so often"), rows, left=True)
    )
    show_measures(
        [Measure("Brevity penalty", found.penalty, _penalty(found)), Measure("BLEU", found.score, _score(found, unit))],
        caption=caption,
        key=key,
    )


def _missing(candidate: Sequence[str], reference: Sequence[str], order: int) -> str:
    """Return the groups of a candidate that its reference does not have, or not so often."""
    surplus = groups_of(candidate, order) - groups_of(reference, order)
    missing = [f"{' '.join(group)}{f' ({count} times)' if count > 1 else ''}" for group, count in surplus.items()]
    return ", ".join(missing[:_NAMED]) + (" ..." if len(missing) > _NAMED else "") if missing else "-"


def _penalty(found: Bleu) -> str:
    if not found.candidate:
        return r"0, \text{ as nothing was written}"
    if found.candidate > found.reference:
        return rf"1, \text{{ as }} {found.candidate} > {found.reference}"
    return rf"e^{{1 - {found.reference}/{found.candidate}}} = {tex(found.penalty)}"


def _score(found: Bleu, unit: str) -> str:
    parts = r" \cdot ".join(
        fraction(str(match), str(group)) for match, group in zip(found.matches, found.groups, strict=True)
    )
    if min(found.groups) == 0:
        return rf"0, \text{{ as there is no group of four {unit}s}}"
    return rf"{tex(found.penalty)} \cdot \sqrt[4]{{{parts}}} = {written(found.score)}"
