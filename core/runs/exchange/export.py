"""A run as a download, in the usual formats. Nothing is written to disk."""

import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import torch
from safetensors.torch import save

from core.models.images.design import SIDE
from core.runs.networks import NoNetwork, final_network
from core.runs.store.checkpoints import CheckpointProblem, CheckpointStore
from core.runs.store.record import Run
from core.runs.store.store import Store
from core.training.config import BadConfig
from core.training.curve import COLUMNS
from core.training.events import Diagnostics, Validation
from core.training.task import Score

FORMAT, VERSION = "deep-learning-playground run", 1
"""Of the card of exported weights."""
WEIGHTS, CONFIG, CARD = "model.safetensors", "config.json", "card.json"
"""The files in the zip of exported weights."""
CHECKED = 100
"""Random inputs on which an ONNX graph is compared with the network."""
TOLERANCE = 1e-4
"""The largest error of a logit there, relative to the largest logit where that is above 1."""


class ExportProblem(RuntimeError):
    """Something that cannot be exported; the message is for people."""


def export_weights(store: Store, run: Run) -> bytes:
    """Return a zip with the final weights (`WEIGHTS`), the configuration (`CONFIG`) and a card (`CARD`).

    `core.runs.exchange.importing.import_run` reads it back.

    Raises:
        ExportProblem: the weights are gone or damaged.
    """
    try:
        final = CheckpointStore(store.folder / run.id).load_final()
        weights = save({name: value.contiguous() for name, value in final.items()})
    except CheckpointProblem as problem:
        raise ExportProblem(str(problem)) from None
    card = {
        "format": FORMAT,
        "version": VERSION,
        "title": run.title,
        "score": run.score and asdict(run.score),
        "outputs": run.setup.outputs,
        "sizes": dict(zip(("training", "validation", "test"), run.setup.sizes, strict=True)),
        "data": run.setup.notes,
        "parameters": run.parameters,
        "steps": run.step,
        "epochs": run.epoch,
        "seconds": round(run.seconds, 3),
        "device": run.device,
        "restored": run.restored,
        "versions": {"python": platform.python_version(), "torch": str(torch.__version__)},
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
    }
    return _zip({WEIGHTS: weights, CONFIG: _json(run.raw_config), CARD: _json(card)})


def export_onnx(store: Store, run: Run) -> bytes:
    """Return the final network as an ONNX file, compared with it on `CHECKED` random inputs.

    Its input is ``images`` (batch, 1, 28, 28) in 0-1, its output ``logits`` (batch, classes).

    Raises:
        ExportProblem: it reads no images, the weights are gone, a layer has no operator, or the answers differ.
    """
    import onnxruntime

    from core.runs.exchange.onnx_graph import INPUT, OUTPUT, NotExportable, write_graph

    if run.learns != "images":
        raise ExportProblem(f"Only networks that read images can be exported as ONNX; this one learnt {run.learns}.")
    try:
        network = final_network(store, run)
        shape = (1, SIDE, SIDE)
        about = {"title": run.title, "classes": json.dumps(run.setup.outputs)}
        graph = write_graph(network, shape, about)
    except (NoNetwork, NotExportable) as problem:
        raise ExportProblem(str(problem)) from None
    images = torch.rand(CHECKED, *shape, generator=torch.Generator().manual_seed(0))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    (found,) = session.run([OUTPUT], {INPUT: images.numpy()})
    with torch.inference_mode():
        expected = network(images).numpy()
    off = float(np.abs(found - expected).max())
    if not off <= TOLERANCE * max(1.0, float(np.abs(expected).max())):
        raise ExportProblem(f"The ONNX graph does not answer as the network does: a logit is off by {off:.2g}.")
    return graph


def metric_rows(store: Store, run: Run) -> Iterator[list[str | float | None]]:
    """Yield the curve of a run: a heading, then a row for each update, with the validation after it, if any.

    Rows begin with id and title, so that the files of several runs can be concatenated.
    """
    validations = {event.step: event.score for event in store.events(run.id) if isinstance(event, Validation)}
    yield ["run", "title", *COLUMNS, "validation_loss", "validation_accuracy"]
    for step, *values in store.curve(run.id).rows.tolist():
        score = validations.get(int(step))
        yield [run.id, run.title, int(step), *values, *([score.loss, score.accuracy] if score else [None, None])]


def export_tensorboard(store: Store, run: Run) -> bytes:
    """Return a zip with a TensorBoard event file: losses, accuracies, learning rate, and gradient norms by layer.

    Unpack it anywhere and point ``tensorboard --logdir`` there.
    """
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    file = io.BytesIO()
    # Not with SummaryWriter: it writes to disk, and puts the name of this machine into the file name.
    writer = RecordWriter(file)
    writer.write(Event(wall_time=run.created, file_version="brain.Event:2").SerializeToString())
    for step, seconds, scalars in _scalars(store, run):
        values = [Summary.Value(tag=tag, simple_value=value) for tag, value in scalars.items()]
        event = Event(wall_time=run.created + seconds, step=step, summary=Summary(value=values))
        writer.write(event.SerializeToString())
    writer.flush()
    return _zip({f"{run.id}/events.out.tfevents.{int(run.created)}.playground": file.getvalue()})


def _scalars(store: Store, run: Run) -> Iterable[tuple[int, float, Mapping[str, float]]]:
    """Yield step, seconds and numbers by tag."""
    for step, _, seconds, loss, accuracy, rate in store.curve(run.id).rows.tolist():
        yield int(step), seconds, {"train/loss": loss, "train/accuracy": accuracy, "train/learning_rate": rate}
    for event in store.events(run.id):
        match event:
            case Validation():
                yield event.step, event.seconds, _numbers("validation", event.score)
            case Diagnostics(gradient_norms=norms):
                yield event.step, event.seconds, {f"gradient_norm/{layer}": norm for layer, norm in norms.items()}
    if run.score:
        yield run.step, run.seconds, _numbers("test", run.score)


def _numbers(name: str, score: Score) -> dict[str, float]:
    return {f"{name}/loss": score.loss, f"{name}/accuracy": score.accuracy}


def export_script(run: Run) -> str:
    """Return a short Python script that trains the network of a run again, with PyTorch and torchvision only.

    Raises:
        ExportProblem: the configuration is not one of ours, or that of a run that does not learn images.
    """
    from core.training.script import PUBLISHED_TESTS, write_script

    if run.learns != "images":
        raise ExportProblem(
            f"Only a training on images can be written as a script; this run learnt {run.learns}, not images."
        )
    try:
        return write_script(run.config, len(run.setup.outputs) or 10, run.setup.sizes[2] or PUBLISHED_TESTS)
    except BadConfig as problem:
        raise ExportProblem(str(problem)) from None


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose bytes depend on the files alone, not on the clock."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
