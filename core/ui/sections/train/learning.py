"""The groups "Training" and "Regularisation": how a network learns, and what keeps it from learning by heart."""

import streamlit as st

from core.training.tasks.images import Augmentation, ImageTask
from core.ui.sections.train.fields import Fields

OPTIMIZERS = {
    "sgd": "SGD",
    "momentum": "SGD + momentum",
    "nesterov": "SGD + Nesterov",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
}
"""Optimisers and their titles."""
SCHEDULES = {
    "constant": "constant",
    "step": "tenth after thirds",
    "cosine": "cosine, down to 0",
    "one-cycle": "one cycle: up, then down",
    "plateau": "half when stalled",
}
"""Schedules of the learning rate and their titles."""


def choose_training(fields: Fields) -> None:
    """Show how the network learns: steps, their size, and how many."""
    with st.container(horizontal=True):
        optimizer_help = "How a gradient becomes a step. Adam and RMSprop give every weight a step size of its own."
        fields.choose("optimizer", "Optimiser", OPTIMIZERS, optimizer_help)
        rate_help = "How far a step goes. You can double and halve it while the run goes on."
        fields.number("learning_rate", "Learning rate", rate_help, step=0.001)
        fields.number("momentum", "Momentum", "For SGD with momentum or Nesterov: share of the last step.", step=0.05)
        schedule_help = (
            "How the learning rate changes. Tenth after thirds: a tenth of it after each third of the training. "
            "Half when stalled: half of it when validation stops improving."
        )
        fields.choose("schedule", "Schedule", SCHEDULES, schedule_help)
    with st.container(horizontal=True):
        fields.number("batch_size", "Batch size", "Images in one update. Larger: smoother and fewer updates.", step=16)
        fields.number("epochs", "Epochs", "Passes over the training images; 0.5 is half a pass.", step=1.0)
        limit_help = "Stop after that many seconds of training."
        fields.number("seconds", "Seconds at most", limit_help, step=10.0, empty="no limit")
        validate_help = "Updates between two validations. There is always one after each epoch."
        fields.number("validate_every", "Validate every", validate_help, step=50, empty="epoch")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fields.number("seed", "Seed", "The same seed gives the same curve, on the same CPU.", step=1)
        fields.choose("device", "Device", ("auto", "cpu", "cuda"), "Auto: the GPU where there is one.")
        fields.switch("bf16", "bfloat16", "Compute with 16 bits on a GPU; the CPU ignores it.")


def choose_regularisation(fields: Fields) -> None:
    """Show what keeps a network from learning by heart, and gradients in bounds."""
    st.markdown("**Augmentation**: random changes to every training image, new ones each time")
    with st.container(horizontal=True):
        for setting in Augmentation.model_fields:
            fields.show(ImageTask.form_field(setting))
    with st.container(horizontal=True):
        dropout_help = "Share of activations set to 0 at random during training."
        fields.slide("dropout", "Dropout", dropout_help, high=0.9, step=0.05)
        fields.show(ImageTask.form_field("label_smoothing"))
        decay_help = "Pulls weights towards 0. AdamW applies it apart from the gradient; in the others it is L2."
        fields.number("weight_decay", "Weight decay", decay_help, step=0.001)
        clip_help = "Scale gradients down to this norm; 0 leaves them as they are."
        fields.number("clip_norm", "Clip gradients at", clip_help, step=0.5)
        patience_help = "Validations without a better loss before training stops; then the best weights are restored."
        fields.number("patience", "Early stopping", patience_help, step=1, empty="off")
