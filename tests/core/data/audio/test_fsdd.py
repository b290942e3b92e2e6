import numpy as np
import pytest
import soundfile

from core.data.audio.fsdd import KEPT_APART, SPEAKERS, known_voices, left_out, spoken_digits
from core.data.sources import DownloadFailed, NotHere, download, folder_of, published

needs_recordings = pytest.mark.skipif(folder_of("fsdd") is None, reason="the recordings are not here")


@pytest.fixture
def collection(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Every recording of the collection, a single sample long, in PLAYGROUND_DATA."""
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    (tmp_path / "fsdd" / "recordings").mkdir(parents=True)
    soundfile.write(tmp_path / "one.wav", np.array([0.5]), 8000)
    data = (tmp_path / "one.wav").read_bytes()
    for file in published("fsdd").files:
        (tmp_path / "fsdd" / file).write_bytes(data)
    spoken_digits.cache_clear()
    yield tmp_path / "fsdd"
    spoken_digits.cache_clear()


def test_known_voices_are_parted_by_index_and_strangers_by_name(collection) -> None:
    learnt, tested = known_voices()
    assert (len(learnt), len(tested)) == (2250, 250)
    assert {one.speaker for one in tested} == set(SPEAKERS) and max(one.index for one in tested) == KEPT_APART - 1
    assert not {one.name for one in learnt} & {one.name for one in tested}
    others, strange = left_out("theo")
    assert {one.speaker for one in strange} == {"theo"} and len(strange) == 500
    assert "theo" not in {one.speaker for one in others} and len(others) == 2000
    with pytest.raises(NotHere, match="damaged"):
        (collection / "recordings" / "3_theo_7.wav").write_bytes(b"nothing")
        spoken_digits.cache_clear()
        spoken_digits()


def test_without_the_collection_there_is_a_sentence(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    spoken_digits.cache_clear()
    with pytest.raises(NotHere, match="not on this machine"):
        spoken_digits()
    with pytest.raises(DownloadFailed, match="cannot be downloaded"):
        download("fsdd")


@needs_recordings
def test_the_collection_is_what_its_readme_says() -> None:
    everything = spoken_digits()
    assert len(everything) == 2500
    seconds = np.array([len(one.samples) for one in everything]) / 8000
    assert seconds.min() > 0.14 and seconds.max() < 2.4
