"""Every figure is built twice: as a page builds it, and held against Plotly's schema, which pages have no time for."""

import pytest

from core.figures.interactive import template


@pytest.fixture(autouse=True, params=[False, True], ids=["as on a page", "held against the schema"])
def _validated(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "VALIDATE", request.param)
