"""A store for trainings, which go on where a database was started again in the middle of a call."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from core.runs.store.engine import StoreAway
from core.runs.store.store import Store
from core.runs.store.worker_store import WorkerStore

PATIENCE = 60.0
"""Seconds that a training waits for a store that is busy or away, before it ends."""


def persistent(store: Store) -> WorkerStore:
    """Return a store of which every call that went wrong because it was away is made once more, when it is back.

    What was written just before it went may so be written twice, if nothing but the answer was lost.
    """
    return cast(WorkerStore, _Persistent(store))


class _Persistent:
    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return _twice(getattr(self._store, name))


def _twice(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def called(*arguments: Any, **named: Any) -> Any:
        try:
            return call(*arguments, **named)
        except StoreAway:
            return call(*arguments, **named)  # which waits until the store is back

    return called
