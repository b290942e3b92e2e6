"""What a training is told before it starts: one validated model that goes into a link, a file and a process."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.settings import Settings, settings
from core.training.hyperparameters import Training
from core.training.images import ImageTask

Task = ImageTask
"""What is learnt. A union over `kind`, once more than images can be learnt."""


class TrainConfig(BaseModel):
    """A whole run: what is learnt, by which network, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    title: Annotated[str, Field(min_length=1, max_length=80)] = "My run"
    task: Task = ImageTask()
    training: Training = Training()


class BadConfig(ValueError):
    """Settings of a run that cannot be used; the message is a sentence or more for the person who chose them."""


def check(config: TrainConfig, chosen: Settings | None = None) -> None:
    """Hold a run against what this machine allows (`core.settings`).

    Raises:
        BadConfig: a batch, a number of epochs, of parameters or of seconds above the limit.
        ImpossibleShape: a network that cannot be built.
    """
    chosen = chosen or settings()
    training = config.training
    parameters = config.task.count_parameters()
    for what, value, limit in (
        ("examples in a batch", training.batch_size, chosen.max_batch_size),
        ("epochs", training.epochs, chosen.max_epochs),
        ("parameters", parameters, chosen.max_parameters),
        ("seconds", training.seconds or 0, chosen.max_seconds),
    ):
        if value > limit:
            raise BadConfig(f"{value:,g} {what} are more than this machine allows, {limit:,g}.")


def read_config(values: Any) -> TrainConfig:
    """Return the run that a dictionary describes, with a sentence instead of a list of errors.

    Raises:
        BadConfig: a field that is unknown, missing or out of its range.
    """
    try:
        return TrainConfig.model_validate(values)
    except ValidationError as error:
        raise BadConfig(explain(error)) from None


def explain(error: ValidationError) -> str:
    """Return what is wrong with the fields, one short sentence each, at most three."""
    sentences = []
    for problem in error.errors()[:3]:
        field = str(next((part for part in reversed(problem["loc"]) if isinstance(part, str)), "the settings"))
        sentences.append(f"{field.replace('_', ' ').capitalize()}: {problem['msg'].lower()}.")
    return " ".join(sentences)


def override(config: TrainConfig, field: str, value: str) -> TrainConfig:
    """Return the run with one field changed by its name alone: ``override(lab, "learning_rate", "0.01")``.

    Field names are unique over the whole configuration, so no path is needed;
    `value` is JSON, or plain text.

    Raises:
        BadConfig: there is no such field, or the value does not fit.
    """
    tree = config.model_dump(mode="json")
    branch = _branch(tree, field)
    if branch is None:
        raise BadConfig(f"There is no setting named {field!r}. There are: {', '.join(sorted(_leaves(tree)))}.")
    try:
        branch[field] = _from_text(value)
    except ValueError:
        branch[field] = value
    return read_config(tree)


def _from_text(value: str) -> Any:
    import json

    return json.loads(value)


def _branch(tree: dict[str, Any], field: str) -> dict[str, Any] | None:
    if field in tree:
        return tree
    for child in tree.values():
        if isinstance(child, dict):
            found = _branch(child, field)
            if found is not None:
                return found
    return None


def _leaves(tree: dict[str, Any]) -> list[str]:
    return [leaf for key, child in tree.items() for leaf in (_leaves(child) if isinstance(child, dict) else [key])]
