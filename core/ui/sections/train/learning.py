"""The groups "Training" and "Regularisation": how a network learns, and what keeps it from learning by heart."""

import streamlit as st

from core.ui.sections.train.fields import FIELD, Fields, numbered

OPTIMIZERS = {
    "sgd": "SGD",
    "momentum": "SGD + momentum",
    "nesterov": "SGD + Nesterov",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
}
"""Optimisers, as people read them."""
SCHEDULES = {
    "constant": "constant",
    "step": "tenth after thirds",
    "cosine": "cosine, down to 0",
    "one-cycle": "one cycle: up, then down",
    "plateau": "half when stalled",
}
"""Schedules of the learning rate, as people read them."""


def choose_training(fields: Fields) -> None:
    """Show how the network learns: steps, their size, and how many."""
    with st.container(horizontal=True):
        fields.choose(
            "optimizer",
            "Optimiser",
            OPTIMIZERS,
            "How a gradient becomes a step. Adam and RMSprop give every weight a step size of its own.",
            width=FIELD,
        )
        fields.decimal(
            "learning_rate",
            "Learning rate",
            "How far a step goes. While it runs, it can be doubled and halved.",
            step=0.001,
            width=FIELD,
        )
        fields.decimal(
            "momentum",
            "Momentum",
            "Of SGD with momentum or Nesterov: share of the last step.",
            step=0.05,
            width=FIELD,
        )
        fields.choose(
            "schedule",
            "Schedule",
            SCHEDULES,
            "How the learning rate changes. Tenth after thirds: a tenth of it after each third of the training. "
            "Half when stalled: half of it when validation gets no better.",
            width=FIELD,
        )
    with st.container(horizontal=True):
        fields.whole(
            "batch_size", "Batch size", "Images in one update. Larger: smoother and fewer.", step=16, width=FIELD
        )
        fields.decimal(
            "epochs", "Epochs", "Passes over the training images; 0.5 is half a pass.", step=1.0, width=FIELD
        )
        fields.decimal(
            "seconds",
            "Seconds at most",
            "Stop after that many seconds of training.",
            step=10.0,
            empty="no limit",
            width=FIELD,
        )
        fields.whole(
            "validate_every",
            "Validate every",
            "Updates between two looks at the validation images, beside those after each epoch.",
            empty="epoch",
            step=50,
            width=FIELD,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fields.whole("seed", "Seed", "The same seed gives the same curve, on the same CPU.", width=FIELD)
        fields.choose(
            "device", "Device", numbered(["auto", "cpu", "cuda"]), "Auto: the GPU where there is one.", width=FIELD
        )
        fields.switch("bf16", "bfloat16", "Compute with 16 bits on a GPU; the CPU ignores it.")


def choose_regularisation(fields: Fields) -> None:
    """Show what keeps a network from learning by heart, and gradients in bounds."""
    st.markdown("**Augmentation**: training images changed at random, anew every time")
    with st.container(horizontal=True):
        fields.slide("shift", "Shift, pixels", "To each side, at most.", high=8.0, step=0.5, width=FIELD)
        fields.slide("turn", "Turn, degrees", "To either side, at most.", high=45.0, step=1.0, width=FIELD)
        fields.slide("scale", "Scale", "Larger or smaller by this share, at most.", high=0.5, step=0.05, width=FIELD)
        fields.slide("elastic", "Elastic, pixels", "A smooth random distortion.", high=3.0, step=0.1, width=FIELD)
    with st.container(horizontal=True):
        fields.slide(
            "dropout",
            "Dropout",
            "Share of numbers set to 0 at random while it learns.",
            high=0.9,
            step=0.05,
            width=FIELD,
        )
        fields.slide(
            "label_smoothing",
            "Label smoothing",
            "Probability spread over all classes in the target.",
            high=0.9,
            step=0.05,
            width=FIELD,
        )
        fields.decimal(
            "weight_decay",
            "Weight decay",
            "Pulls weights towards 0. In AdamW apart from the gradient; in the others it is L2.",
            step=0.001,
            width=FIELD,
        )
        fields.decimal(
            "clip_norm", "Clip gradients at", "Scale gradients down to this norm; 0 leaves them.", step=0.5, width=FIELD
        )
        fields.whole(
            "patience",
            "Early stopping",
            "Validations without a better loss before it stops; then the best weights come back.",
            empty="off",
            width=FIELD,
        )
