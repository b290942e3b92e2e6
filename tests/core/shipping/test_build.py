from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.data.images.datasets import ImageSet, sample_digits
from core.data.pen import unipen
from core.data.pen.unipen import characters
from core.data.sources import DownloadFailed
from core.models.cards import CardScore
from core.models.images.checkpoints import load_checkpoints
from core.models.shipped import load_shipped
from core.shipping import build, measurements
from core.shipping import digits as digit_networks
from core.shipping.__main__ import main
from core.shipping.digits import OTHERS
from core.shipping.training import one_cycle
from tests.support.collection import write_collection


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """MNIST replaced by our sheet of samples, UNIPEN by hands made by rule, trainings of one epoch."""
    samples = sample_digits()
    small = ImageSet(samples.images, samples.labels, samples.indices, "a few digits", True)
    for module in (build, digit_networks, measurements):
        monkeypatch.setattr(module, "digits", lambda split: small)
    monkeypatch.setattr(digit_networks, "KEPT_BACK", 50)
    monkeypatch.setattr(digit_networks, "DRAWN", 64)
    monkeypatch.setattr(digit_networks, "OTHERS", {kind: (32, not_it) for kind, (_, not_it) in OTHERS.items()})
    monkeypatch.setattr(digit_networks, "traced_digits", lambda count, seed, digits: digits[:10] / np.float32(255))
    monkeypatch.setattr(
        digit_networks,
        "nondigits",
        lambda count, seed, digits, held_out: {"letters": np.ones((12, 28, 28), np.float32)},
    )
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path / "data"))
    write_collection(tmp_path / "data" / "unipen")
    characters.cache_clear()
    short = one_cycle(epochs=1, batch_size=32, learning_rate=1e-3)
    for name, shipped in list(build.TRAININGS.items()):
        if name.startswith(("digit", "pen")):
            options = {name: 64 if name == "movements" else value for name, value in shipped.options.items()}
            monkeypatch.setitem(build.TRAININGS, name, replace(shipped, training=short, options=options))
    threads = torch.get_num_threads()
    yield
    characters.cache_clear()
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", ["digit-cnn", "digit-gru", "digit-or-not", "pen-gru"])
def test_the_same_seed_gives_the_same_file(
    small_world: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for part in ("TEST_WRITERS", "VALIDATION_WRITERS"):  # each is drawn digit by digit
        monkeypatch.setattr(unipen, part, 4)
    cards = [build.pretrain(name, tmp_path / folder) for folder in ("first", "again")]
    first, again = ((tmp_path / folder / f"{name}.safetensors").read_bytes() for folder in ("first", "again"))
    assert first == again
    assert cards[0].weights_sha256 == cards[1].weights_sha256
    assert load_shipped(name, tmp_path / "first").card == cards[0]
    assert (cards[0].threshold is not None) == (name == "digit-or-not")
    assert "digits.npz" in cards[0].data_sha256
    assert any("4 writers kept apart" in score.data for score in (cards[0].test, *cards[0].also))


def test_digits_of_people_are_scored_digit_by_digit_and_habit_by_habit(small_world: None) -> None:
    network = load_shipped("digit-cnn").network
    everything, *others = digit_networks.score_writers(network)
    assert everything.cases == 200  # twenty writers of ten digits each
    by_digit, by_habit = others[:10], others[10:]
    assert sum(score.cases for score in by_digit) == 200
    assert sum(score.correct for score in by_digit) == everything.correct
    assert all(score.cases <= 20 for score in by_habit)
    assert {"barred 7 of these writers", "5 in two strokes of these writers"} <= {score.data for score in by_habit}


def test_the_series_ends_with_the_network_that_is_shipped(small_world: None, tmp_path: Path) -> None:
    """One training gives both, so the last moment is the shipped network in half precision."""
    build.pretrain("digit-cnn", tmp_path)
    build.write_checkpoints(tmp_path)
    *_, last = load_checkpoints(tmp_path)
    shipped = load_shipped("digit-cnn", tmp_path).network.state_dict()
    assert all(torch.equal(value, shipped[key].half().float()) for key, value in last.network.state_dict().items())


def test_distortions_calm_down_in_the_last_third(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digit_networks, "distort", lambda images, _: images * 0 + 1)
    monkeypatch.setattr(digit_networks, "distort_half", lambda images, _: images * 0)
    batches, steps = digit_networks.calming_batches(
        sample_digits().images, sample_digits().labels, one_cycle(epochs=6, batch_size=100, learning_rate=1e-3)
    )
    strengths = [{float(images.mean()) for images, _ in batches(torch.Generator())} for _ in range(6)]
    assert steps == len(sample_digits()) // 100
    assert strengths == [{1.0}] * 4 + [{0.0}] * 2


@pytest.mark.parametrize("limits", [(0.01, 0.5), (0.5, 0.01)])
def test_the_threshold_keeps_both_limits(limits: tuple[float, float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digit_networks, "REFUSED", limits[0])
    monkeypatch.setattr(digit_networks, "REFUSED_OF_WRITERS", limits[1])
    network = load_shipped("digit-or-not").network
    images = sample_digits().images
    threshold = digit_networks.choose_threshold(network, images[:200], images[200:])
    for some, limit in zip((images[:200], images[200:]), limits, strict=True):
        assert (digit_networks.outputs_of(network, some) < threshold).float().mean() <= limit + 1 / len(some)


def test_the_score_counts_right_answers() -> None:
    samples = sample_digits()
    network = load_shipped("digit-cnn").network
    shifted = ImageSet(samples.images, (samples.labels + 1) % 10, samples.indices, "wrong labels", True)
    right, wrong = digit_networks.score(network, samples), digit_networks.score(network, shifted)
    assert isinstance(right, CardScore)
    assert right.cases == len(samples)
    assert right.accuracy > 0.7 > 0.3 > wrong.accuracy


def test_unknown_names_are_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["digit-transformer"])
    assert "there are vocabulary, tagging-vocabulary, words, surnames, digit-cnn" in capsys.readouterr().err


def test_without_its_data_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(name: str) -> Path:
        raise DownloadFailed("SST-2 could not be downloaded.")

    monkeypatch.setattr(build, "folder_of", lambda name: None)
    monkeypatch.setattr(build, "download", fail)
    assert main(["sentence-bag", "--into", str(tmp_path)]) == 1
    assert "PLAYGROUND_DATA" in capsys.readouterr().err


def test_the_sheet_of_samples_is_written(small_world: None, tmp_path: Path) -> None:
    count = measurements.write_samples(tmp_path)
    with np.load(tmp_path / "digits.npz") as sheet:
        assert len(sheet["labels"]) == count
        assert np.bincount(sheet["labels"]).min() == 20
