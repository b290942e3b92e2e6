import shutil

import pytest
import torch

from core.models.images.checkpoints import NAME, load_checkpoints
from core.models.shipped import WEIGHTS, BrokenWeights, load_shipped


def test_the_series_runs_from_chance_to_the_shipped_network() -> None:
    series = load_checkpoints()
    steps = [one.moment.step for one in series]
    assert steps[0] == 0 and steps == sorted(set(steps))
    assert series[0].moment.test.accuracy < 0.2 and series[-1].moment.test.accuracy > 0.99
    shipped = load_shipped("digit-cnn").network.state_dict()
    for name, value in series[-1].network.state_dict().items():
        assert torch.equal(value, shipped[name].half().float())


def test_the_files_are_small() -> None:
    assert sum((WEIGHTS / f"{NAME}.{end}").stat().st_size for end in ("json", "safetensors")) < 2_500_000


def test_damaged_files_are_refused(tmp_path) -> None:
    with pytest.raises(BrokenWeights, match="cannot be read"):
        load_checkpoints(tmp_path)
    shutil.copy(WEIGHTS / f"{NAME}.json", tmp_path)
    (tmp_path / f"{NAME}.safetensors").write_bytes(b"not weights")
    with pytest.raises(BrokenWeights, match="not those of its card"):
        load_checkpoints(tmp_path)


def test_the_strided_network_has_the_shapes_and_parameters_of_the_lab() -> None:
    shipped, lab = load_shipped("digit-cnn-strided"), load_shipped("digit-cnn")
    assert shipped.card.parameters == lab.card.parameters == 121_930
    assert not any(isinstance(layer, torch.nn.MaxPool2d) for layer in shipped.network.modules())
    image = torch.rand(1, 1, 28, 28)
    with torch.no_grad():
        # A stride of 2 and a crop are the first cell of every 2x2, where pooling takes the largest.
        conv = torch.nn.functional.conv2d(image, shipped.network.conv1.weight, shipped.network.conv1.bias)
        assert torch.allclose(shipped.network.conv1(image), conv[..., ::2, ::2], atol=1e-6)
