import pytest
import torch

from core.models.cells import CELLS, unroll, weights_of
from core.models.pen import ARCHITECTURES, PADDING, PenReader, pen_reader


def steps(count: int, seed: int = 0) -> torch.Tensor:
    made = torch.randn(1, count, 3, generator=torch.Generator().manual_seed(seed))
    made[..., 2] = (made[..., 2] > 1).float()
    return made


@pytest.mark.parametrize("cell", CELLS)
def test_shipped_networks_stay_small(cell: str) -> None:
    with torch.random.fork_rng(devices=[]):
        network = pen_reader(cell)  # type: ignore[arg-type]
    assert sum(parameter.numel() for parameter in network.parameters()) <= 100_000
    assert ARCHITECTURES[f"pen-{cell}"].topic


@pytest.mark.parametrize("cell", CELLS)
def test_the_states_are_those_of_the_equations(cell: str) -> None:
    with torch.random.fork_rng(devices=[]):
        network = PenReader(cell, 12).eval()  # type: ignore[arg-type]
    read = network.encode(steps(9))[0]
    by_hand = torch.stack([step.state for step in unroll(cell, weights_of(network.recurrent), steps(9)[0])[1:]])
    torch.testing.assert_close(read, by_hand)


def test_what_fills_a_batch_up_changes_nothing() -> None:
    with torch.random.fork_rng(devices=[]):
        network = PenReader("gru", 12).eval()
    short, long = steps(5), steps(9, seed=1)
    filled = torch.full((1, 4, 3), PADDING)
    filled[..., :2] = 0
    together = network(torch.cat([torch.cat([short, filled], 1), long]))
    torch.testing.assert_close(together, torch.cat([network(short), network(long)]))
