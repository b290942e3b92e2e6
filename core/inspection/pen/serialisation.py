"""A reader of movements written down for the browser, which follows the pen with it (`core/ui/components/movement`)."""

import numpy as np
from safetensors.numpy import save

from core.models.pen import PenReader


def serialise_reader(network: PenReader) -> bytes:
    """Return a network as a safetensors file; its metadata name the cell and the size of its state.

    In half precision where no weight changes by it, as with the shipped networks. To round others would be felt: a
    recurrent network makes a small difference a large one within a few hundred steps of a scribble.
    """
    weights = {
        name.removeprefix("recurrent.").removesuffix("_l0"): np.ascontiguousarray(tensor.detach().numpy(), np.float32)
        for name, tensor in network.state_dict().items()
    }
    halves = {name: weight.astype(np.float16) for name, weight in weights.items()}
    exact = all(np.array_equal(halves[name], weight) for name, weight in weights.items())
    metadata = {"cell": network.cell, "hidden": str(network.recurrent.hidden_size)}
    return save(dict(halves if exact else weights), metadata=metadata)
