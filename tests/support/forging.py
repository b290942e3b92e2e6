"""A browser that does not play by the rules: it speaks with the server itself, and says what it likes."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def click_whatever(address: str, page: str, query: str, cookies: Mapping[str, str], labels: set[str]) -> set[str]:
    """Open a page and send clicks on its buttons with these labels, disabled or not; return the labels that were there.

    Args:
        address: of the server.
        page: its path.
        query: of its address.
        cookies: that the browser sends.
        labels: of the buttons.
    """
    asked = _click(address, page, query, cookies, labels)
    with ThreadPoolExecutor(1) as pool:  # a thread of its own: the browser tests leave a loop in this one
        return pool.submit(asyncio.run, asked).result()


async def _click(address: str, page: str, query: str, cookies: Mapping[str, str], labels: set[str]) -> set[str]:
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    uri, origin = address.replace("http", "ws") + "/_stcore/stream", websockets.Origin(address)
    protocol = websockets.Subprotocol("streamlit")
    connecting = websockets.connect(
        uri, subprotocols=[protocol], max_size=None, origin=origin, additional_headers=headers
    )
    async with connecting as socket:
        buttons = await _run(socket, page, query, "")
        for label in labels & set(buttons):
            await _run(socket, page, query, buttons[label])
    return labels & set(buttons)


async def _run(socket: websockets.ClientConnection, page: str, query: str, clicked: str) -> dict[str, str]:
    """Run the page, with a click on a widget; return the ids of its buttons by label."""
    asking = BackMsg()
    asking.rerun_script.query_string, asking.rerun_script.page_name = query, page
    if clicked:
        asking.rerun_script.widget_states.widgets.add(id=clicked, trigger_value=True)
    await socket.send(asking.SerializeToString())
    buttons = {}
    while True:
        message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), 60))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "button":
            button = message.delta.new_element.button
            buttons[button.label] = button.id
        if kind == "script_finished":
            return buttons
