"""A browser that does not play by the rules: it speaks with the server itself, and says what it likes."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.support.visitors import Visitor


def click_whatever(address: str, page: str, query: str, cookies: Mapping[str, str], labels: set[str]) -> set[str]:
    """Open a page and send clicks on its buttons with these labels, disabled or not; return the labels that were there.

    Args:
        address: of the server.
        page: its path.
        query: of its address.
        cookies: that the browser sends.
        labels: of the buttons.
    """
    buttons: dict[str, str] = {}

    def see(element: Element) -> None:
        if element.WhichOneof("type") == "button":
            buttons[element.button.label] = element.button.id

    async def click() -> set[str]:
        visitor = Visitor(address, page, query, cookies, see)
        async with visitor.on_page():
            there = labels & set(buttons)
            for button in [buttons[label] for label in there]:
                await visitor.ask(WidgetState(id=button, trigger_value=True), fragment="")
        return there

    with ThreadPoolExecutor(1) as pool:  # a thread of its own: the browser tests leave a loop in this one
        return pool.submit(asyncio.run, click()).result()
