"""Units that count letters: properties by hand, and made-up units among noise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score

from core.data.sources import folder_of
from core.data.text import shakespeare
from core.inspection.letters.units import (
    BOUND,
    PASSAGE,
    SURE,
    TRAITS,
    best_threshold,
    best_units,
    load_measurement,
    read_in_stretches,
    traits_of,
)
from core.inspection.letters.writing import CELLS, card_of, network_of, read
from core.inspection.measurements import NotMeasured


def column(text, name):
    return traits_of(text)[:, list(TRAITS).index(name)].tolist()


def test_properties_by_hand():
    assert column("ab c\nde", "line") == [1, 2, 3, 4, 0, 1, 2]
    assert column("ab c'd", "word") == [1, 1, 0, 1, 1, 1]
    assert column("ab c'd", "length") == [1, 2, 0, 1, 2, 3]
    assert column("Ai b", "vowel") == [1, 1, 0, 0]
    assert column("Ai b", "capital") == [1, 0, 0, 0]
    assert column("a. b\nc\n\nd", "sentence") == [1, 0, 1, 2, 3, 4, 5, 0, 1]
    assert traits_of("").shape == (0, len(TRAITS))


def test_speakers_are_lines_of_a_name_alone():
    text = "AB C:\nsay: no\nWhy:\nx\n\nDe:\n"
    assert column(text, "speaker") == [1] * 5 + [0] * (len(text) - 9) + [1] * 3 + [0]


def test_a_unit_that_counts_is_found_and_confirmed():
    rng = np.random.default_rng(0)
    text = "".join(rng.choice(list("ab cd.\nE"), 3000))
    halves = []
    for half in (text[:1500], text[1500:]):
        traits = traits_of(half)
        states = rng.normal(0, 1, (1500, 20))
        states[:, 7] = -traits[:, 0] + rng.normal(0, 0.1, 1500)  # counts down
        states[:, 3] = traits[:, 4] * 2 - 1 + rng.normal(0, 0.1, 1500)  # vowels
        halves.append((traits, states))
    found = {unit.trait: unit for unit in best_units(*halves)}
    assert found["line"].unit == 7 and found["line"].confirmed < -0.99 and found["line"].confirms
    assert found["vowel"].unit == 3 and found["vowel"].confirmed == 1.0 and found["vowel"].above
    assert abs(found["vowel"].threshold or 9) < 0.5
    assert not found["speaker"].confirms


def test_a_threshold_close_to_0_keeps_its_digits():
    traits = traits_of("aeb" * 500)
    states = np.where(traits[:, 4:5] > 0, 0.00002, 0.00006) + np.zeros((1, 3))  # vowels lie below 0.00004
    found = next(unit for unit in best_units((traits, states), (traits, states)) if unit.trait == "vowel")
    assert found.confirmed == 1.0 and found.threshold == pytest.approx(4e-5) and not found.above
    said = (states[:, found.unit] > found.threshold) == found.above
    assert np.array_equal(said, traits[:, 4] > 0)


@settings(max_examples=15)
@given(st.integers(0, 500))
def test_the_best_threshold_is_that_of_a_search(seed):
    rng = np.random.default_rng(seed)
    wanted = np.concatenate([[True, False], rng.random(18) < 0.4])
    states = rng.integers(-3, 4, (20, 3)).astype(np.float32)
    unit, threshold, above = best_threshold(wanted, states)
    got = balanced_accuracy_score(wanted, (states[:, unit] > threshold) == above)
    best = max(
        balanced_accuracy_score(wanted, (states[:, one] > cut) == side)
        for one in range(3)
        for cut in np.arange(-3.5, 4)
        for side in (True, False)
    )
    assert got == pytest.approx(best)


def test_a_chance_find_is_not_confirmed():
    rng = np.random.default_rng(1)
    traits = traits_of("".join(rng.choice(list("ab c\n"), 40)))
    units = best_units((traits, rng.normal(0, 1, (40, 500))), (traits, rng.normal(0, 1, (40, 500))))
    line = units[0]
    assert abs(line.found) > 0.4 > abs(line.confirmed)


def test_long_texts_are_read_as_short_ones(monkeypatch):
    monkeypatch.setattr("core.inspection.letters.units.LENGTH", 10)
    states = read_in_stretches(network_of("gru"), "To be, or not to be")
    assert states.shape == (10, 192)
    assert np.abs(states).max() <= 1


def test_the_shipped_measurement_belongs_to_the_shipped_networks():
    measured = load_measurement()
    assert set(measured.networks) == set(CELLS)
    for cell in CELLS:
        assert [unit.trait for unit in measured.networks[cell]] == list(TRAITS)
        assert measured.weights[cell] == card_of(cell).weights_sha256
        for unit in measured.networks[cell]:
            assert unit.confirms == (abs(unit.confirmed) >= (BOUND if unit.counts else SURE))
            assert unit.counts == (unit.threshold is None)
    assert PASSAGE <= len(measured.passage) < PASSAGE + 600
    assert read("rnn", measured.passage).states.shape[0] == len(measured.passage) + 1
    assert list(measured.baselines.values()) == sorted(measured.baselines.values(), reverse=True)


def test_without_a_measurement_it_says_so(tmp_path):
    with pytest.raises(NotMeasured, match="letter-units"):
        load_measurement(tmp_path / "nothing.json")


@pytest.mark.skipif(folder_of(shakespeare.NAME) is None, reason="the plays are not here")
def test_the_passage_is_of_the_test_part():
    shakespeare.plays.cache_clear()
    assert load_measurement().passage in shakespeare.part("test")
    assert shakespeare.plays().count('"') == load_measurement().quotes == 0
