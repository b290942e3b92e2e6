"""What a page that somebody has just left still sends is not answered, because its answer would blank the new page."""

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.ui.shell.socket_filter import Asked, SocketFilter, Told

_LONGEST_NOTICE = 200
"""Bytes: the message that a run has ended is shorter, so longer ones need not be read for it."""


class PresentPage:
    """The page that a browser shows or has asked for, from what it sends and is sent.

    Streamlit 1.67 answers a fragment of the page before for as long as it asks: a canvas reports in, or a person lets
    go of a slider, in the moment between the click on another page and its arrival. Streamlit then announces a run of
    the page before, and the browser takes the elements of the new page down for it; or it joins both requests, and the
    click is lost.
    """

    def __init__(self) -> None:
        self._page = ""
        self._announced_next = False

    def asked(self, data: bytes | None) -> bool:
        """Note what a browser asks. Return whether it is to be answered."""
        message = BackMsg()
        try:
            message.ParseFromString(data or b"")
        except DecodeError:
            return True  # Streamlit says what is wrong with it
        if message.WhichOneof("type") != "rerun_script":
            return True
        page = message.rerun_script.page_script_hash
        if message.rerun_script.fragment_id:
            return not page or not self._page or page == self._page
        self._page = page
        self._announced_next = not page  # the address says which, and only the server reads it
        return True

    def told(self, data: bytes | None) -> None:
        """Note what the server says: which page it runs, and that it turns to another by itself (`st.switch_page`).

        Where a browser asks by address alone, the beginning of the run names the first page of all, and only the
        navigation within it says which one it is.
        """
        if not data or not (self._announced_next or len(data) <= _LONGEST_NOTICE):
            return
        message = ForwardMsg()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return
        kind = message.WhichOneof("type")
        if kind == "new_session" and self._announced_next:
            self._page = message.new_session.page_script_hash
        elif kind == "navigation" and self._announced_next:
            self._page = message.navigation.page_script_hash
            self._announced_next = False
        elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._announced_next = True


class LeaveQuietly(SocketFilter):
    """ASGI middleware that drops what comes from a page that was left."""

    def watch(self) -> tuple[Asked, Told]:
        """Follow one browser from page to page."""
        present = PresentPage()
        return lambda data: data if present.asked(data) else None, present.told
