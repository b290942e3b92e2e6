"""How the shipped networks read a sentence: as they do themselves, and as their cards say."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.text.corpora import is_here, paired, treebank
from core.data.text.tokens import MOST_WORDS, read_text
from core.data.text.vocabulary import shipped_vocabulary
from core.inspection.text.attention import NAME
from core.inspection.text.reading import (
    CELLS,
    OTHER_READERS,
    READERS,
    bag_bias,
    bag_contributions,
    count_parameters,
    encode,
    predict_next_words,
    read,
    reader,
    unknown,
    verdict,
    verdict_after_each,
    weight_arrays,
)
from core.models.shipped import load_shipped
from core.shipping.sentences import count_right

SENTENCES = [
    "good",
    "The food was good, not bad at all.",
    "I don\u2019t think that the plot, which qwertzed along, was worth 3.5 stars \U0001f44d",
    "so " * MOST_WORDS,
]
GATES = {"rnn": set(), "gru": {"reset", "update", "new"}, "lstm": {"forget", "input", "candidate", "output"}}


def words_of(text: str) -> tuple[str, ...]:
    return read_text(text).words


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("cell", CELLS)
def test_a_reading_is_the_networks_own(cell, text: str) -> None:
    words = words_of(text)
    reading, network = read(cell, words), reader(cell)
    with torch.no_grad():
        logits = network(encode(words))
        states, _ = network.recurrent(network.words(encode(words)))
    assert reading.verdicts[-1] == pytest.approx(float(logits.softmax(1)[0, 1]), abs=1e-5)
    assert verdict(f"sentence-{cell}", words) == pytest.approx(float(reading.verdicts[-1]), abs=1e-5)
    assert reading.states.shape == (len(words) + 1, 24) and not reading.states[0].any()
    np.testing.assert_allclose(reading.states[1:], states[0].numpy(), atol=1e-5)
    assert reading.gates.keys() == GATES[cell]
    for gate in reading.gates.values():
        assert gate.shape == (len(words), 24)
    if cell == "lstm":
        assert reading.cells is not None and reading.cells.shape == (len(words) + 1, 24)
        np.testing.assert_allclose(reading.gates["output"] * np.tanh(reading.cells[1:]), reading.states[1:], atol=1e-5)
    else:
        assert reading.cells is None
    moved = np.sqrt(((reading.states[1:] - reading.states[:-1]) ** 2).sum(1))
    np.testing.assert_allclose(reading.changes, moved, atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_a_verdict_after_a_word_is_that_on_the_words_so_far(cell) -> None:
    words = words_of(SENTENCES[1])
    verdicts = read(cell, words).verdicts
    for count in range(1, len(words) + 1):
        assert verdicts[count] == pytest.approx(verdict(f"sentence-{cell}", words[:count]), abs=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_no_words_at_all(cell) -> None:
    reading = read(cell, ())
    assert (reading.words, reading.inputs.shape, reading.states.shape) == ((), (0, 64), (1, 24))
    assert reading.gates == {} and reading.changes.shape == (0,)
    assert reading.verdicts.shape == (1,) and 0 < reading.verdicts[0] < 1
    assert reading.cells is None or reading.cells.shape == (1, 24)


def test_no_words_at_all_for_the_others() -> None:
    assert [verdict(name, ()) for name in OTHER_READERS] == [0.5] * len(OTHER_READERS)
    assert bag_contributions(()).shape == (0,)
    (first,) = predict_next_words(())
    assert len(first.words) == 5 and "the" in first.words


ORDER_ONLY = [
    ("The food was good, not bad at all", "The food was bad, not good at all"),
    ("The food is not awful but great", "The food is not great but awful"),
    ("I expected a boring meal and got a lovely one", "I expected a lovely meal and got a boring one"),
]


@pytest.mark.parametrize(("good", "bad"), ORDER_ONLY)
def test_whoever_remembers_tells_praise_from_blame(good: str, bad: str) -> None:
    assert sorted(words_of(good)) == sorted(words_of(bad))
    for cell in CELLS:
        assert verdict(f"sentence-{cell}", words_of(good)) > 0.8
        assert verdict(f"sentence-{cell}", words_of(bad)) < 0.2
    for cell in ("gru", "lstm"):  # the plain RNN forgets what it was about where a full stop follows
        assert verdict(f"sentence-{cell}", words_of(good + ".")) > 0.8
        assert verdict(f"sentence-{cell}", words_of(bad + ".")) < 0.2
    there, back = (verdict("sentence-bag", words_of(text)) for text in (good, bad))
    assert there == pytest.approx(back, abs=1e-6)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_bag_of_words_adds_up(text: str) -> None:
    words = words_of(text)
    total = float(bag_contributions(words).sum()) + bag_bias()
    assert verdict("sentence-bag", words) == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-5)
    assert bag_contributions(("powerful",))[0] > 1 > -1 > bag_contributions(("worst",))[0]
    np.testing.assert_allclose(bag_contributions(words[:1] * 3), bag_contributions(words[:1])[0], atol=1e-6)


def test_unknown_words_are_told() -> None:
    sentence = read_text("the qwertzy film isn't fooooood")
    assert unknown(sentence) == (False, True, False, False, False, True)


@pytest.mark.parametrize("text", ["", *SENTENCES])
def test_what_comes_next(text: str) -> None:
    words = words_of(text)
    found = predict_next_words(words)
    assert len(found) == len(words) + 1
    known = {*shipped_vocabulary().words, ""}
    for one in found:
        assert len(one.words) == len(set(one.words)) == 5
        assert set(one.words) <= known
        assert one.probabilities.min() >= 0 and one.probabilities.sum() <= 1 + 1e-6
        assert (np.diff(one.probabilities) <= 0).all()
    for many, few in zip(predict_next_words(words, 20), found, strict=True):
        assert many.words[:5] == few.words and many.probabilities.sum() <= 1 + 1e-6


def test_a_sentence_that_is_over_ends() -> None:
    assert predict_next_words(words_of("the film was good ."))[-1].words[0] == ""


def test_the_weights_are_those_of_the_layer() -> None:
    for cell, blocks in zip(CELLS, (1, 3, 4), strict=True):
        found = weight_arrays(cell)
        assert found.weight_ih.shape == (blocks * 24, 64) and found.weight_hh.shape == (blocks * 24, 24)
        assert found.bias_ih.shape == found.bias_hh.shape == (blocks * 24,)
        assert count_parameters(cell) == blocks * 24 * (64 + 24 + 2) + 2 * 24 + 2


@settings(max_examples=25)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_read(text: str) -> None:
    words = words_of(text)
    for cell in CELLS:
        reading = read(cell, words)
        assert len(reading.verdicts) == len(words) + 1
        assert np.isfinite(reading.states).all()
        assert ((reading.verdicts > 0) & (reading.verdicts < 1)).all()
    for name in OTHER_READERS:
        assert 0 <= verdict(name, words) <= 1
    assert len(predict_next_words(words)) == len(words) + 1


def test_the_score_of_the_card_is_that_of_the_network() -> None:
    if not is_here():
        pytest.skip("SST-2 is not here")
    shipped = load_shipped("sentence-gru")
    score = count_right(shipped.network, treebank("test"), shipped_vocabulary())
    assert (score.data, score.cases) == (shipped.card.test.data, shipped.card.test.cases)
    assert abs(score.correct - shipped.card.test.correct) <= 1  # a machine may round a close case otherwise


def test_pairs_held_out_are_told_apart_by_memory_alone() -> None:
    pairs = paired(held_out=True)
    vocabulary = shipped_vocabulary()
    accuracies = [count_right(reader(cell), pairs, vocabulary).accuracy for cell in ("gru", "lstm")]
    assert max(accuracies) >= 0.98
    assert count_right(load_shipped("sentence-bag").network, pairs, vocabulary).accuracy == 0.5


@pytest.mark.parametrize("negation", ["isn't", "isnt", "ISNT", "isn`t", "isn\u00b4t", "isn\u2019t", "isn\u201bt"])
@pytest.mark.parametrize("name", [reader for reader in READERS if reader not in ("sentence-bag", NAME)])
def test_a_negation_is_heard_however_its_apostrophe_is_typed(name: str, negation: str) -> None:
    """By all but the bag of words, for which `good` weighs more, and the Transformer, which is not sure (below)."""
    assert verdict_after_each(name, read_text(f"This film {negation} good.").words)[-1] < 0.2


def test_a_transformer_hears_a_negation_but_is_not_sure() -> None:
    spelled = [read_text(f"This film {negation} good.").words for negation in ("isn't", "isnt", "isn\u2019t")]
    assert len(set(spelled)) == 1
    assert verdict(NAME, spelled[0]) < 0.5 < verdict(NAME, read_text("This film is good.").words)
