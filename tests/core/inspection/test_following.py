import numpy as np
import pytest
import torch

from core.data.text.vocabulary import shipped_vocabulary
from core.inspection.text.reading import encode, predict_next_words, sentence_surprise
from core.models.shipped import load_shipped

FOX = ("the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog")


def log_chances(words):
    with torch.no_grad():
        return load_shipped("next-word").network(encode(words))[0].log_softmax(1).numpy().astype(np.float64)


@pytest.mark.parametrize("words", [FOX, ("great",), ("xqzzt",), ("<", "script", ">")], ids=lambda words: words[0])
def test_every_word_is_as_surprising_as_the_network_says(words):
    vocabulary, chances = shipped_vocabulary(), log_chances(words)
    numbers = [*(vocabulary.number(word) for word in words), 0]
    found = sentence_surprise(words)
    assert found.words == (*words, "")
    assert found.known == tuple(number != 1 for number in numbers)
    expected = chances[np.arange(len(numbers)), numbers]
    assert np.log(found.probabilities) == pytest.approx(expected, abs=1e-4)
    assert found.surprises == pytest.approx(-expected / np.log(2), abs=1e-3)
    assert found.perplexity == pytest.approx(np.exp(-expected.mean()), rel=1e-3)


def test_ranks_agree_with_what_is_offered():
    found, offered = sentence_surprise(FOX), predict_next_words(FOX, 7_000)
    for word, rank, place in zip(found.words, found.ranks, offered, strict=True):
        if word == "fox":
            assert rank is None
        else:
            assert rank is not None
            assert place.words[rank - 1] == word


def test_the_beginning_alone_can_be_followed():
    found = sentence_surprise(())
    assert found.words == ("",)
    assert found.probabilities.shape == (1,)
    assert found.perplexity == pytest.approx(1 / float(found.probabilities[0]), rel=1e-5)
    assert len(sentence_surprise(("film",) * 200).ranks) == 201


def test_asking_what_is_expected_leaves_the_chance_of_unknown_words():
    words = ("a", "fox", "a", "fox")
    predict_next_words(words)
    assert sentence_surprise(words).probabilities[1] > 0
