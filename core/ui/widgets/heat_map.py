"""Charts with a palette, which the dark theme shows in its dark counterpart."""

from typing import Any, Literal

import streamlit as st

from core.figures.chart_parts import on_light_paper

Palette = Literal["paper", "shares"]
"""Paper: white is nothing, as the paper is. Shares: cividis, from dark to bright."""


def show_chart_with_palette(option: dict[str, Any], palette: Palette, *, key: str, **more: Any) -> None:
    """Show a chart; `core/ui/shell/house.css` finds it by the key of its container.

    In the dark theme a chart on paper is inverted, hue by hue: nothing is as dark as the page, and blue stays blue. The
    bright end of cividis is dimmed.

    Args:
        option: in ECharts' terms.
        palette: of its colours.
        key: of the chart.
        more: what `st.echarts_chart` is told besides.
    """
    with st.container(key=f"{palette}-palette-{key}"):
        st.echarts_chart(on_light_paper(option) if palette == "paper" else option, key=key, **more)
