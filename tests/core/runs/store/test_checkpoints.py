from pathlib import Path

import pytest
import torch

from core.runs.store.checkpoints import KEPT, CheckpointProblem, CheckpointStore


def weights(value: float = 1.0) -> dict[str, torch.Tensor]:
    return {"conv1.weight": torch.full((2, 3), value), "norm1.num_batches_tracked": torch.tensor(7)}


def test_weights_come_back(tmp_path: Path) -> None:
    checkpoints = CheckpointStore(tmp_path / "run")
    checkpoints.save(3, weights(1 / 3))
    checkpoints.save_final(weights(1 / 3))
    assert checkpoints.steps() == [3]
    assert checkpoints.load(3)["conv1.weight"].dtype == torch.float32
    assert torch.allclose(checkpoints.load(3)["conv1.weight"], torch.tensor(1 / 3), atol=1e-3)
    assert torch.equal(checkpoints.load_final()["conv1.weight"], weights(1 / 3)["conv1.weight"])
    assert checkpoints.load(3)["norm1.num_batches_tracked"] == 7


def test_transposed_weights_come_back_in_their_order(tmp_path: Path) -> None:
    transposed = torch.arange(6.0).reshape(2, 3).T  # not contiguous: safetensors refuses it, or scrambles it
    checkpoints = CheckpointStore(tmp_path)
    checkpoints.save_final({"weight": transposed})
    checkpoints.save(1, {"weight": transposed})
    checkpoints.save_state({"weight": transposed}, {"optimizer.0.moment": transposed})
    assert torch.equal(checkpoints.load_final()["weight"], transposed)
    assert torch.equal(checkpoints.load(1)["weight"], transposed)
    found, state = checkpoints.load_state()
    assert torch.equal(found["weight"], transposed)
    assert torch.equal(state["optimizer.0.moment"], transposed)


def test_the_state_is_kept_beside_the_weights(tmp_path: Path) -> None:
    checkpoints = CheckpointStore(tmp_path)
    assert not checkpoints.can_resume
    checkpoints.save_state(weights(), {"progress": torch.arange(7.0), "optimizer.0.step": torch.tensor(4.0)})
    assert checkpoints.can_resume
    found, state = checkpoints.load_state()
    assert found.keys() == weights().keys()
    assert state.keys() == {"progress", "optimizer.0.step"}


def test_checkpoints_are_thinned_out_but_for_the_first_and_the_last(tmp_path: Path) -> None:
    checkpoints = CheckpointStore(tmp_path)
    for step in range(100):
        checkpoints.save(step, weights())
        assert len(checkpoints.steps()) <= KEPT
        assert {0, step} <= set(checkpoints.steps())
    gaps = [after - before for before, after in zip(checkpoints.steps(), checkpoints.steps()[1:], strict=False)]
    assert max(gaps) < 20
    assert gaps[0] <= gaps[len(gaps) // 2]


def test_later_checkpoints_are_forgotten(tmp_path: Path) -> None:
    checkpoints = CheckpointStore(tmp_path)
    for step in (0, 5, 9):
        checkpoints.save(step, weights())
    checkpoints.delete_after(5)
    assert checkpoints.steps() == [0, 5]


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickle", b"\xff" * 64, b"\x08\0\0\0\0\0\0\0{broken}"])
def test_damaged_files_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "3.safetensors").write_bytes(content)
    with pytest.raises(CheckpointProblem, match="gone or damaged"):
        CheckpointStore(tmp_path).load(3)


def test_missing_weights_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CheckpointProblem, match="gone or damaged"):
        CheckpointStore(tmp_path / "nowhere").load_final()


def test_a_full_disk_leaves_the_file_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoints = CheckpointStore(tmp_path)
    checkpoints.save_final(weights(1.0))

    def half_written(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half_written)
    with pytest.raises(CheckpointProblem, match="No space left"):
        checkpoints.save_final(weights(2.0))
    monkeypatch.undo()
    assert torch.equal(checkpoints.load_final()["conv1.weight"], weights(1.0)["conv1.weight"])
    assert [path.name for path in tmp_path.iterdir()] == ["final.safetensors"]
