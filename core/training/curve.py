"""The learning curve of a training: what was measured at every update."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """Columns with one number per update.

    Attributes:
        step: updates done.
        epoch: passes over the training data done, with a fraction.
        seconds: time spent on updates so far.
        loss: mean loss of the batch before its update.
        accuracy: share of the batch that was right before its update, 0-1.
        learning_rate: of the update.
    """

    step: Column
    epoch: Column
    seconds: Column
    loss: Column
    accuracy: Column
    learning_rate: Column

    @classmethod
    def from_rows(cls, rows: Column) -> "Curve":
        """Make a curve of rows (updates, 6) in the order of `COLUMNS`."""
        return cls(*rows.T)

    @property
    def rows(self) -> Column:
        """All numbers, (updates, 6) in the order of `COLUMNS`."""
        return np.stack([getattr(self, name) for name in COLUMNS], axis=1)

    def __len__(self) -> int:
        return len(self.step)


COLUMNS = tuple(field.name for field in fields(Curve))
EMPTY = Curve.from_rows(np.empty((0, len(COLUMNS))))
