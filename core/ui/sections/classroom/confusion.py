"""What a network confuses of the drawings of the class, with these drawings in the cells."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
import torch

from core.classroom.hand_ins import HandIn, held_out
from core.classroom.wall import as_url
from core.data.images.image_set import DIGITS
from core.figures.drawn_confusion import STYLE, drawn_confusion
from core.figures.percent import exact_percent
from core.inspection.images.forward import batch_probabilities
from core.runs.networks import NoNetwork, final_network
from core.runs.store.record import Run, RunSummary
from core.ui.plain_text import plain
from core.ui.widgets.run_actions import current_runner

_MNIST = "trained on MNIST"


def show_confusion(drawings: Sequence[HandIn], runs: Sequence[RunSummary]) -> None:
    """Show the confusion matrix of the CNN that learnt MNIST, or of a run on our own data set.

    Args:
        drawings: all that was handed in.
        runs: on a data set made of them.
    """
    known = {run.id: run for run in runs}
    chosen = st.selectbox(
        "What is confused by the network that was",
        (_MNIST, *known),
        format_func=lambda name: plain(f"trained on us: {known[name].title}") if name in known else name,
        key="class-confusion",
        help="A network trained on us is asked about the students whose drawings it did not learn from.",
    )
    shown, outputs = list(drawings), DIGITS
    if chosen in known:
        kept = held_out(drawings)
        try:
            run = current_runner().store.get(str(chosen))
            if run is None:
                raise NoNetwork("This run has been deleted.")
            shown, outputs = [one for one in drawings if one.member in kept], run.setup.outputs
            answers = _answers(run, shown)
        except NoNetwork as problem:
            st.caption(plain(str(problem)))
            return
    else:
        answers = [one.said.answers[0] for one in shown]
    classes = tuple(label for label in DIGITS if any(one.label == label for one in shown))
    labels = [classes.index(one.label) for one in shown]
    right = sum(outputs[answer] == one.label for answer, one in zip(answers, shown, strict=True))
    pictures = [as_url(one.picture) for one in shown]
    st.html(STYLE + drawn_confusion(pictures, labels, answers, classes, outputs))
    if shown:
        st.caption(f"{right:,} of {len(shown):,} right ({exact_percent(right / len(shown))}).")


def _answers(run: Run, drawings: Sequence[HandIn]) -> list[int]:
    if not drawings:
        return []
    images = torch.from_numpy(np.stack([one.pixels for one in drawings]).astype(np.float32) / 255)
    found: list[int] = batch_probabilities(final_network(current_runner().store, run), images).argmax(1).tolist()
    return found
