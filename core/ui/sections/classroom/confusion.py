"""What a network confuses of the drawings of the class, with these drawings in the cells."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
import torch
from numpy.typing import NDArray
from torch import nn

from core.classroom.hand_ins import HandIn
from core.classroom.wall import as_url
from core.data.images.image_set import DIGITS, ImageSet
from core.data.images.pictures import encode_data_url
from core.figures.drawn_confusion import STYLE, drawn_confusion
from core.figures.percent import exact_percent
from core.inspection.images.forward import batch_probabilities
from core.runs.networks import NoNetwork, final_network
from core.runs.store.record import RunSummary
from core.ui.plain_text import plain
from core.ui.widgets.run_actions import current_runner

_MNIST = "trained on MNIST"


def show_confusion(drawings: Sequence[HandIn], tested: ImageSet | None, runs: Sequence[RunSummary]) -> None:
    """Show the confusion matrix of the CNN that learnt MNIST, or of a run on our own data set.

    Args:
        drawings: all that was handed in.
        tested: the test part of the data set that the runs learnt from; None where none was made.
        runs: on that data set.
    """
    known = {run.id: run for run in runs} if tested else {}
    chosen = st.selectbox(
        "What is confused by the network that was",
        (_MNIST, *known),
        format_func=lambda name: plain(f"trained on us: {known[name].title}") if name in known else name,
        key="class-confusion",
        help="A network trained on us is asked about the students whose drawings it did not learn from.",
    )
    if tested and chosen in known:
        try:
            run = current_runner().store.get(str(chosen))
            if run is None:
                raise NoNetwork("This run has been deleted.")
            answers = digits_read(final_network(current_runner().store, run), tested.images)
        except NoNetwork as problem:
            st.caption(plain(str(problem)))
            return
        asked, outputs = [tested.classes[label] for label in tested.labels], run.setup.outputs
        pictures = [encode_data_url(image) for image in tested.images]
    else:
        asked, outputs = [one.label for one in drawings], DIGITS
        answers = [one.said.answers[0] for one in drawings]
        pictures = [as_url(one.picture) for one in drawings]
    classes = tuple(label for label in DIGITS if label in asked)
    right = sum(outputs[answer] == label for answer, label in zip(answers, asked, strict=True))
    labels = [classes.index(label) for label in asked]
    st.html(STYLE + drawn_confusion(pictures, labels, answers, classes, outputs))
    st.caption(f"{right:,} of {len(asked):,} right ({exact_percent(right / len(asked))}).")


def digits_read(network: nn.Module, images: NDArray[np.uint8]) -> list[int]:
    """Return the likeliest class that a network gives each of the pictures (N, 28, 28) in 0-255."""
    found: list[int] = (
        batch_probabilities(network, torch.from_numpy(images.astype(np.float32) / 255)).argmax(1).tolist()
    )
    return found
