"""What a training says of itself beside its losses: gradients and memory."""

from collections.abc import Mapping

import psutil
import torch

from core.training.events import Place, Vitals


def read_vitals(place: Place, gradient_norms: Mapping[str, float], device: torch.device) -> Vitals:
    """Return the vitals at a moment, with the memory that is in use: of the GPU, or of this process on the CPU."""
    memory = torch.cuda.memory_allocated(device) if device.type == "cuda" else psutil.Process().memory_info().rss
    return Vitals(place, gradient_norms, memory)
