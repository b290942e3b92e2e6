"""Parts of a chart that all figures share, described in ECharts' terms."""

from typing import Any


def margins(left: int, right: int, top: int, bottom: int) -> dict[str, Any]:
    """Return the grid of a chart: margins in pixels that no label moves, so charts side by side line up."""
    return least_margins(left, right, top, bottom) | {"outerBoundsMode": "none"}


def least_margins(left: int, right: int, top: int, bottom: int) -> dict[str, Any]:
    """Return the grid of a chart whose values can have any size: margins in pixels, more where a label would be cut."""
    edges = {"left": left, "right": right, "top": top, "bottom": bottom}
    return edges | {"containLabel": False, "outerBoundsMode": "auto"}


def named(name: str, gap: int, size: int = 14) -> dict[str, Any]:
    """Return the name of an axis, along its middle.

    Args:
        name: with unit.
        gap: pixels between the axis and its name.
        size: of the letters.
    """
    return {"name": name, "nameLocation": "middle", "nameGap": gap, "nameTextStyle": {"fontSize": size}}


def legend(size: int = 14, **more: Any) -> dict[str, Any]:
    """Return a legend in the top left corner; `more` is what else ECharts is told of it."""
    return {"top": 0, "left": 0, "textStyle": {"fontSize": size}, **more}


INK, PAPER, LINE = "#14202B", "#FFFFFF", "#B9C6D1"
"""Colours of text, ground and lines on light paper, as in `.streamlit/config.toml`."""


def on_light_paper(option: dict[str, Any]) -> dict[str, Any]:
    """Return a chart whose texts and axes are dark in both themes: the dark one shows the whole chart inverted.

    The palette is inverted with it (`core/ui/widgets/heat_map.py`): what was white on white paper becomes dark on dark
    paper, and blue stays blue.
    """
    inked: dict[str, Any] = {"textStyle": {"color": INK}}
    for name, part in option.items():
        if "axis" in name.lower():
            inked[name] = [_inked(one) for one in part] if isinstance(part, list) else _inked(part)
        elif name == "visualMap":
            inked[name] = part | {"textStyle": {"fontSize": 14, "color": INK}}
        else:
            inked[name] = part
    return inked


def _inked(axis: dict[str, Any]) -> dict[str, Any]:
    line = {"lineStyle": {"color": LINE}}
    ink = {"color": INK, "textBorderColor": "transparent"}  # Streamlit's dark theme would draw a rim around letters
    texts = {name: axis.get(name, {}) | ink for name in ("axisLabel", "nameTextStyle")}
    return axis | texts | {"axisLine": axis.get("axisLine", {}) | line, "axisTick": axis.get("axisTick", {}) | line}
