import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load, save

from core.runs.exchange.export import export_weights
from core.runs.exchange.importing import ImportProblem, import_run
from core.runs.networks import final_network
from core.runs.store.store import Store, StoreProblem
from core.runs.workers.execute import execute
from core.training.config import TrainConfig
from core.training.control import Control
from core.training.task import Score
from tests.support.stripes import short_run, store_stripes


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an exported run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_HOME", str(tmp_path_factory.mktemp("home")))
        store = Store(tmp_path_factory.mktemp("exported"))
        config = short_run(store_stripes())
        run = store.create(config.model_copy(update={"title": "a run"}), "me", "starting")
        execute(store, run, Control())
        record = store.get(run)
        assert record
        with zipfile.ZipFile(io.BytesIO(export_weights(store, record))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(autouse=True)
def _home(config: TrainConfig) -> None:
    """The stripes are at hand."""


def packed(files: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tensors(change: Callable[[dict[str, torch.Tensor]], Any]) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the files that changes the weights."""

    def edit(files: dict[str, bytes]) -> None:
        weights = load(files["model.safetensors"])
        change(weights)
        files["model.safetensors"] = save(weights)
        files["card.json"] = json.dumps(json.loads(files["card.json"]) | {"weights_sha256": None}).encode()

    return edit


def raw(change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the files that changes the bytes of the weights."""

    def edit(files: dict[str, bytes]) -> None:
        files["model.safetensors"] = change(files["model.safetensors"])
        files["card.json"] = b'{"outputs": ["standing", "lying"]}'

    return edit


def header(change: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the files that changes the header of the weights."""

    def edit(files: dict[str, bytes]) -> None:
        data = files["model.safetensors"]
        length = struct.unpack("<Q", data[:8])[0]
        tree = json.loads(data[8 : 8 + length])
        change(tree)
        text = json.dumps(tree).encode()
        files["model.safetensors"] = struct.pack("<Q", len(text)) + text + data[8 + length :]
        files.pop("card.json")
        files["card.json"] = b'{"outputs": ["standing", "lying"]}'

    return edit


def values(name: str, **changes: Any) -> Callable[[dict[str, bytes]], None]:
    def edit(files: dict[str, bytes]) -> None:
        files[name] = json.dumps(json.loads(files[name]) | changes).encode()

    return edit


def test_what_was_exported_comes_back(store: Store, exported: dict[str, bytes]) -> None:
    lying = exported | {}
    values("card.json", score={"loss": 0.0, "correct": 60, "cases": 60}, title="<b>a</b>\n")(lying)
    run = store.get(import_run(store, packed(lying), session="you"))
    assert run
    assert (run.title, run.session, run.status, run.step) == ("<b>a</b>", "you", "finished", 0)
    assert run.imported
    assert run.usable
    assert run.setup.stated is not None
    assert run.setup.stated.score == Score(0.0, 60, 60)
    assert run.parameters == 784 * 16 + 16 + 16 * 2 + 2
    true = json.loads(exported["card.json"])["score"]
    classes = tuple((right, of) for right, of in true["by_class"])
    assert run.score == Score(pytest.approx(true["loss"]), true["correct"], 60, classes)
    weights = load(exported["model.safetensors"])
    assert all(torch.equal(weights[name], value) for name, value in final_network(store, run).state_dict().items())
    with zipfile.ZipFile(io.BytesIO(export_weights(store, run))) as archive:
        assert archive.read("model.safetensors") == exported["model.safetensors"]


def test_weights_and_texts_may_come_one_by_one(store: Store, exported: dict[str, bytes]) -> None:
    weights, config, card = exported.values()
    run = store.get(import_run(store, weights, "mine", config=config, card=card))
    assert run
    assert (run.title, run.usable) == ("mine", True)
    with pytest.raises(ImportProblem, match="have the shape"):
        import_run(store, weights, config=config)  # without a card: ten classes
    with pytest.raises(ImportProblem, match="together with the safetensors file"):
        import_run(store, weights)


def test_a_score_is_unknown_where_the_images_are_not(store: Store, exported: dict[str, bytes]) -> None:
    files = exported | {}
    tree = json.loads(files["config.json"])
    tree["task"]["data"] = "own:0123456789abcdef"
    files["config.json"] = json.dumps(tree).encode()
    run = store.get(import_run(store, packed(files)))
    assert run
    assert (run.score, run.usable, run.reason) == (
        None,
        False,
        "Its test images are not here, so its score is not known.",
    )
    assert run.setup.stated and run.setup.stated.score and run.setup.stated.score.cases == 60


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda f: f.update({"data.pkl": b""}), "a pickle in this file"),
        (lambda f: f.update({"../evil": b""}), "a file that no export has"),
        (lambda f: f.pop("model.safetensors"), "has no model.safetensors"),
        (lambda f: f.pop("config.json"), "has no config.json"),
        (lambda f: f.update({"config.json": b"[" * 60_000}), "config.json is not JSON"),
        (lambda f: f.update({"config.json": b"\xff\xfe"}), "config.json is not JSON"),
        (lambda f: f.update({"config.json": b"[]"}), "configuration of this network cannot be used"),
        (lambda f: f.update({"config.json": b" " * 10_000_000}), "more than 64,000 bytes when it is unpacked"),
        (lambda f: f.update({"model.safetensors": bytes(30_000_000)}), "more than 25,2.* bytes when it is unpacked"),
        (lambda f: f.update({"card.json": b"{}"}), "shape"),
        (values("card.json", format="something"), "card of this network cannot be used. Format"),
        (values("card.json", version=99), "Version"),
        (values("card.json", outputs=[]), "Outputs"),
        (values("card.json", outputs=["a"] * 100_000), "more than 64,000 bytes"),
        (values("card.json", weights_sha256="0" * 64), "card belongs to other weights"),
        (values("card.json", score={"loss": float("nan"), "correct": 1, "cases": 1}), "Loss"),
        (values("config.json", training={"epochs": 1e9}), "more than this machine allows"),
        (values("config.json", task={"network": {"kind": "mlp", "hidden": [2048] * 8}}), "parameters are more than"),
        (values("config.json", task={"network": {"kind": "mlp", "hidden": [17]}}), "have the shape"),
        (values("config.json", task={"network": {"kind": "rows"}}), "'dense.bias' is missing"),
        (values("config.json", surprise=1), "Surprise"),
        (values("config.json", task={"learns": "cats"}), "Task: nothing here is called “cats”"),
        (lambda f: f.update({"config.json": b"[]"}), "used. The settings: names and their values were expected"),
        (raw(lambda data: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "weights are damaged, or not a safetensors file.$"),
        (raw(lambda data: data[:5]), "weights are damaged, or not a safetensors file.$"),
        (tensors(lambda w: w["dense1.weight"].fill_(float("nan"))), "not finite numbers"),
        (tensors(lambda w: w.pop("dense2.bias")), "'dense2.bias' is missing"),
        (tensors(lambda w: w.update({"extra": torch.zeros(1)})), "it has no 'extra'"),
        (
            tensors(lambda w: w.update({"dense2.bias": w["dense2.bias"].half()})),
            "type torch.float16; torch.float32 was expected",
        ),
        (raw(lambda data: data[:-1]), "damaged.*not fully covered"),
        (raw(lambda data: data + b"more"), "damaged.*not fully covered"),
        (raw(lambda data: struct.pack("<Q", 10**6) + data[8:]), "header of 1,000,000 bytes"),
        (raw(lambda data: b"\x80" + data[1:]), "weights are a pickle"),
        (raw(lambda data: b"PK" + data[2:]), "weights are a pickle"),
        (header(lambda h: h["dense2.bias"].update(shape=[10**15])), "damaged.*invalid shape"),
        (header(lambda h: h["dense2.bias"].update(shape=[True, 2])), "damaged.*invalid type: boolean"),
        (header(lambda h: h["dense2.bias"].update(data_offsets=[0, 8])), "damaged.*invalid offset"),
        (header(lambda h: h["dense2.bias"].update(data_offsets=[0, 2**60])), "damaged.*invalid offset"),
        (header(lambda h: h["dense2.bias"].update(data_offsets="ab")), "damaged.*expected a tuple"),
        (header(lambda h: h["dense2.bias"].update(dtype=["F32"])), "damaged.*invalid type"),
        (header(lambda h: h["dense2.bias"].update(more=1)), "damaged.*unknown fields"),
        (header(lambda h: h.update({"dense2.bias": 7})), "damaged.*invalid type: integer"),
    ],
)
def test_what_is_not_right_is_refused_with_the_reason(
    store: Store, exported: dict[str, bytes], edit: Callable[[dict[str, bytes]], Any], words: str
) -> None:
    files = exported | {}
    edit(files)
    with pytest.raises(ImportProblem, match=words):
        import_run(store, packed(files))
    assert store.count() == 0
    assert not [path for path in store.folder.glob("*") if path.is_dir()]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a zip"),
        (b"hello", "not a zip"),
        (pickle.dumps({"a": 1}), "This is a pickle"),
        (b"PK\x03\x04" + b"\0" * 100, "not a zip"),
        (bytes(30_000_000), "at most 24.* MB are allowed"),
    ],
)
def test_other_files_are_refused(store: Store, data: bytes, words: str) -> None:
    with pytest.raises(ImportProblem, match=words):
        import_run(store, data)


def test_a_pytorch_file_is_refused_as_the_pickle_that_it_is(store: Store, tmp_path: Path) -> None:
    torch.save({"weight": torch.zeros(2)}, tmp_path / "model.pt")
    with pytest.raises(ImportProblem, match="pickle"):
        import_run(store, (tmp_path / "model.pt").read_bytes())


def test_strange_zips_are_refused(store: Store, exported: dict[str, bytes]) -> None:
    with pytest.raises(ImportProblem, match="unusual way"):
        import_run(store, packed(exported, zipfile.ZIP_BZIP2))
    twice = io.BytesIO(packed(exported))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("config.json", b"{}")
    with pytest.raises(ImportProblem, match="same name"):
        import_run(store, twice.getvalue())
    data = bytearray(packed(exported))
    places = [place for place in range(len(data)) if data[place : place + 4] in (b"PK\x01\x02", b"PK\x03\x04")]
    for place in places:
        data[place + (8 if data[place + 2] == 1 else 6)] |= 1  # encrypted, says the flag
    with pytest.raises(ImportProblem, match="password"):
        import_run(store, bytes(data))


@pytest.mark.parametrize("again", ["{}", '{"dtype":"F32","shape":[2],"data_offsets":[0,8]}', None])
def test_names_that_come_twice_in_a_header_are_refused(
    store: Store, exported: dict[str, bytes], again: str | None
) -> None:
    data = exported["model.safetensors"]
    length = struct.unpack("<Q", data[:8])[0]
    entry = again or json.dumps(json.loads(data[8 : 8 + length])["dense2.bias"])  # None: the very same once more
    text = data[8 : 8 + length].rstrip()[:-1] + f',"dense2.bias":{entry}}}'.encode()
    files = exported | {"model.safetensors": struct.pack("<Q", len(text)) + text + data[8 + length :]}
    files["card.json"] = b'{"outputs": ["standing", "lying"]}'
    with pytest.raises(ImportProblem, match="weights are damaged"):
        import_run(store, packed(files))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0), value=st.integers(0, 255), cut=st.one_of(st.none(), st.integers(0)), raw=st.booleans())
def test_damaged_files_are_refused_or_harmless(
    store: Store, exported: dict[str, bytes], place: int, value: int, cut: int | None, raw: bool
) -> None:
    """Whatever byte is changed and wherever the file ends: a sentence, or a network that can be used."""
    data = bytearray(exported["model.safetensors"] if raw else packed(exported, zipfile.ZIP_STORED))
    front = min(len(data), 1500)  # header and card are what can lie; most other bytes are numbers
    data[place % front if raw else -1 - place % front] = value
    if cut is not None:
        del data[cut % len(data) :]
    texts = {"config": exported["config.json"], "card": b'{"outputs": ["standing", "lying"]}'} if raw else {}
    try:
        run = store.get(import_run(store, bytes(data), **texts))
    except ImportProblem as problem:
        assert str(problem).endswith((".", ")"))
        assert "\n" not in str(problem)
    else:
        assert run
        final_network(store, run)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 2**64 - 1))
def test_no_bytes_are_taken_for_weights(store: Store, exported: dict[str, bytes], content: bytes, length: int) -> None:
    for data in (content, struct.pack("<Q", length) + content, struct.pack("<Q", len(content)) + content):
        with pytest.raises(ImportProblem):
            import_run(store, data, config=exported["config.json"])


def test_a_full_disk_leaves_nothing_behind(
    store: Store, exported: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreProblem, match="No space left on device"):
        import_run(store, packed(exported))
    monkeypatch.undo()
    assert store.count() == 0
    assert not [path for path in store.folder.glob("*") if path.is_dir()]
