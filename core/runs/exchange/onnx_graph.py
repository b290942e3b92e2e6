"""A network as an ONNX graph: its layers one by one, each as the operator that does the same.

`torch.onnx` does this for any network, but traces it for seconds and needs a
second library; ours are made of few kinds of layers. Whoever writes a graph holds
it against the network afterwards (`core.runs.exchange.export.export_onnx`).

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
"""Versions of the operators (the first with Gelu) and of the file: of 2024, so that most programs read them."""
INPUT, OUTPUT = "images", "logits"
"""What goes in, (batch, 1, 28, 28) in 0-1, and what comes out, (batch, classes)."""


class NotWritten(ValueError):
    """A layer that no operator is known for; the message is a sentence for people."""


def write_graph(network: nn.Module, shape: tuple[int, ...], about: dict[str, str]) -> bytes:
    """Return a network in evaluation mode as an ONNX file.

    Args:
        network: made of the layers of `core.models.images.design`.
        shape: of one input, without the batch.
        about: texts that are kept in the file.

    Raises:
        NotWritten: a layer that is not known here.
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
    """Operators so far, and the numbers that they work with."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._numbers = itertools.count(1)

    def walk(self, module: nn.Module, name: str, value: Tensor) -> tuple[str, Tensor]:
        """Write a module that reads `name`; return what its result is called, and the result for `value`."""
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
            raise NotWritten(f"A layer of the kind {type(module).__name__} cannot be exported to ONNX.")
        return write(self, module, name, result), result

    def add(self, operator: str, inputs: list[str], outputs: int = 1, **attributes: Any) -> list[str]:
        """Add an operator and return the names of its results."""
        names = [f"{operator.lower()}{next(self._numbers)}" for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, name=names[-1], **attributes))
        return names

    def keep(self, tensor: Tensor) -> str:
        """Keep numbers in the file and return their name."""
        name = f"numbers{next(self._numbers)}"
        self.tensors.append(numpy_helper.from_array(tensor.detach().cpu().contiguous().numpy(), name))
        return name

    def recurrent(self, layer: nn.RNNBase, name: str) -> str:
        """Write recurrent layers on top of each other; the result is the last state of the uppermost (B, hidden).

        ONNX wants the time first, and the gates in another order than PyTorch:
        update, reset, hidden for GRU instead of reset, update, hidden; input,
        output, forget, cell for LSTM instead of input, forget, cell, output.
        """
        operator, order, more = _CELLS[type(layer)]
        (steps,) = self.add("Transpose", [name], perm=[1, 0, 2])
        last = steps
        for number in range(layer.num_layers):
            weights, states, bias_in, bias_state = (
                self.in_order(getattr(layer, f"{part}_l{number}"), order)
                for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            numbers = [
                self.keep(one.unsqueeze(0)) for one in (weights, states, torch.cat([bias_in, bias_state]))
            ]  # with the direction first: there is one
            sequence, last = self.add(operator, [steps, *numbers], 2, hidden_size=layer.hidden_size, **more)
            if number < layer.num_layers - 1:
                (steps,) = self.add("Squeeze", [sequence, self.keep(torch.tensor([1]))])
        return self.add("Squeeze", [last, self.keep(torch.tensor([0]))])[0]

    @staticmethod
    def in_order(gates: Tensor, order: tuple[int, ...]) -> Tensor:
        """Return matrices that are stacked in one, stacked in another order."""
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
        [name, graph.keep(layer.weight), graph.keep(layer.bias)],
        kernel_shape=list(layer.kernel_size),
        strides=list(layer.stride),
        pads=padding * 2,
    )[0]


def _dense(graph: _Graph, layer: nn.Linear, name: str, _result: Tensor) -> str:
    return graph.add("Gemm", [name, graph.keep(layer.weight), graph.keep(layer.bias)], transB=1)[0]


def _norm(graph: _Graph, layer: nn.BatchNorm2d, name: str, _result: Tensor) -> str:
    assert layer.running_mean is not None
    assert layer.running_var is not None
    numbers = [graph.keep(one) for one in (layer.weight, layer.bias, layer.running_mean, layer.running_var)]
    return graph.add("BatchNormalization", [name, *numbers], epsilon=layer.eps)[0]


def _pooling(operator: str) -> _Writer:
    def write(graph: _Graph, layer: nn.MaxPool2d, name: str, _result: Tensor) -> str:
        side, step = layer.kernel_size, layer.stride  # one number each, as `core.models.images.design` makes them
        return graph.add(operator, [name], kernel_shape=[side, side], strides=[step, step])[0]

    return write


def _leaky(graph: _Graph, layer: nn.LeakyReLU, name: str, _result: Tensor) -> str:
    return graph.add("LeakyRelu", [name], alpha=layer.negative_slope)[0]


def _scale(graph: _Graph, layer: Scale, name: str, _result: Tensor) -> str:
    (scaled,) = graph.add("Mul", [name, graph.keep(torch.tensor(layer.factor))])
    return graph.add("Add", [scaled, graph.keep(torch.tensor(layer.offset))])[0]


def _rows(graph: _Graph, _layer: Rows, name: str, result: Tensor) -> str:
    return graph.add("Reshape", [name, graph.keep(torch.tensor([-1, *result.shape[1:]]))])[0]


def _columns(graph: _Graph, _layer: Columns, name: str, result: Tensor) -> str:
    _, steps, numbers = result.shape
    (flat,) = graph.add("Reshape", [name, graph.keep(torch.tensor([-1, numbers, steps]))])
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
