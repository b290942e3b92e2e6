"""The page without a browser."""

import csv
import io

import pytest

from core.data.csv_files import STYLES, write_csv
from core.data.sources import folder_of
from core.data.text.entities import posts
from core.data.text.tokens import read_text
from core.figures.percent import percent
from core.inspection.tagging.tagging import BIDIRECTIONAL, FORWARD, float_bits, tag
from core.ui.sections.both_ways.fields import PAIRS
from core.ui.sections.both_ways.scores import NEW_NAMES
from core.ui.sections.both_ways.tags import table_rows
from tests.support.apps import as_read, html, open_with, told
from tests.support.blanks import spaced


def open_page(**query):
    return open_with("both_ways", **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption]))


def test_it_opens_with_roosevelt_twice_and_shows_the_same_bits():
    app = open_page()
    assert app.title[0].value == "Before and after: person or place?"
    assert told(app, "both-ways-first")["text"] == PAIRS[0][0]
    first, second = (told(app, f"both-ways-tags-{number}") for number in (0, 1))
    assert [word["text"] for word in first["words"]][4] == [word["text"] for word in second["words"]][4] == "Roosevelt"
    assert first["words"][4]["answers"][0] == second["words"][4]["answers"][0]  # forward
    assert [one["words"][4]["answers"][1]["tag"] for one in (first, second)] == ["person", "place"]
    tokens = read_text(PAIRS[0][0]).tokens
    chances = tag(FORWARD, tokens).probabilities[4]
    page = html(app)
    for number in float_bits(chances):
        assert page.count(f"<code>{number}</code>") == 2
    assert "the same bits" in page and "≠ different" in page
    assert "Both sentences are the same".lower() in words(app).lower()
    assert app.get_by_key("prediction") is not None


def test_every_control_has_a_help_text():
    app = open_page()
    own = [button for button in app.button if button.key.startswith("both-ways")]
    assert len(own) >= 3
    for button in own:
        assert button.help, button.label


def test_a_word_in_the_address_is_looked_at_and_what_follows_is_grey():
    app = open_page(word="1.2")
    assert told(app, "both-ways-tags-0")["chosen"] == 1
    assert told(app, "both-ways-tags-1")["chosen"] is None
    assert '<span class="unread" dir="auto">said</span>' in html(app)
    assert '<span class="read" dir="auto">said</span>' in html(app)


def test_the_biggest_step_up_is_one_or_there_is_none():
    shown = {"both-ways-look": "As it is uncovered"}
    assert "The biggest step up comes with “signed”" in words(open_page(**shown))
    falls = words(open_page(first="in London today", word="1.2", **shown))
    assert "biggest step" not in falls and "No word after it makes it likelier that “London” is **place**." in falls


@pytest.mark.parametrize("word", ["", "3.1", "1.0", "x.y", "2.99999999999", "1.999", "\uff11.\uff11"])
def test_an_address_that_makes_no_sense_is_passed_over(word):
    app = open_page(word=word, first="May is here")
    assert told(app, "both-ways-tags-0")["words"][0]["text"] == "May"


def test_the_word_stays_while_the_sentence_goes_on():
    app = open_page(first="Roosevelt", second="May")
    state = app.session_state["both-ways"]
    state.choose(0, 0, "Roosevelt")
    app.run()
    assert "is the last word" in words(app)
    app.button_group(key="both-ways-look").set_value("As it is uncovered").run()
    state.update("first", 0, "Roosevelt Street is closed")
    app.run()
    assert told(app, "both-ways-tags-0")["chosen"] == 0
    assert "+ Street" in html(app)
    state.update("first", 0, "The end")
    app.run()
    assert not app.exception


def test_pairs_exchange_and_undo():
    app = open_page()
    app.button(key="both-ways-pair-1").click().run()
    assert told(app, "both-ways-first")["text"] == PAIRS[1][0]
    app.button(key="both-ways-exchange").click().run()
    assert told(app, "both-ways-first")["text"] == PAIRS[1][1]
    app.button(key="both-ways-undo").click().run()
    assert told(app, "both-ways-first")["text"] == PAIRS[1][0]
    app.button(key="both-ways-undo").click().run()
    assert told(app, "both-ways-first")["text"] == PAIRS[0][0]


@pytest.mark.parametrize(
    "text", ["", "  ", "a", "<script>alert(1)</script> $$ :red[x]", "Paris " * 999, "😀 \u202e \x00 שלום"]
)
def test_any_text_is_read_calmly(text):
    app = open_page()
    app.session_state["both-ways"].replace(text, text + "x")
    app.run()
    assert not app.exception
    assert "<script>" not in html(app)
    assert ("Only the first 200 words" in words(app)) is (text.count("Paris") > 200)


def test_a_text_without_blanks_is_one_word():
    app = open_page()
    app.session_state["both-ways"].replace("\N{CJK UNIFIED IDEOGRAPH-732B}" * 5000, "a")
    app.run()
    assert not app.exception and "Only the first 1 word is read." in words(app)


@pytest.mark.parametrize("pair", PAIRS)
def test_pairs_to_choose_from_show_what_they_are_for(pair):
    said = [tag(BIDIRECTIONAL, read_text(text).tokens).tags for text in pair]
    assert said[0] != said[1]


def test_the_table_is_complete_and_no_formula():
    sentences = (read_text("=1 Paris"), read_text("May"))
    for style in STYLES.values():
        text = write_csv(table_rows(sentences), style).decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text), delimiter=style.separator))
        assert len(lines) == 1 + len(sentences[0].tokens) + 1
        assert lines[1][2] == "'="
        assert abs(sum(float(value.replace(style.decimal, ".")) for value in lines[1][4:7]) - 1) < 1e-5


def test_nearly_certain_is_not_certain():
    shown = [spaced(percent(chance)) for chance in (1.0, 0.9994, 0.5, 0.0)]
    assert shown == ["> 99.9 %", "99.9 %", "50.0 %", "< 0.1 %"]


@pytest.mark.skipif(folder_of("wnut17") is None, reason="WNUT 2017 is not here")
def test_names_in_the_test_posts_are_as_new_as_the_page_says():
    trained, tested = (
        [
            tuple(token.word for token in post.tokens[span.first : span.stop])
            for post in posts(part)
            for span in post.spans
        ]
        for part in ("train", "test")
    )
    known = set(trained)
    assert (sum(name not in known for name in tested), len(tested)) == NEW_NAMES


def test_the_scores_are_those_of_the_cards():
    app = open_page(both_ways_look="Who is right how often")
    page = html(app)
    assert "0 of 500" in page
    assert page.count(" names, ") == 6
    assert "CC BY 4.0" in words(app)
