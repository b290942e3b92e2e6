"""Visitors without a browser: they open a page by WebSocket, ask for what a browser asks for, and act as they like."""

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

PATIENCE = 60.0
"""Seconds after which an answer counts as none."""


@dataclass
class Visitor:
    """One page of one browser.

    Attributes:
        address: of the server.
        page: its path.
        query: of its address.
        cookies: that the browser sends.
        see: told every element that is sent.
        times: seconds from every question to the end of its answer; the first is that for the page.
        controls: by id, the fragment of everything that a person can use.
        fragments: by id, the seconds between two questions that the page asks by itself.
        failed: what the page said of errors.
    """

    address: str
    page: str
    query: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)
    see: Callable[[Element], None] = lambda _: None
    times: list[float] = field(default_factory=list)
    controls: dict[str, str] = field(default_factory=dict)
    fragments: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    _socket: websockets.ClientConnection | None = None

    @property
    def opened(self) -> bool:
        """Whether the whole page has been shown once."""
        return self._socket is not None

    @asynccontextmanager
    async def on_page(self) -> AsyncIterator[None]:
        """Open the page, and leave it at the end."""
        begun = time.perf_counter()
        connecting = websockets.connect(
            self.address.replace("http", "ws") + "/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.address),
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
            max_size=None,
            max_queue=None,
            open_timeout=PATIENCE,
            ping_timeout=None,
        )
        async with connecting as socket:
            await self._ask(socket, "", None, begun)
            self._socket = socket
            yield

    async def ask(self, widget: WidgetState | None = None, fragment: str | None = None) -> None:
        """Ask for the page or a fragment anew, as a page does by itself, or with what a person did; wait for the end.

        Args:
            widget: the control that a person used, with its new state.
            fragment: that is asked for; by default that of the control.
        """
        assert self._socket, "the page is not open"
        if fragment is None:
            fragment = self.controls[widget.id] if widget else ""
        await self._ask(self._socket, fragment, widget, time.perf_counter())

    def control(self, part: str) -> str:
        """Return the id of the control with a part of its key that was sent last; empty where there is none yet."""
        return next((one for one in reversed(self.controls) if part in one), "")

    async def stay(self, act: Callable[[], WidgetState | None], every: float) -> None:
        """Open the page, and ask by itself and act for as long as the task lives.

        Args:
            act: returns what a person does now with a control, or None for nothing.
            every: seconds between two acts.
        """
        async with self.on_page():
            self.times.clear()
            order, begun = count(), time.perf_counter()
            due = [(begun + every * (1 + hash(id(self)) % 97 / 97), next(order), "")]
            known: set[str] = set()
            while True:
                for new in self.fragments.keys() - known:
                    heapq.heappush(due, (time.perf_counter() + self.fragments[new], next(order), new))
                    known.add(new)
                at, _, asked = heapq.heappop(due)
                await asyncio.sleep(max(0.0, at - time.perf_counter()))
                if asked:
                    await self.ask(fragment=asked)
                elif (widget := act()) is not None:
                    await self.ask(widget)
                after = self.fragments.get(asked, every)
                heapq.heappush(due, (max(at, time.perf_counter() - after) + after, next(order), asked))

    async def _ask(
        self, socket: websockets.ClientConnection, fragment: str, widget: WidgetState | None, begun: float
    ) -> None:
        asking = BackMsg()
        rerun = asking.rerun_script
        rerun.query_string, rerun.page_name, rerun.fragment_id = self.query, self.page, fragment
        rerun.is_auto_rerun = bool(fragment) and widget is None
        if widget is not None:
            rerun.widget_states.widgets.append(widget)
        await socket.send(asking.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), PATIENCE))
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._note(message.delta.new_element, message.delta.fragment_id)
            elif kind == "script_finished":
                self.times.append(time.perf_counter() - begun)
                return

    def _note(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.failed.append(element.exception.message)
        one = getattr(getattr(element, kind), "id", "") if kind else ""
        if one:
            self.controls.pop(one, None)  # what was sent last stands last
            self.controls[one] = fragment
        self.see(element)
