"""The page without a browser: numbers are translated three times, and everything else is a sentence."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from core.data.text.number_input import read_number_text
from core.ui.sections.translate import answers
from core.ui.sections.translate.field import samples
from core.ui.sections.translate.look import look_at
from core.ui.sections.translate.state import TranslateState
from tests.support.apps import html_of, open_page, open_with, told, walk_sections


def prediction(app: AppTest) -> str:
    assert not app.exception
    return html_of(app, "prediction")


def typed(text: str, **query: str) -> AppTest:
    return open_with("translate", text=text, **query)


def test_the_page_opens_with_a_number_that_is_right_three_times() -> None:
    said = prediction(open_page("translate"))
    assert "This is <b>97,200</b>" in said and "quatre-vingt-dix-sept mille deux cents" in said
    assert said.count("<section>") == 3 and said.count("✓ Right, to the letter.") >= 2


@pytest.mark.parametrize(("source", "target"), [("en", "de"), ("fr", "es")])
def test_digits_are_spelt_and_translated(source: str, target: str) -> None:
    said = prediction(typed("97 200", **{"from": source, "to": target}))
    assert "This is <b>97,200</b>, in" in said and "✓ Right" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("97 thousand", "Digits and words are mixed"),
        ("семь", "Latin letters"),
        ("x" * 10_000, "not a number word"),
        ("one " * 60 + "two", "61 pieces"),
        ("<script>alert()</script>", "not a number word"),
        ("-12", "Negative numbers"),
        ("1" * 30, "from 0 to 999,999,999"),
    ],
)
def test_what_is_no_number_is_a_sentence_and_stays(text: str, sentence: str) -> None:
    app = typed(text)
    assert not app.exception and any(sentence in warning.value for warning in app.warning)
    assert told(app, "translate-field")["text"] == text[:300]
    for section in walk_sections(app):
        assert not app.exception, section


def test_the_last_number_stays_while_one_types_on_and_what_is_wrong_stands_beside_it() -> None:
    app = open_page("translate")

    def type_in(text: str) -> str:
        state = app.session_state["translate"]
        state.update(state.version, text)
        app.run()
        return prediction(app)

    assert "This is <b>2</b>" in type_in("two")
    said = type_in("two hu")
    assert "“hu” is not a number word" in said and "Below is still <b>2</b>" in said and "deux" in said
    assert not app.warning and app.button_group(key="translate-look")
    said = type_in("")
    assert "Type a number" in said and "Below is still <b>2</b>" in said and not app.info
    type_in("two hundrd")
    app.button(key="translate-instead").click().run()
    assert "This is <b>200</b>" in prediction(app)
    type_in("two hu")
    app.selectbox(key="translate-source").set_value("de").run()
    assert any("“two” is not a number word" in warning.value for warning in app.warning)


def test_a_link_that_names_a_language_leaves_no_number_of_another_one() -> None:
    state = TranslateState()
    state.read()
    state.update(0, "two hu")
    assert state.read()[0] is not None
    state.source = "de"
    state.arrive({"source"})
    assert state.read()[0] is None


def test_nothing_typed_asks_for_a_number() -> None:
    app = open_page("translate")
    app.button(key="translate-clear").click().run()
    assert any("Type a number" in info.value for info in app.info)
    app.button(key="translate-undo").click().run()
    assert "97,200" in prediction(app)


def test_words_of_another_language_and_slips_are_offered() -> None:
    app = typed("quatre-vingt-dix-sept")
    assert any("All of this is French" in warning.value for warning in app.warning)
    app.button(key="translate-as").click().run()
    assert "This is <b>97</b>" in prediction(app)
    assert app.selectbox(key="translate-target").value == "en"
    app = typed("ninety-sevn")
    app.button(key="translate-instead").click().run()
    assert "This is <b>97</b>" in prediction(app)


def test_what_is_no_number_is_translated_all_the_same() -> None:
    said = prediction(typed("seven seven hundred and"))
    assert "Numbers are not spelt like this" in said and said.count("<section>") == 3 and "✓" not in said


def test_languages_are_swapped_and_the_number_goes_along() -> None:
    app = open_page("translate")
    app.button(key="translate-swap").click().run()
    assert told(app, "translate-field")["text"] == "quatre-vingt-dix-sept mille deux cents"
    assert "This is <b>97,200</b>" in prediction(app) and app.query_params["from"] == "fr"
    app.selectbox(key="translate-source").set_value("de").run()
    assert told(app, "translate-field")["text"] == "siebenundneunzigtausendzweihundert"
    app.selectbox(key="translate-target").set_value("de").run()
    assert (app.selectbox(key="translate-source").value, app.selectbox(key="translate-target").value) == ("en", "de")
    assert "This is <b>97,200</b>" in prediction(app)
    app.button(key="translate-undo").click().run()
    assert not app.exception


def test_the_alignment_names_pieces_and_every_head_can_be_seen() -> None:
    app = open_page("translate")
    chart = json.loads(app.get_by_key("alignment-chart").proto.spec)
    assert chart["xAxis"]["data"] == ["ninety", "seven", "thousand", "two", "hundred", "■"]
    assert chart["yAxis"]["data"][:4] == ["quatre", "-vingt", "-dix", "-sept"]
    app.button_group(key="translate-attention").set_value("Transformer").run()
    for among in ("Among what is read", "Among what is written"):
        app.button_group(key="translate-among").set_value(among).run()
        for head in ("1", "4", "Mean"):
            app.button_group(key="translate-head").set_value(head).run()
            assert not app.exception


def test_every_piece_has_its_probabilities_and_the_beam_its_texts() -> None:
    app = open_with("translate", translate_look="Word by word")
    pieces = html_of(app, "pieces")
    assert pieces.count("<tr>") == 1 + 8 and "<b>quatre</b>" in pieces and "<b>■</b>" in pieces
    app.slider(key="translate-beam").set_value(8).run()
    assert html_of(app, "beams").count("<tr") == 1 + 8
    app.slider(key="translate-beam").set_value(1).run()
    assert any("The beam finds what greedy finds" in caption.value for caption in app.caption)


def test_bleu_stands_in_numbers_and_scores_of_all_networks_beside_it() -> None:
    app = open_with("translate", translate_look="How good is it")
    measures = " ".join(one.value for one in app.markdown)
    assert r"\sqrt[4]" in measures and "Reference: quatre-vingt-dix-sept mille deux cents" in measures
    assert html_of(app, "translate-scores").count("<tr") == 9
    app = typed("seven", **{"translate-look": "How good is it"})
    assert r"no group of four pieces" in " ".join(one.value for one in app.markdown)


def test_a_longer_number_can_be_tried() -> None:
    app = open_with("translate", translate_look="Longer numbers")
    assert html_of(app, "translate-longer").count("<tr") == 8
    app.button(key="translate-long").click().run()
    assert "This is <b>123,456,789</b>" in prediction(app)


def test_numbers_from_which_nothing_was_learnt_come_one_after_the_other() -> None:
    app = open_page("translate")
    texts = {told(app.button(key="translate-random").click().run(), "translate-field")["text"] for _ in range(3)}
    assert len(texts) == 3
    assert not any("97 200" in text for text in texts)


def test_every_sample_is_read() -> None:
    app = open_with("translate", **{"from": "es"})
    for number in range(len(samples("es"))):
        app.button(key=f"translate-sample-{number}").click().run()
        assert prediction(app).count("<section>") == 3


@pytest.mark.parametrize(("name", "language", "pair"), [("from", "fr", ("fr", "en")), ("to", "en", ("fr", "en"))])
def test_a_link_may_name_one_language_alone(name: str, language: str, pair: tuple[str, str]) -> None:
    app = open_with("translate", **{name: language})
    assert tuple(app.selectbox(key=f"translate-{one}").value for one in ("source", "target")) == pair
    assert "This is <b>97,200</b>" in prediction(app)


def test_what_is_wrong_and_what_is_missing_is_marked() -> None:
    look = look_at(read_number_text("123456789", "en"), "en", "de")
    for translation in look.translations.values():
        shown = answers._marked(look, translation)
        assert ("<mark" in shown) == (translation.text != look.truth)
        assert re.sub("<[^>]*>| … ", "", shown).strip() == translation.text
