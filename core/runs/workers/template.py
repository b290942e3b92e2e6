"""The process that trainings are forked from: `python -m core.runs.workers.template FOLDER SOCKET`.

It imports torch and reads the images once. What is forked from it shares that memory and is ready within milliseconds;
a process that starts from nothing needs seconds, and some 400 MB of its own.

Every message on its socket carries the socket of a new worker: the child trains what it is told there, and its end is
told there by this process ("exit CODE"). When nobody is at the other end any more, it ends with its last child.

Threads and CUDA do not survive a fork, so there are none here: one thread, no backward pass, no question about GPUs.
"""

import contextlib
import gc
import os
import socket
import sys
from multiprocessing import connection, get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import cast

from core.runs.workers.worker import prepare_process, serve


def main(arguments: list[str]) -> None:
    """Fork workers until nobody asks for them any more."""
    prepare_process()
    folder, control = Path(arguments[0]), socket.socket(fileno=int(arguments[1]))
    _preload()
    children: dict[ForkProcess, socket.socket] = {}
    listening = True
    while listening or children:
        sentinels = {child.sentinel: child for child in children}
        for ready in connection.wait([*sentinels, *[control] * listening]):
            if ready is control:
                message, sockets, _, _ = socket.recv_fds(control, 16, 1)
                listening = bool(message)
                for one in sockets:
                    channel = socket.socket(fileno=one)
                    children[_fork(folder, channel, message == b"warm", [control, *children.values()])] = channel
            else:
                child = sentinels[cast(int, ready)]
                _tell_end(child, children.pop(child))


def _preload() -> None:
    import torch

    from core.runs.workers.execute import read_images

    torch.set_num_threads(1)
    torch.optim.Adam([torch.zeros(1, requires_grad=True)])  # imports much more than its name says
    read_images()
    gc.collect()
    gc.freeze()  # a collection in a child would copy what it looks at


def _fork(folder: Path, channel: socket.socket, warm: bool, others: list[socket.socket]) -> ForkProcess:
    child = get_context("fork").Process(target=_train, args=(folder, channel, warm, others))
    child.start()
    return child


def _train(folder: Path, channel: socket.socket, warm: bool, others: list[socket.socket]) -> None:
    for one in others:
        one.close()
    gone = contextlib.suppress(ConnectionError)  # a server that has ended while this began has no use for it
    with gone, channel.makefile("r") as lines, channel.makefile("w") as answers:
        serve(folder, lines, answers, warm)


def _tell_end(child: ForkProcess, channel: socket.socket) -> None:
    child.join()
    with channel, contextlib.suppress(OSError):  # nobody is there any more
        channel.sendall(f"exit {child.exitcode}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # nothing is left to be saved, and taking all that apart would last seconds
