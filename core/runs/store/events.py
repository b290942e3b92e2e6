"""The events of a run that the store keeps, and their form in the database: a kind and JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.training.events import (
    Diagnostics,
    Ended,
    Event,
    LearningRateChange,
    Paused,
    Resumed,
    Validation,
)
from core.training.task import Score


@dataclass(frozen=True)
class CheckpointSaved(Event):
    """The weights after this update are on disk."""


@dataclass(frozen=True)
class Rewound(Event):
    """The run went back to this step, to resume there: earlier readers must read its curve and events again."""


@dataclass(frozen=True)
class TrialStarted(Event):
    """A sweep started the run as a trial: its number, from 1, and its values of what varies, as in an address."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class TrialPruned(Event):
    """A sweep ended the run early, with this accuracy on the validation data."""

    accuracy: float


RunEvent = (
    CheckpointSaved
    | Diagnostics
    | Ended
    | LearningRateChange
    | Paused
    | Resumed
    | Rewound
    | TrialPruned
    | TrialStarted
    | Validation
)

KINDS: Mapping[type[RunEvent], str] = {
    CheckpointSaved: "checkpoint",
    Diagnostics: "vitals",
    Ended: "ended",
    LearningRateChange: "rate",
    Paused: "rest",
    Resumed: "rest",
    Rewound: "rewound",
    TrialPruned: "pruned",
    TrialStarted: "trial",
    Validation: "validation",
}
"""The kinds by which the database knows the events. Stores of people hold them: they must not change."""
_BY_NAME = {kind: event for event, kind in KINDS.items()}


def encode(event: RunEvent) -> tuple[str, int, float, float, dict[str, Any]]:
    """Return kind, step, epoch, seconds and data of an event."""
    match event:
        case Validation(score=score, best=best):
            data: dict[str, Any] = {"loss": score.loss, "correct": score.correct, "cases": score.cases, "best": best}
        case Diagnostics(gradient_norms=norms, memory_bytes=memory):
            data = {"norms": norms, "memory": memory}
        case Paused() | Resumed():
            data = {"resting": isinstance(event, Paused)}
        case _:
            data = {name: value for name, value in asdict(event).items() if name not in Event.__dataclass_fields__}
    return KINDS[type(event)], event.step, event.epoch, event.seconds, data


def decode(kind: str, step: int, epoch: float, seconds: float, data: Mapping[str, Any]) -> RunEvent:
    """Return the event that `encode` described.

    Raises:
        LookupError, TypeError: no event has this form.
    """
    position = step, epoch, seconds
    match kind:
        case "validation":
            return Validation(*position, Score(data["loss"], data["correct"], data["cases"]), data["best"])
        case "vitals":
            return Diagnostics(*position, data["norms"], data["memory"])
        case "rest":
            return (Paused if data["resting"] else Resumed)(*position)
        case _:
            return _BY_NAME[kind](*position, **data)
