"""The networks that people may choose from: the shipped ones, and those that they trained here and want to use."""

import contextlib
import time

import streamlit as st

from core.data.images.datasets import load_images, title_of
from core.data.sources import NotHere
from core.inspection.networks import Choice, networks
from core.runs.networks import NoNetwork, final_network
from core.runs.store.record import Run
from core.runs.store.store import StoreProblem
from core.training.config import BadConfig, TrainConfig
from core.training.task import Score
from core.ui.plain_text import plain
from core.ui.state.address import read_query, write_query
from core.ui.state.person import person
from core.ui.widgets.page_links import link_to
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.score_words import with_majority

ADDRESS = "trained"
"""The name in the address under which the runs stand whose networks are used."""
FRESH = 1.0
"""Seconds for which a session believes what it has read of the networks in use."""
_TITLE = 28  # characters
_USED, _READ, _WRITTEN = "networks", "networks-read", "networks-written"
_MOST = 3  # beside the shipped ones


def used_networks() -> tuple[str, ...]:
    """Return the ids of the runs whose networks this person uses on the other pages, the last one first.

    Another tab of the same browser may have changed them: what is known is `FRESH` seconds old at most.
    """
    now = time.monotonic()
    if _USED not in st.session_state or now - st.session_state[_READ] > FRESH:
        st.session_state.setdefault(_USED, ())
        with contextlib.suppress(StoreProblem):
            st.session_state[_USED] = current_runner().store.used(person().session)
        st.session_state[_READ] = now
    runs: tuple[str, ...] = st.session_state[_USED]
    return runs


def use_network(run: str) -> None:
    """Use the network of a finished run on the other pages; the last few are remembered, this one first."""
    _remember((run, *used_networks()))


def _remember(runs: tuple[str, ...]) -> None:
    st.session_state[_USED], st.session_state[_READ] = tuple(dict.fromkeys(runs))[:_MOST], time.monotonic()
    with contextlib.suppress(StoreProblem):  # this session knows it all the same
        current_runner().store.use(person().session, st.session_state[_USED])


def show_where_used(run: str) -> None:
    """Link to the pages on which the network of a run reads, where it is used at all."""
    if run in used_networks():
        st.markdown(":material/check_circle: **In use** on", width="content")
        link_to("draw_digit")
        link_to("cnn_inside")


def choices(convolutional: bool = False) -> tuple[Choice, ...]:
    """Return every network that may be chosen, the lab's CNN first.

    Args:
        convolutional: only those made of layers with convolutions.

    Raises:
        BrokenWeights: a shipped file is missing or damaged.
    """
    return networks(convolutional, further=trained_here())


def trained_here() -> tuple[Choice, ...]:
    """Return the networks trained here that this session uses; those whose files are gone are passed over."""
    found = []
    for run in used_networks():
        try:
            record = current_runner().store.get(run)
            if record is not None and record.usable:
                found.append(network_of_run(record))
        except (StoreProblem, NoNetwork, NotHere, BadConfig):
            continue
    return tuple(found)


def sync_networks_with_address() -> None:
    """Take over the networks that the address names, and name those that are used: a reload or a link keeps them.

    What this session itself has written there asks for nothing: another tab may have put the network away since.
    """
    named = tuple(run for run in read_query([ADDRESS]).get(ADDRESS, "").split(",") if run)
    if named != st.session_state.get(_WRITTEN):
        for run in reversed(named):
            if run not in used_networks():
                use_network(run)
    _write_address()
    there = {choice.name for choice in trained_here()}
    if any(run in used_networks() and run not in there for run in named):
        st.caption("A network in this link is not on this server: its run is unknown here, or has not ended.")


def show_removal_buttons() -> None:
    """Show a button for each network trained here, with which it leaves the other pages again."""
    found = trained_here()
    if not found:
        return
    with st.container(horizontal=True, gap="small", key="trained-here"):
        for choice in found:
            st.button(
                f"Put away {plain(choice.title)}",
                key=f"put-away-{choice.name}",
                icon=":material/close:",
                type="tertiary",
                on_click=_remove,
                args=(choice.name,),
                help="Take this network off the pages again. Its run is kept: “Train” lists it.",
            )


def _remove(run: str) -> None:
    _remember(tuple(one for one in used_networks() if one != run))
    _write_address()


def _write_address() -> None:
    used = used_networks()
    write_query({ADDRESS: ",".join(used)} if used else {}, [ADDRESS])
    st.session_state[_WRITTEN] = used


def network_of_run(run: Run) -> Choice:
    """Return the network of a run as one that can be chosen; its name is the id of the run.

    Raises:
        NoNetwork: its weights are gone or damaged.
        NotHere: its images are gone.
        BadConfig: its configuration is not one of ours, or it does not read images.
    """
    config = run.config
    data = config.images.data
    examples = None if data == "mnist" else load_images(data, "test")
    title = run.title if len(run.title) <= _TITLE else f"{run.title[: _TITLE - 3]}..."
    return Choice(
        name=run.id,
        title=title,
        family=config.images.network.family,
        network=final_network(current_runner().store, run),
        origin=_origin(run, config),
        classes=run.setup.outputs,
        examples=examples,
    )


def _origin(run: Run, config: TrainConfig) -> str:
    source = title_of(config.images.data)
    score = run.score or Score(0.0, 0, 0)
    labels = " with random labels" if config.images.random_labels else ""
    of, right = f"{score.correct:,} of {score.cases:,} test images", f"right: {with_majority(score)}"
    if run.imported:
        return f"imported from a file; {of} here {right}"
    return f"trained here for {run.seconds:.0f} s on {run.setup.sizes[0]:,} images{labels} of {source}; {of} {right}"
