"""What a sweep tries: which hyperparameters vary, over which values, and who chooses them."""

import itertools
import math
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.settings import Settings, settings
from core.training.address import LONGEST, SETTINGS, change, flatten
from core.training.config import BadConfig, TrainConfig, check, explain

Sampler = Literal["grid", "random", "tpe"]
UNVARIED = frozenset({"data", "validation_images"})
"""Settings that stay: trials are compared on the same validation images."""


class Varied(BaseModel):
    """A hyperparameter that varies: over a list of values, or over a range of numbers.

    Attributes:
        name: of a setting, as `core.training.address` calls it.
        values: a list, each as it stands in an address; empty for a range.
        low: the smallest number of a range.
        high: the largest.
        log: whether 0.001 to 0.01 is as wide as 0.01 to 0.1.
        points: of a range on a grid, both ends among them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str
    values: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(max_length=20)] = ()
    low: float | None = None
    high: float | None = None
    log: bool = False
    points: int = Field(default=3, ge=2, le=20)

    @model_validator(mode="after")
    def _is_list_or_range(self) -> Self:
        if self.name not in SETTINGS or self.name in UNVARIED:
            raise ValueError(f"“{self.name[:40]}” is nothing that can vary")
        title = self.name.replace("_", " ")
        if self.values:
            if len(set(self.values)) < len(self.values):
                raise ValueError(f"a value of the {title} comes twice")
            return self
        if self.low is None or self.high is None or self.low >= self.high:
            raise ValueError(f"the {title} needs values, or a range from a smaller to a larger number")
        if self.log and self.low <= 0:
            raise ValueError(f"a logarithmic range of the {title} begins above 0")
        if not (self.whole or _of_type(self.name, "number")):
            raise ValueError(f"the {title} has no range; list its values")
        if self.whole and (self.low % 1 or self.high % 1):
            raise ValueError(f"a range of the {title} goes from one whole number to another")
        return self

    @property
    def whole(self) -> bool:
        """Whether it takes only whole numbers."""
        return _of_type(self.name, "integer")

    def on_grid(self) -> tuple[str, ...]:
        """Return the values that a grid has, from low to high; of whole numbers perhaps fewer than `points`."""
        if self.values:
            return self.values
        assert self.low is not None
        assert self.high is not None
        shares = [point / (self.points - 1) for point in range(self.points)]
        if self.log:
            numbers = [math.exp(math.log(self.low) * (1 - at) + math.log(self.high) * at) for at in shares]
        else:
            numbers = [self.low * (1 - at) + self.high * at for at in shares]
        return tuple(dict.fromkeys(map(self.text, numbers)))

    def text(self, value: float | str) -> str:
        """Return a value as it stands in an address; numbers of a range get four digits."""
        if isinstance(value, str):
            return value
        return str(round(value)) if self.whole else f"{value:.4g}"


def _of_type(name: str, kind: str) -> bool:
    """Return whether a setting takes values of this kind, as JSON schema calls it: "integer", "number"."""
    found = []
    for model in TrainConfig.model_json_schema()["$defs"].values():
        field = model.get("properties", {}).get(name, {})
        found += [one.get("type") for one in (field, *field.get("anyOf", ()))]
    return kind in found


class SweepConfig(BaseModel):
    """A whole sweep.

    Attributes:
        base: what all trials have in common.
        vary: one to three hyperparameters.
        sampler: "grid" tries every combination; "random" draws; "tpe" draws where it went well so far (the
            tree-structured Parzen estimator of Bergstra, Bardenet, Bengio and Kégl, 2011).
        trials: how many are drawn; a grid has as many as it has.
        pruning: end a trial early that is worse than the median of those before it, at the same validation.
        seed: of the draws.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: TrainConfig
    vary: tuple[Varied, ...] = Field(min_length=1, max_length=3)
    sampler: Sampler = "tpe"
    trials: int = Field(default=10, ge=1)
    pruning: bool = False
    seed: int = Field(default=0, ge=0, lt=2**31)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.name for one in self.vary}) < len(self.vary):
            raise ValueError("a hyperparameter stands there twice")
        return self

    @property
    def title(self) -> str:
        """What the sweep is called."""
        return f"Sweep: {self.base.title}"[:LONGEST]

    @property
    def combinations(self) -> tuple[dict[str, str], ...]:
        """Every combination on the grid."""
        grids = [one.on_grid() for one in self.vary]
        names = [one.name for one in self.vary]
        return tuple(dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*grids))

    @property
    def total(self) -> int:
        """How many trials there will be."""
        if self.sampler == "grid":
            return len(self.combinations)
        if all(one.values for one in self.vary):  # there is no more than all of them
            return min(self.trials, len(self.combinations))
        return self.trials


def read_sweep(values: Any) -> SweepConfig:
    """Return the sweep that a dictionary describes, with a sentence instead of a list of errors.

    Raises:
        BadConfig: a field that is unknown, missing or out of its range.
    """
    try:
        return SweepConfig.model_validate(values)
    except ValidationError as error:
        raise BadConfig(explain(error).replace("Value error, ", "").replace("value error, ", "")) from None


def check_sweep(config: SweepConfig, chosen: Settings | None = None) -> None:
    """Hold a sweep against what this machine allows, every value by itself.

    Raises:
        BadConfig: too many trials, no validation images, or a value that no run can have.
        ImpossibleShape: a network that cannot be built.
    """
    chosen = chosen or settings()
    if config.total > chosen.max_trials:
        raise BadConfig(f"{config.total:,} trials are more than this machine allows, {chosen.max_trials:,}.")
    if flatten(config.base).get("validation_images") == "0":
        raise BadConfig("Trials are compared on validation images; keep some apart.")
    check(config.base, chosen)
    for one in config.vary:
        ends = one.values or (one.text(one.low or 0.0), one.text(one.high or 0.0))
        for text in ends:
            check(change(config.base, {one.name: text}), chosen)
