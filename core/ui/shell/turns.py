"""Lets scripts take turns when a class clicks at once.

Only one thread computes in Python at a time, and Streamlit starts one for every click. A script lets go of the
interpreter dozens of times, for PyTorch and for every message, and waits some milliseconds for each other thread to get
it back: among thirty all get slower, and who is answered first is chance. So a few run, and the others wait in the
order in which they came; half a second at most, for a script may also wait for something itself.
Streamlit has no setting for that, so its private function is wrapped.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from core.ui.shell.wrapping import wrap_once

AT_ONCE = 3
"""Scripts that run at once: one computes, the others wait for PyTorch, the disk or the server's loop."""
PATIENCE = 0.5
"""Seconds that a script waits for its turn."""


class Turns:
    """A few at once, the others one after another as they came."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._at_once, self._patience = at_once, patience
        self._lock = threading.Lock()
        self._running = 0
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, or until patience ends; a turn is handed on at the end."""
        has_turn = self._enter()
        try:
            yield
        finally:
            if has_turn:
                self._leave()

    def _enter(self) -> bool:
        with self._lock:
            if self._running < self._at_once:
                self._running += 1
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(self._patience):
            return True
        with self._lock:
            if turn.is_set():  # it came just now
                return True
            self._waiting.remove(turn)
            return False

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()  # nobody who comes now is faster
            else:
                self._running -= 1


def take_turns() -> None:
    """Have scripts take turns; once in a process is enough."""
    turns = Turns()

    def in_turn(run: Callable[..., None]) -> Callable[..., None]:
        def run_in_turn(*given: Any) -> None:
            with turns.take():
                run(*given)

        return run_in_turn

    wrap_once(ScriptRunner, "_run_script", in_turn)
