"""A text that recurrent networks read, and what of it is selected."""

from dataclasses import dataclass

from core.models.cells import CELLS, Cell
from core.ui.state.address import Field, choice, number
from core.ui.state.text_history import TextHistory

SELECTION: dict[str, Field] = {"cell": choice("cell", tuple(CELLS)), "unit": number("unit", 0, 999)}
"""How the selected unit stands in the address."""


@dataclass
class TextSelection(TextHistory):
    """A text, and the selected network, unit and place.

    Attributes:
        cell: the network.
        unit: of its hidden state.
        place: of a word or letter, None for none.
    """

    cell: Cell = "lstm"
    unit: int = 0
    place: int | None = None

    def select(self, cell: Cell, unit: int | None, place: int | None) -> None:
        """Select a place, and a unit of a network; None keeps the unit."""
        self.cell, self.place = cell, place
        if unit is not None:
            self.unit = unit

    def come_from_link(self, earlier: TextHistory) -> None:
        """Have the field show a text that came by a link; no place of it is selected."""
        super().come_from_link(earlier)
        self.place = None

    def _set(self, text: str) -> None:
        super()._set(text)
        self.place = None
