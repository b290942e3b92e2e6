"""What this machine computes on."""

import os

import torch

from core.wording import counted


def best_device() -> torch.device:
    """Return the first GPU where there is one, otherwise the CPU."""
    return torch.device("cuda", 0) if torch.cuda.is_available() else torch.device("cpu")


def describe_device() -> str:
    """Return the name of the GPU, or the CPU with the threads it can run at once, for people."""
    return name_device(best_device(), os.cpu_count() or 1)


def name_device(device: torch.device, threads: int) -> str:
    """Return the name of a GPU, or the CPU with a number of threads, for people."""
    if device.type == "cuda":
        return f"GPU: {torch.cuda.get_device_name(device)}"
    return f"CPU, {counted(threads, 'thread')}"
