"""What a sweep tries: which hyperparameters vary, over which values, and how they are chosen."""

import itertools
import math
import re
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.settings import Settings, settings
from core.training.address import LONGEST, SETTINGS, change, flatten
from core.training.config import BadConfig, TrainConfig, check, explain

Sampler = Literal["grid", "random", "tpe"]
UNVARIED = frozenset({"data", "validation_images"})
"""Settings that cannot vary: trials are compared on the same validation images."""


class Varied(BaseModel):
    """A hyperparameter that varies over a list of values or a range of numbers.

    Attributes:
        name: of a setting, as in an address (`core.training.address`).
        values: each as in an address; empty for a range.
        low: the smallest number of a range.
        high: the largest.
        log: whether the range is logarithmic.
        points: on a grid, including both ends.
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
            raise ValueError(f"“{self.name[:40]}” cannot vary")
        title = self.name.replace("_", " ")
        if self.values:
            if len(set(self.values)) < len(self.values):
                raise ValueError(f"the {title} has the same value twice")
            return self
        if self.low is None or self.high is None or self.low >= self.high:
            raise ValueError(f"the {title} needs values, or a range from a smaller to a larger number")
        if self.log and self.low <= 0:
            raise ValueError(f"a logarithmic range of the {title} must start above 0")
        if not (self.whole or _of_type(self.name, "number")):
            raise ValueError(f"the {title} has no range; list its values")
        if self.whole and (self.low % 1 or self.high % 1):
            raise ValueError(f"a range of the {title} needs whole numbers")
        return self

    @property
    def whole(self) -> bool:
        """Whether it takes only whole numbers."""
        return _of_type(self.name, "integer")

    def on_grid(self) -> tuple[str, ...]:
        """Return the values on a grid, from low to high; there may be fewer whole numbers than `points`."""
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
        """Return a value as in an address; numbers of a range have four digits."""
        if isinstance(value, str):
            return value
        return str(round(value)) if self.whole else f"{value:.4g}"


@cache  # the whole schema is written for it
def _of_type(name: str, kind: str) -> bool:
    """Return whether a setting takes values of this type of JSON Schema: "integer" or "number"."""
    found = []
    for model in TrainConfig.model_json_schema()["$defs"].values():
        field = model.get("properties", {}).get(name, {})
        found += [one.get("type") for one in (field, *field.get("anyOf", ()))]
    return kind in found


class SweepConfig(BaseModel):
    """The configuration of a sweep.

    Attributes:
        base: what all trials have in common.
        vary: one to three hyperparameters.
        sampler: "grid" tries every combination; "random" draws; "tpe" prefers values like the best so far (the
            tree-structured Parzen estimator of Bergstra, Bardenet, Bengio and Kégl, 2011).
        trials: how many, where the sampler is not "grid".
        pruning: end a trial early when it is worse than the median of the others at two validations in a row.
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
            raise ValueError("a hyperparameter is listed twice")
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
        if all(one.values for one in self.vary):
            return min(self.trials, len(self.combinations))
        return self.trials


def read_sweep(values: Any) -> SweepConfig:
    """Return the sweep that a dictionary describes.

    Raises:
        BadConfig: a field is unknown, missing or out of range.
    """
    try:
        return SweepConfig.model_validate(values)
    except ValidationError as error:
        said = re.sub(r"Vary: value error, (.)", lambda found: found[1].upper(), explain(error))
        raise BadConfig(said.replace("Value error, ", "").replace("value error, ", "")) from None


def check_sweep(config: SweepConfig, chosen: Settings | None = None) -> None:
    """Check a sweep against the limits of this machine, one value at a time.

    Raises:
        BadConfig: too many trials, no validation images, or a value that no run can have.
        ImpossibleShape: a network that cannot be built.
    """
    chosen = chosen or settings()
    if config.total > chosen.max_trials:
        raise BadConfig(f"{config.total:,} trials are more than this machine allows, {chosen.max_trials:,}.")
    if flatten(config.base).get("validation_images") == "0":
        raise BadConfig("Trials are compared on validation images, so some are needed.")
    check(config.base, chosen)
    for one in config.vary:
        ends = one.values or (one.text(one.low or 0.0), one.text(one.high or 0.0))
        for text in ends:
            check(change(config.base, {one.name: text}), chosen)
