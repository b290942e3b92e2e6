"""A network whose forward and backward passes are recorded once on the GPU, and replayed.

A small network keeps a GPU waiting: an update starts some fifty kernels one by one, and starting
them takes longer than computing them. A CUDA graph starts all of them at once
(https://docs.pytorch.org/docs/stable/notes/cuda.html#cuda-graphs).
"""

import torch
from torch import Tensor, nn


def replay_on_gpu(network: nn.Module, inputs: Tensor) -> None:
    """Record the passes of `network` in training mode; from now on batches like `inputs` replay them.

    Evaluation mode is computed as before, for batches of any size. Weights stay where they are,
    so that they can be loaded, saved and looked at as usual.

    Args:
        network: on the GPU, in training mode; changed in place.
        inputs: a batch (B, ...) of the shape that all batches have.
    """
    before = {name: value.clone() for name, value in network.state_dict().items()}
    torch.cuda.make_graphed_callables(network, (inputs.clone(),))
    network.load_state_dict(before)  # recording trains the running means of batch normalisation
