"""Import of an exported network: a zip from `export.export_weights`, checked before it is unpacked.

No claim of a file is trusted. Its configuration is validated like any other, its weights
must fit that network, and its score is measured again here;
what it claims is kept as `core.runs.store.record.Claims` and never shown as ours.
"""

import hashlib
import json
import math
import shutil
from dataclasses import replace
from typing import Annotated, Any

import torch
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn

from core.bounded_zip import BadZip, open_zip, read_member
from core.models.device import name_device
from core.models.images.design import ImpossibleShape
from core.models.shipped import count_parameters
from core.runs.exchange.export import CARD, CONFIG, FORMAT, VERSION, WEIGHTS
from core.runs.store.checkpoints import CheckpointProblem, CheckpointStore
from core.runs.store.labels import BadLabel, clean_title
from core.runs.store.record import Claims, Setup
from core.runs.store.store import Store, StoreProblem, new_id
from core.settings import settings
from core.training.config import BadConfig, TrainConfig, check, explain, read_config
from core.training.prepare import prepare
from core.training.task import Score, Task, evaluate

TEXT = 64_000
"""Bytes of a configuration, and of a card."""
LONGEST = 100_000
"""Bytes of the header of a safetensors file: ours have a few thousand."""
_BEGIN = b"{"  # of that header, after its length in eight bytes
_ENTRY = {"dtype", "shape", "data_offsets"}  # of a tensor in that header

ALONE = "Weights alone do not say which network they belong to: choose config.json together with the safetensors file."

_PICKLED = (".pkl", ".pickle", ".pt", ".pth", ".ckpt")


class ImportProblem(ValueError):
    """A file that is refused; the message is for people."""


class Stated(BaseModel):
    """A score that a file claims."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    loss: float
    correct: int = Field(ge=0)
    cases: int = Field(ge=1)


class ImportedCard(BaseModel):
    """The fields of a card that are read."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    format: str = Field(default=FORMAT, pattern=f"^{FORMAT}$")
    version: int = Field(default=VERSION, ge=1, le=VERSION)
    title: Annotated[str, Field(max_length=1000)] = ""
    outputs: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(min_length=2, max_length=1000)
    ] = tuple("0123456789")
    score: Stated | None = None
    steps: int = Field(default=0, ge=0, le=2**53)
    epochs: float = Field(default=0, ge=0)
    seconds: float = Field(default=0, ge=0)
    weights_sha256: str | None = None


def import_run(
    store: Store,
    data: bytes,
    title: str = "",
    session: str = "",
    config: bytes | None = None,
    card: bytes | None = None,
) -> str:
    """Import a network that was trained elsewhere, as an ended run, and return its id.

    Args:
        store: for the run.
        data: a zip of exported weights; or a safetensors file, with its `config`.
        title: for people; empty for that of the file.
        session: of the person who imports it.
        config: JSON, where `data` is a safetensors file.
        card: JSON, where there is one.

    Raises:
        ImportProblem: the file is refused.
        StoreProblem: the run cannot be stored.
    """
    if len(data) > _most():
        raise ImportProblem(f"The file has {len(data) / 2**20:.1f} MB; at most {_most() / 2**20:.1f} MB are allowed.")
    weights = data
    if config is None:
        weights, config, card = _unpack(data)
    chosen, known = _config(config), _card(card)
    if known.weights_sha256 not in {None, hashlib.sha256(weights).hexdigest()}:
        raise ImportProblem("The card belongs to other weights.")
    with torch.device("meta"):  # names and shapes, without memory
        network = chosen.task.build(len(known.outputs))
    state = _weights(weights, network)
    try:
        name = clean_title(title or known.title or chosen.title)
    except BadLabel as problem:
        raise ImportProblem(str(problem)) from None
    score = Score(**known.score.model_dump()) if known.score else None
    stated = Claims(score, known.steps, known.epochs, known.seconds)
    setup = Setup(outputs=known.outputs, parameters=count_parameters(network), stated=stated)
    return _store(store, chosen.model_copy(update={"title": name}), setup, state, session)


def _most() -> int:
    """Return the largest size of a file: the weights of the largest network, buffers of batch norm, texts; bytes."""
    return 5 * settings().max_parameters + LONGEST + 3 * TEXT


def _unpack(data: bytes) -> tuple[bytes, bytes, bytes | None]:
    """Return weights, configuration and card from a zip."""
    if data[:1] == b"\x80":
        raise ImportProblem("This is a pickle. Pickles can run any program, so none is ever opened here.")
    if data[8:9] == _BEGIN:
        raise ImportProblem(ALONE)
    limits = {WEIGHTS: _most(), CONFIG: TEXT, CARD: TEXT}
    try:
        with open_zip(data) as archive:
            _refuse_strange([member.filename for member in archive.infolist()])
            files = {}
            for member in archive.infolist():
                limit = limits[member.filename]
                files[member.filename] = read_member(archive, member, limit)
                if member.file_size > limit or len(files[member.filename]) > limit:
                    raise ImportProblem(f"{member.filename} has more than {limit:,} bytes when it is unpacked.")
    except BadZip as problem:
        raise ImportProblem(str(problem)) from None
    for wanted in (WEIGHTS, CONFIG):
        if wanted not in files:
            raise ImportProblem(f"The zip has no {wanted}. Only weights that were exported here can be imported.")
    return files[WEIGHTS], files[CONFIG], files.get(CARD)


