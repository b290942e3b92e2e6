"""Who remembers is measured on stories that nobody was trained on."""

from pathlib import Path

import numpy as np
import pytest

from core.data.text.stories import LANGUAGES, stories, tell
from core.inspection.measurements import NotMeasured
from core.inspection.memory.recall import CASES, DISTANCES, READERS, load_recall, recall, shipped_language_probabilities
from core.models.shipped import load_shipped
from core.shipping.stories import SEEDS, STORY_TRAININGS


@pytest.mark.parametrize("name", READERS)
def test_the_shipped_network_remembers_what_was_measured(name: str) -> None:
    first = next(one for one in load_recall().trained if one.name == name and one.seed == 0)
    some = (8, 20, 40)
    chance, cases = recall(load_shipped(name).network, some)
    places = [DISTANCES.index(distance) for distance in some]
    assert cases == tuple(first.cases[place] for place in places)
    # The measure is from another training of the same seed; with as many threads it would be the same to the bit.
    assert np.abs(np.array(chance) - np.array(first.chance)[places]).max() < 0.25


def test_the_measure_is_whole() -> None:
    reach = load_recall()
    assert set(READERS) == set(STORY_TRAININGS)
    for name in READERS:
        assert reach.of(name).shape == (SEEDS, len(DISTANCES))
        assert 0 <= reach.of(name).min() <= reach.of(name).max() <= 1


def test_recall_agrees_with_single_readings() -> None:
    told = stories(CASES, (30, 30), 30, held_out=True)
    single = [shipped_language_probabilities("story-gru", story.words)[story.answer] for story in told]
    (chance,), (cases,) = recall(load_shipped("story-gru").network, (30,))
    assert cases == len(told)
    assert np.mean(single) == pytest.approx(chance, abs=1e-3)


def test_whoever_sees_the_last_twelve_words_guesses_beyond_them() -> None:
    reach = load_recall()
    near, far = DISTANCES.index(8), DISTANCES.index(14)
    assert reach.of("story-window")[:, near].min() > 0.9
    assert reach.of("story-window")[:, far:].max() < 0.2
    assert reach.of("story-lstm")[:, far].min() > 0.9


def test_another_country_gives_another_language() -> None:
    languages = list(LANGUAGES)
    for country in ("France", "Japan", "Sweden"):
        chances = shipped_language_probabilities("story-lstm", tell(country, "Boston", 20, 3).words)
        assert languages[int(chances.argmax())] == country


def test_no_words_are_a_guess() -> None:
    assert shipped_language_probabilities("story-gru", ()) == pytest.approx(np.full(12, 1 / 12))


def test_without_its_file_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured, match=r"core\.shipping reach"):
        load_recall(tmp_path / "reach.json")
