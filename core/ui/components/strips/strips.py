"""Pictures that share one axis of words: what they are told, and what is read back from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.figures.palette import PAPER, index_share, index_signed
from core.ui.components.component import component
from core.ui.components.encoding import base64_of, diverging_palette, share_palette

_show = component("strips")

_PALETTES = {"signed": diverging_palette, "unit": share_palette}
_NOT_A_NUMBER = -32768
_LARGEST = 32767

Span = tuple[int, int]
"""Words from the first up to, but not including, the second number, as Python slices them."""


@dataclass(frozen=True)
class Word:
    """One word of the axis; `known` says whether it is in the vocabulary."""

    text: str
    known: bool = True


@dataclass(frozen=True, eq=False)
class Heat:
    """A grid of numbers as colours: a row for every unit, a column for every word.

    Attributes:
        title: above the grid.
        values: (rows, T).
        palette: "signed" from -limit to limit, blue below zero; "unit" from 0 to limit.
        limit: value of the strongest colour.
        row_name: what a row is, "unit" for example.
        name: by which a click on this grid is told from one on another.
        path: a row for every word, through which a line is drawn; none when empty.
    """

    title: str
    values: NDArray[np.floating[Any]]
    palette: Literal["signed", "unit"]
    limit: float = 1.0
    row_name: str = "unit"
    name: str = field(kw_only=True)
    path: Sequence[int] = ()


@dataclass(frozen=True, eq=False)
class Bars:
    """A bar for every word.

    Attributes:
        title: above the bars.
        values: (T,).
        limit: value of the longest bar; longer ones end there.
        unit: behind every number, "%" for example.
        signed: whether bars go up and down from the middle. None: they do as soon as a value is below zero, which
            moves the line on which all stand.
    """

    title: str
    values: NDArray[np.floating[Any]]
    limit: float
    unit: str = ""
    signed: bool | None = None


@dataclass(frozen=True, eq=False)
class Line:
    """A share in 0-1 after every word, with a dashed line at 0.5.

    Attributes:
        title: above the line.
        values: (T,) in 0-1.
        low: what 0 stands for, "negative" for example.
        high: what 1 stands for.
    """

    title: str
    values: NDArray[np.floating[Any]]
    low: str
    high: str


Track = Heat | Bars | Line


@dataclass(frozen=True)
class Chosen:
    """A cell: row and name of a `Heat`, and a word; row and track are None where a word alone was chosen."""

    row: int | None
    track: str | None
    word: int | None


def strips(
    words: Sequence[Word],
    tracks: Sequence[Track],
    *,
    key: str,
    chosen: Chosen | None = None,
    span: Span | None = None,
    on_choose: Callable[[Chosen], None] | None = None,
    on_span: Callable[[Span | None], None] | None = None,
    describe: str,
    empty: str = "",
) -> None:
    """Show tracks one below the other on one axis of words; every further call fills the same elements anew.

    The height depends on the tracks (their kinds and rows), and in steps on the longest word.

    Args:
        words: T of them, which may be none.
        tracks: every one with T columns.
        key: of the component.
        chosen: cell whose row is outlined and whose word is marked.
        span: words that are marked, as a slice.
        on_choose: told the cell that was clicked, or chosen with the keyboard. A click beside the grids names a word
            alone.
        on_span: told the words over which the pointer was dragged in the header, or None when the mark was taken away
            by a click on it. Without it the header takes clicks like any track.
        describe: the picture in a sentence, for screen readers.
        empty: shown faintly while there is no word.

    Raises:
        ValueError: a track has not as many columns as there are words.
    """
    for track in tracks:
        columns = track.values.shape[-1]
        if track.values.ndim != (2 if isinstance(track, Heat) else 1) or columns != len(words):
            raise ValueError(f'"{track.title}" is {track.values.shape}, but there are {len(words)} words.')
    rows = {track.name: len(track.values) for track in tracks if isinstance(track, Heat)}
    data = {
        "words": [word.text for word in words],
        "unknown": [number for number, word in enumerate(words) if not word.known],
        "tracks": [_written(track) for track in tracks],
        "palettes": {kind: _PALETTES[kind]() for kind in _kinds(tracks)},
        "chosen": chosen and {"row": chosen.row, "track": chosen.track, "word": chosen.word},
        "span": span and list(span),
        "choosing": on_choose is not None,
        "marking": on_span is not None,
        "describe": describe,
        "empty": empty,
    }
    _show(
        key=key,
        data=data,
        on_chosen_change=partial(_chosen, key, rows, len(words), on_choose),
        on_marked_change=partial(_marked, key, len(words), on_span),
    )


def read_chosen(sent: object, rows: Mapping[str, int], words: int) -> Chosen | None:
    """Return the cell in what a browser has sent, or None where it is not one on show.

    Args:
        sent: {row, track, word}, untrusted.
        rows: of every `Heat`, by name.
        words: how many there are.
    """
    if not isinstance(sent, Mapping):
        return None
    row, track, word = sent.get("row"), sent.get("track"), _whole(sent.get("word"), words)
    if word is None:
        return None
    if row is None and track is None:
        return Chosen(None, None, word)
    row = _whole(row, rows.get(track, 0) if isinstance(track, str) else 0)
    return None if row is None else Chosen(row, track, word)


def read_span(sent: object, words: int) -> Span | None:
    """Return the words in what a browser has sent, [first, stop], or None where they are not on show."""
    if not isinstance(sent, Sequence) or isinstance(sent, str) or len(sent) != 2:
        return None
    first, stop = _whole(sent[0], words), _whole(sent[1], words + 1)
    return None if first is None or stop is None or first >= stop else (first, stop)


def _whole(sent: object, count: int) -> int | None:
    """Return a whole number from 0 to below `count`, or None."""
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not float(sent).is_integer():
        return None
    return int(sent) if 0 <= sent < count else None


def _chosen(key: str, rows: Mapping[str, int], words: int, on_choose: Callable[[Chosen], None] | None) -> None:
    chosen = read_chosen(getattr(st.session_state.get(key), "chosen", None), rows, words)
    if chosen is not None and on_choose is not None:
        on_choose(chosen)


def _marked(key: str, words: int, on_span: Callable[[Span | None], None] | None) -> None:
    sent = getattr(st.session_state.get(key), "marked", None)
    span = read_span(sent, words)
    if on_span is not None and (span is not None or sent == "nothing"):
        on_span(span)


def _written(track: Track) -> dict[str, Any]:
    """Return a track as the browser reads it; numbers of a grid as bytes, places in its palette beside them."""
    if isinstance(track, Bars):
        values = np.asarray(track.values, np.float64)
        signed = bool((values < 0).any()) if track.signed is None else track.signed
        numbers = {"limit": _limit(track.limit), "unit": track.unit, "signed": signed}
        return {"kind": "bars", "title": track.title, "values": _listed(values), **numbers}
    if isinstance(track, Line):
        return {
            "kind": "line",
            "title": track.title,
            "values": _listed(np.asarray(track.values, np.float64)),
            "low": track.low,
            "high": track.high,
        }
    values = np.asarray(track.values, np.float64)
    limit = _limit(track.limit)
    within = values.clip(-limit, limit).astype(np.float32)
    places = (index_signed if track.palette == "signed" else index_share)(within, limit)
    places[np.isnan(values)] = PAPER
    decimals, numbers16 = _shortened(values)
    return {
        "kind": "heat",
        "title": track.title,
        "name": track.name,
        "rows": values.shape[0],
        "rowName": track.row_name,
        "path": [int(row) for row in track.path],
        "palette": track.palette,
        "limit": limit,
        "places": base64_of(places),
        "numbers": base64_of(numbers16),
        "decimals": decimals,
    }


def _shortened(values: NDArray[np.float64]) -> tuple[int, NDArray[np.int16]]:
    """Return numbers as whole multiples of 0.001 and the 3, or of 0.01 and the 2 and so on where some are too large.

    Two bytes each: float16 would be wrong in the third decimal from 0.5 on.
    """
    largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    decimals = next((places for places in (3, 2, 1) if largest * 10**places < _LARGEST), 0)
    whole = np.nan_to_num(values * 10**decimals, posinf=_LARGEST, neginf=-_LARGEST).clip(-_LARGEST, _LARGEST).round()
    whole[np.isnan(values)] = _NOT_A_NUMBER
    return decimals, whole.astype("<i2")


def _limit(sent: float) -> float:
    """Return the end of a scale; a network that has gone wrong may not have one."""
    return float(sent) if np.isfinite(sent) and sent > 0 else 0.0


def _listed(values: NDArray[np.float64]) -> list[float | None]:
    return [round(value, 5) if np.isfinite(value) else None for value in values.tolist()]


def _kinds(tracks: Sequence[Track]) -> list[Literal["signed", "unit"]]:
    return sorted({track.palette for track in tracks if isinstance(track, Heat)})
