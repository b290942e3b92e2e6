"""Projector size without a browser: it stands in the address of every page, and a class is not led to it."""

from core.ui.shell import class_bar
from tests.support.apps import open_page


def test_a_link_asks_for_projector_size_and_every_page_keeps_it() -> None:
    app = open_page(projector="1")
    assert app.query_params["projector"] == "1"
    app.switch_page("../../../pages/order.py").run()
    assert app.query_params["projector"] == "1"
    assert "font-size: 22px" in " ".join(element.proto.body for element in app.get("html"))


def test_without_it_nothing_changes() -> None:
    app = open_page(projector="0")
    assert "font-size: 22px" not in " ".join(element.proto.body for element in app.get("html"))


def test_students_are_led_to_the_page_and_not_to_its_size(monkeypatch) -> None:
    monkeypatch.setattr(class_bar.st, "query_params", {"projector": "1", "order-look": "x"})
    assert class_bar._here("order").query == {"order-look": "x"}
