"""Controls for the settings of a run: each shows one setting by its name in the address, and reads it back as text."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.training.address import change, flatten
from core.training.config import TrainConfig
from core.ui.training.bench import Workbench

PREFIX = "train-"


class Fields:
    """The controls of one form.

    What a person enters is not held back here: the text goes to the
    configuration, which says in a sentence what cannot be.

    Attributes:
        base: the settings with which the controls begin.
        wanted: what the controls say, by the name of the setting.
    """

    def __init__(self, bench: Workbench) -> None:
        self.base: TrainConfig = bench.config
        self.wanted: dict[str, str] = {}
        self._fresh = bench.fresh
        self._texts = flatten(self.base)

    def set_network(self, kind: str) -> None:
        """Go on with the settings of another kind of network."""
        self.wanted["network"] = kind
        if kind != self._texts["network"]:
            self.base = change(self.base, {"network": kind})
            self._texts = flatten(self.base)

    def begin(self, name: str, value: Any) -> str:
        """Return the key of a control, which shows `value` unless it shows something already."""
        key = PREFIX + name
        if self._fresh or key not in st.session_state:
            st.session_state[key] = value
        return key

    def choose(self, setting: str, label: str, titles: dict[str, str], help: str, **more: Any) -> str:
        """Show a list and return the chosen value; `titles` are what people read for each."""
        key = self.begin(setting, self._texts[setting])
        chosen = str(st.selectbox(label, list(titles), format_func=_titles(titles), key=key, help=help, **more))
        return self._want(setting, chosen)

    def whole(self, setting: str, label: str, help: str, *, empty: str = "", step: int = 1, **more: Any) -> str:
        """Show a field for a whole number; with `empty`, it may be left empty, and `empty` says what that means."""
        key = self.begin(setting, json.loads(_null(self._texts[setting])))
        value = st.number_input(
            label, value=None if empty else 0, step=step, key=key, help=help, placeholder=empty or None, **more
        )
        return self._want(setting, "none" if value is None else str(int(value)))

    def decimal(self, setting: str, label: str, help: str, *, step: float, empty: str = "", **more: Any) -> str:
        """Show a field for a number; with `empty`, it may be left empty, and `empty` says what that means."""
        begin = json.loads(_null(self._texts[setting]))
        key = self.begin(setting, None if begin is None else float(begin))
        value = st.number_input(
            label,
            value=None if empty else 0.0,
            step=step,
            format="%.6g",
            key=key,
            help=help,
            placeholder=empty or None,
            **more,
        )
        return self._want(setting, "none" if value is None else f"{value:.12g}")

    def slide(self, setting: str, label: str, help: str, *, high: float, step: float, **more: Any) -> str:
        """Show a slider from 0 to `high`."""
        key = self.begin(setting, min(float(self._texts[setting]), high))
        value = st.slider(label, 0.0, high, step=step, format="%.4g", key=key, help=help, **more)
        return self._want(setting, f"{value:.12g}")

    def switch(self, setting: str, label: str, help: str, **more: Any) -> str:
        """Show a switch."""
        key = self.begin(setting, self._texts[setting] == "yes")
        return self._want(setting, "yes" if st.toggle(label, key=key, help=help, **more) else "no")

    def words(self, setting: str, label: str, help: str, **more: Any) -> str:
        """Show a field for numbers with commas between them."""
        key = self.begin(setting, self._texts[setting])
        text = str(st.text_input(label, key=key, help=help, max_chars=60, **more))
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
