"""A network as an ONNX graph: each layer as the operator that does the same.

`torch.onnx` exports any network, but needs seconds and another library; ours have few kinds
of layers. `core.runs.exchange.export.export_onnx` compares the graph with the network.

Operators: https://onnx.ai/onnx/operators/
"""

import itertools
from collections.abc import Callable
from typing import Any

import torch
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper
from torch import Tensor, nn

from core.models.images.recurrent import Columns, Rows, SequenceReader
from core.models.scaling import Scale

OPSET, FORMAT = 20, 10
"""Versions of the operators (the first with Gelu) and of the file: from 2024, so that most programs read them."""
INPUT, OUTPUT = "images", "logits"
"""The input, (batch, 1, 28, 28) in 0-1, and the output, (batch, classes)."""


class NotExportable(ValueError):
    """A layer without an operator; the message is for people."""


def write_graph(network: nn.Module, shape: tuple[int, ...], about: dict[str, str]) -> bytes:
    """Return a network in evaluation mode as an ONNX file.

    Args:
        network: made of the layers of `core.models.images.design`.
        shape: of one input, without the batch.
        about: texts for the file.

    Raises:
        NotExportable: there is no operator for a layer.
    """
    graph = _Graph()
    with torch.no_grad():
        result, value = graph.walk(network, INPUT, torch.zeros(1, *shape))
    graph.nodes[-1].output[list(graph.nodes[-1].output).index(result)] = OUTPUT
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "network",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["batch", *shape])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["batch", *value.shape[1:]])],
            graph.tensors,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=FORMAT,
        producer_name="deep-learning-playground",
    )
    helper.set_model_props(model, about)
    checker.check_model(model, full_check=True)
    return _bytes(model)


def _bytes(model: ModelProto) -> bytes:
    return bytes(model.SerializeToString())


