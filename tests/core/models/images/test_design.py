import time

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from torch import nn

from core.models.images.cnn import DigitCNN
from core.models.images.design import (
    CNN,
    MLP,
    ColumnReader,
    ConvBlock,
    Design,
    ImpossibleShape,
    RowReader,
    build,
    count,
    count_multiply_adds,
    summarise,
)
from core.models.images.mlp import DigitMLP
from core.models.images.recurrent import RowGRU
from core.models.shipped import count_parameters

DESIGN: TypeAdapter = TypeAdapter(Design)

share = st.sampled_from([0.0, 0.3])
blocks = st.lists(
    st.builds(
        ConvBlock,
        channels=st.integers(1, 4),
        kernel_size=st.integers(1, 9),
        stride=st.integers(1, 4),
        padding=st.integers(0, 4),
        pooling=st.sampled_from(["none", "max", "avg"]),
        batch_norm=st.booleans(),
        dropout=share,
    ),
    min_size=1,
    max_size=4,
).map(tuple)
activation = st.sampled_from(["relu", "leaky_relu", "gelu", "tanh", "sigmoid"])
way = st.sampled_from(["default", "xavier", "kaiming", "normal", "zeros"])
scaling = st.sampled_from(["0-1", "standardised", "0-255"])
cell = st.sampled_from(["rnn", "gru", "lstm"])
few = st.lists(st.integers(1, 9), max_size=3).map(tuple)
every = {"dropout": share, "initialisation": way, "scaling": scaling}
designs = st.one_of(
    st.builds(CNN, blocks=blocks, dense=few, activation=activation, **every),
    st.builds(MLP, hidden=few.filter(len), batch_norm=st.booleans(), activation=activation, **every),
    st.builds(RowReader, cell=cell, hidden_size=st.integers(1, 5), num_layers=st.integers(1, 3), **every),
    st.builds(ColumnReader, blocks=blocks, cell=cell, hidden_size=st.integers(1, 5), activation=activation, **every),
)


def layers(network: nn.Module) -> list[tuple[str, str]]:
    return [(name, repr(layer)) for name, layer in network.named_children()]


@pytest.mark.parametrize(("design", "shipped"), [(CNN(), DigitCNN), (MLP(), DigitMLP)])
def test_the_defaults_are_the_shipped_networks(design, shipped) -> None:
    torch.manual_seed(1)
    one = build(design)
    torch.manual_seed(1)
    other = shipped()
    assert layers(one) == layers(other)
    assert list(one.state_dict()) == list(other.state_dict())
    assert all(torch.equal(value, other.state_dict()[name]) for name, value in one.state_dict().items())
    assert count(design) == count_parameters(other)


def test_the_lab_is_summarised_as_in_the_lecture() -> None:
    """CLAIMS A1: shapes, parameters, and how they are counted."""
    found = [(one.name, one.kind, one.output_shape, one.parameters, one.how) for one in summarise(CNN())]
    assert found == [
        ("conv1", "Conv2d", (32, 26, 26), 320, "3*3*1*32 + 32"),
        ("relu1", "ReLU", (32, 26, 26), 0, ""),
        ("pool1", "MaxPool2d", (32, 13, 13), 0, ""),
        ("conv2", "Conv2d", (64, 11, 11), 18_496, "3*3*32*64 + 64"),
        ("relu2", "ReLU", (64, 11, 11), 0, ""),
        ("pool2", "MaxPool2d", (64, 5, 5), 0, ""),
        ("flatten", "Flatten", (1600,), 0, ""),
        ("dense1", "Linear", (64,), 102_464, "1600*64 + 64"),
        ("relu3", "ReLU", (64,), 0, ""),
        ("dense2", "Linear", (10,), 650, "64*10 + 10"),
    ]


def test_all_that_can_be_added_has_its_place_and_name() -> None:
    block = ConvBlock(channels=4, stride=2, padding=1, pooling="avg", batch_norm=True, dropout=0.1)
    design = CNN(blocks=(block,), dense=(), dropout=0.5, activation="tanh", scaling="0-255")
    assert [one.name for one in summarise(design, 3)] == [
        *("scale", "conv1", "norm1", "tanh1", "pool1", "drop1", "flatten", "drop2", "dense1")
    ]
    assert summarise(design, 3)[-1].output_shape == (3,)


def test_recurrent_layers_are_counted_gate_by_gate() -> None:
    by_name = {one.name: one for one in summarise(RowReader(num_layers=2))}
    assert by_name["rows"].output_shape == (28, 28) and by_name["gru"].output_shape == (28, 128)
    assert by_name["gru"].how == "3*(28*128 + 128*128 + 2*128) + 3*(128*128 + 128*128 + 2*128)"
    assert count(RowReader(num_layers=2)) == count_parameters(RowGRU())
    columns = {one.name: one for one in summarise(ColumnReader(cell="lstm", dropout=0.2))}
    assert columns["columns"].output_shape == (5, 64 * 5) and columns["lstm"].output_shape == (5, 128)
    assert list(columns)[-2:] == ["drop", "dense"]


