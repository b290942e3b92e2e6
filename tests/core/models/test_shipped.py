import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

from core.data.images.datasets import MNIST, digits
from core.data.sources import published
from core.inspection.images.misclassified import predicted_labels
from core.models.shipped import ARCHITECTURES, WEIGHTS, BrokenWeights, _load, card, count_parameters, load_shipped
from core.shipping.build import TRAININGS

AT_LEAST = {"digit-cnn": 0.994, "digit-gru": 0.990, "digit-mlp": 0.985}


def files_of(data: str) -> set[str]:
    if data == "mnist":
        return {file.name for file in MNIST.glob("*.xz")}
    files = published(data).files
    return set(files) if len(files) <= 100 else {f"{data}, {len(files):,} files in order"}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_network_is_shipped_with_its_card(name: str) -> None:
    shipped = load_shipped(name)
    assert shipped.card.name == name
    assert shipped.card.parameters == count_parameters(shipped.network)
    assert not shipped.network.training
    assert not any(parameter.requires_grad for parameter in shipped.network.parameters())
    assert (WEIGHTS / f"{name}.safetensors").stat().st_size < (1_000_000 if name.startswith("digit") else 4_000_000)
    assert set(shipped.card.versions) == {"python", "torch", "torchvision", "numpy"}
    assert set(shipped.card.data_sha256) == {file for data in TRAININGS[name].data for file in files_of(data)}
    assert shipped.card.recipe["epochs"]


def test_all_weights_together_stay_small() -> None:
    """Everybody who installs the app fetches them: eighty networks in what thirty pictures of a phone take."""
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) < 30_000_000


def test_weights_loaded_under_inference_mode_take_part_in_gradients() -> None:
    _load.cache_clear()
    with torch.inference_mode():
        network = load_shipped("digit-mlp").network
    pixels = torch.zeros(1, 1, 28, 28, requires_grad=True)
    network(pixels).sum().backward()
    assert pixels.grad is not None


def test_networks_are_loaded_once_also_where_a_class_asks_at_once() -> None:
    _load.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load_shipped("digit-cnn"), range(8)))
    assert all(one is found[0] for one in found)
    assert _load.cache_info().misses == 1


@pytest.mark.parametrize("name", AT_LEAST)
def test_the_score_on_the_card_is_the_score(name: str) -> None:
    test = digits("test")
    right = int((predicted_labels(name, test.images) == test.labels).sum())
    stated = card(name).test
    assert stated.cases == 10_000
    assert abs(right - stated.correct) <= 1  # another processor may round a tie the other way
    assert stated.accuracy >= AT_LEAST[name]


def test_broken_weights_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BrokenWeights, match="no network named"):
        load_shipped("digit-transformer")
    with pytest.raises(BrokenWeights, match="card"):
        load_shipped("digit-mlp", tmp_path)
    shutil.copy(WEIGHTS / "digit-mlp.json", tmp_path)
    with pytest.raises(BrokenWeights, match="weights"):
        load_shipped("digit-mlp", tmp_path)
    (tmp_path / "digit-mlp.safetensors").write_bytes(b"not these")
    with pytest.raises(BrokenWeights, match="not those of its card"):
        load_shipped("digit-mlp", tmp_path)
    (tmp_path / "digit-gru.json").write_text(json.dumps({"name": "digit-gru"}))
    with pytest.raises(BrokenWeights, match="card"):
        card("digit-gru", tmp_path)
