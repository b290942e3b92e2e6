"""The page "Letters" without a browser: what comes next, surprise, writing on, units."""

import math
import re

import pytest

from core.data.text.shakespeare import ALPHABET, MOST_LETTERS
from core.inspection.letters.units import TRAITS, load_measurement
from core.inspection.letters.writing import CELLS, TextGenerator, card_of, read, top_letters
from core.ui.sections.letters import next_letter, states, units, writing
from core.ui.sections.letters.expected_letters import all_letters
from core.ui.sections.letters.field import SAMPLES, show_letter
from core.ui.sections.letters.state import FIRST, LettersState
from core.ui.sections.letters.units import coloured
from tests.support.apps import as_read, html, html_of, open_with, told
from tests.support.blanks import spaced

LINE = TRAITS["line"][0]
STATES, UNITS = "The hidden state", "Is there a unit that counts?"


def open_page(**query):
    return open_with("letters", **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption, *app.info]))


def test_it_opens_with_a_text_that_has_been_read():
    app = open_page()
    assert app.title[0].value == "One letter after the other"
    assert told(app, "letters-field")["text"] == FIRST
    strip = told(open_page(letters_look=STATES), "letters-strips")
    assert strip["words"][:7] == ["R", "O", "M", "E", "O", ":", "\u21b5"]
    assert len(strip["tracks"]) == 4 and strip["tracks"][3]["rows"] == 192
    chances = read("lstm", FIRST).probabilities[-1]
    best = top_letters(chances, 10)
    assert f"<b>LSTM</b> expects <b>{show_letter(best[0])}</b>" in html_of(app, "chances")
    assert f"{100 * chances.max():.2f} %" in html_of(app, "chances")
    reading = read("lstm", FIRST)
    assert f"<b>{reading.mean_surprise:.2f} bits per letter</b>" in html(app)
    assert f"2<sup>{reading.mean_surprise:.3f}</sup> = <b>{reading.perplexity:.1f}</b>" in html(app)
    assert f"{2 ** round(reading.mean_surprise, 3):.1f}" == f"{reading.perplexity:.1f}"  # by a pocket calculator too
    assert f"= <b>{-math.log2(reading.letter_probabilities[-1]):.2f} bits</b>" in html(app)
    held_out = {}
    for cell in CELLS:
        bits = next(value for name, value in card_of(cell).figures.items() if "last tenth" in name)
        held_out[cell] = f">{bits:.2f}</td>"
        assert held_out[cell] in html_of(app, "surprise")
    # In each column the best is bold, and only it: who foresees this text best need not be the best elsewhere.
    for cells in (held_out, {cell: f">{read(cell, FIRST).mean_surprise:.2f}</td>" for cell in CELLS}):
        strong = [f'<td class="strong"{cell}' in html_of(app, "surprise") for cell in cells.values()]
        assert strong == [cell == min(cells.values()) for cell in cells.values()]
    assert not app.query_params
    assert "160 letters" in words(open_page(letters_look="Write on"))


@pytest.mark.parametrize("section", next_letter.SECTIONS)
def test_every_control_has_a_help_text(section):
    app = open_page(letters_look=section)
    for widgets in (app.button, app.button_group, app.slider, app.number_input, app.selectbox):
        for widget in widgets:
            assert widget.help, widget.label


def test_a_sample_is_read_and_undo_brings_the_text_back():
    app = open_page(letters_look=STATES)
    app.button(key="letters-sample-3").click().run()
    assert told(app, "letters-field")["text"] == SAMPLES[3]
    app.button(key="letters-clear").click().run()
    assert told(app, "letters-strips")["words"] == []
    assert "How a text begins" in html(app)
    for expected in (SAMPLES[3], FIRST):
        app.button(key="letters-undo").click().run()
        assert told(app, "letters-field")["text"] == expected


