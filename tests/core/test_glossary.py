import re

import pytest

from core.glossary import PLACE, bare_words, explained, explained_html, glossary, help_with_words, words_in
from core.paths import ROOT

LOGIT = next(word for word in glossary() if word.title == "Logit")


def test_every_word_has_one_plain_sentence_and_forms_of_its_own() -> None:
    forms = [form for word in glossary() for form in word.forms]
    assert len(forms) == len(set(forms))
    for word in glossary():
        assert re.fullmatch(r"[A-Z][^.!?|\[\]()\"$<>*_`]*\.", word.sentence), word.sentence
        assert len(word.sentence) <= 140, word.sentence
        assert words_in(word.forms[0]) == [word], word.forms


def test_every_word_is_used_in_the_app() -> None:
    files = [
        path for folder in ("core", "pages") for path in (ROOT / folder).rglob("*.py") if "glossary" not in str(path)
    ]
    written = " ".join(path.read_text("utf-8") for path in files)
    used = words_in(written.replace("_", " "))
    assert not [word.title for word in glossary() if word not in used]


def test_a_word_carries_its_sentence_where_it_stands_first() -> None:
    link = f'[logits]({PLACE} "{LOGIT.sentence}")'
    assert explained("From logits to other logits.") == f"From {link} to other logits."
    assert explained("**Logits** are scores") == f'**[Logits]({PLACE} "{LOGIT.sentence}")** are scores'
    assert explained(explained("two logits")) == explained("two logits")


@pytest.mark.parametrize(
    "text",
    ["`logits`", "$logits$", "[logits](https://example.org)", "analogits", "adam and eve", ":material/tanh:", ""],
)
def test_code_formulas_links_and_other_words_stay_as_they_are(text: str) -> None:
    assert explained(text) == text


def test_the_longest_word_wins() -> None:
    assert [word.title for word in words_in("Integrated gradients, gradients, AdamW")] == [
        "Integrated gradients",
        "Gradient",
        "AdamW",
    ]


def test_in_html_only_text_is_touched() -> None:
    html = '<style>.tanh { color: red }</style><p title="tanh">of <b>tanh</b> and <code>softmax</code></p>'
    marked = explained_html(html)
    assert marked.startswith(
        '<style>.tanh { color: red }</style><p title="tanh">of <b><a href="#word" title="An S-shaped'
    )
    assert marked.endswith(">tanh</a></b> and <code>softmax</code></p>")
    assert bare_words(html, html=True) and not bare_words(marked, html=True)


def test_the_help_of_a_control_ends_with_the_words_of_its_label() -> None:
    told = help_with_words("Another number.", "Logit", "ReLU")
    assert told.startswith(f"Another number.\n\n**Logit**: {LOGIT.sentence}\n\n**ReLU**: ")
    assert help_with_words("", "Size") == ""
