"""Stories have their question where they say, and their words are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.stories import (
    CITIES,
    FILLERS,
    HELD_OUT_CITIES,
    HELD_OUT_FILLERS,
    LANGUAGES,
    LIVES_ELSEWHERE,
    SHORTEST,
    encode_stories,
    stories,
    tell,
    vocabulary,
)
from core.models.text.sentences import COUNTRIES, STORY_ROWS


def test_stories_by_hand() -> None:
    story = tell("France", "Boston", LIVES_ELSEWHERE, 0)
    assert story.text == "France is where I grew up, but now I live in Boston. I speak fluent"
    assert list(LANGUAGES.values())[story.answer] == "French"
    assert story.distance == LIVES_ELSEWHERE == len(story.words) - 1
    assert tell("Japan", "Boston", SHORTEST, 0).text == "I grew up in Japan. I speak fluent"
    assert tell("Japan", "Boston", SHORTEST + 1, 0).text == "I grew up in Japan. I still speak fluent"


@given(
    st.sampled_from(list(LANGUAGES)),
    st.sampled_from(CITIES + HELD_OUT_CITIES),
    st.integers(SHORTEST, 195),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_the_question_stands_as_far_away_as_asked(
    country: str, city: str, distance: int, seed: int, held_out: bool
) -> None:
    story = tell(country, city, distance, seed, held_out=held_out)
    words = story.words
    assert len(words) - 1 - words.index(country.lower()) == distance == story.distance
    assert words[-2:] == ("speak", "fluent")
    assert sum(word in {name.lower() for name in LANGUAGES} for word in words) == 1
    assert all(word in vocabulary() for word in words)
    assert story == tell(country, city, distance, seed, held_out=held_out)


def test_what_is_held_out_is_not_trained_on() -> None:
    assert not set(FILLERS) & set(HELD_OUT_FILLERS) and not set(CITIES) & set(HELD_OUT_CITIES)
    trained = {word for filler in FILLERS for word in filler.split()}
    assert trained >= {word for filler in HELD_OUT_FILLERS for word in filler.split()}
    learnt = {story.text for story in stories(3000, (SHORTEST, 60), 0, held_out=False)}
    for distance in (6, 7, 9, 16, 17, 30, 60):
        kept = stories(200, (distance, distance), 1, held_out=True)
        assert kept and len(set(kept)) == len(kept)
        assert not learnt & {story.text for story in kept}


def test_sizes_are_those_of_the_networks() -> None:
    assert vocabulary().size == STORY_ROWS
    assert len(LANGUAGES) == COUNTRIES
    pieces, answers = encode_stories(stories(50, (16, 40), 0, held_out=False))
    assert pieces.shape[0] == len(answers) == 50
    assert 17 <= pieces.shape[1] <= 41
    one, again, other = (stories(5, (16, 40), seed, held_out=False) for seed in (1, 1, 2))
    assert one == again != other


@pytest.mark.parametrize("distance", [0, 3, SHORTEST])
def test_a_distance_that_is_too_short_gives_the_shortest_story(distance: int) -> None:
    assert tell("Japan", "Leeds", distance, 0).distance == SHORTEST
