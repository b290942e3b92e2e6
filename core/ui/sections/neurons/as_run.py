"""What was set on the playground, as an ordinary run of the server."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.runs.store.store import Busy, StoreProblem
from core.settings import settings
from core.training.config import BadConfig, TrainConfig, check, read_config
from core.ui.components.neurons.neurons import wanted_run
from core.ui.plain_text import plain
from core.ui.state.person import person
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import current_runner

_SAID, _RUN = "neurons-run-said", "neurons-run"
_OPTIMISERS = {"sgd": "sgd", "momentum": "momentum", "adam": "adam"}


def submit_run(key: str) -> None:
    """Start the run that the playground with that key has asked for; what became of it is shown by `show_run`."""
    wanted = wanted_run(st.session_state.get(key))
    if wanted is None:
        return
    st.session_state[_SAID] = ""
    try:
        config = run_config(wanted)
        check(config)
        st.session_state[_RUN] = current_runner().submit(config, person())
    except (BadConfig, Busy, StoreProblem) as problem:
        st.session_state[_SAID] = str(problem)


def show_run() -> None:
    """Show a link to the run that was started here last, or why there is none."""
    if st.session_state.get(_SAID):
        st.warning(plain(st.session_state[_SAID]), icon=":material/block:")
    elif run := st.session_state.get(_RUN):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("The run has started, with other random numbers than in the browser.")
            link_to("train", "Watch it under Train", run=run)


def run_config(wanted: Mapping[str, Any]) -> TrainConfig:
    """Return the run that the playground asks for, which is untrusted.

    L2 becomes weight decay, which PyTorch's optimisers apply to biases as well; runs have no L1. A playground has run
    more epochs in a minute than a server allows: as many as it does are taken.

    Raises:
        BadConfig: it cannot be.
    """
    epochs = wanted.get("epochs")
    if wanted.get("penalty") == "l1":
        raise BadConfig("Runs have no L1 penalty. Choose L2 or none.")
    return read_config(
        {
            "title": f"Points: {str(wanted.get('title', ''))[:60]}",
            "task": {
                "learns": "points",
                "train_points": wanted.get("train"),
                "test_points": wanted.get("test"),
                "labels": wanted.get("names"),
                "network": {
                    "kind": "mlp",
                    "features": wanted.get("features"),
                    "hidden": wanted.get("layers"),
                    "activation": wanted.get("activation"),
                    "dropout": wanted.get("dropout"),
                },
            },
            "training": {
                "optimizer": _OPTIMISERS.get(str(wanted.get("optimiser"))),
                "learning_rate": wanted.get("rate"),
                "batch_size": wanted.get("batch"),
                "epochs": min(epochs, settings().max_epochs) if isinstance(epochs, int | float) else epochs,
                "seed": wanted.get("seed"),
                "weight_decay": wanted.get("strength") if wanted.get("penalty") == "l2" else 0,
            },
        }
    )
