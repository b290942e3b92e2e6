from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.data.images.datasets import ImageSet, sample_digits
from core.data.sources import FILES
from core.models.cards import CardScore
from core.models.shipped import load_shipped
from core.shipping import build as pretrain
from core.shipping.lesson import ShippingRecipe


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """MNIST replaced by our sheet of samples, trainings of one epoch, files of four bytes."""
    samples = sample_digits()
    small = ImageSet(samples.images, samples.labels, samples.indices, "a few digits", True)
    monkeypatch.setattr(pretrain, "digits", lambda split: small)
    monkeypatch.setattr(pretrain, "folder_of", lambda name: tmp_path)
    monkeypatch.setattr(pretrain, "KEPT_BACK", 50)
    monkeypatch.setattr(pretrain, "traced_digits", lambda count, seed, digits: digits[:10] / np.float32(255))
    monkeypatch.setattr(
        pretrain,
        "nondigits",
        lambda count, seed, digits, held_out: {"letters": np.ones((12, 28, 28), np.float32)},
    )
    for name in FILES:
        (tmp_path / name).write_bytes(b"data")
    short = ShippingRecipe(epochs=1, batch_size=32, learning_rate=1e-3)
    for name, lesson in list(pretrain.TRAININGS.items()):
        if name.startswith("digit"):
            monkeypatch.setitem(pretrain.TRAININGS, name, replace(lesson, recipe=short))
    threads = torch.get_num_threads()
    yield
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", ["digit-cnn", "digit-gru", "digit-or-not"])
def test_the_same_seed_gives_the_same_file(small_world: None, tmp_path: Path, name: str) -> None:
    cards = [pretrain.pretrain(name, tmp_path / folder) for folder in ("first", "again")]
    first, again = ((tmp_path / folder / f"{name}.safetensors").read_bytes() for folder in ("first", "again"))
    assert first == again
    assert cards[0].weights_sha256 == cards[1].weights_sha256
    assert load_shipped(name, tmp_path / "first").card == cards[0]
    assert (cards[0].threshold is not None) == (name == "digit-or-not")


def test_the_score_counts_right_answers() -> None:
    samples = sample_digits()
    network = load_shipped("digit-cnn").network
    shifted = ImageSet(samples.images, (samples.labels + 1) % 10, samples.indices, "wrong labels", True)
    right, wrong = pretrain.score(network, samples), pretrain.score(network, shifted)
    assert isinstance(right, CardScore)
    assert right.cases == len(samples)
    assert right.accuracy > 0.7 > 0.3 > wrong.accuracy


def test_unknown_names_are_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        pretrain.main(["digit-transformer"])
    assert "there are vocabulary, tagging-vocabulary, words, surnames, digit-cnn" in capsys.readouterr().err


def test_without_its_data_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(name: str) -> Path:
        raise pretrain.DownloadFailed("SST-2 could not be downloaded.")

    monkeypatch.setattr(pretrain, "folder_of", lambda name: None)
    monkeypatch.setattr(pretrain, "download", fail)
    assert pretrain.main(["sentence-bag", "--into", str(tmp_path)]) == 1
    assert "PLAYGROUND_DATA" in capsys.readouterr().err


def test_the_sheet_of_samples_is_written(small_world: None, tmp_path: Path) -> None:
    count = pretrain.write_samples(tmp_path)
    with np.load(tmp_path / "digits.npz") as sheet:
        assert len(sheet["labels"]) == count
        assert np.bincount(sheet["labels"]).min() == 20
