"""The section "Tunes" without a browser: what is written on, its score, its bars, and how often they add up."""

import pytest
from streamlit.testing.v1 import AppTest

from core.data.tunes.beginnings import read_beginning
from core.data.tunes.notation import MOST_CHARACTERS
from core.figures.percent import exact_percent
from core.inspection.letters.tunes import MEASURED, bits_per_letter, card_of, write_on, writing_score
from core.models.cells import CELLS
from core.ui.sections.letters.tune_field import FIRST, SAMPLES
from tests.support.apps import as_read, html_of, open_with, told
from tests.support.blanks import spaced


def open_page(**query: str) -> AppTest:
    return open_with("letters", letters_section="Tunes", **query)


def said(app: AppTest) -> str:
    return as_read(" ".join(one.value for one in [*app.success, *app.warning, *app.caption]))


def score_of(app: AppTest) -> str:
    return str(told(app, "tunes-score")["abc"])


def test_a_network_writes_the_tune_on_and_its_score_is_shown() -> None:
    app = open_page()
    assert score_of(app) == FIRST + write_on("lstm", FIRST, 0.5, 1)
    app.button(key="tunes-another").click().run()
    assert score_of(app) == FIRST + write_on("lstm", FIRST, 0.5, 2)
    app.button_group(key="tunes-network").set_value("GRU").run()
    assert score_of(app) == FIRST + write_on("gru", FIRST, 0.5, 2)
    app.slider(key="tunes-temperature").set_value(1.2).run()
    assert score_of(app) == FIRST + write_on("gru", FIRST, 1.2, 2)


def test_the_table_is_that_of_the_cards() -> None:
    table = html_of(open_page(), "tune-scores")
    for cell in CELLS:
        assert f"<td>{bits_per_letter(card_of(cell)):.2f}</td>" in table
        for temperature in MEASURED:
            for bars in (False, True):
                score = writing_score(card_of(cell), temperature, bars)
                assert score.cases == 200 and spaced(exact_percent(score.accuracy)) in table
    assert writing_score(card_of("lstm"), None, True).accuracy > 0.9


def test_bars_that_do_not_add_up_are_named_and_marked() -> None:
    app = open_page(tunes_show="As you typed it", tune="T:*Odd*\nM:3/4\nL:1/4\nK:G\nGBd|g2|gfe d|GBd|")
    assert "bars 2 and 3 do not add up" in said(app) and "1/2 of a whole note" in said(app)
    sent = told(app, "tunes-score")
    assert [sent["abc"][begin:end] for begin, end in sent["wrong"]] == ["g2|", "gfe d|"]
    app.text_area(key="tunes-text").set_value("M:3/4\nL:1/4\nK:G\nGBd|g2d|gfe|GBd|").run()
    assert "Every bar adds up" in said(app)
    free = open_page(tunes_show="As you typed it", tune="M:none\nL:1/4\nK:G\nGBd|g2d gfe|")
    assert "no metre that its bars could add up to" in said(free) and "Every bar" not in said(free)
    app.button(key="tunes-undo").click().run()
    assert "bars 2 and 3 do not add up" in said(app)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "needs a line with its key"),
        ("hello there", "Music comes after the line with the key"),
        ("K:D\n<b>:red[x]</b>", "stands between two notes"),
        ("M:9/0\nK:D\nabc|", "not a metre"),
    ],
)
def test_bad_abc_gets_a_sentence(typed: str, sentence: str) -> None:
    app = open_page(tunes_show="As you typed it", tune=typed or " ")
    assert sentence in said(app)
    assert not app.exception


def test_any_text_can_be_written_on() -> None:
    app = open_page()
    for text in ("", "\u00e9\u4e2d\U0001f600", "K:D\n" + "abc|" * 900, "%%abc\nM:x\nabc"):
        app.text_area(key="tunes-text").set_value(text[:MOST_CHARACTERS]).run()
        assert not app.exception
        begun = read_beginning(text)
        assert score_of(app).startswith(begun.letters)
    app.text_area(key="tunes-text").set_value("K:C\nab\u00e9c|").run()
    assert "leave them out: **\u00e9**" in said(app)


def test_a_key_that_the_networks_do_not_know_is_read_as_one_that_they_know() -> None:
    app = open_page(tune="M:6/8\nL:1/8\nK:Edorian\nB3 e2f|")
    assert "they read **K:D**, with the same sharps and flats" in said(app).replace("\N{WORD JOINER}", "")
    assert score_of(app).startswith("M:6/8\nL:1/8\nK:D\nB3 e2f|") and "is not a key" not in said(app)


def test_samples_begin_and_clear_empties() -> None:
    app = open_page()
    for number, sample in enumerate(SAMPLES.values()):
        app.button(key=f"tunes-sample-{number}").click().run()
        assert app.text_area(key="tunes-text").value == sample
    app.button(key="tunes-clear").click().run()
    assert app.text_area(key="tunes-text").value == ""
    app.button(key="tunes-undo").click().run()
    assert app.text_area(key="tunes-text").value == sample


def test_a_file_gives_its_first_tune() -> None:
    app = open_page()
    app.file_uploader(key="tunes-file").upload("book.abc", b"X:1\nK:C\nabc|\n\nX:2\nK:D\ndef|\n", "text/plain").run()
    assert app.text_area(key="tunes-text").value == "X:1\nK:C\nabc|"
    app.file_uploader(key="tunes-file").upload("old.abc", "X:1\nT:M\xfcller\nK:C\n".encode("latin-1") + b"abc|").run()
    assert "T:M\xfcller" in app.text_area[0].value
    app.file_uploader(key="tunes-file").upload("empty.abc", b"%\n\n", "text/plain").run()
    assert "There is no tune in this file" in said(app)


def test_every_control_has_a_help_text() -> None:
    app = open_page()
    for widgets in (app.button, app.button_group, app.slider, app.number_input, app.text_area):
        for widget in widgets:
            assert widget.help, widget.label
