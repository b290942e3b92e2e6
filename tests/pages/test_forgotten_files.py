"""A file whose session was forgotten still stands in the browser's field, and the server has it no more."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.apps import open_with


@pytest.mark.parametrize(
    ("page", "query", "pressed", "chosen"),
    [
        ("draw_digit", {}, "", "own"),
        ("read_number", {}, "", "number-own"),
        ("teach", {}, "teach-start", "teach-own"),
        ("say_digit", {"sound": "A file"}, "", ""),
        ("say_digit", {"say_look": "Your own voice"}, "", ""),
        ("convolution", {"conv_input": "photo"}, "", ""),
        ("forecast", {"series": "own"}, "", ""),
        ("letters", {"letters_section": "Tunes"}, "", ""),
        ("metrics", {}, "", ""),
        ("train", {}, "", ""),
    ],
)
def test_a_page_goes_on_without_it(
    page: str, query: dict[str, str], pressed: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_with(page, **query)
    if pressed:
        app.button(key=pressed).click().run()
    if chosen:
        app.button_group(key=chosen).set_value("Upload").run()
    field = app.file_uploader[0]
    monkeypatch.setattr(AppTest, "_register_uploaded_files", lambda *_: None)  # the server never gets it
    field.upload(f"one.{field.proto.type[0].strip('.')}", b"any").run()
    assert not app.exception
    app.run()
    assert not app.exception
    assert not app.warning
