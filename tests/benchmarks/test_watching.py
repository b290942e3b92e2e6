"""What it costs the server when a class watches one run: twenty pages, asked by WebSocket as browsers ask them."""

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

from core.runs.store.store import Store
from core.training.address import change
from core.training.recipes import RECIPES
from tests.support.machine import slowness
from tests.support.serving import running_app, server_at

pytestmark = [pytest.mark.benchmark, pytest.mark.long, pytest.mark.timeout(240)]

PAGES = 20
SECONDS = 10


class Viewer:
    """A page that watches a run: it asks for the curves as often as it is told to."""

    def __init__(self, address: str, run: str) -> None:
        self.address, self.query = address, f"run={run}"
        self.every: dict[str, float] = {}
        self.times: list[float] = []

    async def watch(self) -> None:
        uri = self.address.replace("http", "ws") + "/_stcore/stream"
        origin = websockets.Origin(self.address)
        streamlit = websockets.Subprotocol("streamlit")
        connecting = websockets.connect(uri, subprotocols=[streamlit], max_size=None, max_queue=None, origin=origin)
        async with connecting as ws:
            opening = BackMsg()
            opening.rerun_script.query_string, opening.rerun_script.page_name = self.query, "train"
            await ws.send(opening.SerializeToString())
            await self._answer(ws)
            while not self.every:
                await self._answer(ws)
            curves = min(self.every, key=lambda fragment: self.every[fragment])
            while True:
                begun = time.perf_counter()
                asking = BackMsg()
                asking.rerun_script.fragment_id, asking.rerun_script.is_auto_rerun = curves, True
                asking.rerun_script.query_string = self.query
                await ws.send(asking.SerializeToString())
                await self._answer(ws)
                self.times.append(time.perf_counter() - begun)
                await asyncio.sleep(max(0, self.every[curves] - self.times[-1]))

    async def _answer(self, ws: websockets.ClientConnection) -> None:
        """Wait for the end of the script's run."""
        while True:
            message = ForwardMsg.FromString(await ws.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                self.every[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            if kind == "script_finished":
                return


async def _watched(address: str, run: str, server: psutil.Process) -> tuple[list[float], float]:
    """Return how long the answers took, and the seconds of processor time that the server needed for each."""
    viewers = [Viewer(address, run) for _ in range(PAGES)]
    watching = [asyncio.create_task(viewer.watch()) for viewer in viewers]
    while not all(viewer.times for viewer in viewers):
        await asyncio.sleep(0.2)
    for viewer in viewers:
        viewer.times.clear()
    before = server.cpu_times()
    await asyncio.sleep(SECONDS)
    after = server.cpu_times()
    times = [seconds for viewer in viewers for seconds in viewer.times]
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return times, (after.user + after.system - before.user - before.system) / len(times)


def test_twenty_pages_watch_one_run(tmp_path: Path) -> None:
    with running_app(tmp_path) as address:
        urllib.request.urlopen(address).close()
        time.sleep(10)  # until the server looks after runs
        server = server_at(address)
        store = Store(tmp_path / "runs")
        long = change(RECIPES["lab"].config, {"epochs": "6"})
        run = store.create(long.model_copy(update={"title": "watched"}), "somebody")
        while not (record := store.get(run)) or record.step < 100:
            time.sleep(0.2)
        with ThreadPoolExecutor(1) as pool:  # a thread of its own: the browser tests leave a loop in this one
            times, cost = pool.submit(lambda: asyncio.run(_watched(address, run, server))).result()
    print(
        f"{PAGES} pages, {len(times) / PAGES / SECONDS:.1f} updates a page and second: answered in a median of "
        f"{statistics.median(times) * 1000:.0f} ms, {cost * 1000:.0f} ms of the server's time each"
    )
    assert cost < 0.1 * slowness()
