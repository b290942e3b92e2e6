"""What PyTorch's autograd and optimisers say of small networks, in double precision, for the page "Neurons".

`python -m tests.support.neurons_reference` writes the file that the tests under Node read.
"""

import json
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

FILE = Path(__file__).parents[1] / "javascript" / "neurons_reference.json"

_ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "linear": nn.Identity, "gelu": nn.GELU}
_POINTS, _BATCH, _STEPS = 13, 5, 200
_FEATURES = {
    "x1": lambda x: x[:, 0],
    "x2": lambda x: x[:, 1],
    "x1x2": lambda x: x[:, 0] * x[:, 1],
    "sinx1": lambda x: torch.sin(x[:, 0]),
}


def cases(seed: int = 0) -> list[dict[str, Any]]:
    """Return one case for every activation and goal, going round the optimisers, penalties and shapes."""
    made = []
    optimisers, penalties = cycle(("sgd", "momentum", "adam")), cycle(("none", "l1", "l2", "none"))
    layers, rates = cycle(([3], [4, 2], [], [5, 1, 3])), {"sgd": 0.03, "momentum": 0.005, "adam": 0.01}
    for activation in _ACTIVATIONS:
        for goal in ("binary", "classes", "number"):
            seed += 1
            optimiser = next(optimisers) if goal != "number" else ("adam", "sgd", "momentum")[seed % 3]
            made.append(_case(activation, goal, optimiser, rates[optimiser], next(penalties), next(layers), seed))
    return made


def _case(
    activation: str, goal: str, optimiser: str, rate: float, penalty: str, layers: list[int], seed: int
) -> dict[str, Any]:
    torch.manual_seed(seed)
    features = list(_FEATURES) if seed % 2 else ["x1", "x2"]
    points = torch.randn(_POINTS, 2, dtype=torch.float64)
    inputs = torch.stack([_FEATURES[name](points) for name in features], 1)
    sizes = [len(features), *layers, 4 if goal == "classes" else 1]
    network = _network(sizes, activation)
    targets = {
        "binary": torch.arange(_POINTS).double() % 2,
        "classes": torch.arange(_POINTS).double() % 4,
        "number": torch.tanh(points[:, 0] - points[:, 1]),
    }[goal]
    strength = 0.02
    case = {
        "activation": activation, "goal": goal, "optimiser": optimiser, "rate": rate, "penalty": penalty,
        "strength": strength, "features": features, "layers": layers, "sizes": sizes, "batch": _BATCH, "steps": _STEPS,
        "points": points.flatten().tolist(), "targets": targets.tolist(), "params": _flat(network),
    }  # fmt: skip
    return case | _train(network, inputs, targets, case) | _dropped(sizes, activation, goal, inputs, targets, case)


def _network(sizes: list[int], activation: str) -> nn.Sequential:
    parts: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        parts += [nn.Linear(inputs, outputs), _ACTIVATIONS[activation]()]
    return nn.Sequential(*parts[:-1]).double()


def _flat(network: nn.Module) -> list[float]:
    return nn.utils.parameters_to_vector(network.parameters()).tolist()


def _loss(goal: str, outputs: Tensor, targets: Tensor) -> Tensor:
    if goal == "classes":
        return nn.functional.cross_entropy(outputs, targets.long())
    if goal == "binary":
        return nn.functional.binary_cross_entropy_with_logits(outputs[:, 0], targets)
    return nn.functional.mse_loss(outputs[:, 0], targets)


def _penalty(network: nn.Module, kind: str, strength: float) -> Tensor:
    weights = [one for one in network.parameters() if one.ndim == 2]
    if kind == "l1":
        return strength * sum((one.abs().sum() for one in weights), torch.tensor(0.0))
    if kind == "l2":
        return strength / 2 * sum((one.pow(2).sum() for one in weights), torch.tensor(0.0))
    return torch.tensor(0.0)


def _train(network: nn.Module, inputs: Tensor, targets: Tensor, case: dict[str, Any]) -> dict[str, Any]:
    optimiser: torch.optim.Optimizer = {
        "sgd": lambda: torch.optim.SGD(network.parameters(), lr=case["rate"]),
        "momentum": lambda: torch.optim.SGD(network.parameters(), lr=case["rate"], momentum=0.9),
        "adam": lambda: torch.optim.Adam(network.parameters(), lr=case["rate"]),
    }[case["optimiser"]]()
    found: dict[str, Any] = {}
    for step in range(_STEPS):
        chosen = [(step * _BATCH + k) % _POINTS for k in range(_BATCH)]
        loss = _loss(case["goal"], network(inputs[chosen]), targets[chosen])
        optimiser.zero_grad()
        (loss + _penalty(network, case["penalty"], case["strength"])).backward()
        if step == 0:
            found["loss"] = loss.item()
            found["grads"] = torch.cat([one.grad.flatten() for one in network.parameters()]).tolist()
        optimiser.step()
        if step == 0:
            found["after_one"] = _flat(network)
    return found | {"after_all": _flat(network)}


def _dropped(
    sizes: list[int], activation: str, goal: str, inputs: Tensor, targets: Tensor, case: dict[str, Any]
) -> dict[str, Any]:
    """Return the gradients of the first batch where units are dropped by given masks."""
    network = _network(sizes, activation)
    nn.utils.vector_to_parameters(torch.tensor(case["params"], dtype=torch.float64), network.parameters())
    masks, values = [], inputs[:_BATCH]
    linears = [part for part in network if isinstance(part, nn.Linear)]
    for part in linears[:-1]:
        mask = (torch.rand(_BATCH, part.out_features) < 0.6).double() / 0.6
        masks.append(mask.T.tolist())  # (units, examples)
        values = _ACTIVATIONS[activation]()(part(values)) * mask
    loss = _loss(goal, linears[-1](values), targets[:_BATCH])
    loss.backward()
    grads = torch.cat([one.grad.flatten() for one in network.parameters()]).tolist()
    return {"masks": masks, "dropped_loss": loss.item(), "dropped_grads": grads}


if __name__ == "__main__":
    FILE.write_text(json.dumps(cases()) + "\n")
