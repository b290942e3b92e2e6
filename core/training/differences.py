"""In what runs differ: their settings by name, and nothing else."""

from collections.abc import Mapping, Sequence

from core.training.address import flatten
from core.training.config import TrainConfig

SEED = "seed"
"""The setting that draws first weights, the order of the images and what is split off."""
MISSING = "-"
"""Stands where a kind of network has no such setting."""


def differences(configs: Sequence[TrainConfig]) -> dict[str, tuple[str, ...]]:
    """Return the settings that are not the same in all runs: for each its value in every run, as in an address."""
    flat = [flatten(config) for config in configs]
    names = dict.fromkeys(name for settings in flat for name in settings)
    values = {name: tuple(settings.get(name, MISSING) for settings in flat) for name in names}
    return {name: there for name, there in values.items() if len(set(there)) > 1}


def group_by_seed(configs: Mapping[str, TrainConfig]) -> list[tuple[str, ...]]:
    """Return runs in groups that differ in their seed alone, in the order in which they are given; titles do not count.

    Args:
        configs: of every run, by its id.
    """
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for run, config in configs.items():
        settings = flatten(config)
        settings.pop(SEED)
        groups.setdefault(tuple(sorted(settings.items())), []).append(run)
    return [tuple(group) for group in groups.values()]
