import json

import numpy as np
import torch
from safetensors.numpy import load

from core.inspection.pen.reading import CELLS, pen_reader
from core.inspection.pen.serialisation import serialise_reader
from core.models.pen import PenReader


def metadata_of(file: bytes) -> dict[str, str]:
    length = int.from_bytes(file[:8], "little")
    return json.loads(file[8 : 8 + length])["__metadata__"]


def test_a_shipped_reader_is_written_in_halves_without_a_loss() -> None:
    for cell in CELLS:
        network = pen_reader(cell)
        file = serialise_reader(network)
        weights = load(file)
        assert metadata_of(file) == {"cell": cell, "hidden": str(network.recurrent.hidden_size)}
        assert {weight.dtype for weight in weights.values()} == {np.dtype(np.float16)}
        assert np.array_equal(weights["weight_hh"], network.recurrent.weight_hh_l0)
        assert set(weights) == {"weight_ih", "weight_hh", "bias_ih", "bias_hh", "dense.weight", "dense.bias"}


def test_other_weights_are_never_rounded() -> None:
    torch.manual_seed(0)
    network = PenReader("lstm", 5)
    weights = load(serialise_reader(network))
    assert {weight.dtype for weight in weights.values()} == {np.dtype(np.float32)}
    assert np.array_equal(weights["dense.weight"], network.dense.weight.detach())
