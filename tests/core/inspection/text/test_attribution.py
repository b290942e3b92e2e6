import numpy as np
import pytest
import torch

from core.inspection.text.attribution import WORD_METHODS, integrated_gradients, leave_one_out, network_of
from core.inspection.text.reading import READERS, bag_bias, bag_contributions, encode

FOOD = ("the", "food", "was", "good", ",", "not", "bad", "at", "all")
STRANGE = ("gloriously", "unwatchabel", ",", "a", "filmish", "nonsensification")
TRANSFORMER = "sentence-transformer"
each = pytest.mark.parametrize("name", READERS)
smooth = pytest.mark.parametrize("name", [name for name in READERS if name != TRANSFORMER])
"""Those whose answer changes smoothly from zero vectors on: a Transformer normalises every vector, however short."""


def lean(name, words):
    with torch.no_grad():
        logits = network_of(name)(encode(words))[0]
    return float(logits[1] - logits[0])


@each
@pytest.mark.parametrize("words", [FOOD, STRANGE], ids=["known", "unknown"])
def test_leaving_out_is_reading_the_rest(name, words):
    found = leave_one_out(network_of(name), words)
    assert found.score == pytest.approx(lean(name, words), abs=1e-5)
    rest = [lean(name, words[:place] + words[place + 1 :]) for place in range(len(words))]
    assert found.values == pytest.approx(found.score - np.array(rest), abs=1e-4)


@smooth
@pytest.mark.parametrize("words", [FOOD, STRANGE], ids=["known", "unknown"])
def test_integrated_gradients_add_up(name, words):
    found = integrated_gradients(network_of(name), words)
    vectors = torch.zeros(1, len(words), network_of(name).words.table.embedding_dim)
    with torch.no_grad():
        logits = network_of(name).classify_vectors(vectors, torch.ones(1, len(words), dtype=torch.bool))[0]
    rise = lean(name, words) - float(logits[1] - logits[0])
    assert float(found.values.sum()) == pytest.approx(rise, abs=0.02)
    assert abs(found.gap) <= 0.02


@smooth
def test_integrated_gradients_are_the_mean_gradient_times_the_vectors(name):
    network = network_of(name)
    vectors = network.words(encode(FOOD))
    count = 2000
    shares = (torch.arange(count) + 0.5) / count  # the plain midpoint rule, all at once
    leaves = (vectors * shares[:, None, None]).requires_grad_()
    logits = network.classify_vectors(leaves, torch.ones(count, len(FOOD), dtype=torch.bool))
    gradients = torch.autograd.grad((logits[:, 1] - logits[:, 0]).sum(), leaves)[0]
    expected = (vectors * gradients.mean(0)).sum(-1)[0].numpy()
    assert integrated_gradients(network_of(name), FOOD).values == pytest.approx(expected, abs=0.02)


def test_in_a_bag_of_words_both_are_the_weights_of_the_words():
    weights = bag_contributions(FOOD)
    for method in (leave_one_out, integrated_gradients):
        found = method(network_of("sentence-bag"), FOOD)
        assert found.values == pytest.approx(weights, abs=1e-5)
        assert found.baseline == pytest.approx(bag_bias(), abs=1e-6)
        assert found.gap == pytest.approx(0, abs=1e-5)


@each
@pytest.mark.parametrize("words", [(), ("great",), ("<script>",), ("good", "not") * 100], ids=len)
def test_a_sentence_of_any_length_is_shared_out(name, words):
    for method in (leave_one_out, integrated_gradients):
        found = method(network_of(name), words)
        assert found.values.shape == (len(words),)
        assert np.isfinite(found.values).all()
    if len(words) == 1:
        only = leave_one_out(network_of(name), words)
        assert only.gap == pytest.approx(0, abs=1e-5)


def test_a_wide_gap_is_tried_again_with_more_places():
    words = ("the", "film", "was", "not", "bad", ",", "it", "was", "good", ".") * 4
    assert " at 32 places" not in integrated_gradients(network_of("sentence-rnn"), words).note
    assert " at 32 places" in integrated_gradients(network_of("sentence-bag"), words).note


def test_values_that_do_not_add_up_are_called_so():
    long = ("the", "food", "was", "good", ",", "not", "bad", "at", "all") * 22
    wrong = integrated_gradients(network_of("sentence-gru"), long)
    assert abs(wrong.gap) > 0.1 * abs(wrong.score - wrong.baseline) and "do not add up" in wrong.warning
    assert not integrated_gradients(network_of("sentence-gru"), FOOD).warning


@each
@pytest.mark.parametrize("method", WORD_METHODS, ids=lambda method: method.title)
def test_what_speaks_for_positive_speaks_against_negative(name, method):
    positive, negative = (method.attribute(network_of(name), FOOD, target) for target in (1, 0))
    assert negative.values == pytest.approx(-positive.values, abs=1e-5)
    assert negative.score == pytest.approx(-positive.score, abs=1e-5)
    assert abs(positive.gap) <= 0.02 or method.run is leave_one_out or name == TRANSFORMER


@pytest.mark.parametrize("words", [FOOD, FOOD[::-1], STRANGE, ("good", "not") * 40], ids=len)
def test_what_does_not_add_up_for_a_transformer_is_said(words):
    found = integrated_gradients(network_of(TRANSFORMER), words)
    wide = abs(found.gap) > 0.1 * max(1.0, abs(found.score - found.baseline))
    assert bool(found.warning) == wide
    assert "normalises every vector" in found.warning or not wide
    assert f"The gap is {abs(found.gap):.3f}" in found.note


def test_without_words_a_transformer_has_its_class_token():
    assert leave_one_out(network_of(TRANSFORMER), ()).score == pytest.approx(lean(TRANSFORMER, ()), abs=1e-6)
