"""Units that are on over exactly these words, and passages like it: oracles done by hand."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.text.tokens import read_text, write_text
from core.inspection.text.passages import UnitMatch, choose_units, rank_units, search_passages, suggest_span
from tests.core.inspection.text.test_units import made

#                   word     0     1     2     3     4
STATES = np.array([[0.0, 0.6, 0.7, 0.1, 0.0],  # on at 1 and 2
                   [0.6, 0.6, 0.7, 0.1, 0.0],  # before as well
                   [0.0, -0.6, -0.5, -0.4, 0.0],  # on below zero at 1 and 2
                   [0.1, 0.1, 0.1, 0.1, 0.1],  # never on
                   [0.0, 0.0, 0.0, 0.9, 0.9]]).T  # fmt: skip  # on elsewhere


def test_units_are_ranked_by_words_that_are_right():
    found = rank_units(STATES, (1, 3), 0.5)
    assert [(one.unit, one.sign, one.right, one.asked, one.exact) for one in found] == [
        (0, 1, 4, 4, True), (2, -1, 4, 4, True), (1, 1, 3, 4, False),
    ]  # fmt: skip
    assert found[1].strength == pytest.approx(0.55)
    assert [one.unit for one in choose_units(found)] == [0, 2]
    assert [one.unit for one in choose_units(found[2:])] == [1]
    assert choose_units(()) == ()


def test_at_an_end_there_is_no_neighbour_to_ask():
    found = rank_units(STATES, (3, 5), 0.5)
    assert [(one.unit, one.right, one.asked) for one in found] == [(4, 3, 3)]
    everywhere = rank_units(np.full((3, 1), 0.5), (0, 3), 0.5)
    assert [(one.unit, one.right, one.asked) for one in everywhere] == [(0, 3, 3)]


def test_the_span_to_begin_with_is_where_most_units_turn_on_together():
    assert suggest_span(STATES[:, [0, 2]], 0.5) == (1, 3)
    assert suggest_span(STATES, 0.5) == (3, 5)  # the last unit jumps furthest
    assert suggest_span(np.full((1, 2), 0.01)) == (0, 1)
    with pytest.raises(ValueError, match="no word"):
        suggest_span(np.zeros((0, 2)))


def candidate(unit, sign=1):
    return UnitMatch(unit, sign, 3, 3, 0.9)


def library():
    return made(
        ["a b c", "d e", "f g h"],
        [[0, 0, 0], [1, -1, 1], [1, -1, 0],  # a [b c]: units 0 and -1; [b]: unit 2
         [1, -1, 0], [0, 0, 0],  # [d] e: it does not go on from c
         [0, 0, 0], [1, 0, 0], [0, 0, 0]],  # f [g] h: unit 0
        labels=[1, 0, 1],
    )  # fmt: skip


def test_passages_are_runs_that_units_share():
    found = search_passages(library(), [candidate(0), candidate(1, -1), candidate(2)], 2, 0.5)
    told = [
        (one.sentence, one.start, one.stop, [each.unit for each in one.shared], one.label) for one in found.passages
    ]
    assert told == [(0, 1, 3, [0, 1], 1), (1, 0, 1, [0, 1], 0), (2, 1, 2, [0], 1)]
    assert (found.shared, found.count, found.positive) == (2, 2, 1)


def test_passages_of_the_same_length_come_first_and_the_sentence_itself_never():
    two = [candidate(0), candidate(1, -1)]
    assert [one.sentence for one in search_passages(library(), two, 1, 0.5).passages] == [1, 0, 2]
    assert [one.sentence for one in search_passages(library(), two, 1, 0.5, ("d", "e")).passages] == [0, 2]
    assert len(search_passages(library(), two, 1, 0.5, most=1).passages) == 1
    assert search_passages(library(), [], 1, 0.5).passages == ()
    assert search_passages(library(), [candidate(2, -1)], 1, 0.5).count == 0


@given(st.data())
def test_any_span_and_threshold_give_what_a_loop_gives(data):
    seed, words = data.draw(st.integers(0, 99)), data.draw(st.integers(1, 12))
    rng = np.random.default_rng(seed)
    states = rng.uniform(-1, 1, (words, 4)).astype(np.float32)
    first = data.draw(st.integers(0, words - 1))
    stop = data.draw(st.integers(first + 1, words))
    threshold = data.draw(st.floats(0.05, 0.95))

    def is_run(rows, begin, end, one):
        on = one.sign * rows[:, one.unit].astype(np.float64) >= threshold
        return on[begin:end].all() and not on[max(begin - 1, 0) : begin].any() and not on[end : end + 1].any()

    ranked = rank_units(states, (first, stop), threshold)
    exact = {(one.unit, one.sign) for one in ranked if one.exact}
    every = [candidate(unit, sign) for unit in range(4) for sign in (1, -1)]
    assert exact == {(one.unit, one.sign) for one in every if is_run(states, first, stop, one)}
    begin, end = suggest_span(states, threshold)
    assert 0 <= begin < end <= words

    lengths = (3, 1, 5)
    read = made(["w " * length for length in lengths], rng.uniform(-1, 1, (9, 4)))
    found = search_passages(read, every, stop - first, threshold)
    starts = np.cumsum((0, *lengths))
    for one in found.passages:
        rows = read.states[starts[one.sentence] : starts[one.sentence + 1]]
        shared = [each for each in every if is_run(rows, one.start, one.stop, each)]
        assert list(one.shared) == shared
    best = max((len(one.shared) for one in found.passages), default=0)
    assert best == found.shared
    assert len({one.sentence for one in found.passages}) == len(found.passages)


def test_a_whole_library_is_searched_at_once():
    rng = np.random.default_rng(3)
    read = made(["w " * 20] * 2000, rng.uniform(-1, 1, (40_000, 24)))
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        search_passages(read, [candidate(unit) for unit in range(24)], 2, 0.3)
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.2  # about 0.02 on an idle core; tests share theirs


@given(st.text(max_size=60))
def test_words_are_written_so_that_they_are_read_again(text):
    words = read_text(text).words
    assert read_text(write_text(words)).words == words


def test_written_words_look_like_a_sentence():
    assert (
        write_text(read_text("It's good, isn't it? I don't know ...").words) == "it's good, isn't it? i don't know ..."
    )
