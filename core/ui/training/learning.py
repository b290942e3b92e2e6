"""The groups "Training" and "Regularisation": how a network learns, and what keeps it from learning by heart."""

import streamlit as st

from core.ui.training.fields import Fields, numbered

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
    "step": "a tenth after each third",
    "cosine": "cosine, down to 0",
    "one-cycle": "one cycle: up, then down",
    "plateau": "half when validation stalls",
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
            width=180,
        )
        fields.decimal(
            "learning_rate",
            "Learning rate",
            "How far a step goes. While it runs, it can be doubled and halved.",
            step=0.001,
            width=160,
        )
        fields.decimal(
            "momentum",
            "Momentum",
            "Of SGD with momentum or Nesterov: share of the last step.",
            step=0.05,
            width=140,
        )
        fields.choose(
            "schedule", "Schedule", SCHEDULES, "How the learning rate changes during the training.", width=220
        )
    with st.container(horizontal=True):
        fields.whole(
            "batch_size", "Batch size", "Images in one update. Larger: smoother and fewer.", step=16, width=140
        )
        fields.decimal("epochs", "Epochs", "Passes over the training images; 0.5 is half a pass.", step=1.0, width=140)
        fields.decimal(
            "seconds",
            "Seconds at most",
            "Stop after that many seconds of training.",
            step=10.0,
            empty="no limit",
            width=160,
        )
        fields.whole(
            "validate_every",
            "Validate every",
            "Updates between two looks at the validation images, beside those after each epoch.",
            empty="epoch",
            step=50,
            width=160,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fields.whole("seed", "Seed", "The same seed gives the same curve, on the same CPU.", width=140)
        fields.choose(
            "device", "Device", numbered(["auto", "cpu", "cuda"]), "Auto: the GPU where there is one.", width=120
        )
        fields.switch("bf16", "bfloat16", "Compute with 16 bits on a GPU; the CPU ignores it.")


def choose_regularisation(fields: Fields) -> None:
    """Show what keeps a network from learning by heart, and gradients in bounds."""
    st.markdown("**Augmentation**: training images changed at random, anew every time")
    with st.container(horizontal=True):
        fields.slide("shift", "Shift, pixels", "To each side, at most.", high=8.0, step=0.5, width=130)
        fields.slide("turn", "Turn, degrees", "To either side, at most.", high=45.0, step=1.0, width=130)
        fields.slide("scale", "Scale", "Larger or smaller by this share, at most.", high=0.5, step=0.05, width=130)
        fields.slide("elastic", "Elastic, pixels", "A smooth random distortion.", high=3.0, step=0.1, width=130)
    with st.container(horizontal=True):
        fields.slide(
            "dropout", "Dropout", "Share of numbers set to 0 at random while it learns.", high=0.9, step=0.05, width=130
        )
        fields.slide(
            "label_smoothing",
            "Label smoothing",
            "Probability spread over all classes in the target.",
            high=0.9,
            step=0.05,
            width=130,
        )
        fields.decimal(
            "weight_decay",
            "Weight decay",
            "Pulls weights towards 0. In AdamW apart from the gradient; in the others it is L2.",
            step=0.001,
            width=150,
        )
        fields.decimal(
            "clip_norm", "Clip gradients at", "Scale gradients down to this norm; 0 leaves them.", step=0.5, width=150
        )
        fields.whole(
            "patience",
            "Early stopping",
            "Validations without a better loss before it stops; then the best weights come back.",
            empty="off",
            width=150,
        )
