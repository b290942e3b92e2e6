"""The process that trains, one run after another.

Each line of its input is the id of a run in a store. It writes "ready" and its process id when it can take a run. When
its input ends, its server is gone: it saves its run and ends too.

On Linux it is forked (`core.runs.workers.template`); elsewhere it is `python -m core.runs.workers.worker FOLDER
[--warm]`.
"""

import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import TextIO

NICENESS = 5
"""Added to that of the server."""


def prepare_process() -> None:
    """Let pages be answered first, and leave Ctrl-C in the terminal to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def serve(folder: Path, lines: TextIO, answers: TextIO, warm: bool) -> None:
    """Train the runs whose ids come, until no more come.

    Args:
        folder: of the store.
        lines: ids of runs.
        answers: where "ready" is written.
        warm: do once what takes long the first time, before the first "ready".
    """
    import torch

    from core.runs.store.store import Store
    from core.runs.workers.execute import execute, warm_up
    from core.runs.workers.persistent_store import PATIENCE, persistent
    from core.settings import settings
    from core.training.control import Control

    torch.set_num_threads(settings().training_threads)
    store = Store(folder, PATIENCE)
    told = store.told_of_commands()
    wanted: queue.Queue[str | None] = queue.Queue()
    control = Control()

    server_gone = threading.Event()

    def listen() -> None:
        for line in lines:
            wanted.put(line.strip())
        server_gone.set()
        control.interrupt()
        wanted.put(None)

    threading.Thread(target=listen, name="input", daemon=True).start()
    if warm:
        warm_up()
    while True:
        print("ready", os.getpid(), file=answers, flush=True)
        run = wanted.get()
        if run is None:
            return
        execute(persistent(store), run, control, told=told)
        if server_gone.is_set():
            return
        control = Control()


if __name__ == "__main__":
    prepare_process()
    serve(Path(sys.argv[1]), sys.stdin, sys.stdout, "--warm" in sys.argv)
