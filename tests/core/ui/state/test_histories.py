"""Undo after typing, after a sample, and after both."""

from core.ui.state.sentence_pair import SentencePair
from core.ui.state.text_history import TextHistory


def test_undo_brings_back_what_was_there_before_the_typing() -> None:
    text = TextHistory("a sample")
    for typed in ("a sampl", "a samp", "a s"):
        text.update(0, typed)
    assert text.before == ["a sample"]
    text.undo()
    assert (text.text, text.before, text.version) == ("a sample", [], 1)


def test_what_was_typed_is_kept_before_a_sample_takes_its_place() -> None:
    text = TextHistory("a sample")
    text.update(0, "mine")
    text.update(9, "typed into an older field")
    text.replace("another sample")
    text.update(1, "another sample")  # the field says what it was told
    text.undo()
    assert text.text == "mine"
    text.undo()
    assert text.text == "a sample"
    text.undo()
    assert text.text == "a sample"


def test_two_sentences_are_typed_and_undone_together() -> None:
    pair = SentencePair("one", "two")
    pair.update("first", 0, "one more")
    pair.update("second", 0, "two more")
    pair.exchange()
    assert (pair.first, pair.second) == ("two more", "one more")
    pair.undo()
    assert (pair.first, pair.second) == ("one more", "two more")  # the exchange alone
    pair.undo()
    assert (pair.first, pair.second) == ("one", "two")
