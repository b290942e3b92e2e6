"""Which recordings of voices lie on the disk: those that a training needs, and no others."""

from core.data.audio.own_voice import remove_old_voices, remove_voices
from core.runs.store.record import ACTIVE
from core.runs.store.store import Store

NEW = 60.0
"""Seconds for which a voice stays before its training is in the queue."""


def remove_unused_voices(store: Store, older_than: float = NEW) -> None:
    """Remove the voices that no run and no sweep needs which has not ended.

    Raises:
        StoreProblem: the store cannot be read.
        OSError: a file cannot be removed.
    """
    remove_old_voices(older_than, _needed(store))


def forget_voice(store: Store, name: str) -> None:
    """Remove one voice, unless a training still needs it: everybody who imitates a voice has the same one.

    Raises:
        StoreProblem: the store cannot be read.
        OSError: a file cannot be removed.
    """
    if name not in _needed(store):
        remove_voices([name])


def _needed(store: Store) -> set[str]:
    runs = {run.data or "" for run in store.summaries(statuses=tuple(ACTIVE))}
    return runs | {sweep.data for sweep in store.sweeps() if sweep.active}
