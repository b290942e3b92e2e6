"""Two columns that people fill in: typed, pasted or from a file, with a way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from core.data.columns import MOST_ROWS, UnreadableColumns, split_table
from core.ui.plain_text import plain
from core.ui.state.address import Field
from core.ui.widgets.sections import controlled
from core.ui.widgets.side_by_side import side_by_side
from core.ui.widgets.uploads import file_in, uploaded_text

MOST_IN_ADDRESS = 800
"""Characters of a column that an address holds."""
_MOST_CHARACTERS = MOST_ROWS * 64
_HISTORY = 30

Pair = tuple[str, str]


@dataclass
class TwoColumns:
    """The columns of one session.

    Attributes:
        truth: as it was typed.
        prediction: as it was typed.
        before: what Undo goes back to, the newest last.
        complaint: why the last table was not taken.
    """

    truth: str
    prediction: str
    before: list[Pair] = field(default_factory=list)
    complaint: str = ""

    @property
    def pair(self) -> Pair:
        """Both columns."""
        return self.truth, self.prediction

    @property
    def fits_address(self) -> bool:
        """Whether a link holds both columns."""
        return max(map(len, self.pair)) <= MOST_IN_ADDRESS

    def replace(self, pair: Pair) -> None:
        """Have other columns; Undo brings the old ones back."""
        self.complaint = ""
        if pair != self.pair:
            self.before = [*self.before, self.pair][-_HISTORY:]
            self.truth, self.prediction = pair

    def undo(self) -> None:
        """Bring the columns back that were there before."""
        self.complaint = ""
        if self.before:
            self.truth, self.prediction = self.before.pop()


def column(name: str) -> Field[str]:
    """Return a column as it stands in an address."""

    def parse(asked: str) -> str:
        if len(asked) > MOST_IN_ADDRESS:
            raise ValueError(asked)
        return asked.replace("\0", "")

    return Field(name, parse, complaint=f"The column “{name}” of this link is too long, so the example is shown.")


def show_columns(
    state: TwoColumns, key: str, samples: Mapping[str, Pair], names: Pair = ("Truth", "Prediction")
) -> None:
    """Show both columns, and what fills them.

    Args:
        state: the columns.
        key: begins the keys of the controls.
        samples: columns by their names; the first one is what Reset brings.
        names: of the columns.
    """
    sides = side_by_side(2, key=f"columns-{key}", gap="small")
    for side, place, name in zip(sides, (0, 1), names, strict=True):
        with side:
            controlled(
                st.text_area,
                name,
                value=state.pair[place],
                on_change=partial(_write, state, place),
                key=f"{key}-{place}",
                height=110,
                max_chars=_MOST_CHARACTERS,
                help=f"One value per line, up to {MOST_ROWS:,}; or all in one line with blanks or commas between them. "
                "Ctrl+Enter, or a click elsewhere, computes it.",
            )
    with st.container(horizontal=True, gap="small", key=f"{key}-buttons"):
        for name, pair in samples.items():
            st.button(name, key=f"{key}-sample-{name}", on_click=state.replace, args=(pair,), help="Take this example.")
        with st.popover("Paste a table", icon=":material/table:", key=f"{key}-table", help="Or open a CSV file."):
            _show_table_form(state, key)
        st.button(
            "Undo",
            icon=":material/undo:",
            key=f"{key}-undo",
            disabled=not state.before,
            on_click=state.undo,
            help="Bring back the columns before the last change.",
        )
        st.button(
            "Reset",
            icon=":material/restart_alt:",
            key=f"{key}-reset",
            on_click=state.replace,
            args=(next(iter(samples.values())),),
            help="Back to the example that the page opens with.",
        )
    if state.complaint:
        st.warning(plain(state.complaint), icon=":material/error:")
    if not state.fits_address:
        st.caption(
            f"The address holds columns of up to {MOST_IN_ADDRESS} characters; these are longer, so a link to this "
            "page shows the example instead. Download the table to keep it."
        )


def _show_table_form(state: TwoColumns, key: str) -> None:
    st.text_area(
        "Two columns of a spreadsheet",
        key=f"{key}-pasted",
        height=130,
        max_chars=2 * _MOST_CHARACTERS,
        help="Headings such as truth and prediction are found; otherwise the first two columns are taken.",
    )
    st.button(
        "Take it",
        key=f"{key}-take",
        type="primary",
        on_click=lambda: _take(state, lambda: str(st.session_state.get(f"{key}-pasted") or "")),
        help="Both columns are replaced; Undo brings them back.",
    )
    st.file_uploader(
        "Or a CSV file",
        type=["csv", "tsv", "txt"],
        max_upload_size=1,
        key=f"{key}-file",
        on_change=lambda: _take_file(state, f"{key}-file"),
        help="Up to 1 MB. It is read for you alone and not kept.",
    )


def _take_file(state: TwoColumns, key: str) -> None:
    if file_in(key):
        _take(state, lambda: uploaded_text(key))


def _take(state: TwoColumns, text: Callable[[], str]) -> None:
    try:
        state.replace(split_table(text()))
    except UnreadableColumns as problem:
        state.complaint = str(problem)


def _write(state: TwoColumns, place: int, value: str) -> None:
    written = str(value or "")
    state.replace((written, state.prediction) if place == 0 else (state.truth, written))
