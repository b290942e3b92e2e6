"""The choice of a cell of a confusion matrix without the mouse, and where cells are too small to be hit."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.ui.widgets.sections import controlled

Cell = tuple[int, int]
_ALL = -1


def choose_matrix_cell(
    confusion: NDArray[np.integer],
    classes: Sequence[str],
    cell: Cell | None,
    *,
    key: str,
    on_change: Callable[[Cell | None], None],
) -> None:
    """Show two lists that choose a cell as a click on the matrix does.

    Args:
        confusion: cases of each cell (true, answered).
        classes: their names.
        cell: that is chosen, (true, answer); None for all mistakes.
        key: begins the keys of the lists.
        on_change: told the cell that was chosen.
    """

    def choose_true(chosen: int) -> None:
        mistakes = confusion[chosen].copy() if chosen != _ALL else None
        if mistakes is None:
            return on_change(None)
        mistakes[chosen] = 0
        return on_change((chosen, int(mistakes.argmax()) if mistakes.any() else chosen))

    with st.container(horizontal=True, gap="small", key=f"{key}-lists"):
        controlled(
            st.selectbox,
            "True class",
            [_ALL, *range(len(classes))],
            value=_ALL if cell is None else cell[0],
            on_change=choose_true,
            key=f"{key}-true",
            format_func=lambda one: "all mistakes" if one == _ALL else classes[one],
            width=170,
            help="A row of the matrix; first its commonest mistake. A click on a cell does the same.",
        )
        if cell is not None:
            controlled(
                st.selectbox,
                "Answer",
                list(range(len(classes))),
                value=cell[1],
                on_change=lambda answer: on_change((cell[0], answer)),
                key=f"{key}-answer",
                format_func=lambda one: f"{classes[one]} ({int(confusion[cell[0], one]):,})",
                width=170,
                help="A column of the matrix, with how many there are.",
            )
