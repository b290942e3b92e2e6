"""The weights of a run in files: during training, at the end, and what it needs to resume. Safetensors only."""

import json
import math
from collections.abc import Mapping
from pathlib import Path, PurePath

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from core.runs.store.run_files import Folder, RunFiles

KEPT = 20
"""Checkpoints kept of one run."""
_STATE = "state."
_SUFFIX = ".safetensors"


class CheckpointProblem(RuntimeError):
    """Weights that cannot be written or read; the message is for people."""


class CheckpointStore:
    """The weights of one run. Reading and writing raise `CheckpointProblem`.

    Args:
        files: of the run, or the folder that holds them.
    """

    def __init__(self, files: RunFiles | Path) -> None:
        self._files = Folder(files) if isinstance(files, Path) else files

    def steps(self) -> list[int]:
        """Return the updates after which there is a checkpoint, in order."""
        stems = [PurePath(name).stem for name in self._files.names() if name.endswith(_SUFFIX)]
        return sorted(int(stem) for stem in stems if stem.isdigit())

    def save(self, step: int, weights: Mapping[str, Tensor]) -> None:
        """Save the weights after an update, in half precision, and delete some earlier ones, never the first."""
        self._write(f"{step}{_SUFFIX}", {name: _half(value) for name, value in weights.items()})
        steps = self.steps()
        while len(steps) > KEPT:
            extra = _most_redundant(steps)
            steps.remove(extra)
            self._files.remove(f"{extra}{_SUFFIX}")

    def load(self, step: int) -> dict[str, Tensor]:
        """Return the weights after an update, in single precision."""
        return {name: _single(value) for name, value in self._read(f"{step}{_SUFFIX}").items()}

    def save_final(self, weights: Mapping[str, Tensor]) -> None:
        """Save the weights with which a run ended."""
        self._write(f"final{_SUFFIX}", weights)

    def load_final(self) -> dict[str, Tensor]:
        """Return the weights with which a run ended."""
        return self._read(f"final{_SUFFIX}")

    def save_state(self, weights: Mapping[str, Tensor], state: Mapping[str, Tensor]) -> None:
        """Save everything needed to resume, in place of the earlier state."""
        self._write(f"resume{_SUFFIX}", {**weights, **{_STATE + name: value for name, value in state.items()}})

    def load_state(self) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """Return the weights, and the rest needed to resume."""
        everything = self._read(f"resume{_SUFFIX}")
        state = {name.removeprefix(_STATE): value for name, value in everything.items() if name.startswith(_STATE)}
        return {name: value for name, value in everything.items() if not name.startswith(_STATE)}, state

    @property
    def can_resume(self) -> bool:
        """Whether there is anything to resume from."""
        return f"resume{_SUFFIX}" in self._files.names()

    def delete_after(self, step: int) -> None:
        """Delete the checkpoints of later updates: a resumed run makes them again."""
        for later in self.steps():
            if later > step:
                self._files.remove(f"{later}{_SUFFIX}")

    def _write(self, name: str, tensors: Mapping[str, Tensor]) -> None:
        data = save({key: value.detach().cpu().contiguous() for key, value in tensors.items()})
        try:
            self._files.write(name, data)
        except OSError as error:
            raise CheckpointProblem(f"The weights could not be written: {error.strerror or error}.") from None

    def _read(self, name: str) -> dict[str, Tensor]:
        try:
            return load(self._files.read(name))
        except (OSError, SafetensorError, ValueError, json.JSONDecodeError):
            raise CheckpointProblem("The weights of this run are gone or damaged.") from None


def _most_redundant(steps: list[int]) -> int:
    """Return the step with the closest neighbours; early ones count as further apart, because learning starts fast."""
    inner = range(1, len(steps) - 1)
    return steps[min(inner, key=lambda place: (steps[place + 1] - steps[place - 1]) / math.sqrt(steps[place]))]


def _half(value: Tensor) -> Tensor:
    return value.to(torch.float16) if value.is_floating_point() else value


def _single(value: Tensor) -> Tensor:
    return value.to(torch.float32) if value.is_floating_point() else value
