"""Parts of a chart that all figures share, described in ECharts' terms."""

from typing import Any


def margins(left: int, right: int, top: int, bottom: int) -> dict[str, Any]:
    """Return the grid of a chart: margins in pixels that no label moves, so charts side by side line up."""
    edges = {"left": left, "right": right, "top": top, "bottom": bottom}
    return edges | {"containLabel": False, "outerBoundsMode": "none"}


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
