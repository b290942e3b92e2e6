"""What Python sends for the live view; what the browser makes of it is tested in `tests/browser/test_live.py`."""

import json

from streamlit.testing.v1 import AppTest

from core.ui.components.serving import is_published
from core.ui.plain_text import plain


def show(kind: str) -> AppTest:
    def script(kind: str) -> None:
        from dataclasses import dataclass

        import numpy as np
        from torch import nn

        from core.ui.widgets.live_network import show_live

        @dataclass(frozen=True)
        class Trained:
            name: str
            title: str
            network: nn.Module
            classes: tuple[str, ...]

        known = nn.Sequential(nn.Flatten(), nn.Linear(784, 3))
        network = known if kind == "known" else nn.Sequential(nn.Flatten(), nn.Linear(784, 3), nn.Softplus())
        clothes = ("T-shirt", "<b>bag</b>", "boot")
        show_live(Trained("run-7", "*My* <b>run</b>", network.eval(), clothes), np.zeros((28, 28)), over=None)

    app = AppTest.from_function(script, kwargs={"kind": kind}).run()
    assert not app.exception
    return app


def test_a_trained_network_with_names_of_its_own_is_sent_once() -> None:
    (view,) = show("known").get("bidi_component")
    sent = json.loads(view.proto.json)
    assert sent["classes"] == ["T-shirt", "<b>bag</b>", "boot"]
    assert sent["title"] == "*My* <b>run</b>"  # text for the browser, which shows it as text
    assert is_published(sent["network"])
    assert len(view.proto.json) < 4_000


def test_a_network_with_an_unknown_layer_answers_after_the_stroke() -> None:
    app = show("unknown")
    assert not app.get("bidi_component")
    assert "Softplus layer" in app.caption[0].value and "answers after the stroke" in app.caption[0].value
    assert plain("*My* <b>run</b>") in app.caption[0].value
    body = "".join(element.proto.body for element in app.get("html"))
    assert "&lt;b&gt;bag&lt;/b&gt;" in body
    assert body.count('class="bar"') == 3
