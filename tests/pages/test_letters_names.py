"""Names without a browser: what it shows, and what it does with any text."""

import pytest

from core.data.text.surnames import LANGUAGES, held_out
from core.inspection.letters.surnames import NAME, evaluate_surnames, read_name
from core.models.shipped import card
from core.ui.sections.letters.names import FIRST, SAMPLES
from core.ui.sections.letters.word import WordState
from tests.support.apps import as_read, html, html_of, open_page, told

TESTED = "On names it has never seen"


def open_section(**query):
    return open_page("letters", **{"letters-section": "Names"}, **query)


def words(app):
    return as_read(" ".join(element.value for element in [*app.markdown, *app.caption, *app.info, *app.get("text")]))


def test_it_opens_with_a_name_that_has_been_read():
    app = open_section()
    assert told(app, "name-field")["text"] == FIRST
    opinion = read_name(FIRST.lower())
    best = LANGUAGES[opinion.ranking[0]]
    assert f"## {best} {100 * float(opinion.final.max()):.1f} %" in words(app)
    table = html_of(app, "names-opinions")
    assert table.count('<td title="') == len(FIRST) * len(LANGUAGES)
    assert all(f">{language}</td>" in table for language in LANGUAGES)
    assert "says nothing certain" in words(app)
    about = card(NAME)
    app.button_group(key="names-look").set_value(TESTED).run()
    assert f"{about.test.correct:,} of {about.test.cases:,}" in words(app)
    assert f"macro F1, {next(iter(about.figures.values())):.2f}" in words(app)


def test_what_is_no_certainty_is_not_rounded_up_to_one():
    table = html_of(open_section(name="Papadopoulos"), "names-opinions")
    assert ">&gt;99</td>" in table
    assert ">100</td>" not in table


def test_accents_and_capitals_make_no_difference():
    app = open_section(name="O'Néàl")
    assert "Read: “o'neal”, without accents" in words(app)
    app = open_section(name="NGUYỄN")
    assert "Read: “nguyen”" in words(app)
    assert html_of(app, "names-opinions").count("<th>n</th>") == 2


def test_samples_held_out_names_undo_and_clear():
    app = open_section()
    app.button(key="name-sample-1").click().run()
    assert told(app, "name-field")["text"] == SAMPLES[1]
    app.button(key="name-random").click().run()
    drawn = told(app, "name-field")["text"]
    language = LANGUAGES[dict(zip(held_out().names, held_out().languages, strict=True))[drawn.lower()][0]]
    assert f"The list says **{language}**" in words(app)
    app.button(key="name-clear").click().run()
    assert "Type a surname" in words(app)
    for expected in (drawn, SAMPLES[1], FIRST):
        app.button(key="name-undo").click().run()
        assert told(app, "name-field")["text"] == expected


def test_names_of_a_cell_are_shown_and_can_be_read():
    app = open_section(**{"names-look": TESTED})
    tested = evaluate_surnames()
    assert f"surest of {len(tested.mistakes()):,} mistakes" in words(app)
    cell = LANGUAGES.index("German"), LANGUAGES.index("English")
    app.session_state["letters-name"].cell = cell
    app.run()
    places = tested.in_cell(*cell)
    assert f"{len(places):,} names: the list says German, but it says English" in words(app)
    app.button(key=f"names-take-{places[0]}").click().run()
    assert told(app, "name-field")["text"] == tested.names.names[places[0]].title()
    app.session_state["letters-name"].cell = (LANGUAGES.index("Scottish"), 0)
    app.button_group(key="names-look").set_value(TESTED).run()
    assert "There are none." in words(app)
    app.button(key="names-all-mistakes").click().run()
    assert "surest of" in words(app)
    app.selectbox(key="names-cell-true").set_value(LANGUAGES.index("German")).run()  # without the mouse
    app.selectbox(key="names-cell-answer").set_value(LANGUAGES.index("English")).run()
    assert f"{len(places):,} names: the list says German, but it says English" in words(app)


@pytest.mark.parametrize("section", ["One name", TESTED, "Train it here"])
def test_every_control_has_a_help_text(section):
    app = open_section(**{"names-look": section})
    for widget in [*app.main.button, *app.main.button_group]:
        assert widget.help, widget.label


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type a surname"),
        ("-' ", "Type a surname"),
        ("Иванов", "Left out, as the network has never seen them: " + " ".join("ивано")),
        ("\u202e\u05db\u05d4\u05df", "Left out"),
        ("李", "Left out"),
        ("👩‍👩‍👧", "Left out"),
        ("a" * 10_000, "its first 30 letters"),
        ("<script>alert(1)</script>", "Left out"),
        ("**b** :red[no] $x$", "Left out"),
        ("de  la\tcruz", "Spanish"),
        ("\x00Li\x07", "after"),
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_any_text_is_met_calmly(text, said):
    app = open_section()
    state: WordState = app.session_state["letters-name"]
    state.replace(text)
    app.run()
    assert not app.exception
    assert said in words(app) + html(app)
    assert "<script>" not in html(app)
