"""What a training measures besides its losses: gradients and memory."""

import psutil
import torch
from torch import Tensor, nn


def gradient_norms(network: nn.Module) -> dict[str, float]:
    """Return the Euclidean norm of the loss gradient of every layer, by the layer's name."""
    layers: dict[str, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if parameter.grad is not None:
            layers.setdefault(name.rpartition(".")[0], []).append(parameter.grad)
    norms = [torch.linalg.vector_norm(torch.cat([grad.flatten() for grad in grads])) for grads in layers.values()]
    return dict(zip(layers, torch.stack(norms).tolist(), strict=True)) if norms else {}


def memory_in_use(device: torch.device) -> int:
    """Return the bytes in use: on the GPU, or by this process on the CPU."""
    return torch.cuda.memory_allocated(device) if device.type == "cuda" else psutil.Process().memory_info().rss
