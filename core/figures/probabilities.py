"""Ten probabilities as a bar chart, described in ECharts' terms."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def bars(probabilities: NDArray[np.float32], colour: str) -> dict[str, Any]:
    """Return an ECharts option: a bar for each class on a fixed scale of 0-100 %.

    The scale never changes, so charts side by side can be compared and nothing
    jumps when the digit does. The bars lie down, so that ten of them fit a third
    of a projector's width or a phone.

    Args:
        probabilities: (classes,) in 0-1.
        colour: of the bars; the largest is solid, the others are paler.
    """
    best = int(probabilities.argmax())
    percent = [round(min(float(value), 0.9999) * 100, 2) for value in probabilities]  # no softmax is a certainty
    data = [
        {
            "value": value,
            "itemStyle": {"color": colour, "opacity": 1.0 if index == best else 0.5},
            "label": {"position": "insideRight" if value > 60 else "right", "show": value >= 0.5}
            | ({"color": "#ffffff"} if value > 60 else {}),
        }
        for index, value in enumerate(percent)
    ]
    return {
        "animation": False,  # three charts moving at once cost more time than the eye gains
        "grid": {"left": 38, "right": 14, "top": 4, "bottom": 40, "containLabel": False, "outerBoundsMode": "none"},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.2f %%"},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": 100,
            "interval": 25,
            "name": "probability, %",
            "nameLocation": "middle",
            "nameGap": 24,
        },
        "yAxis": {
            "type": "category",
            "data": [str(index) for index in range(len(percent))],
            "inverse": True,
            "name": "digit",
            "nameLocation": "middle",
            "nameGap": 20,
            "axisLabel": {"interval": 0, "fontSize": 14},
            "axisTick": {"show": False},
        },
        "series": [
            {
                "type": "bar",
                "name": "probability",
                "data": data,
                "barWidth": "76%",
                "label": {"show": True, "formatter": "{c}", "fontSize": 12},
            }
        ],
    }
