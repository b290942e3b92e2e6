"""What the page "Train" remembers in one session: the settings as chosen, and the run on show."""

from collections.abc import Collection
from dataclasses import dataclass, field

from core.data.images.folder_meaning import Layout
from core.training.address import RECIPE, SETTINGS, read_address, write_address
from core.training.config import TrainConfig
from core.training.recipes import Recipe
from core.ui.state.address import read_query, text, write_query
from core.ui.state.page_state import PageState

_SETTINGS = (RECIPE, *SETTINGS)


@dataclass
class TrainState:
    """The settings of one session, and the run on show.

    Attributes:
        recipe: that the settings began with.
        config: the run as chosen; always a valid one.
        written: the settings in the address as this page has written or read them last; None before it has.
        fresh: whether the controls have yet to be set to `config`.
        loads: how often `config` was taken over while there were controls.
        run: id of the run on show, or None.
        linked: whether that run comes from a link that was just opened.
        notice: a sentence to be shown once.
        own: names of the data sets that this session has uploaded.
        upload_notice: what became of the last upload.
        file_seen: its file.
        layouts: what its folders were taken for, and what else they may mean.
    """

    recipe: Recipe
    config: TrainConfig
    written: dict[str, str] | None = None
    fresh: bool = True
    loads: int = 0
    run: str | None = None
    linked: bool = False
    notice: str = ""
    own: list[str] = field(default_factory=list)
    upload_notice: str = ""
    file_seen: str | None = None
    layouts: tuple[Layout, ...] = ()

    def load(self, config: TrainConfig, recipe: Recipe) -> None:
        """Take over other settings; the controls will follow."""
        self.loads += not self.fresh
        self.config, self.recipe, self.fresh = config, recipe, True

    def read_link(self) -> tuple[str, ...]:
        """Take over the settings in the address where they are new; return what could not be used of them."""
        here = read_query(_SETTINGS)
        if not here or here == self.written:
            return ()
        asked = read_address(here)
        self.load(asked.config, asked.recipe)
        self.written = here
        return asked.problems

    def write_link(self) -> None:
        """Write the settings into the address."""
        self.written = write_address(self.config, self.recipe)
        write_query(self.written, _SETTINGS)


def _first() -> TrainState:
    asked = read_address({})
    return TrainState(asked.recipe, asked.config)


def _arrived(state: TrainState, asked: Collection[str]) -> None:
    state.linked = "run" in asked


TRAIN = PageState("train-state", _first, {"run": text("run", 64)}, follow=True, arrive=_arrived)
