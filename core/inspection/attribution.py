"""One shape for every method that shares an answer out among the parts of its input: pixels, or words.

After the Interpreter of LIT (Tenney and others, "The Language Interpretability Tool", 2020): a method says what it
needs of a network, which settings it has, and it runs. Pages list the methods of a registry
(`core.inspection.images.attribution.PIXEL_METHODS`, `core.inspection.text.attribution.WORD_METHODS`) and know none of
them by name, so a new method is one entry there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Network = TypeVar("Network")
Example = TypeVar("Example")


@dataclass(frozen=True, eq=False)
class Attribution:
    """How much every part of an input counts for one score of a network.

    Attributes:
        values: one for each part, (28, 28) pixels or (T,) words; above zero it speaks for the class, below against it.
        score: what is explained: a logit, or the difference of two.
        baseline: the same score for the input that this one is compared with, or None where it is compared with none.
            The values of a complete method add up to `score` - `baseline`.
        signed: whether values below zero can occur.
        note: a sentence with numbers about this result, or empty.
        warning: a sentence that says why these values cannot be trusted, or empty.
    """

    values: NDArray[np.float32]
    score: float
    baseline: float | None = None
    signed: bool = True
    note: str = ""
    warning: str = ""

    @property
    def gap(self) -> float:
        """How far the values' sum is from `score` - `baseline`; 0 where there is nothing to compare with."""
        if self.baseline is None:
            return 0.0
        return float(self.values.sum(dtype=np.float64)) - (self.score - self.baseline)


@dataclass(frozen=True)
class Amount:
    """A whole number that a method can be given, by its argument's name; both ends are allowed."""

    name: str
    title: str
    low: int
    high: int
    default: int
    help: str


@dataclass(frozen=True)
class Selection:
    """One of some things that a method can be given, by its argument's name.

    Attributes:
        name: of the argument.
        title: what is chosen.
        options: by what they are called for people, what the method is given.
        default: what the one to begin with is called.
        help: what difference it makes.
    """

    name: str
    title: str
    options: Mapping[str, str]
    default: str
    help: str


Setting = Amount | Selection


@dataclass(frozen=True)
class AttributionMethod(Generic[Network, Example]):
    """A way to attribute an answer to the parts of an input.

    Attributes:
        title: its name.
        measures: what a value says, in a few words or a sentence.
        weakness: what it cannot say, one sentence or two.
        source: authors and year.
        run: takes the network, the input, the number of the class, and the settings by name.
        needs: why it cannot be used on a network, a sentence; empty where it can.
        settings: what can be chosen for a network, none by default.
    """

    title: str
    measures: str
    weakness: str
    source: str
    run: Callable[..., Attribution]
    needs: Callable[[Network], str] = lambda network: ""
    settings: Callable[[Network], tuple[Setting, ...]] = lambda network: ()

    def attribute(self, network: Network, example: Example, target: int, **settings: int | str) -> Attribution:
        """Attribute the score of a class to the parts of an input; settings that are not given have their defaults.

        Raises:
            ValueError: this network lacks what the method needs, or `run` refuses the input or a setting.
        """
        lacking = self.needs(network)
        if lacking:
            raise ValueError(lacking)
        return self.run(network, example, target, **(self.defaults(network) | settings))

    def defaults(self, network: Network) -> dict[str, int | str]:
        """Return the value of every setting to begin with, by name."""
        return {
            setting.name: setting.default if isinstance(setting, Amount) else setting.options[setting.default]
            for setting in self.settings(network)
        }
