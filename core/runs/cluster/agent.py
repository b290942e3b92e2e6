"""The process between a server and its cluster: `python -m core.runs.cluster.agent HOME ADDRESS`.

Ray ends a process whose cluster is gone, and its calls may hang before that; a page server must do neither. So Ray is
in a process of its own, which is started again whenever it ends. Both meet in the store; besides, the server writes a
line for each command that has been left in the store, and reads after each look which seats there are.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from core.runs.cluster.dispatcher import Dispatcher
from core.runs.cluster.seats import SeatState
from core.runs.store.store import Store, StoreProblem


@dataclass(frozen=True)
class Report:
    """What a look at the cluster has found.

    Attributes:
        seats: that have answered.
        trouble: why none can, as a sentence for people without its full stop; empty where nothing is known.
    """

    seats: tuple[SeatState, ...] = ()
    trouble: str = ""


_REPORT = TypeAdapter(Report)


def write_report(report: Report) -> str:
    """Return a report as a line."""
    return _REPORT.dump_json(report).decode()


def read_report(line: str) -> Report:
    """Return the report of a line."""
    return _REPORT.validate_json(line)


def main(arguments: list[str]) -> None:
    """Give runs to seats until the input ends: then the server is gone, and the seats go on alone."""
    from core.runs.cluster.engine import RayCluster

    lines = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else is printed is no line for the server
    home = Path(arguments[0])
    cluster = RayCluster(home, arguments[1])

    def tell(seats: Sequence[SeatState]) -> None:
        print(write_report(Report(tuple(seats), cluster.trouble)), file=lines)

    dispatcher = Dispatcher(Store(home / "runs"), cluster, tell)
    cluster.on_news = dispatcher.wake
    threading.Thread(target=_listen, args=(dispatcher,), name="input", daemon=True).start()
    dispatcher.work()


def _listen(dispatcher: Dispatcher) -> None:
    for line in sys.stdin:
        run, word = line.split()
        with contextlib.suppress(StoreProblem):  # busy: the seat finds the command by itself
            if word != "look":
                dispatcher.commanded(run, stops=word == "stop")
        dispatcher.wake()
    os._exit(0)  # the server has ended; a call of Ray may hang


if __name__ == "__main__":
    main(sys.argv[1:])
