"""Windows, parts and samples, against what is worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.series.coding import decode_values, encode_values
from core.data.series.samples import MADE, SAMPLES, here, sample
from core.data.series.series import LEAST, MOST, longest_horizon, longest_window, split
from core.data.series.windows import windows
from core.data.sources import NotHere


def test_windows_by_hand() -> None:
    inputs, targets = windows(np.arange(10.0), 3, 2, 5, 8)
    np.testing.assert_array_equal(inputs, [[1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 6]])
    np.testing.assert_array_equal(targets, [[3, np.nan, 5], [4, 5, 6], [5, 6, 7], [6, 7, np.nan]])


@given(st.integers(LEAST, 400), st.data())
def test_every_value_is_forecast_every_number_of_steps_ahead(length: int, data: st.DataObject) -> None:
    window = data.draw(st.integers(2, longest_window(length)))
    horizon = data.draw(st.integers(1, longest_horizon(length)))
    parts = split(length)
    assert 0 < parts.training < parts.validation < parts.end == length
    values = np.arange(float(length))
    for begin, end in ((parts.training, parts.validation), (parts.validation, length)):
        inputs, targets = windows(values, window, horizon, begin, end)
        assert (inputs[:, -1] == targets[:, 0]).all()
        known = targets[:, 1:]
        assert (np.isfinite(known).sum(0) == end - begin).all()  # each step ahead counts the same values
        assert np.nanmin(known) == begin and np.nanmax(known) == end - 1
    learnt = windows(values, window, horizon, 0, parts.training)[1][:, 1:]
    assert np.nanmax(learnt) < parts.training


def test_samples_made_by_rule_are_the_same_again_and_differ_by_draw() -> None:
    for name, length in MADE.items():
        assert len(sample(name)) == length and sample(name) is sample(name)
        assert not np.array_equal(sample(name).values, sample(name, 1).values)
    np.testing.assert_allclose(sample("sine", noise=0).values[:2], [0, np.sin(2 * np.pi / 25)])
    changes = np.diff(np.log(sample("walk").values))
    assert changes.std() == pytest.approx(0.01, rel=0.1)


@pytest.mark.skipif(not here(), reason="the published series are not here")
def test_published_samples_have_as_many_values_as_published() -> None:
    found = {name: len(sample(name)) for name in SAMPLES if name not in MADE}
    assert found == {"sunspots": 2820, "passengers": 144, "temperatures": 3650}
    assert sample("passengers").values[[0, -1]].tolist() == [112, 432] and sample("passengers").label(0) == "1949-01"


def test_a_fresh_machine_has_those_that_are_made(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    from core.data.series import samples

    monkeypatch.setattr(samples, "folder_of", lambda _: None)
    samples._published.cache_clear()
    samples._sample.cache_clear()
    with pytest.raises(NotHere, match="not been downloaded"):
        sample("sunspots")
    assert len(sample("sine")) == 600
    samples._sample.cache_clear()


@given(st.lists(st.floats(-(2.0**39), 2.0**39, width=32), min_size=LEAST, max_size=60))
def test_values_are_carried_as_text(values: list[float]) -> None:
    np.testing.assert_allclose(decode_values(encode_values(np.array(values))), values, rtol=1e-6)


@given(st.text(max_size=80))
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"make no sense\.|has 40 to|is not a number"):
        decode_values(text)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ValueError, match="40 to 20,000"):
        decode_values(encode_values(np.zeros(MOST * 50)))
