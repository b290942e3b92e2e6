"""Visitors without a browser: they open a page by WebSocket, ask for what a browser asks for, and act now and then."""

import asyncio
import heapq
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState


@dataclass
class Shown:
    """An element that was sent, and the fragment that it belongs to."""

    element: Element
    fragment: str


@dataclass
class Visitor:
    """One page of one browser.

    Attributes:
        address: of the server.
        page: its path.
        query: of its address.
        cookies: that the browser sends.
        see: told every element that is sent.
        times: seconds from every question to the end of its answer.
        fragments: by id, the seconds between two questions that the page asks by itself.
        opened: whether the whole page has been shown once.
    """

    address: str
    page: str
    query: str
    cookies: Mapping[str, str]
    see: Callable[[Shown], None] = lambda _: None
    times: list[float] = field(default_factory=list)
    fragments: dict[str, float] = field(default_factory=dict)
    opened: bool = False

    async def stay(self, act: Callable[[], WidgetState | None], every: float, fragment: Callable[[], str]) -> None:
        """Open the page, and ask by itself and act for as long as the task lives.

        Args:
            act: returns what a person does now with a widget, or None for nothing.
            every: seconds between two acts.
            fragment: returns the fragment of that widget.
        """
        uri, origin = self.address.replace("http", "ws") + "/_stcore/stream", websockets.Origin(self.address)
        connecting = websockets.connect(
            uri,
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            max_queue=None,
            origin=origin,
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
        )
        async with connecting as socket:
            await self._ask(socket, "")
            self.times.clear()
            self.opened = True
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
                    await self._ask(socket, asked)
                elif (widget := act()) is not None:
                    await self._ask(socket, fragment(), widget)
                after = self.fragments.get(asked, every)
                heapq.heappush(due, (max(at, time.perf_counter() - after) + after, next(order), asked))

    async def _ask(self, socket: websockets.ClientConnection, fragment: str, widget: WidgetState | None = None) -> None:
        asking, begun = BackMsg(), time.perf_counter()
        rerun = asking.rerun_script
        rerun.query_string, rerun.page_name, rerun.fragment_id = self.query, self.page, fragment
        rerun.is_auto_rerun = bool(fragment) and widget is None
        if widget is not None:
            rerun.widget_states.widgets.append(widget)
        await socket.send(asking.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await socket.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self.see(Shown(message.delta.new_element, message.delta.fragment_id))
            elif kind == "script_finished":
                self.times.append(time.perf_counter() - begun)
                return


def widgets_of(shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield the kind and the id of a component or of a group of buttons."""
    kind = shown.element.WhichOneof("type")
    if kind in {"bidi_component", "button_group"}:
        yield kind, getattr(shown.element, kind).id
