"""Controls for the settings of a run: each shows one setting by its name in the address, and reads it back as text."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.training.address import change, flatten
from core.training.config import TrainConfig
from core.ui.state.train import TrainState

PREFIX = "train-"
FIELD = 148
"""Pixels of one control; four stand side by side in a group."""
GROUP = 4 * FIELD + 60
"""Pixels of an opened group."""


class Fields:
    """The controls of one form.

    What a person enters is not held back here: the text goes to the
    configuration, which says in a sentence what cannot be.

    Attributes:
        base: the settings with which the controls begin.
        wanted: what the controls say, by the name of the setting.
    """

    def __init__(self, state: TrainState) -> None:
        self.base: TrainConfig = state.config
        self.wanted: dict[str, str] = {}
        self._fresh = state.fresh
        self._texts = flatten(self.base)

    def set_network(self, kind: str) -> None:
        """Go on with the settings of another kind of network."""
        self.wanted["network"] = kind
        if kind != self._texts["network"]:
            self.base = change(self.base, {"network": kind})
            self._texts = flatten(self.base)

    def begin(self, name: str, value: Any) -> str:
        """Return the key of a control, which shows `value` unless it shows something already.

        The control has to be given `value` as its default too: it first comes to
        be in the browser when its group is opened, and begins with its default.
        """
        key = PREFIX + name
        if self._fresh or key not in st.session_state:
            st.session_state[key] = value
        return key

    def choose(self, setting: str, label: str, titles: dict[str, str], help: str, **more: Any) -> str:
        """Show a list and return the chosen value; `titles` are what people read for each."""
        begin, names = self._texts[setting], list(titles)
        chosen = st.selectbox(
            label,
            names,
            index=names.index(begin),
            format_func=_titles(titles),
            key=self.begin(setting, begin),
            help=help,
            **more,
        )
        return self._want(setting, str(chosen))

    def whole(self, setting: str, label: str, help: str, *, empty: str = "", step: int = 1, **more: Any) -> str:
        """Show a field for a whole number; with `empty`, it may be left empty, and `empty` says what that means."""
        begin = json.loads(_null(self._texts[setting]))
        value = st.number_input(
            label,
            value=begin,
            step=step,
            key=self.begin(setting, begin),
            help=help,
            placeholder=empty or None,
            **more,
        )
        return self._want(setting, "none" if value is None else str(int(value)))

    def decimal(self, setting: str, label: str, help: str, *, step: float, empty: str = "", **more: Any) -> str:
        """Show a field for a number; with `empty`, it may be left empty, and `empty` says what that means."""
        known = json.loads(_null(self._texts[setting]))
        begin = None if known is None else float(known)
        value = st.number_input(
            label,
            value=begin,
            step=step,
            format="%.6g",
            key=self.begin(setting, begin),
            help=help,
            placeholder=empty or None,
            **more,
        )
        return self._want(setting, "none" if value is None else f"{value:.12g}")

    def slide(self, setting: str, label: str, help: str, *, high: float, step: float, **more: Any) -> str:
        """Show a slider from 0 to `high`."""
        begin = min(float(self._texts[setting]), high)
        key = self.begin(setting, begin)
        value = st.slider(label, 0.0, high, begin, step, format="%.4g", key=key, help=help, **more)
        return self._want(setting, f"{value:.12g}")

    def switch(self, setting: str, label: str, help: str, **more: Any) -> str:
        """Show a switch."""
        begin = self._texts[setting] == "yes"
        on = st.toggle(label, value=begin, key=self.begin(setting, begin), help=help, **more)
        return self._want(setting, "yes" if on else "no")

    def words(self, setting: str, label: str, help: str, **more: Any) -> str:
        """Show a field for numbers with commas between them."""
        begin = self._texts[setting]
        text = str(st.text_input(label, value=begin, key=self.begin(setting, begin), help=help, max_chars=60, **more))
        return self._want(setting, text.replace(" ", "") or "none")

    def _want(self, setting: str, text: str) -> str:
        self.wanted[setting] = text
        return text


def _null(text: str) -> str:
    return "null" if text == "none" else text


def _titles(titles: dict[str, str]) -> Callable[[str], str]:
    return lambda value: titles.get(value, value)


def numbered(names: Sequence[str]) -> dict[str, str]:
    """Return titles for names that people read as they are."""
    return {name: name for name in names}
