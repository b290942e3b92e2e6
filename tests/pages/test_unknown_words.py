"""What pages say of texts that no network has learnt to read."""

import pytest

from core.ui.sections.both_ways.fields import PAIRS as NAMES
from core.ui.state.sentence_pair import PAIRS as SENTENCES
from tests.support.apps import open_page

STRANGE = ["Das Essen war wirklich nicht schlecht", "xqzt wlpf grmbl", "asdf jklö qwer"]


def warned(script: str, **query: str) -> bool:
    return any("new to the networks" in one.value for one in open_page(script, **query).warning)


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize(("script", "name"), [("sentence", "text"), ("distance", "story")])
def test_a_text_of_unknown_words_is_said_to_be_one(script: str, name: str, text: str) -> None:
    assert warned(script, **{name: text})


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("script", ["order", "both_ways"])
def test_two_sentences_of_unknown_words_are_said_to_be_such(script: str, text: str) -> None:
    assert warned(script, first=text, second=text)


@pytest.mark.parametrize("side", ["first", "second"])
@pytest.mark.parametrize("script", ["order", "both_ways"])
def test_a_known_sentence_beside_it_does_not_hide_an_unknown_one(script: str, side: str) -> None:
    (said,) = [one.value for one in open_page(script, **{side: "xqzt wlpf grmbl"}).warning]
    assert f"the words of the {side} sentence" in said
    assert "3 of 3" in said


@pytest.mark.parametrize(
    ("script", "first", "second"),
    [("order", *pair) for pair in SENTENCES] + [("both_ways", *pair) for pair in NAMES],
)
def test_no_pair_of_the_menu_is_strange(script: str, first: str, second: str) -> None:
    assert not warned(script, first=first, second=second)


@pytest.mark.parametrize("script", ["sentence", "distance", "order", "both_ways"])
def test_the_texts_that_pages_open_with_are_known(script: str) -> None:
    assert not warned(script)


def test_signs_and_numbers_are_no_words() -> None:
    assert not warned("sentence", text="3.5 !!! good 100")


@pytest.mark.parametrize(("typed", "new"), [("Th", ""), ("The f", ""), ("qwertz", "1 of 1"), ("Das Es", "1 of 2")])
def test_a_word_that_may_still_become_a_known_one_is_not_new(typed: str, new: str) -> None:
    said = [one.value for one in open_page("sentence", text=typed).warning]
    assert len(said) == bool(new)
    assert not said or f"Half or more of these words are new to the networks** ({new})" in said[0]
