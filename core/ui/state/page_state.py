"""What a page remembers: a dataclass, and one table that says which of its attributes stand in the address, and how."""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

import streamlit as st

from core.ui.plain_text import plain
from core.ui.state.address import Field, read_query, write_query
from core.ui.state.visit import asked_for, newly_visited

State = TypeVar("State")


@runtime_checkable
class Typed(Protocol):
    """A state with texts that are typed in the browser."""

    def come_from_link(self, earlier: Any) -> None:
        """Have the fields show texts that came by a link; Undo brings those of an earlier copy back."""
        ...


class PageState(Generic[State]):
    """The state of one page in every session.

    `open` hands it out: made anew and filled from the address the first time, the same object ever after; whoever comes
    to the page by a link gets what the link asks for. `keep` writes it into the address, as far as it differs from a
    new one; what a page opens with is never written.

        SENTENCE = PageState("page", State, {"cell": choice("cell", CELLS), "unit": number("unit", 0, 999)})
    """

    def __init__(
        self,
        key: str,
        begin: Callable[[], State],
        fields: Mapping[str, Field[Any]],
        *,
        lasting: bool = True,
        follow: bool = False,
        shown: Callable[[State], Collection[str]] | None = None,
        arrive: Callable[[State, Collection[str]], None] | None = None,
    ) -> None:
        """Declare the state of a page.

        Args:
            key: under which the session keeps it.
            begin: makes a new one; its attributes are the defaults.
            fields: by attribute, how it stands in the address.
            lasting: the session keeps it. Otherwise the address is its only memory: it is read with every run, and
                forgotten when the page is left.
            follow: also while the page stays, read an address that is not the one that was read or written last. Where
                a click has changed the state meanwhile, the click counts: it may overtake the address of one before.
            shown: attributes that stand in the address just now; None for all.
            arrive: told the attributes that were taken from the address, after they were.
        """
        self._key, self._begin, self._fields = key, begin, fields
        self._lasting, self._follow = lasting, follow
        self._shown, self._arrive = shown, arrive
        self._kept = f"{key}-kept"
        self._names = [field.name for field in fields.values() if not field.browser]

    def open(self) -> State:
        """Return this session's state; say on the page what in a link makes no sense."""
        written, visited = f"{self._key}-address", newly_visited(self._key)
        if not self._lasting or self._key not in st.session_state:
            state = self._begin()
            self._take_over(state, read_query([field.name for field in self._fields.values()]))
            if not self._lasting:
                return state
            st.session_state[self._key] = state
        elif visited:
            query = read_query([field.name for field in self._fields.values()])
            self._visit(st.session_state[self._key], asked_for(query))
        elif self._follow and (asked := read_query(self._names)) and asked != st.session_state.get(written):
            state = st.session_state[self._key]
            if st.session_state.get(self._kept) in (None, self._wanted(state)):
                self._take_over(state, asked)
        st.session_state[written] = read_query(self._names)
        kept: State = st.session_state[self._key]
        return kept

    def keep(self, state: State) -> None:
        """Write a state into the address as far as it differs from a new one."""
        wanted = self._wanted(state)
        if wanted != read_query(self._names):
            self._correct_texts(state)
        write_query(wanted, self._names)
        if self._lasting:
            st.session_state[f"{self._key}-address"] = st.session_state[self._kept] = wanted

    def _wanted(self, state: State) -> dict[str, str]:
        new = self._begin()
        shown = self._fields if self._shown is None else self._shown(state)
        return {
            field.name: field.format(getattr(state, attribute))
            for attribute, field in self._fields.items()
            if not field.browser and attribute in shown and getattr(state, attribute) != getattr(new, attribute)
        }

    def _correct_texts(self, state: State) -> None:
        """Have what the browser writes stand in the address as it is now, where it stands there.

        Whoever writes one name says the whole address, and the server's may be older than what the browser has: a text
        that a click has just changed would stand there as it was before.
        """
        texts = {}
        for attribute, field in self._fields.items():
            said, text = read_query([field.name]).get(field.name), getattr(state, attribute)
            if field.browser and said is not None and isinstance(text, str) and field.parse(said) != text:
                texts[field.name] = text
        write_query(texts, texts)

    def _visit(self, state: State, asked: dict[str, str]) -> None:
        """Take over what a link asks for; a text that was typed before is what Undo brings back."""
        if not asked:
            return
        typed = [name for name, field in self._fields.items() if field.browser]
        before, earlier = [getattr(state, name) for name in typed], copy(state)
        self._take_over(state, asked)
        if isinstance(state, Typed) and before != [getattr(state, name) for name in typed]:
            state.come_from_link(earlier)

    def _take_over(self, state: State, asked: dict[str, str]) -> None:
        taken = []
        for attribute, field in self._fields.items():
            if field.name not in asked:
                continue
            try:
                setattr(state, attribute, field.parse(asked[field.name]))
                taken.append(attribute)
            except ValueError:
                if field.complaint:
                    st.warning(plain(field.complaint), icon=":material/link_off:")
        if self._arrive is not None:
            self._arrive(state, taken)
