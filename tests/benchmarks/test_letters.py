"""What it costs the server when a class lets networks write on at once, asked by WebSocket as browsers ask."""

import asyncio
import statistics
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.inspection.letters.writing import MAX_LETTERS
from core.ui.sections.letters.writing import PIECE
from tests.support.machine import slowness
from tests.support.serving import running_app, server_at

pytestmark = [pytest.mark.benchmark, pytest.mark.long, pytest.mark.timeout(240)]

PAGES = 30
SECTION = "letters-look=Write+on"


class Author:
    """A page on which somebody has pressed "Write on"."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.button = ""
        self.beat: tuple[str, float] | None = None
        self.times: list[float] = []

    async def write(self, begin: asyncio.Event) -> None:
        uri = self.address.replace("http", "ws") + "/_stcore/stream"
        connecting = websockets.connect(
            uri,
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            max_queue=None,
            origin=websockets.Origin(self.address),
        )
        async with connecting as ws:
            opening = BackMsg()
            opening.rerun_script.page_name = "letters"
            opening.rerun_script.query_string = SECTION
            await ws.send(opening.SerializeToString())
            while not self.button:
                await self._answer(ws)
            await begin.wait()
            pressed = BackMsg()
            pressed.rerun_script.page_name = "letters"
            pressed.rerun_script.query_string = SECTION
            state = pressed.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.button, True
            await ws.send(pressed.SerializeToString())
            await self._answer(ws)
            while self.beat:
                begun = time.perf_counter()
                asking = BackMsg()
                asking.rerun_script.fragment_id, asking.rerun_script.is_auto_rerun = self.beat[0], True
                await ws.send(asking.SerializeToString())
                await self._answer(ws)
                self.times.append(time.perf_counter() - begun)
                if len(self.times) == MAX_LETTERS // PIECE - 1:  # the first piece came with the click
                    return
                await asyncio.sleep(max(0, self.beat[1] - self.times[-1]))

    async def _answer(self, ws: websockets.ClientConnection) -> None:
        """Wait for the end of the script's run."""
        while True:
            message = ForwardMsg.FromString(await ws.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                self.beat = message.auto_rerun.fragment_id, message.auto_rerun.interval
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "button":
                button = message.delta.new_element.button
                self.button = button.id if "letters-write" in button.id else self.button
            elif kind == "script_finished":
                return


async def _class(address: str, server: psutil.Process) -> tuple[list[float], float, float]:
    """Return how long the pieces took, the seconds until all was written, and the processor's seconds for it."""
    authors, begin = [Author(address) for _ in range(PAGES)], asyncio.Event()
    writing = [asyncio.create_task(author.write(begin)) for author in authors]
    while not all(author.button for author in authors):
        await asyncio.sleep(0.2)
    await asyncio.sleep(1)
    before, begun = server.cpu_times(), time.perf_counter()
    begin.set()
    await asyncio.gather(*writing)
    after = server.cpu_times()
    took = time.perf_counter() - begun
    return (
        [seconds for author in authors for seconds in author.times],
        took,
        after.user + after.system - before.user - before.system,
    )


def test_a_class_writes_on_at_once(tmp_path: Path) -> None:
    with running_app(tmp_path) as address:
        urllib.request.urlopen(address).close()
        time.sleep(12)  # until the server has loaded its networks
        server = server_at(address)
        with ThreadPoolExecutor(1) as pool:  # a thread of its own: the browser tests leave a loop in this one
            times, took, cost = pool.submit(lambda: asyncio.run(_class(address, server))).result()
    print(
        f"{PAGES} pages write 400 letters each in {took:.1f} s: a piece in a median of "
        f"{statistics.median(times) * 1000:.0f} ms (all within {max(times) * 1000:.0f} ms), "
        f"{cost / took:.2f} cores of the server"
    )
    assert statistics.median(times) < 0.4 * slowness()
