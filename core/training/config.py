"""The configuration of a run: one validated model that goes into a link, a file and a process."""

from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from core.settings import Settings, settings
from core.training.hyperparameters import Training
from core.training.tasks.images import ImageTask
from core.training.tasks.registry import TASKS
from core.training.tasks.task_config import TaskConfig


def _learns(value: Any) -> str:
    """Return what a task learns; the default is images."""
    return str(value.get("learns", "images") if isinstance(value, dict) else getattr(value, "learns", ""))


if TYPE_CHECKING:
    AnyTask = TaskConfig
else:
    AnyTask = Annotated[
        Union[tuple(Annotated[task, Tag(learns)] for learns, task in TASKS.items())],  # noqa: UP007 - from a list
        Discriminator(_learns),
    ]


class TrainConfig(BaseModel):
    """The configuration of a run: what is learnt, by which network, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    title: Annotated[str, Field(min_length=1, max_length=80)] = "My run"
    task: AnyTask = ImageTask()
    training: Training = Training()

    @property
    def images(self) -> ImageTask:
        """The task, where it is to classify images.

        Raises:
            BadConfig: it is another task.
        """
        if not isinstance(self.task, ImageTask):
            raise BadConfig(f"This run learns {self.task.learns}, not images.")
        return self.task


class BadConfig(ValueError):
    """Settings that cannot be used; the message is for people."""


def check(config: TrainConfig, chosen: Settings | None = None) -> None:
    """Check a run against the limits of this machine (`core.settings`).

    Raises:
        BadConfig: a batch, or a number of epochs, parameters or seconds, above the limit.
        ImpossibleShape: the network cannot be built.
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
            raise BadConfig(f"{value:,.10g} {what} are more than this machine allows, {limit:,.10g}.")


def read_config(values: Any) -> TrainConfig:
    """Return the run that a dictionary describes.

    Raises:
        BadConfig: a field is unknown, missing or out of range.
    """
    try:
        return TrainConfig.model_validate(values)
    except ValidationError as error:
        raise BadConfig(explain(error)) from None


def explain(error: ValidationError) -> str:
    """Return a short sentence for each invalid field, at most three."""
    sentences, problems = [], error.errors()
    places = [problem["loc"] for problem in problems]
    for problem in problems[:3]:
        if any(len(place) > len(problem["loc"]) and place[: len(problem["loc"])] == problem["loc"] for place in places):
            continue  # a list that lacks what is wrong with one of its items
        field = str(next((part for part in reversed(problem["loc"]) if isinstance(part, str)), "the settings"))
        said = _IN_WORDS.get(problem["type"], "{said}").format(said=problem["msg"].lower(), **problem.get("ctx", {}))
        sentences.append(f"{field.replace('_', ' ').capitalize()}: {said}.")
    return " ".join(sentences)


_IN_WORDS = {
    "model_type": "names and their values were expected",
    "union_tag_invalid": "nothing here is called “{tag}”",
}
"""What pydantic says in words of its own."""
