"""Files of a run to download, made only on request."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.data.csv_files import write_csv
from core.data.images.own_sets import OWN, own_file
from core.runs.exchange.export import (
    CHECKED,
    TOLERANCE,
    ExportProblem,
    export_onnx,
    export_script,
    export_tensorboard,
    export_weights,
    metric_rows,
)
from core.runs.store.record import Run
from core.runs.store.rights import may_change
from core.runs.store.store import Store, StoreProblem
from core.ui.plain_text import plain
from core.ui.state.csv_style import csv_style, csv_style_name
from core.ui.state.person import person
from core.ui.widgets.csv_download import choose_style
from core.ui.widgets.run_actions import current_runner

_MADE = "runs-made"
"""The last file: (run, when it ended, format, style of CSV files) and the content."""


@dataclass(frozen=True)
class ExportFormat:
    """A kind of file.

    Attributes:
        make: its content.
        name: of the file, behind the number of the run.
        mime: its type.
        words: what it is.
        weights: whether it needs the weights with which the run ended.
        images: whether it can be made of runs that learn images only.
    """

    make: Callable[[Store, Run], bytes | str]
    name: str
    mime: str
    words: str
    weights: bool = False
    images: bool = False


FORMATS = {
    "Weights": ExportFormat(
        export_weights,
        "weights.zip",
        "application/zip",
        "Safetensors with the configuration and a card as JSON. “Import a network” under the table reads it "
        "again, here or on another machine.",
        weights=True,
    ),
    "ONNX": ExportFormat(
        export_onnx,
        "network.onnx",
        "application/octet-stream",
        f"The network for other programs. Before you get it, it reads {CHECKED} random pictures, and its logits may "
        f"differ from the original's by {TOLERANCE:g} at most.",
        weights=True,
        images=True,
    ),
    "Metrics": ExportFormat(
        lambda store, run: write_csv(metric_rows(store, run), csv_style()),
        "metrics.csv",
        "text/csv",
        "Every update as a line: loss, accuracy, learning rate, validation.",
    ),
    "TensorBoard": ExportFormat(
        export_tensorboard,
        "tensorboard.zip",
        "application/zip",
        "An event file with the same curves. Unpack it and point `tensorboard --logdir` at the folder.",
    ),
    "Script": ExportFormat(
        lambda _, run: export_script(run),
        "train.py",
        "text/x-python",
        "A short PyTorch script that reproduces this run, without this playground.",
        images=True,
    ),
}
"""Files that are offered, in this order."""


def show_exports(run: Run) -> None:
    """Show the files that a run can be exported to; a click on the button makes one."""
    images = run.learns == "images"
    offered = [
        name for name, kind in FORMATS.items() if (run.usable or not kind.weights) and (images or not kind.images)
    ]
    chosen = st.segmented_control(
        "File",
        offered,
        default=offered[0],
        required=True,
        key=f"runs-format-{'all' if run.usable else 'curves'}{'' if images else '-of-others'}",
        persist_state="session",
        wrap=True,
        help="What you want to download.",
    )
    name = str(chosen) if chosen in offered else offered[0]
    kind = FORMATS[name]
    st.caption(kind.words)
    if name == "Metrics":
        choose_style("runs-metrics")
    wanted = (run.id, run.ended, name, csv_style_name())
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if st.button(f"Make {kind.name}", key=f"runs-make-{name}", icon=":material/build:", help="Takes a moment."):
            _make(run, kind, wanted)
        made, content = st.session_state.get(_MADE, (None, b""))
        if made != wanted:
            return
        size = len(content if isinstance(content, bytes) else content.encode())
        st.download_button(
            f"Save it ({max(1, round(size / 1000)):,} kB)",
            content,
            file_name=f"{run.id[:6]}-{kind.name}",
            mime=kind.mime,
            key=f"runs-save-{name}",
            on_click="ignore",
            type="primary",
            icon=":material/download:",
            help="To your computer.",
        )
    if name == "Script":
        _offer_own_pictures(run)
        st.code(content, language="python", height=320)


def _offer_own_pictures(run: Run) -> None:
    """Offer the file that the script of a run on own pictures reads, to whoever may change the run."""
    if not (run.data or "").startswith(OWN):
        return
    if not may_change(person(), run.session):
        st.caption("The script reads uploaded pictures. Only the person who started this run can download them.")
        return
    file = own_file((run.data or "").removeprefix(OWN))
    if file is None:
        st.caption("The script reads the pictures of this run, which are not here any more.")
        return
    st.download_button(
        f"Save its pictures ({max(1, round(file.stat().st_size / 1000)):,} kB)",
        file.read_bytes,
        file_name=file.name,
        mime="application/octet-stream",
        key="runs-save-pictures",
        on_click="ignore",
        icon=":material/download:",
        help="The script reads this file. Keep both in one folder.",
    )


def _make(run: Run, kind: ExportFormat, wanted: tuple[str, float | None, str, str]) -> None:
    """Make a file and keep it for this session, only the last one; say why where that fails."""
    st.session_state.pop(_MADE, None)
    try:
        with st.spinner(f"Making {kind.name} ..."):
            st.session_state[_MADE] = wanted, kind.make(current_runner().store, run)
    except (ExportProblem, StoreProblem) as problem:
        st.warning(plain(str(problem)), icon=":material/error:")
    except (OSError, MemoryError) as problem:
        st.warning(f"It could not be made: {plain(str(problem)) or 'too little memory'}.", icon=":material/error:")
