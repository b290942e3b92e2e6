"""Files of a run to take home, made only when they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.runs.exchange.export import (
    CHECKED,
    TOLERANCE,
    ExportProblem,
    export_metrics,
    export_onnx,
    export_script,
    export_tensorboard,
    export_weights,
)
from core.runs.store.record import Run
from core.runs.store.store import Store, StoreProblem
from core.ui.plain_text import plain
from core.ui.widgets.run_actions import current_runner

_MADE = "runs-made"


@dataclass(frozen=True)
class ExportFormat:
    """A kind of file.

    Attributes:
        make: its content.
        name: of the file, behind the number of the run.
        mime: its type.
        words: what it is.
        weights: whether it needs the weights with which the run ended.
    """

    make: Callable[[Store, Run], bytes | str]
    name: str
    mime: str
    words: str
    weights: bool = False


@dataclass(frozen=True)
class _ExportedFile:
    """A file that was made, of which run, and when that had ended."""

    run: str
    ended: float | None
    format: str
    content: bytes | str


FORMATS = {
    "Weights": ExportFormat(
        export_weights,
        "weights.zip",
        "application/zip",
        "Safetensors with the configuration and a card as JSON. “Bring a network” in the table takes it in again, "
        "here or on another machine.",
        weights=True,
    ),
    "ONNX": ExportFormat(
        export_onnx,
        "network.onnx",
        "application/octet-stream",
        f"The network for other programs. Before you get it, it reads {CHECKED} random pictures, and its logits may "
        f"differ from the original's by {TOLERANCE:g} at most.",
        weights=True,
    ),
    "Metrics": ExportFormat(
        export_metrics, "metrics.csv", "text/csv", "Every update as a line: loss, accuracy, learning rate, validation."
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
    ),
}
"""What can be taken home, in the order in which it is offered."""


def show_exports(run: Run) -> None:
    """Show what can be taken home of a run; a file is made when its button is pressed."""
    offered = [name for name, kind in FORMATS.items() if run.usable or not kind.weights]
    chosen = st.segmented_control(
        "File",
        offered,
        default=offered[0],
        required=True,
        key=f"runs-format-{'all' if run.usable else 'curves'}",
        persist_state="session",
        wrap=True,
        help="What to take home.",
    )
    name = str(chosen) if chosen in offered else offered[0]
    kind = FORMATS[name]
    st.caption(kind.words)
    made = st.session_state.get(_MADE)
    current = isinstance(made, _ExportedFile) and (made.run, made.ended, made.format) == (run.id, run.ended, name)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if st.button(f"Make {kind.name}", key=f"runs-make-{name}", icon=":material/build:", help="Takes a moment."):
            made, current = _make(run, name), True
        if current and isinstance(made, _ExportedFile):
            size = len(made.content if isinstance(made.content, bytes) else made.content.encode())
            st.download_button(
                f"Save it ({max(1, round(size / 1000)):,} kB)",
                made.content,
                file_name=f"{run.id[:6]}-{kind.name}",
                mime=kind.mime,
                key=f"runs-save-{name}",
                on_click="ignore",
                type="primary",
                icon=":material/download:",
                help="To your computer.",
            )
    if current and isinstance(made, _ExportedFile) and name == "Script":
        st.code(made.content, language="python", height=320)


def _make(run: Run, name: str) -> _ExportedFile | None:
    """Make a file and keep it for this session, the last one only; where that fails, say why."""
    st.session_state.pop(_MADE, None)
    try:
        with st.spinner(f"Making {FORMATS[name].name} ..."):
            content = FORMATS[name].make(current_runner().store, run)
    except (ExportProblem, StoreProblem) as problem:
        st.warning(plain(str(problem)), icon=":material/error:")
        return None
    except (OSError, MemoryError) as problem:
        st.warning(f"It could not be made: {plain(str(problem)) or 'too little memory'}.", icon=":material/error:")
        return None
    st.session_state[_MADE] = _ExportedFile(run.id, run.ended, name, content)
    made: _ExportedFile = st.session_state[_MADE]
    return made
