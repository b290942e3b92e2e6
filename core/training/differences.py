"""How the settings of runs differ."""

from collections.abc import Mapping, Sequence

from core.training.address import flatten
from core.training.config import TrainConfig

SEED = "seed"
"""The setting that draws the first weights, the order of the images and the validation split."""
MISSING = "-"
"""In place of a setting that a kind of network does not have."""
_LONGEST, _BEGINNING = 60, 24


def differences(configs: Sequence[TrainConfig]) -> dict[str, tuple[str, ...]]:
    """Return the settings that are not the same in all runs: for each, its value in every run, as in an address.

    Of a very long value, such as a series that a run carries, there is its beginning.
    """
    flat = [flatten(config) for config in configs]
    names = dict.fromkeys(name for settings in flat for name in settings)
    values = {name: tuple(settings.get(name, MISSING) for settings in flat) for name in names}
    return {name: tuple(map(_shortened, there)) for name, there in values.items() if len(set(there)) > 1}


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_BEGINNING]} ... ({len(text):,} characters)"


def group_by_seed(configs: Mapping[str, TrainConfig]) -> list[tuple[str, ...]]:
    """Group runs (configurations by id) that differ at most in seed and title, in their order."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for run, config in configs.items():
        settings = flatten(config)
        settings.pop(SEED)
        groups.setdefault(tuple(sorted(settings.items())), []).append(run)
    return [tuple(group) for group in groups.values()]
