"""Waves, spectra and mel filters as charts, described in ECharts' terms; pictures of sound as places in a palette."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.figures.chart_parts import margins, named
from core.figures.palette import index_share

Floats = NDArray[np.float32]
COLUMNS = 700
"""Places along the time at which a wave is drawn."""
_BLUE, _GREY, _ORANGE = "#0072B2", "#8A949E", "#D55E00"


def wave_chart(
    samples: Floats, rate: int, kept: tuple[int, int], words: Sequence[tuple[int, int]] = ()
) -> dict[str, Any]:
    """Return a wave as the band between its lowest and highest samples; what is cut off is grey.

    Args:
        samples: (N,) in -1 to 1.
        rate: samples a second.
        kept: where what is heard begins and ends, in samples.
        words: stretches with a tinted ground, in samples.
    """
    width = max(1, -(-len(samples) // COLUMNS))
    count = -(-len(samples) // width)
    columns = np.pad(samples, (0, count * width - len(samples)), mode="edge").reshape(count, width)
    low, high = columns.min(1), columns.max(1)
    seconds = np.arange(count) * width / rate
    loudest = max(0.01, float(np.abs(samples).max()))
    inside = (np.arange(count) * width >= kept[0]) & (np.arange(count) * width < kept[1])
    bars = [
        {
            "type": "line",
            "data": _zigzag(seconds, low, high, chosen),
            "showSymbol": False,
            "lineStyle": {"width": 1, "color": colour},
            "itemStyle": {"color": colour},
            "name": name,
            "silent": True,
            "animation": False,
        }
        for name, colour, chosen in (("kept", _BLUE, inside), ("cut off", _GREY, ~inside))
    ]
    bars[0]["markArea"] = {
        "silent": True,
        "itemStyle": {"color": "rgba(0, 114, 178, 0.10)"},
        "data": [[{"xAxis": begin / rate}, {"xAxis": end / rate}] for begin, end in words],
    }
    return {
        "grid": margins(52, 14, 28, 48),
        "legend": {"top": 0, "left": 0, "textStyle": {"fontSize": 14}},
        "xAxis": _values("seconds", 0, len(samples) / rate) | {"axisLabel": {"fontSize": 14, "showMaxLabel": False}},
        "yAxis": _values("", -loudest, loudest) | {"axisLabel": {"show": False}},
        "series": bars,
    }


def _zigzag(seconds: NDArray[np.float64], low: Floats, high: Floats, chosen: NDArray[np.bool_]) -> list[list[Any]]:
    points: list[list[Any]] = []
    for second, bottom, top, shown in zip(seconds.tolist(), low.tolist(), high.tolist(), chosen.tolist(), strict=True):
        place = round(second, 4)
        points += [[place, round(bottom, 4)], [place, round(top, 4)]] if shown else [[place, None]]
    return points


def frame_chart(samples: Floats, window: Floats, rate: int) -> dict[str, Any]:
    """Return a frame (N,), and the same under its window (N,), over milliseconds; the two curves around are the window.

    Args:
        samples: of the frame, in -1 to 1.
        window: by which each is multiplied, in 0-1.
        rate: samples a second.
    """
    milliseconds = 1000 * np.arange(len(samples)) / rate
    loudest = max(0.001, float(np.abs(samples).max()))
    envelope = [_line("window", milliseconds, sign * loudest * window, _ORANGE, 1, "dotted") for sign in (1, -1)]
    return {
        "grid": margins(20, 20, 28, 48),
        "legend": {"top": 0, "left": 0, "textStyle": {"fontSize": 14}},
        "xAxis": _values("milliseconds", 0, 1000 * len(samples) / rate),
        "yAxis": _values("", -loudest, loudest) | {"axisLabel": {"show": False}},
        "series": [
            _line("frame", milliseconds, samples, _GREY, 1),
            _line("faded", milliseconds, samples * window, _BLUE),
            *envelope,
        ],
    }


def spectrum_chart(frequencies: NDArray[np.floating], decibels: Floats) -> dict[str, Any]:
    """Return the spectrum of one frame: decibels (F,) over frequencies (F,) in Hz."""
    return {
        "grid": margins(60, 20, 12, 48),
        "tooltip": {"trigger": "axis"},
        "xAxis": _values("frequency, Hz", 0, float(frequencies[-1])),
        "yAxis": _values("decibels", -80, 0),
        "series": [_line("decibels", frequencies, np.maximum(decibels, -80), _BLUE)],
    }


def filter_chart(frequencies: NDArray[np.floating], filters: Floats) -> dict[str, Any]:
    """Return mel filters (mels, F) as triangles over frequencies (F,) in Hz."""
    colours = (_BLUE, _ORANGE)
    return {
        "grid": margins(60, 20, 12, 48),
        "xAxis": _values("frequency, Hz", 0, float(frequencies[-1])),
        "yAxis": _values("weight", 0, 1),
        "series": [_line(f"filter {n + 1}", frequencies, row, colours[n % 2]) for n, row in enumerate(filters)],
    }


def sound_picture(picture: Floats) -> NDArray[np.uint8]:
    """Return a log-mel picture (T, mels) in 0-1 as places in `SHARES`: time to the right, low sounds below.

    Frames are drawn so wide that the picture is about twice as wide as high.
    """
    frames, mels = picture.shape
    return index_share(np.repeat(picture, max(1, round(2 * mels / frames)), 0).T[::-1])


def _line(
    name: str, places: NDArray[np.floating], values: Floats, colour: str, width: int = 2, dashes: str = "solid"
) -> dict[str, Any]:
    shown = np.ones(len(values), bool) if len(values) < 600 else np.arange(len(values)) % 2 == 0
    points = np.stack([places[shown], values[shown]], 1).round(4).tolist()
    style = {"lineStyle": {"width": width, "color": colour, "type": dashes}, "itemStyle": {"color": colour}}
    return {"type": "line", "name": name, "data": points, "showSymbol": False, "animation": False} | style


def _values(name: str, low: float, high: float) -> dict[str, Any]:
    axis = {"type": "value", "min": low, "max": high, "axisLabel": {"fontSize": 14}}
    return axis | (named(name, 28 if "seconds" in name or "Hz" in name else 42) if name else {})