def _refuse_strange(names: list[str]) -> None:
    if any(name.lower().endswith(_PICKLED) for name in names):
        raise ImportProblem("There is a pickle in this file. Pickles can run any program, so none is ever opened here.")
    strange = [name for name in names if name not in {WEIGHTS, CONFIG, CARD}]
    if strange:
        raise ImportProblem(f"The zip has a file that no export has: {strange[0][:80]!r}.")
    if len(set(names)) < len(names):
        raise ImportProblem("The zip has two files of the same name.")


def _config(text: bytes) -> TrainConfig:
    try:
        config = read_config(_json(text, CONFIG))
        check(config)
    except (BadConfig, ImpossibleShape) as problem:
        raise ImportProblem(f"The configuration of this network cannot be used. {problem}") from None
    return config


def _card(text: bytes | None) -> ImportedCard:
    if text is None:
        return ImportedCard()
    try:
        return ImportedCard.model_validate(_json(text, CARD))
    except ValidationError as problem:
        raise ImportProblem(f"The card of this network cannot be used. {explain(problem)}") from None


def _json(text: bytes, name: str) -> Any:
    if len(text) > TEXT:
        raise ImportProblem(f"{name} has more than {TEXT:,} bytes.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ImportProblem(f"{name} is not JSON.") from None


def _weights(data: bytes, network: nn.Module) -> dict[str, Tensor]:
    """Return the weights in a safetensors file, which must be those of a network like this one."""
    if data[:1] == b"\x80" or data[:2] == b"PK":
        raise ImportProblem("The weights are a pickle. Pickles can run any program, so none is ever opened here.")
    if data[8:9] != _BEGIN:  # a picture, for example, whose first bytes would be taken for a length
        raise ImportProblem("The weights are damaged, or not a safetensors file.")
    length = int.from_bytes(data[:8], "little")
    if length > LONGEST:
        raise ImportProblem(f"The weights claim a header of {length:,} bytes; at most {LONGEST:,} are allowed.")
    try:
        state = load(data)
        header = json.loads(data[8 : 8 + length], object_pairs_hook=_once)
    except (SafetensorError, ValueError, KeyError, RecursionError) as problem:
        reason = " ".join(str(problem).split())[:160]
        raise ImportProblem(f"The weights are damaged, or not a safetensors file ({reason}).") from None
    if any(entry.keys() - _ENTRY for name, entry in header.items() if name != "__metadata__"):
        raise ImportProblem("The weights are damaged: their header has unknown fields.")
    expected = network.state_dict()
    missing, unknown = expected.keys() - state.keys(), state.keys() - expected.keys()
    if missing:
        raise ImportProblem(f"The weights do not belong to this network: {min(missing)!r} is missing.")
    if unknown:
        raise ImportProblem(f"The weights do not belong to this network: it has no {min(unknown)[:80]!r}.")
    for name, value in expected.items():
        for what, found, wanted in (
            ("type", str(state[name].dtype), str(value.dtype)),
            ("shape", str(list(state[name].shape))[:60], str(list(value.shape))),
        ):
            if found != wanted:
                raise ImportProblem(f"The weights {name!r} have the {what} {found}; {wanted} was expected.")
    if not all(bool(value.isfinite().all()) for value in state.values()):
        raise ImportProblem("Some of the weights are not finite numbers.")
    return state


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; of a name that comes twice, readers would see different things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _store(store: Store, config: TrainConfig, setup: Setup, state: dict[str, Tensor], session: str) -> str:
    """Write everything; the row comes last, so that nobody finds half a run."""
    scored = _score(config, setup.outputs, state)
    run = new_id()
    try:
        CheckpointStore(store.folder / run).save_final(state)
        store.create(config, session, "finished", run_id=run)
    except (CheckpointProblem, StoreProblem) as problem:
        shutil.rmtree(store.folder / run, ignore_errors=True)
        raise StoreProblem(str(problem)) from None
    if scored is None:
        store.set_setup(run, "", setup, 0)
        data = "images" if config.task.learns == "images" else "data"
        store.set_status(run, "finished", f"Its test {data} are not here, so its score is not known.")
        return run
    score, task = scored
    setup = replace(setup, sizes=(0, 0, task.sizes[2]), notes=task.notes)
    store.set_setup(run, name_device(task.device, torch.get_num_threads()), setup, 0)
    store.set_score(run, score)
    store.set_status(run, "finished", "It was imported; its score was measured here.")
    return run


def _score(config: TrainConfig, outputs: tuple[str, ...], state: dict[str, Tensor]) -> tuple[Score, Task] | None:
    """Return the score on the test data here, and its task; None where the data is missing or has other classes."""
    # No training data is needed, and this machine may not have the device that it was trained on.
    training = config.training.model_copy(update={"batch_size": 1, "device": "auto"})
    try:
        task = prepare(config.model_copy(update={"task": config.task.for_testing(), "training": training}))
        if task.outputs != outputs:
            return None
        task.network.load_state_dict(state)
        result = evaluate(task, task.test, by_class=True)
    except (LookupError, ValueError, OSError, RuntimeError):
        return None
    if not math.isfinite(result.loss):
        raise ImportProblem("The outputs of this network are not finite numbers.")
    return result, task
