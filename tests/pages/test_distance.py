"""The page without a browser."""

import pytest

from core.data.text.stories import LIVES_ELSEWHERE
from tests.support.apps import as_read, html, html_of, open_with, told

WHY = "Why: the gradient on its way back"


def test_it_opens_with_a_story_that_is_answered():
    app = open_with("distance")
    assert app.title[0].value == "How far does a memory reach?"
    assert told(app, "distance-story")["text"] == "Italy is where I grew up, but now I live in Boston. I speak fluent"
    assert '<b>LSTM</b> expects <b>Italian</b> <span title="right">' in html(app)
    assert app.get_by_key("prediction") is not None
    assert open_with("distance", distance_look="How far they remember").get_by_key("curve") is not None
    assert open_with("distance", distance_look="How far they remember").get_by_key("curve-attention") is not None


def test_it_opens_where_memory_decides_and_says_what_is_a_guess():
    app = open_with("distance")
    assert html(app).count('title="wrong"') >= 2  # the window and the RNN have forgotten
    assert html(app).count('title="right"') >= 2
    assert any("12 of 12 countries" in one.value and "guess" in one.value for one in app.caption)


def test_attention_goes_from_the_question_to_the_country():
    app = open_with("distance", distance_words="60")
    assert "Most attention goes to Italy" in html_of(app, "attention")
    app.button_group(key="distance-positions").set_value("rotary").run()
    app.button_group(key="distance-head").set_value(2).run()
    assert not app.exception
    assert "<b>Transformer</b> expects" in html(app)
    assert any("Attention of the Transformer (rotary)" in as_read(one.value) for one in app.caption)
    assert html_of(app, "attention").count("<span") == 61


def test_another_country_swaps_the_answer_and_a_distance_lengthens_the_story():
    app = open_with("distance")
    app.selectbox(key="distance-country").set_value("Japan").run()
    assert "<b>LSTM</b> expects <b>Japanese</b>" in html(app)
    app.slider(key="distance-words").set_value(60).run()
    assert len(told(app, "distance-story")["text"].replace(",", " ,").replace(".", " .").split()) == 61
    app.slider(key="distance-words").set_value(LIVES_ELSEWHERE).run()
    assert told(app, "distance-story")["text"].startswith("Japan is where")


@pytest.mark.parametrize("section", ["One story", WHY, "Train it here", "What it costs"])
def test_every_control_has_a_help_text(section):
    app = open_with("distance", distance_look=section)
    for widgets in (app.slider, app.selectbox, app.number_input, app.toggle, app.select_slider, app.button_group):
        for widget in widgets:
            assert widget.help, widget.label


def test_gradients_of_trained_networks_and_clipping():
    app = open_with("distance", distance_look=WHY)
    # The line of the RNN runs along the lower edge: it does not hold there.
    assert any("What is below 1e-8 at the lower edge" in one.value for one in app.caption)
    app.toggle(key="distance-clip").set_value(True).run()
    app.button_group(key="distance-which").set_value("Trained, reading a story").run()
    assert not app.exception
    app.button_group(key="distance-which").set_value("Untrained, reading noise").run()
    app.slider(key="distance-radius").set_value(2.0).run()
    app.button_group(key="distance-activation").set_value("linear").run()
    app.toggle(key="distance-clip").set_value(False).run()
    assert any("above 1e+12 at the upper edge" in one.value for one in app.caption) and not app.exception


@pytest.mark.parametrize("text", ["", "Italy", "<script>alert(1)</script>", "word " * 2000, "😀 \u202e \x00"])
def test_any_story_is_read_calmly(text):
    app = open_with("distance")
    page = app.session_state["distance"]
    page.text, page.version = text, page.version + 1
    app.run()
    assert not app.exception
    assert "<script>" not in html(app)
    assert text != "Italy" or any(one.value.startswith("1 word. ") for one in app.caption)


@pytest.mark.parametrize("value", ["Atlantis", "999999", "-1", ""])
def test_an_address_that_makes_no_sense_is_passed_over(value):
    app = open_with("distance", distance_country=value, distance_words=value, distance_seed=value)
    assert told(app, "distance-story")["text"]


def test_a_story_of_ones_own_is_not_lost_when_a_control_moves():
    app = open_with("distance", story="Poland is my home. I speak fluent")
    assert told(app, "distance-story")["text"] == "Poland is my home. I speak fluent"
    assert 'title="right"' not in html(app)
    app.slider(key="distance-words").set_value(30).run()
    assert told(app, "distance-story")["text"].startswith("Italy is where")
    app.button(key="distance-undo").click().run()
    assert told(app, "distance-story")["text"] == "Poland is my home. I speak fluent"
    assert not [button for button in app.button if button.key == "distance-undo"]


def test_an_empty_story_is_asked_for_and_no_setting_is_lost():
    app = open_with("distance")
    app.button_group(key="distance-positions").set_value("rotary").run()
    app.session_state["distance"].update(app.session_state["distance"].version, "")
    app.run()
    assert not app.exception
    assert [one.value for one in app.info] == ["Tell a story above: the networks read it as you type."]
    assert app.button_group(key="distance-positions").value == "rotary"
