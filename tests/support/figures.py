"""Reads the Plotly figures of a page as they are sent to the browser, and as they stand there."""

import base64
import json
from typing import Any

import numpy as np
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

_CUT_OFF = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(figure => {
  const paper = figure.querySelector('svg.main-svg')?.getBoundingClientRect()
  if (!paper || !figure.checkVisibility()) return []
  return [...figure.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect()
    return box.width && text.textContent.trim() && (box.left < paper.left - 1.5 || box.right > paper.right + 1.5
      || box.top < paper.top - 1.5 || box.bottom > paper.bottom + 1.5)
  }).map(text => text.textContent)
})"""


def cut_off(page: Page) -> list[str]:
    """Return the words that stand partly outside their figure, and so cannot be read."""
    return list(page.evaluate(_CUT_OFF))


def figure(app: AppTest, name: str) -> dict[str, Any]:
    """Return what the figure of that name shows: its traces with plain lists for arrays, and its layout."""
    return _plain(json.loads(app.get_by_key(f"plot-{name}").proto.spec))


def figures(app: AppTest) -> set[str]:
    """Return the names of all figures on a page."""
    return {str(one.key).removeprefix("plot-") for one in app.get("plotly_chart")}


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and "bdata" in value:
        array = np.frombuffer(base64.b64decode(value["bdata"]), np.dtype(value["dtype"]))
        shape = [int(side) for side in str(value.get("shape", array.size)).split(",")]
        return array.reshape(shape).tolist()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
