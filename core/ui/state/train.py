"""What outlives the page "Train" in one session: the settings as chosen, and the run that is looked at."""

from dataclasses import dataclass, field

import streamlit as st

from core.data.images.own_sets import Layout
from core.training.address import read_address
from core.training.config import TrainConfig
from core.training.recipes import Recipe

_KEY = "train-state"


@dataclass
class TrainState:
    """The settings of one session, and the run it looks at.

    Attributes:
        recipe: that the settings began with.
        config: the run as chosen; always one that is valid.
        written: the settings in the address as this page has written or read them last; None before it has.
        fresh: whether the controls have yet to be set to `config`.
        run: the run that is looked at, or None.
        run_written: the run in the address as this page has written or read it last.
        notice: a sentence to be shown once.
        own: names of the data sets that this session has brought.
        data_said: what became of the file that was brought last.
        file_seen: that file.
        layouts: what its folders were taken for, and what else they may mean.
    """

    recipe: Recipe
    config: TrainConfig
    written: dict[str, str] | None = None
    fresh: bool = True
    run: str | None = None
    run_written: str = ""
    notice: str = ""
    own: list[str] = field(default_factory=list)
    data_said: str = ""
    file_seen: str | None = None
    layouts: tuple[Layout, ...] = ()

    def load(self, config: TrainConfig, recipe: Recipe) -> None:
        """Take over other settings; the controls will follow."""
        self.config, self.recipe, self.fresh = config, recipe, True


def train_state() -> TrainState:
    """Return the state of this session; at first with the settings of the first recipe."""
    if _KEY not in st.session_state:
        asked = read_address({})
        st.session_state[_KEY] = TrainState(asked.recipe, asked.config)
    kept: TrainState = st.session_state[_KEY]
    return kept