def test_the_address_holds_text_network_and_unit():
    asked = {"text": "To be", "cell": "gru", "unit": "5", "letters_temperature": "1.3", "letters_seed": "7"}
    app = open_page(**asked, letters_look=STATES)
    assert told(app, "letters-strips")["words"] == ["T", "o", "\N{OPEN BOX}", "b", "e"]
    assert told(app, "letters-strips")["chosen"]["row"] == 5
    assert "Hidden state of the GRU" in told(app, "letters-strips")["tracks"][3]["title"]
    app = open_page(**asked, letters_look="Write on")
    expected = TextGenerator("gru", "To be", 1.3, 7)
    expected.generate(writing.OPENING)
    assert escaped(expected.written) in html_of(app, "written")
    app = open_page(**asked, letters_sought=LINE, letters_look=UNITS)
    assert app.selectbox(key="letters-sought").value == LINE
    app.button_group(key="letters-cell").set_value("RNN").run()
    assert app.selectbox(key="letters-sought").value == LINE
    assert app.query_params["cell"] == "rnn"


def escaped(text):
    return text.replace("&", "&amp;").replace("'", "&#x27;")


@pytest.mark.parametrize("value", ["-1", "seven", "99999999999", "\u0663", ""])
def test_an_address_that_makes_no_sense_is_passed_over(value):
    app = open_page(text="good", cell="transformer", unit=value, letters_section=value, letters_look=STATES)
    assert "Hidden state of the LSTM" in told(app, "letters-strips")["tracks"][3]["title"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\n\t ",
        "\U0001f600\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f",
        "\u05e9\u05dc\u05d5\u05dd \u202e\u05e2\u05d5\u05dc\u05dd",
        "\x00\x07 nul \ud800",
        "<script>alert(1)</script> </pre>",
        "**bold** $$x^2$$ :red[no] [link](http://x) `code` # title",
        "w" * 10_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_any_text_is_read_calmly(text):
    app = open_page()
    state: LettersState = app.session_state["letters"]
    state.replace(text)
    for section in next_letter.SECTIONS:
        app.button_group(key="letters-look").set_value(section).run()
        assert not app.exception
        assert ("letters are read" in words(app)) == (len(text) > MOST_LETTERS)
        assert "<script>" not in html(app)
        if section == STATES:
            assert len(told(app, "letters-strips")["words"]) <= states.WINDOW
        if section == "Write on":
            app.button(key="letters-write").click().run()
            assert not app.exception


def test_the_softmax_at_a_temperature_can_be_worked_out_with_a_calculator():
    said = html(open_page(text="ROMEO:", letters_look="Write on", letters_temperature="0.1"))
    z, power, exponent = re.search(r"e<sup>([\d.]+) / 0.1</sup>.*? = ([\d.]+) . 10<sup>(\d+)</sup>", said).groups()
    assert f"{math.exp(float(z) / 0.1):.4e}" == f"{power}e+{exponent}"


def test_what_is_read_as_something_else_is_said():
    app = open_page(text="caf\u00e9 7 \U0001f600", letters_look=STATES)
    assert "\u00e9 \u2192 e" in words(app) and "7 \u2192 3" in words(app)
    assert told(app, "letters-strips")["unknown"] == [3, 5, 7]


def test_a_letter_that_is_clicked_is_explained():
    app = open_page(text="To be")
    state: LettersState = app.session_state["letters"]
    state.place = 3
    app.run()
    assert "Before letter 4 came" in html(app)
    assert "letter 4: surprise" in html(app)
    bits = -math.log2(read("lstm", "To be").letter_probabilities[3])
    assert f"<b>{bits:.2f} bits</b>" in html(app)


def test_it_writes_on_until_it_is_stopped():
    app = open_page(text="KING", letters_look="Write on")
    app.button(key="letters-write").click().run()
    state: LettersState = app.session_state["letters"]
    assert state.writing and state.writer and len(state.writer.written) == writing.PIECE
    assert app.button(key="letters-write").disabled and not app.button(key="letters-stop").disabled
    app.run()
    assert len(state.writer.written) == 2 * writing.PIECE
    app.button(key="letters-stop").click().run()
    written = state.writer.written
    app.run()
    assert state.writer.written == written and not state.writing
    expected = TextGenerator("lstm", "KING", 0.7, 1)
    expected.generate(len(written))
    assert expected.written == written
    assert escaped(written) in html_of(app, "written")


def test_it_ends_by_itself_and_stops_when_the_text_changes(monkeypatch):
    monkeypatch.setattr(writing, "PIECE", 390)
    app = open_page(text="KING", letters_look="Write on")
    state: LettersState = app.session_state["letters"]
    app.button(key="letters-write").click().run()
    app.run()
    assert not state.writing and state.writer and len(state.writer.written) == 400
    app.button(key="letters-write").click().run()
    assert state.writing
    state.replace("QUEEN")
    app.run()
    assert not state.writing and state.writer.text == "KING"
    assert app.button(key="letters-stop").disabled


def test_the_temperature_is_shown():
    app = open_page(text="KING", letters_look="Write on")
    app.slider(key="letters-temperature").set_value(0.1).run()
    assert "temperature 0.1: " in html(app)


def test_the_best_units_are_shown_or_that_there_is_none():
    speaker = next(unit for unit in load_measurement().networks["lstm"] if unit.trait == "speaker")
    said = units.judgement(LettersState(cell="lstm"), speaker)
    assert float(said.replace("\N{MINUS SIGN}", "-").split("being below ")[1].rstrip(".")) == pytest.approx(
        speaker.threshold, rel=0.005
    )
    app = open_page(letters_look=UNITS)
    measured = load_measurement()
    for cell in ("LSTM", "RNN"):
        app.button_group(key="letters-cell").set_value(cell).run()
        for unit in measured.networks[cell.lower()]:
            app.selectbox(key="letters-sought").set_value(TRAITS[unit.trait][0]).run()
            said = units.judgement(app.session_state["letters"], unit)
            assert spaced(said) in words(app)
            assert said.startswith("**Unit" if unit.confirms else "**There is none")
            assert escaped(TRAITS[unit.trait][0]) in html_of(app, "units")
    app.selectbox(key="letters-sought").set_value(units.CLICKED).run()
    app.button_group(key="letters-coloured").set_value("Your text").run()
    assert not app.exception
    assert "quotation marks: the plays have 0" in words(app)


def test_a_unit_that_was_found_is_one_click_away():
    app = open_page(letters_look=UNITS)
    found = [(cell, unit) for cell in CELLS for unit in load_measurement().networks[cell] if unit.confirms]
    assert ("gru", "line") in [(cell, unit.trait) for cell, unit in found]
    app.button(key="letters-found-gru-line").click().run()
    state: LettersState = app.session_state["letters"]
    unit = next(unit for unit in load_measurement().networks["gru"] if unit.trait == "line")
    assert (state.cell, state.unit) == ("gru", unit.unit)
    assert f"**Unit {unit.unit} of the GRU counts the letters of a line**" in words(app)
    app.button_group(key="letters-look").set_value(STATES).run()
    assert told(app, "letters-strips")["chosen"]["row"] == unit.unit


def test_without_a_measurement_the_page_works(monkeypatch, tmp_path):
    from core.inspection.measurements import NotMeasured

    def missing():
        raise NotMeasured("Not measured.")

    monkeypatch.setattr(units, "load_measurement", missing)
    app = open_page(letters_look=UNITS)
    assert "Not measured." in words(app)


def test_letters_are_safe_and_complete():
    cells = all_letters(read("gru", "").probabilities[0], "<")
    assert cells.count("<small>") == len(ALPHABET)
    assert "&lt;" in coloured("<", read("gru", "A").states[1:, 0])


def test_sections_are_in_one_place():
    names = open_page().button_group(key="letters-section").options
    assert names[0] == "Next letter" and len(set(names)) == len(names)