class _Graph:
    """The operators so far, and their constants."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._numbers = itertools.count(1)

    def walk(self, module: nn.Module, name: str, value: Tensor) -> tuple[str, Tensor]:
        """Write a module with the input `name`; return the name of its output, and the output for `value`."""
        if isinstance(module, SequenceReader):
            for part in (module.steps, module.recurrent, module.dense):
                name, value = self.walk(part, name, value)
            return name, value
        if isinstance(module, nn.Sequential):
            for part in module.children():
                name, value = self.walk(part, name, value)
            return name, value
        if isinstance(module, nn.RNNBase):
            return self.recurrent(module, name), module(value)[0][:, -1]
        result = module(value)
        write = _WRITERS.get(type(module))
        if write is None:
            raise NotExportable(f"A layer of the kind {type(module).__name__} cannot be exported to ONNX.")
        return write(self, module, name, result), result

    def add(self, operator: str, inputs: list[str], outputs: int = 1, **attributes: Any) -> list[str]:
        """Add an operator and return the names of its outputs."""
        names = [f"{operator.lower()}{next(self._numbers)}" for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, name=names[-1], **attributes))
        return names

    def constant(self, tensor: Tensor) -> str:
        """Add a constant and return its name."""
        name = f"numbers{next(self._numbers)}"
        self.tensors.append(numpy_helper.from_array(tensor.detach().cpu().contiguous().numpy(), name))
        return name

    def recurrent(self, layer: nn.RNNBase, name: str) -> str:
        """Write stacked recurrent layers; the output is the last hidden state of the top layer (B, hidden).

        ONNX has time first, and the gates in another order than PyTorch:
        update, reset, hidden for GRU instead of reset, update, hidden; input,
        output, forget, cell for LSTM instead of input, forget, cell, output.
        """
        operator, order, more = _CELLS[type(layer)]
        (steps,) = self.add("Transpose", [name], perm=[1, 0, 2])
        last = steps
        for number in range(layer.num_layers):
            weights, states, bias_in, bias_state = (
                self.reorder(getattr(layer, f"{part}_l{number}"), order)
                for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            numbers = [
                self.constant(one.unsqueeze(0)) for one in (weights, states, torch.cat([bias_in, bias_state]))
            ]  # with the direction first: there is one
            sequence, last = self.add(operator, [steps, *numbers], 2, hidden_size=layer.hidden_size, **more)
            if number < layer.num_layers - 1:
                (steps,) = self.add("Squeeze", [sequence, self.constant(torch.tensor([1]))])
        return self.add("Squeeze", [last, self.constant(torch.tensor([0]))])[0]

    @staticmethod
    def reorder(gates: Tensor, order: tuple[int, ...]) -> Tensor:
        """Return stacked matrices in another order."""
        parts = gates.detach().chunk(len(order))
        return torch.cat([parts[place] for place in order])


_CELLS: dict[type[nn.Module], tuple[str, tuple[int, ...], dict[str, Any]]] = {
    nn.RNN: ("RNN", (0,), {}),
    nn.GRU: ("GRU", (1, 0, 2), {"linear_before_reset": 1}),
    nn.LSTM: ("LSTM", (0, 3, 1, 2), {}),
}

_Writer = Callable[[_Graph, Any, str, Tensor], str]


def _plain(operator: str) -> _Writer:
    return lambda graph, _layer, name, _result: graph.add(operator, [name])[0]


def _convolution(graph: _Graph, layer: nn.Conv2d, name: str, _result: Tensor) -> str:
    assert layer.bias is not None
    padding = [int(cells) for cells in layer.padding]
    return graph.add(
        "Conv",
        [name, graph.constant(layer.weight), graph.constant(layer.bias)],
        kernel_shape=list(layer.kernel_size),
        strides=list(layer.stride),
        pads=padding * 2,
    )[0]


def _dense(graph: _Graph, layer: nn.Linear, name: str, _result: Tensor) -> str:
    return graph.add("Gemm", [name, graph.constant(layer.weight), graph.constant(layer.bias)], transB=1)[0]


def _norm(graph: _Graph, layer: nn.BatchNorm2d, name: str, _result: Tensor) -> str:
    assert layer.running_mean is not None
    assert layer.running_var is not None
    numbers = [graph.constant(one) for one in (layer.weight, layer.bias, layer.running_mean, layer.running_var)]
    return graph.add("BatchNormalization", [name, *numbers], epsilon=layer.eps)[0]


def _pooling(operator: str) -> _Writer:
    def write(graph: _Graph, layer: nn.MaxPool2d, name: str, _result: Tensor) -> str:
        side, step = layer.kernel_size, layer.stride  # one number each, as `core.models.images.design` makes them
        return graph.add(operator, [name], kernel_shape=[side, side], strides=[step, step])[0]

    return write


def _leaky(graph: _Graph, layer: nn.LeakyReLU, name: str, _result: Tensor) -> str:
    return graph.add("LeakyRelu", [name], alpha=layer.negative_slope)[0]


def _scale(graph: _Graph, layer: Scale, name: str, _result: Tensor) -> str:
    (scaled,) = graph.add("Mul", [name, graph.constant(torch.tensor(layer.factor))])
    return graph.add("Add", [scaled, graph.constant(torch.tensor(layer.offset))])[0]


def _rows(graph: _Graph, _layer: Rows, name: str, result: Tensor) -> str:
    return graph.add("Reshape", [name, graph.constant(torch.tensor([-1, *result.shape[1:]]))])[0]


def _columns(graph: _Graph, _layer: Columns, name: str, result: Tensor) -> str:
    _, steps, numbers = result.shape
    (flat,) = graph.add("Reshape", [name, graph.constant(torch.tensor([-1, numbers, steps]))])
    return graph.add("Transpose", [flat], perm=[0, 2, 1])[0]


_WRITERS: dict[type[nn.Module], _Writer] = {
    nn.Conv2d: _convolution,
    nn.Linear: _dense,
    nn.BatchNorm1d: _norm,
    nn.BatchNorm2d: _norm,
    nn.MaxPool2d: _pooling("MaxPool"),
    nn.AvgPool2d: _pooling("AveragePool"),
    nn.ReLU: _plain("Relu"),
    nn.LeakyReLU: _leaky,
    nn.GELU: _plain("Gelu"),
    nn.Tanh: _plain("Tanh"),
    nn.Sigmoid: _plain("Sigmoid"),
    nn.Flatten: _plain("Flatten"),
    nn.Dropout: lambda _graph, _layer, name, _result: name,
    Scale: _scale,
    Rows: _rows,
    Columns: _columns,
}
