import csv
import hashlib
import io
import json
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import load
from torch import nn

from core.data.csv_files import write_csv
from core.models.images.design import CNN, ColumnReader, RowReader, build
from core.models.initialisation import initialise
from core.runs import networks as trained
from core.runs.exchange import export
from core.runs.exchange.export import (
    ExportProblem,
    export_onnx,
    export_script,
    export_tensorboard,
    export_weights,
    metric_rows,
)
from core.runs.exchange.onnx_graph import NotExportable, write_graph
from core.runs.networks import final_network
from core.runs.store.record import Run
from core.runs.store.store import Store
from core.runs.workers.execute import execute
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.events import Validation
from tests.support.designs import DESIGNS

TITLE = "=cmd|' /C calc'!A0"


@pytest.fixture
def run(store: Store, config: TrainConfig) -> Run:
    identity = store.create(config.model_copy(update={"title": TITLE}), "me", "starting")
    execute(store, identity, Control())
    record = store.get(identity)
    assert record
    return record


def test_weights_come_with_configuration_and_card(store: Store, run: Run) -> None:
    data = export_weights(store, run)
    assert data == export_weights(store, run)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["model.safetensors", "config.json", "card.json"]
        weights, config, card = (archive.read(name) for name in archive.namelist())
    kept = final_network(store, run).state_dict()
    found = load(weights)
    assert found.keys() == kept.keys()
    assert all(torch.equal(found[name], kept[name]) for name in kept)
    assert json.loads(config) == run.raw_config
    said = json.loads(card)
    assert run.score
    assert (said["title"], said["score"], said["outputs"]) == (
        TITLE,
        json.loads(json.dumps(asdict(run.score))),
        ["standing", "lying"],
    )
    assert said["sizes"] == {"training": 200, "validation": 40, "test": 60}
    assert said["versions"]["torch"] == torch.__version__
    assert said["weights_sha256"] == hashlib.sha256(weights).hexdigest()


@pytest.mark.parametrize(
    "design",
    [
        *(design for design, _ in DESIGNS.values()),
        RowReader(cell="gru", hidden_size=7, num_layers=3, scaling="standardised"),
        RowReader(cell="rnn", hidden_size=5, num_layers=2, dropout=0.2),
        ColumnReader(cell="lstm", hidden_size=6, activation="tanh"),
        ColumnReader(cell="gru", hidden_size=6, scaling="0-255"),
    ],
    ids=lambda design: design.kind,
)
def test_an_onnx_graph_answers_as_pytorch_does(design: CNN) -> None:
    torch.manual_seed(0)
    network = build(design, 7)
    initialise(network, "normal")
    with torch.no_grad():
        for parameter in network.parameters():  # no bias is 0, no factor is 1
            parameter.add_(torch.rand_like(parameter) / 10)
        network(torch.rand(64, 1, 28, 28))  # batch norm sees something
    network.eval()
    graph = write_graph(network, (1, 28, 28), {"title": "<b>"})
    assert [entry.value for entry in onnx.load_from_string(graph).metadata_props] == ["<b>"]
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    for count in (1, 5):
        images = torch.rand(count, 1, 28, 28)
        (found,) = session.run(["logits"], {"images": images.numpy()})
        with torch.no_grad():
            expected = network(images).numpy()
        assert expected.std() > 1e-3
        np.testing.assert_allclose(found, expected, atol=1e-4 * max(1, np.abs(expected).max()))


def test_a_run_is_exported_as_onnx_with_its_classes(store: Store, run: Run) -> None:
    graph = onnx.load_from_string(export_onnx(store, run))
    said = {entry.key: entry.value for entry in graph.metadata_props}
    assert said == {"title": TITLE, "classes": '["standing", "lying"]'}


def test_a_graph_that_answers_otherwise_is_not_offered(store: Store, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    other = build(CNN(), 2).eval()
    real = write_graph
    monkeypatch.setattr("core.runs.exchange.onnx_graph.write_graph", lambda _, *more: real(other, *more))
    with pytest.raises(ExportProblem, match="does not answer as the network does: a logit is off by"):
        export_onnx(store, run)


def test_a_layer_without_an_operator_is_refused() -> None:
    with pytest.raises(NotExportable, match="Softmax cannot be exported"):
        write_graph(nn.Sequential(nn.Flatten(), nn.Softmax(1)), (1, 2, 2), {})


def test_metrics_are_a_table_with_harmless_texts(store: Store, run: Run) -> None:
    table = list(csv.DictReader(io.StringIO(write_csv(metric_rows(store, run)).decode("utf-8-sig"))))
    curve = store.curve(run.id)
    assert len(table) == 40
    for name in ("step", "epoch", "seconds", "loss", "accuracy", "learning_rate"):
        assert [float(row[name]) for row in table] == getattr(curve, name).tolist()
    assert {row["title"] for row in table} == {"'" + TITLE}
    validations = [event for event in store.events(run.id) if isinstance(event, Validation)]
    seen = [(int(row["step"]), float(row["validation_loss"])) for row in table if row["validation_loss"]]
    assert seen == [(event.step, event.score.loss) for event in validations]


def test_tensorboard_reads_what_happened(store: Store, run: Run, tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    with zipfile.ZipFile(io.BytesIO(export_tensorboard(store, run))) as archive:
        (name,) = archive.namelist()
        assert name == f"{run.id}/events.out.tfevents.{int(run.created)}.playground"
        archive.extractall(tmp_path)
    events = EventAccumulator(str(tmp_path / run.id), {"scalars": 0})
    events.Reload()
    curve = store.curve(run.id)
    losses = events.Scalars("train/loss")
    assert [one.step for one in losses] == list(range(1, 41))
    np.testing.assert_allclose([one.value for one in losses], curve.loss, rtol=1e-6)
    np.testing.assert_allclose([one.wall_time - run.created for one in losses], curve.seconds, atol=1e-6)
    tags = set(events.Tags()["scalars"])
    assert {"train/accuracy", "train/learning_rate", "validation/loss", "gradient_norm/dense1"} <= tags
    assert run.score
    assert events.Scalars("test/accuracy")[0].value == pytest.approx(run.score.correct / 60)


def test_a_run_without_weights_says_so(store: Store, run: Run) -> None:
    (store.folder / run.id / "final.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{cut")
    trained._load.cache_clear()
    for take in (export_weights, export_onnx):
        with pytest.raises(ExportProblem, match="gone or damaged"):
            take(store, run)
    assert len(list(metric_rows(store, run))) == 41


def test_a_script_knows_the_classes_of_its_run(run: Run) -> None:
    text = export_script(run)
    assert "nn.Linear(16, 2)" in text
    with pytest.raises(ExportProblem):
        export_script(replace(run, raw_config={"training": {"epochs": -1}}))


def test_slow_libraries_are_not_needed_to_look_at_runs() -> None:
    assert not {"onnxruntime", "tensorboard"} & set(vars(export))
