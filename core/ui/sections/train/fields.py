"""Controls for the settings of a run: each shows one setting by its name in the address and returns it as text."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.training.address import change, flatten
from core.training.config import TrainConfig
from core.training.tasks.task_config import FormField
from core.ui.sections.train.state import TrainState
from core.ui.widgets.renewed_key import renewed_key

PREFIX = "train-"
FIELD = 148
"""Pixels of one control; four stand side by side in a group."""
GROUP = 4 * FIELD + 60
"""Pixels of an opened group."""


class Fields:
    """The controls of the form.

    Nothing is checked here. What a person enters goes as text to the
    configuration, which answers in a sentence where a value is impossible.

    Attributes:
        base: the settings that the controls start from.
        wanted: what the controls say, by the name of the setting.
    """

    def __init__(self, state: TrainState) -> None:
        self.base: TrainConfig = state.config
        self.wanted: dict[str, str] = {}
        self._loads = state.loads
        self._texts = flatten(self.base)

    def set_network(self, kind: str) -> None:
        """Continue with the settings of another kind of network."""
        self.wanted["network"] = kind
        if kind != self._texts["network"]:
            self.base = change(self.base, {"network": kind})
            self._texts = flatten(self.base)

    def key(self, name: str, value: Any) -> str:
        """Return the key of a control; where the control has no value yet, it gets this one.

        The control also needs `value` as its default: it reaches the browser
        when its group is opened, and then starts with its default.
        """
        key = renewed_key(PREFIX + name, self._loads)
        if key not in st.session_state:
            st.session_state[key] = value
        return key

    def pick(self, name: str, label: str, titles: Mapping[str, str], value: str, help: str) -> str:
        """Show a list, not bound to a setting, and return the chosen value; `titles` says how each is shown."""
        names = list(titles)
        return str(
            st.selectbox(
                label,
                names,
                index=names.index(value),
                format_func=lambda one: titles.get(one, one),
                key=self.key(name, value),
                help=help,
                width=FIELD,
            )
        )

    def choose(self, setting: str, label: str, titles: Mapping[str, str] | Sequence[str], help: str) -> str:
        """Show a list; `titles` says how each value is shown, where that is not the value itself."""
        shown = titles if isinstance(titles, Mapping) else {one: one for one in titles}
        return self._want(setting, self.pick(setting, label, shown, self._texts[setting], help))

    def number(self, setting: str, label: str, help: str, *, step: float, empty: str = "") -> str:
        """Show a field for a number, a whole one if `step` is whole; `empty` says what an empty field means."""
        text, whole = self._texts[setting], isinstance(step, int)
        begin = None if text == "none" else int(text) if whole else float(text)
        value = st.number_input(
            label,
            value=begin,
            step=step,
            format=None if whole else "%.6g",
            key=self.key(setting, begin),
            help=help,
            placeholder=empty or None,
            width=FIELD,
        )
        return self._want(setting, "none" if value is None else str(value) if whole else f"{value:.12g}")

    def slide(self, setting: str, label: str, help: str, *, high: float, step: float) -> str:
        """Show a slider from 0 to `high`."""
        begin = min(float(self._texts[setting]), high)
        key = self.key(setting, begin)
        value = st.slider(label, 0.0, high, begin, step, format="%.4g", key=key, help=help, width=FIELD)
        return self._want(setting, f"{value:.12g}")

    def switch(self, setting: str, label: str, help: str) -> str:
        """Show a switch."""
        begin = self._texts[setting] == "yes"
        on = st.toggle(label, value=begin, key=self.key(setting, begin), help=help)
        return self._want(setting, "yes" if on else "no")

    def show(self, field: FormField) -> str:
        """Show the control that a task has for a setting: a list, a slider, a switch or a number."""
        if field.choices:
            return self.choose(field.name, field.label, field.choices, field.help)
        if field.high is not None:
            return self.slide(field.name, field.label, field.help, high=float(field.high), step=float(field.step))
        if self._texts[field.name] in {"yes", "no"}:
            return self.switch(field.name, field.label, field.help)
        return self.number(field.name, field.label, field.help, step=field.step, empty=field.empty)

    def sizes(self, setting: str, label: str, help: str) -> str:
        """Show a field for numbers with commas between them."""
        begin = self._texts[setting]
        key = self.key(setting, begin)
        text = str(st.text_input(label, value=begin, key=key, help=help, max_chars=60, width=FIELD))
        return self._want(setting, text.replace(" ", "") or "none")

    def _want(self, setting: str, text: str) -> str:
        self.wanted[setting] = text
        return text
