"""What a network's states were while it read the library: those of every sentence on its own."""

import numpy as np
import pytest

from core.data.text.corpora import library
from core.inspection.text.library import read_library
from core.inspection.text.reading import read


@pytest.fixture(scope="module", params=["gru", "lstm"])
def found(request: pytest.FixtureRequest):
    return request.param, read_library(request.param)


def test_every_word_of_the_library_has_a_state(found) -> None:
    _, everything = found
    sentences = library().sentences
    count = sum(map(len, sentences))
    assert everything.corpus.sentences == library().sentences
    assert everything.states.shape == (count, 24)
    assert len(everything.words) == len(everything.sentence) == len(everything.position) == count
    assert everything.verdicts.shape == (count,)
    for place in (0, 1, count // 2, count - 1):
        row, position = everything.sentence[place], everything.position[place]
        assert sentences[row][position] == everything.words[place]
    assert np.array_equal(np.bincount(everything.sentence), [len(words) for words in sentences])
    assert np.array_equal(everything.position == 0, np.diff(everything.sentence, prepend=-1) == 1)


def test_the_states_are_those_of_each_sentence_alone(found) -> None:
    cell, everything = found
    lengths = [len(words) for words in library().sentences]
    for row in {0, 1, len(lengths) - 1, int(np.argmin(lengths)), int(np.argmax(lengths))}:
        alone = read(cell, library().sentences[row])
        there = everything.sentence == row
        np.testing.assert_allclose(everything.states[there], alone.states[1:], atol=1e-5)
        np.testing.assert_allclose(everything.verdicts[there], alone.verdicts[1:], atol=1e-5)


def test_it_is_read_once() -> None:
    assert read_library("gru") is read_library("gru")
