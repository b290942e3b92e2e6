"""A network reads a surname letter by letter; what it says of names it has not seen."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.sources import folder_of
from core.data.text.surnames import ALPHABET, LANGUAGES, LONGEST, held_out
from core.inspection.letters.surnames import NAME, evaluate_surnames, read_name
from core.models.shipped import card, load_shipped
from core.models.text.letters import LANGUAGES as CLASSES
from core.models.text.letters import NAME_LETTERS, WORD_LETTERS


def test_an_opinion_is_what_the_network_says_of_the_beginning() -> None:
    opinion = read_name("o'neal")
    network = load_shipped(NAME).network
    for place in range(6):
        with torch.inference_mode():
            logits = network(torch.from_numpy(ALPHABET.encode(["o'neal"[: place + 1]])))
        np.testing.assert_allclose(opinion.probabilities[place], torch.softmax(logits[0], -1), atol=1e-5)
    assert opinion.ranking[0] == int(opinion.final.argmax())


@settings(max_examples=20)
@given(st.text(ALPHABET.letters, min_size=1, max_size=LONGEST))
def test_any_name_is_read(name: str) -> None:
    opinion = read_name(name)
    assert opinion.probabilities.shape == (len(name), len(LANGUAGES))
    np.testing.assert_allclose(opinion.probabilities.sum(1), 1, atol=1e-5)


def test_the_scores_on_the_card_are_the_scores() -> None:
    if folder_of("names") is None:
        pytest.skip("the list of surnames is not here")
    tested, about = evaluate_surnames(), card(NAME)
    assert tested.confusion.sum() == len(held_out()) == about.test.cases
    assert abs(int(np.trace(tested.confusion)) - about.test.correct) <= 1
    f1 = []
    for one in np.unique(tested.truth):
        right = tested.confusion[one, one]
        f1.append(2 * right / (tested.confusion[one].sum() + tested.confusion[:, one].sum()))
    (name, stated), *_ = about.figures.items()
    assert name == f"macro F1 over {len(f1)} languages on 3,387 other surnames"
    assert np.mean(f1) == pytest.approx(stated, abs=2e-3)
    assert about.test.correct > about.also[1].correct  # of who always says Russian


def test_cells_hold_the_names_the_surest_first() -> None:
    tested = evaluate_surnames()
    true, answer = LANGUAGES.index("Polish"), LANGUAGES.index("Czech")
    places = tested.in_cell(true, answer)
    assert len(places) == tested.confusion[true, answer]
    assert all(tested.names.languages[at] == (true,) and tested.answers[at] == answer for at in places)
    confidence = tested.confidence[list(tested.mistakes())]
    assert (np.diff(confidence) <= 0).all()
    assert len(confidence) == len(held_out()) - int(np.trace(tested.confusion))


def test_the_networks_are_as_large_as_their_alphabets() -> None:
    from core.data.text.spelling import ALPHABET as OF_WORDS

    assert (ALPHABET.size, OF_WORDS.size, len(LANGUAGES)) == (NAME_LETTERS, WORD_LETTERS, CLASSES)
