"""Sessions as a class opens them: WebSocket clients that load a page and click, as browsers do, without drawing it."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

Click = Callable[[WidgetState, random.Random], str]
"""Puts what a person did into the state of a control, and returns the end of the control's id: its key."""


def another_digit(state: WidgetState, _chance: random.Random) -> str:
    state.trigger_value = True
    return "random-test-digit"


def another_sentence(state: WidgetState, chance: random.Random) -> str:
    state.trigger_value = True
    return f"sentence-sample-{chance.randrange(9)}"


def another_seed(state: WidgetState, chance: random.Random) -> str:
    state.double_value = float(chance.randrange(1000))
    return "train-seed"


PAGES: Sequence[tuple[str, Click]] = (
    ("draw-digit", another_digit),
    ("cnn-inside", another_digit),
    ("sentence", another_sentence),
    ("train", another_seed),
)


@dataclass
class Session:
    """One open page."""

    address: str
    page: str
    click: Click
    chance: random.Random
    opened: float = 0.0
    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    controls: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id and fragment of every control, by its key at the end of the id."""

    async def use(self, ends: asyncio.Event, pause: tuple[float, float]) -> None:
        """Open the page, then click, wait for the answer, and rest for some seconds."""
        began = time.perf_counter()
        async with websockets.connect(
            self.address.replace("http", "ws") + "/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.address),
            max_size=None,
            max_queue=None,
            open_timeout=60,
            ping_timeout=None,
        ) as socket:
            opening = BackMsg()
            opening.rerun_script.page_name = self.page
            await socket.send(opening.SerializeToString())
            await self._answer(socket)
            self.opened = time.perf_counter() - began
            while not ends.is_set():
                await asyncio.sleep(self.chance.uniform(*pause))
                state = WidgetState()
                key = self.click(state, self.chance)
                state.id, fragment = next(where for name, where in self.controls.items() if name.endswith(f"-{key}"))
                asking = BackMsg()
                asking.rerun_script.page_name, asking.rerun_script.fragment_id = self.page, fragment
                asking.rerun_script.widget_states.widgets.append(state)
                began = time.perf_counter()
                await socket.send(asking.SerializeToString())
                await self._answer(socket)
                if not ends.is_set():
                    self.times.append(time.perf_counter() - began)

    async def _answer(self, socket: websockets.ClientConnection) -> None:
        while True:
            message = ForwardMsg.FromString(await socket.recv(decode=False))
            match message.WhichOneof("type"):
                case "delta" if message.delta.WhichOneof("type") == "new_element":
                    element = message.delta.new_element
                    kind = element.WhichOneof("type")
                    if kind == "exception":
                        self.failed.append(element.exception.message)
                    one = getattr(getattr(element, kind or ""), "id", "") if kind else ""
                    if one:
                        self.controls[one] = (one, message.delta.fragment_id)
                case "script_finished":
                    return


async def hold_class(
    address: str,
    sessions: int,
    seconds: float,
    *,
    pages: Sequence[tuple[str, Click]] = PAGES,
    pause: tuple[float, float] = (1, 3),
) -> list[Session]:
    """Let a number of sessions use some pages for some seconds after all of them are open.

    Sessions open one after another within a few seconds, as people do.
    """
    ends = asyncio.Event()
    everybody = [Session(address, *pages[number % len(pages)], random.Random(number)) for number in range(sessions)]
    using = []
    for session in everybody:
        using.append(asyncio.create_task(session.use(ends, pause)))
        await asyncio.sleep(0.1)
    while not all(session.opened or task.done() for session, task in zip(everybody, using, strict=True)):
        await asyncio.sleep(0.1)
    for session in everybody:
        session.times.clear()
    await asyncio.sleep(seconds)
    ends.set()
    _, late = await asyncio.wait(using, timeout=30)
    for task in late:
        task.cancel()
    for session, task in zip(everybody, using, strict=True):
        if task in late:
            session.failed.append("no answer within 30 s")
        elif problem := task.exception():
            session.failed.append(repr(problem))
    return everybody


async def come_in(address: str, sessions: int, within: float) -> list[float]:
    """Let sessions open the first page within some seconds; return how long each waited for all of it."""
    over = asyncio.Event()
    over.set()
    everybody = [Session(address, "", another_digit, random.Random(number)) for number in range(sessions)]

    async def arrive(number: int) -> None:
        await asyncio.sleep(within * number / sessions)
        await everybody[number].use(over, (0, 0))

    await asyncio.gather(*(arrive(number) for number in range(sessions)))
    return [session.opened for session in everybody]