@settings(max_examples=120, deadline=None)
@given(designs, st.integers(2, 20))
def test_a_design_runs_with_the_shapes_of_its_summary_or_says_why_not(design, classes) -> None:
    try:
        summary = summarise(design, classes)
    except ImpossibleShape as problem:
        with pytest.raises(ImpossibleShape, match=str(problem).split(":", maxsplit=1)[0]):
            build(design, classes)
        return
    network = build(design, classes)
    shapes = {}
    hooks = [
        layer.register_forward_hook(lambda _, __, out, name=name: shapes.setdefault(name.rpartition(".")[2], out))
        for name, layer in network.named_modules()
        if not list(layer.children())
    ]
    logits = network(torch.zeros(2, 1, 28, 28))
    assert logits.shape == (2, classes)
    for one in summary:
        value = shapes[one.name][0] if isinstance(shapes[one.name], tuple) else shapes[one.name]
        assert tuple(value.shape[1:]) == one.output_shape, one.name
        assert eval(one.how or "0") == one.parameters
    assert len(hooks) - len(summary) in {0, 1}  # a reader without dropout has a layer that drops nothing
    assert count(design, classes) == count_parameters(network)
    assert DESIGN.validate_json(design.model_dump_json()) == design


@pytest.mark.parametrize("build_or_not", [build, summarise, count])
def test_what_cannot_be_is_said_in_a_sentence(build_or_not) -> None:
    with pytest.raises(ImpossibleShape) as raised:
        build_or_not(CNN(blocks=(ConvBlock(), ConvBlock(), ConvBlock(kernel_size=9))))
    assert str(raised.value) == (
        "Block 3: a 9 x 9 kernel does not fit on maps of 5 x 5. Make the kernel smaller, or pool less."
    )
    with pytest.raises(ImpossibleShape, match="5 x 5, 7 x 7 with their padding"):
        build_or_not(ColumnReader(blocks=(ConvBlock(), ConvBlock(), ConvBlock(kernel_size=9, padding=1))))
    with pytest.raises(ImpossibleShape, match=r"Block 2: there is nothing to pool on maps of 1 x 1"):
        build_or_not(CNN(blocks=(ConvBlock(kernel_size=9, stride=4, pooling="max"), ConvBlock(kernel_size=2))))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "cnn", "blocks": []},
        {"kind": "cnn", "blocks": [{}] * 5},
        {"kind": "cnn", "blocks": [{"channels": 257}]},
        {"kind": "cnn", "blocks": [{"kernel_size": 0}]},
        {"kind": "cnn", "blocks": [{"pooling": "median"}]},
        {"kind": "cnn", "blocks": [{"dropout": "nan"}]},
        {"kind": "cnn", "dense": [1025]},
        {"kind": "cnn", "dense": [1, 1, 1, 1]},
        {"kind": "cnn", "layers": 3},
        {"kind": "mlp", "hidden": []},
        {"kind": "mlp", "hidden": [0]},
        {"kind": "mlp", "dropout": 1.0},
        {"kind": "rows", "cell": "transformer"},
        {"kind": "rows", "num_layers": 4},
        {"kind": "columns", "hidden_size": 513},
        {"kind": "vit"},
        {},
    ],
)
def test_a_design_that_is_none_is_refused(wrong) -> None:
    with pytest.raises(ValidationError):
        DESIGN.validate_python(wrong)


def test_a_design_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        CNN().dense = (1,)


def test_a_summary_follows_a_slider() -> None:
    wide = CNN(blocks=(ConvBlock(channels=256, padding=1, pooling="none"),) * 4, dense=(1024, 1024, 1024))
    summarise(wide)
    start = time.perf_counter()
    assert count(wide) > 200_000_000
    assert time.perf_counter() - start < 0.05  # measured: 2 ms


def test_a_summary_draws_no_random_numbers() -> None:
    torch.manual_seed(3)
    summarise(ColumnReader())
    number = torch.rand(1)
    torch.manual_seed(3)
    assert torch.equal(number, torch.rand(1))


@pytest.mark.parametrize("design", [CNN(), MLP(), CNN(blocks=(ConvBlock(channels=5, stride=2, padding=3),), dense=())])
def test_multiply_adds_are_half_of_what_pytorch_counts(design: Design) -> None:
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        build(design).eval()(torch.zeros(1, 1, 28, 28))
    assert count_multiply_adds(design) == counter.get_total_flops() / 2


def test_multiply_adds_of_readers_by_hand() -> None:
    lower, upper = 3 * (28 * 128 + 128 * 128), 3 * (128 * 128 + 128 * 128)
    assert count_multiply_adds(RowReader(num_layers=2)) == 28 * (lower + upper) + 128 * 10
    with_norm = CNN(blocks=(ConvBlock(channels=2, pooling="none", batch_norm=True),), dense=())
    assert count_multiply_adds(with_norm) == 26 * 26 * 2 * 9 + 26 * 26 * 2 + 26 * 26 * 2 * 10
