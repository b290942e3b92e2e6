import pytest
import torch
from torch import nn

from core.models.audio.readers import ARCHITECTURES, MELS, PADDING, READERS, SpeechGRU


@pytest.fixture(params=READERS)
def network(request) -> nn.Module:
    torch.manual_seed(0)
    network = READERS[request.param]().eval()
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):  # as after a training: what is silent is not 0
            nn.init.normal_(layer.running_mean, std=0.2)
            nn.init.normal_(layer.bias, std=0.2)
    return network


@pytest.mark.parametrize("frames", [1, 2, 3, 4, 5, 34, 35])
def test_no_answer_depends_on_what_shares_the_batch(network, frames) -> None:
    sound = torch.rand(1, frames, MELS)
    batch = torch.full((2, frames + 11, MELS), PADDING)
    batch[0, :frames], batch[1] = sound[0], torch.rand(frames + 11, MELS)
    alone = network(sound)
    assert alone.shape == (1, 10)
    torch.testing.assert_close(network(batch)[:1], alone, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_they_are_small(name) -> None:
    assert sum(parameter.numel() for parameter in ARCHITECTURES[name].build().parameters()) <= 300_000


def test_the_gru_never_hears_ahead() -> None:
    torch.manual_seed(0)
    network, sound = SpeechGRU().eval(), torch.rand(1, 20, MELS)
    other = sound.clone()
    other[:, 12:] = 0
    torch.testing.assert_close(network.encode(sound)[:, :12], network.encode(other)[:, :12])
    torch.testing.assert_close(network(sound[:, :12]), network.classify(network.encode(sound)[:, 11]))
