"""The process that trains: `python -m core.runs.workers.worker FOLDER [--warm]`. Trains one run after another.

Each line of its input is the id of a run in the store in FOLDER. It prints "ready"
when it can take a run; with ``--warm`` only after it has done once what takes long the
first time. When its input ends, its server is gone: it saves its run and ends too.
"""

import os
import queue
import signal
import sys
import threading
from pathlib import Path

NICENESS = 5
"""Added to that of the server, so that pages are answered first."""


def main(arguments: list[str]) -> int:
    """Run the process; return its exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the server
    if hasattr(os, "nice"):
        os.nice(NICENESS)

    import torch

    from core.runs.store.store import Store
    from core.runs.workers.execute import execute, warm_up
    from core.settings import settings
    from core.training.control import Control

    torch.set_num_threads(settings().training_threads)
    store = Store(Path(arguments[0]))
    wanted: queue.Queue[str | None] = queue.Queue()
    control = Control()

    def listen() -> None:
        for line in sys.stdin:
            wanted.put(line.strip())
        control.interrupt()
        wanted.put(None)

    threading.Thread(target=listen, name="input", daemon=True).start()
    if "--warm" in arguments:
        warm_up()
    while True:
        print("ready", flush=True)  # noqa: T201 - this is what the server waits for
        run = wanted.get()
        if run is None:
            return 0
        execute(store, run, control)
        if control.interrupted:
            return 0
        control = Control()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
