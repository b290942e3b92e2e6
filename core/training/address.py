"""A run as the query of a link: its recipe, and every changed setting as a short text.

``?recipe=lab&learning_rate=0.01&blocks=32,64-k5-avg`` is the lab with another
learning rate and another second block.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.data.images.datasets import title_of
from core.training.config import BadConfig, TrainConfig, read_config
from core.training.recipes import RECIPES, Recipe
from core.training.tasks.registry import TASKS
from core.training.tasks.task_config import Notation

RECIPE = "recipe"
"""The name of the recipe in an address."""
NETWORK = "network"
"""The name of the kind of network."""
LONGEST = 80
"""Characters of a title."""

_TITLE = "title"
_NOTATIONS: Mapping[str, Notation] = {name: one for task in TASKS.values() for name, one in task.notations.items()}


@dataclass(frozen=True)
class ParsedAddress:
    """The run that an address asks for.

    Attributes:
        recipe: that it starts from.
        config: the run, with all valid changes.
        problems: a sentence for each invalid change.
    """

    recipe: Recipe
    config: TrainConfig
    problems: tuple[str, ...] = ()


def read_address(params: Mapping[str, str]) -> ParsedAddress:
    """Return the run that an address asks for; unknown names are ignored, invalid values are reported."""
    problems = []
    name = params.get(RECIPE, next(iter(RECIPES)))
    if name not in RECIPES:
        problems.append(f"There is no recipe called “{name[:LONGEST]}”, so this is the first one.")
    recipe = RECIPES.get(name, next(iter(RECIPES.values())))
    config = recipe.config
    wanted = {key: text for key, text in params.items() if key in SETTINGS}
    if NETWORK in wanted:  # first: the other settings are those of this kind of network
        wanted = {NETWORK: wanted.pop(NETWORK), **wanted}
    for key, text in wanted.items():
        try:
            config = change(config, {key: text})
        except BadConfig as problem:
            problems.append(f"{key}={text[:LONGEST]} is left out. {problem}")
    return ParsedAddress(recipe, with_title(config, recipe), tuple(problems))


def write_address(config: TrainConfig, recipe: Recipe) -> dict[str, str]:
    """Return the address of a run: the recipe and the changes; empty for the unchanged first recipe."""
    changed = changes(config, recipe.config)
    if not changed and recipe is next(iter(RECIPES.values())):
        return {}
    return {RECIPE: recipe.name, **changed}


def changes(config: TrainConfig, base: TrainConfig) -> dict[str, str]:
    """Return the settings in which a run differs from another, without the title.

    A network of another kind is compared with the default network of its kind.
    """
    there, here = flatten(base), flatten(config)
    if type(base.task) is type(config.task) and there[NETWORK] != here[NETWORK]:
        fresh = base.model_copy(update={"task": base.task.with_network(here[NETWORK])})
        there = flatten(fresh) | {NETWORK: there[NETWORK]}
    return {key: text for key, text in here.items() if there.get(key) != text}


def change(config: TrainConfig, wanted: Mapping[str, str]) -> TrainConfig:
    """Return a run with some settings changed, all at once, because they may depend on each other.

    Raises:
        BadConfig: a setting that this kind of network does not have, or a value out of its range.
    """
    kind = wanted.get(NETWORK, config.task.network.kind)
    if kind not in config.task.kinds:
        raise BadConfig(f"There are no networks of the kind “{kind[:LONGEST]}”.")
    if kind != config.task.network.kind:
        config = config.model_copy(update={"task": config.task.with_network(kind)})
    tree = config.model_dump(mode="json")
    for key, text in wanted.items():
        if key != NETWORK:
            _branch(tree, key)[key] = _value(key, text)
    return read_config(tree)


def flatten(config: TrainConfig) -> dict[str, str]:
    """Return every setting of a run as text, by name; `change` reads it back."""
    tree = config.model_dump(mode="json")
    network = tree["task"].pop(NETWORK)
    network[NETWORK] = network.pop("kind")
    nested = [part for part in tree["task"].values() if isinstance(part, dict)]
    task = {key: value for key, value in tree["task"].items() if not isinstance(value, dict)}
    leaves = {key: value for part in (tree["training"], *nested, network, task) for key, value in part.items()}
    return {key: _text(key, value) for key, value in leaves.items() if key != "learns"}


def nearest_recipe(config: TrainConfig) -> Recipe:
    """Return the recipe from which a run differs in the fewest settings."""
    return min(RECIPES.values(), key=lambda recipe: len(changes(config, recipe.config)))


def with_title(config: TrainConfig, recipe: Recipe) -> TrainConfig:
    """Return the run with the title of its recipe and the changes."""
    words = [
        title_of(text) if key == "data" else f"{key.replace('_', ' ')} {text}"
        for key, text in changes(config, recipe.config).items()
    ]
    title = ", ".join([recipe.title, *words])
    short = title if len(title) <= LONGEST else title[: LONGEST - 4] + " ..."
    return config.model_copy(update={_TITLE: short})


def same_run(config: TrainConfig, other: TrainConfig) -> bool:
    """Whether two runs differ at most in their titles."""
    return config.model_copy(update={_TITLE: other.title}) == other


def _branch(tree: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the part of a configuration that has the setting."""
    task = tree["task"]
    for branch in (tree["training"], *(part for part in task.values() if isinstance(part, dict)), task):
        if key in branch and key != NETWORK:
            return branch
    raise BadConfig(f"The network “{task[NETWORK]['kind']}” has no setting “{key}”.")


def _text(key: str, value: Any) -> str:
    if key in _NOTATIONS:
        return _NOTATIONS[key].write(value)
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _value(key: str, text: str) -> Any:
    if key in _NOTATIONS:
        try:
            return _NOTATIONS[key].read(text)
        except ValueError as problem:
            raise BadConfig(str(problem)) from None
    words = {"none": None, "yes": True, "no": False}
    if text in words:
        return words[text]
    try:
        return json.loads(text)
    except ValueError:
        return text


SETTINGS: frozenset[str] = frozenset(
    key
    for task in TASKS.values()
    for kind in task.kinds
    for key in flatten(TrainConfig(task=task.model_validate({}).with_network(kind)))
)
"""The names of all settings of all tasks and kinds of network."""
