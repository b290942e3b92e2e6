from collections.abc import Iterator

import torch
from torch import Tensor, nn

from core.training.loop import Recipe, fit


def line(_: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    inputs = torch.linspace(-1, 1, 16).view(-1, 1)
    yield inputs, 3 * inputs + 1


def test_a_line_is_learnt() -> None:
    torch.manual_seed(0)
    network = nn.Linear(1, 1)
    steps = list(
        fit(network, line, 1, nn.MSELoss(), Recipe(epochs=400, batch_size=16, learning_rate=0.1, weight_decay=0))
    )
    assert [step.number for step in steps] == list(range(1, 401))
    assert steps[-1].total == 400
    assert steps[-1].loss < 1e-3 < steps[0].loss
    assert abs(network.weight.item() - 3) < 0.05
    assert not network.training


def test_the_first_update_is_adamws_own() -> None:
    torch.manual_seed(0)
    ours, theirs = nn.Linear(1, 1), nn.Linear(1, 1)
    theirs.load_state_dict(ours.state_dict())
    recipe = Recipe(epochs=10, batch_size=16, learning_rate=0.1)
    next(iter(fit(ours, line, 1, nn.MSELoss(), recipe)))
    optimizer = torch.optim.AdamW(theirs.parameters(), lr=recipe.learning_rate / 25, weight_decay=recipe.weight_decay)
    inputs, targets = next(line(torch.Generator()))
    nn.functional.mse_loss(theirs(inputs), targets).backward()
    optimizer.step()
    assert torch.allclose(ours.weight, theirs.weight)


def test_gradients_are_clipped() -> None:
    torch.manual_seed(0)
    network = nn.Linear(1, 1)
    recipe = Recipe(epochs=2, batch_size=16, learning_rate=0.1, max_norm=1e-3)
    next(iter(fit(network, line, 1, nn.MSELoss(), recipe)))
    norm = torch.cat([parameter.grad.flatten() for parameter in network.parameters()]).norm()  # type: ignore[union-attr]
    assert norm <= 1e-3 + 1e-6
