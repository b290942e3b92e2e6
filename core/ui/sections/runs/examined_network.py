"""The network that is evaluated, and the pictures for it."""

from dataclasses import dataclass

import streamlit as st

from core.data.images.datasets import held_out_digits, load_images
from core.data.images.image_set import ImageSet
from core.data.sources import NotHere
from core.inspection.networks import SHIPPED, Choice, shipped
from core.models.shipped import BrokenWeights
from core.runs.networks import NoNetwork
from core.runs.store.record import Run
from core.runs.store.rights import Person
from core.runs.store.store import StoreProblem
from core.training.config import BadConfig
from core.ui.sections.runs.state import RunsState, is_network, is_run
from core.ui.widgets.networks import network_of_run
from core.ui.widgets.run_actions import current_runner, run_label
from core.ui.widgets.sections import controlled

OFFERED = 60
"""Runs that are offered by name; the table has all of them."""


@dataclass(frozen=True)
class ExaminedNetwork:
    """A network that is examined, its run where it has one, and labelled pictures that it was not trained on."""

    choice: Choice
    run: Run | None
    images: ImageSet


class NetworkUnavailable(LookupError):
    """A network that cannot be examined; the message is a sentence for the person who asked."""


def choose_network(state: RunsState, me: Person) -> ExaminedNetwork:
    """Show the networks that can be examined and return the chosen one.

    Raises:
        NetworkUnavailable: it is not here, or its files or pictures are gone.
        StoreProblem: the store cannot be read.
    """
    mine = current_runner().store.summaries(session=me.session)
    usable = [run for run in mine if run.usable and run.learns == "images"][:OFFERED]
    if state.run is None:
        state.run = usable[0].id if usable else SHIPPED[0]
    titles = {name: shipped(name).title for name in SHIPPED}
    titles |= {run.id: run_label(run) for run in usable}
    here = find_run(state.run)
    if state.run not in titles:
        titles[state.run] = run_label(here) if here else "a run that is not here"

    def choose(name: str) -> None:
        state.run, state.cell = name, None

    controlled(
        st.selectbox,
        "Network",
        list(titles),
        value=state.run,
        on_change=choose,
        key="runs-examined",
        format_func=lambda name: titles.get(name, name),
        width=420,
        help="The shipped networks and your finished runs. Other people's runs are opened from the table.",
    )
    return find_network(state.run, here)


def find_run(name: str) -> Run | None:
    """Return the run of that id, or None where there is none, or the store cannot be read."""
    if not is_run(name):
        return None
    try:
        return current_runner().store.get(name)
    except StoreProblem:
        return None


def find_network(name: str, run: Run | None) -> ExaminedNetwork:
    """Return a network by its name, or that of a run, with the pictures that it is examined on.

    Raises:
        NetworkUnavailable: it is not here, or its files or pictures are gone.
    """
    try:
        if name in SHIPPED:
            return ExaminedNetwork(shipped(name), None, held_out_digits())
        if run is None or not is_network(name):
            raise NetworkUnavailable(
                "This run is not on this server: it may have been deleted, or the link is not whole."
            )
        if run.learns != "images":
            raise NetworkUnavailable(f"This run learns {run.learns}. Here only networks that read images are examined.")
        if not run.usable:
            raise NetworkUnavailable(_not_yet(run))
        return ExaminedNetwork(network_of_run(run), run, held_out_of(run))
    except (NoNetwork, NotHere, BadConfig, BrokenWeights) as problem:
        raise NetworkUnavailable(str(problem.args[0] if problem.args else problem)) from None


def held_out_of(run: Run) -> ImageSet:
    """Labelled pictures that the network of a run was not trained on: the test part of its data set.

    Raises:
        NotHere: the data set is gone.
        BadConfig: its configuration is not one of ours.
    """
    return load_images(run.config.images.data, "test")


def _not_yet(run: Run) -> str:
    if run.active:
        return "This run is still in progress. You can examine its network as soon as it has been tested."
    if run.imported:
        return f"This network was imported. {run.reason} Get its pictures under “Train”, and import it again."
    if run.status in {"finished", "stopped"}:
        return "This run ended before it was tested, so there is no network to examine."
    return f"This run ended without a network that could be examined: {run.status}. {run.reason}".strip()
