"""A class at work: fifty students who draw, look at the wall and vote at once, asked by WebSocket as browsers ask."""

import asyncio
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import numpy as np
import psutil
import pytest
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.classroom.badge import COOKIE, Badge, sign
from core.classroom.rooms import rooms
from core.classroom.votes import votes
from core.classroom.wall import as_png, as_url
from core.data.images.digits import prepare
from core.data.images.pictures import decode_data_url, encode_data_url
from tests.support.handwriting import HANDS, draw, place
from tests.support.machine import slowness
from tests.support.serving import running_app, server_at
from tests.support.visitors import Visitor

pytestmark = [pytest.mark.benchmark, pytest.mark.long, pytest.mark.timeout(300)]

DRAWING, WATCHING, VOTING = 25, 15, 10
STROKE, VOTE = 3.0, 4.0
"""Seconds between two strokes, and two votes, of one student."""
SECONDS = 20


class Class:
    """Fifty students, what they have drawn and when it came to the wall of the others."""

    def __init__(self, address: str, badges: list[Badge], question: str) -> None:
        self.address, self.question = address, question
        self.drawn: dict[str, float] = {}  # by picture, when its stroke was sent
        self.behind: list[float] = []
        self.visitors: list[Visitor] = []
        self.tasks: list[asyncio.Task[None]] = []
        strokes = [
            encode_data_url(draw(place(hand[digit], 60, 40, 130, 190), brush))
            for brush in (12, 16, 20, 24, 28)
            for hand in HANDS.values()
            for digit in range(10)
        ]
        for number, badge in enumerate(badges):
            if number < DRAWING:
                self._draws(badge, strokes[number::DRAWING])
            elif number < DRAWING + WATCHING:
                self._watches(badge)
            else:
                self._votes(badge)

    def _begin(self, visitor: Visitor, act: Callable[[], WidgetState | None], every: float) -> None:
        self.visitors.append(visitor)
        self.tasks.append(asyncio.ensure_future(visitor.stay(act, every)))

    def _draws(self, badge: Badge, strokes: list[str]) -> None:
        visitor, pictures = Visitor(self.address, "draw-digit", "", {COOKIE: sign(badge)}), cycle(strokes)

        def act() -> WidgetState | None:
            url = next(pictures)
            self.drawn[as_url(as_png(prepare(decode_data_url(url), "light").pixels))] = time.perf_counter()
            return WidgetState(id=visitor.control("-canvas-"), json_value=json.dumps({"drawing": {"data": url}}))

        self._begin(visitor, act, STROKE)

    def _watches(self, badge: Badge) -> None:
        hung: set[str] = set()

        def see(element: Element) -> None:
            component = element.bidi_component
            if "class-wall" not in component.id:
                return
            now = time.perf_counter()
            items = {item["picture"] for item in json.loads(component.json)["items"]}
            self.behind += [now - self.drawn[picture] for picture in items - hung if hung and picture in self.drawn]
            hung.clear()
            hung.update(items)

        visitor = Visitor(self.address, "class", "class-section=Wall", {COOKIE: sign(badge)}, see)
        self._begin(visitor, lambda: None, 60.0)

    def _votes(self, badge: Badge) -> None:
        visitor = Visitor(self.address, "class", "class-section=Vote", {COOKIE: sign(badge)})
        choices = cycle(("yes", "no"))

        def act() -> WidgetState | None:
            widget = WidgetState(id=visitor.control("class-vote-"))
            widget.string_array_value.data.append(next(choices))
            return widget

        self._begin(visitor, act, VOTE)

    async def work(self, server: psutil.Process) -> tuple[list[float], float]:
        """Return the seconds of every answer, and the share of a core that the server needed."""
        while not all(visitor.opened for visitor in self.visitors):
            await asyncio.sleep(0.2)
        await asyncio.sleep(5)
        for visitor in self.visitors:
            visitor.times.clear()
        self.behind.clear()
        before, begun = server.cpu_times(), time.perf_counter()
        await asyncio.sleep(SECONDS)
        after, ended = server.cpu_times(), time.perf_counter()
        broken = [task.exception() for task in self.tasks if task.done()]
        assert not broken, broken
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        times = [seconds for visitor in self.visitors for seconds in visitor.times]
        return times, (after.user + after.system - before.user - before.system) / (ended - begun)


def test_fifty_students_draw_watch_and_vote_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    teacher = rooms().open_room()
    code = rooms().open_rooms()[0].code
    badges = [rooms().join(code) for _ in range(DRAWING + WATCHING + VOTING)]
    question = votes().ask(teacher.person(), "Is it a 3?", ("yes", "no"))

    async def lesson(address: str, server: psutil.Process) -> tuple[list[float], float, list[float], list[float]]:
        group = Class(address, badges, question)
        times, share = await group.work(server)
        strokes = [seconds for visitor in group.visitors[:DRAWING] for seconds in visitor.times]
        return times, share, strokes, group.behind

    with running_app(tmp_path) as address:
        server = server_at(address)
        with ThreadPoolExecutor(1) as pool:
            times, share, strokes, behind = pool.submit(lambda: asyncio.run(lesson(address, server))).result()
    assert len(votes().poll(teacher.room).votes) == VOTING  # type: ignore[union-attr]
    p95, late = float(np.quantile(times, 0.95)), float(np.quantile(behind, 0.95))
    print(
        f"\n{DRAWING} draw, {WATCHING} watch, {VOTING} vote, {len(times) / SECONDS:.0f} answers a second: median "
        f"{np.median(times) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms (pages with a canvas "
        f"{np.quantile(strokes, 0.95) * 1000:.0f} ms); the wall is {np.median(behind):.2f} s behind, p95 {late:.2f} s, "
        f"of {len(behind)} drawings; {share:.2f} cores, the machine {slowness():.1f} times slower than alone"
    )
    assert p95 <= 0.6 * slowness()
    assert late <= 1.0 * slowness()
