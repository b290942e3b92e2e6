"""Sessions as a class opens them: visitors that load a page, click, wait for the answer, and rest for some seconds."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.support.visitors import Visitor

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
    """One open page.

    Attributes:
        visitor: who opened it.
        click: what they do there.
        chance: how long they rest, and what they choose.
        opened: seconds until the whole page was there; 0 before.
        times: seconds that every answer to a click took.
    """

    visitor: Visitor
    click: Click
    chance: random.Random
    opened: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        """What went wrong."""
        return self.visitor.failed

    async def use(self, ends: asyncio.Event, pause: tuple[float, float]) -> None:
        """Open the page, then click, wait for the answer, and rest for some seconds."""
        async with self.visitor.on_page():
            self.opened = self.visitor.times[-1]
            while not ends.is_set():
                await asyncio.sleep(self.chance.uniform(*pause))
                state = WidgetState()
                key = self.click(state, self.chance)
                state.id = next(name for name in self.visitor.controls if name.endswith(f"-{key}"))
                await self.visitor.ask(state)
                if not ends.is_set():
                    self.times.append(self.visitor.times[-1])


def _session(address: str, page: str, click: Click, number: int) -> Session:
    return Session(Visitor(address, page), click, random.Random(number))


async def hold_class(
    address: str,
    sessions: int,
    seconds: float,
    *,
    pages: Sequence[tuple[str, Click]] = PAGES,
    pause: tuple[float, float] = (1, 3),
    look: Callable[[], None] = lambda: None,
) -> list[Session]:
    """Let a number of sessions use some pages for some seconds after all of them are open.

    Sessions open one after another within a few seconds, as people do. `look` is called at the beginning and at the end
    of these seconds: what it cost to open the pages is another matter.
    """
    ends = asyncio.Event()
    everybody = [_session(address, *pages[number % len(pages)], number) for number in range(sessions)]
    using = []
    for session in everybody:
        using.append(asyncio.create_task(session.use(ends, pause)))
        await asyncio.sleep(0.1)
    while not all(session.opened or task.done() for session, task in zip(everybody, using, strict=True)):
        await asyncio.sleep(0.1)
    for session in everybody:
        session.times.clear()
    look()
    await asyncio.sleep(seconds)
    look()
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
    everybody = [_session(address, "", another_digit, number) for number in range(sessions)]

    async def arrive(number: int) -> None:
        await asyncio.sleep(within * number / sessions)
        await everybody[number].use(over, (0, 0))

    await asyncio.gather(*(arrive(number) for number in range(sessions)))
    return [session.opened for session in everybody]
