"""Autocorrect without a browser: what it shows, and what it does with any text."""

import pytest

from core.data.text.spelling import held_out
from core.inspection.letters.spelling import NAME, corrections, read_word
from core.models.shipped import card
from core.ui.sections.letters.autocorrect import FIRST, SAMPLES
from core.ui.sections.letters.word import WordState
from tests.support.apps import as_read, html, html_of, open_page, told


def open_section(**query):
    return open_page("letters", **{"letters-section": "Autocorrect"}, **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.get("text")]))


def test_it_opens_with_a_word_that_has_been_read():
    app = open_section()
    assert told(app, "word-field")["text"] == FIRST == "networc"
    assert "networc → **network**" in words(app)
    reading = read_word("networc")
    tiles = html_of(app, "word-surprise")
    assert tiles.count('class="most"') == 1
    assert f">c</b><small>{reading.surprises[6]:.1f}</small>" in tiles
    assert app.button_group(key="word-at-networc").value == "7 c"
    assert "**P(next letter)** after “networ”" in words(app)
    assert html_of(app, "word-expected").index(">k</div>") < html_of(app, "word-expected").index(">c</div>")
    best = corrections("networc")[0]
    table = html_of(app, "word-candidates")
    assert (
        'class="change"' in table and f"× {best.network_bits:.1f}" in table and f"× {best.frequency_bits:.1f}" in table
    )


def test_how_often_it_is_right_has_a_section_of_its_own():
    app = open_section(**{"word-look": "How often is it right?"})
    scores = html_of(app, "word-scores")
    assert f"{100 * card(NAME).test.accuracy:.1f} %" in scores
    for head in ("2,000 of codespell", "946 of Wikipedia, common ones", "185 of GNU Aspell, hard ones"):
        assert head in scores


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("networc", "words, those within 2 mistakes."),
        ("xylofonne", "words, those within 3 mistakes, as there is none within 2."),
        ("tha", "words, those within 2 mistakes; of these the 200 with the fewest mistakes, the most common first."),
    ],
)
def test_how_far_words_were_looked_for_is_said(word, said):
    shown = words(open_section(word=word))
    assert said in shown
    assert "200 words on the list are near" not in shown


def test_another_place_shows_what_was_expected_there():
    app = open_section(word="networc")
    app.button_group(key="word-at-networc").set_value("3 t").run()
    assert "after “ne”" in words(app)
    assert 'class="name came">t<' in html_of(app, "word-expected")
    app.button_group(key="word-at-networc").set_value("8 end").run()
    assert 'class="name came">end<' in html_of(app, "word-expected")
    app.button_group(key="word-at-networc").set_value("1 n").run()
    assert "at the beginning of a word" in words(app)


def test_a_right_word_is_left_alone():
    for word in ("network", "cats", "pizza", "homework", "January", "London", "I", "a", "teacher's", "Chloe"):
        app = open_section(word=word)
        assert f"“{word.lower()}” is in the word list" in words(app)
        assert "Which word is meant?" not in [heading.value for heading in app.header]


def test_a_word_that_the_list_has_not_is_said_to_be_that():
    app = open_section(word="grobnik")
    assert "is not on the list of" in words(app) and "does not make it wrong" in words(app)


def test_samples_held_out_words_undo_and_clear():
    app = open_section()
    app.button(key="word-sample-2").click().run()
    assert told(app, "word-field")["text"] == SAMPLES[2] == "teh"
    assert "teh → **the**" in words(app)
    assert 'class="swap"' in html_of(app, "word-candidates")
    app.button(key="word-random").click().run()
    drawn = told(app, "word-field")["text"]
    right = {pair.wrong: pair.right for pair in held_out()}[drawn]
    assert f"People who wrote this meant “{right}”" in words(app)
    app.button(key="word-clear").click().run()
    assert "Type an English word" in words(app)
    assert app.button(key="word-clear").disabled
    for expected in (drawn, "teh", FIRST):
        app.button(key="word-undo").click().run()
        assert told(app, "word-field")["text"] == expected
    assert app.button(key="word-undo").disabled


def test_every_control_has_a_help_text():
    app = open_section()
    for widgets in (app.main.button, app.main.button_group, app.main.toggle):
        for widget in widgets:
            assert widget.help, widget.label


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type an English word"),
        ("  \n", "Type an English word"),
        ("привет", "Left out, as the network has never seen them: " + " ".join("привет")),
        ("\u05e9\u05dc\u05d5\u05dd", "Left out"),
        ("😀", "Left out"),
        ("\x00\x07\u202e", "Type an English word"),
        ("Café", "without accents: “cafe”"),
        ("hello wrold", "one word at a time, the last one: “wrold”"),
        ("a" * 10_000, "its first 24 letters"),
        ("<script>alert(1)</script>", "Left out"),
        ("**b** :red[no] $x$", "Left out"),
        ("xqzvbnkw", "No word on the list is within three mistakes"),
        ("a", "1 a"),
        ("don't", "is in the word list"),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_any_text_is_met_calmly(text, said):
    app = open_section()
    state: WordState = app.session_state["letters-word"]
    state.replace(text)
    app.run()
    assert not app.exception
    places = " ".join(option for group in app.button_group for option in group.options)
    assert said in words(app) + places
    assert "<script>" not in html(app)


def test_the_address_is_read_and_cut():
    app = open_section(word="recieve" * 1000)
    assert len(told(app, "word-field")["text"]) <= 100
    assert "its first 24 letters" in words(app)
