"""The network that a section looks into, and the names of its classes."""

import streamlit as st

from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.widgets.networks import choices


def choose_network(key: str, *, layered: bool = False, note: bool = True) -> Choice:
    """Show the networks there are as buttons and return the chosen one; say how it was trained.

    Args:
        key: of the widget, and its name in the address.
        layered: offer only those that are a list of layers, and say which ones are left out.
        note: whether to say how it was trained.
    """
    every = choices()
    found = {plain(choice.title): choice for choice in every if choice.layered is not None or not layered}
    titles = list(found)
    chosen = st.segmented_control(
        "Network",
        titles,
        default=titles[0],
        required=True,
        key=key,
        bind="query-params",
        wrap=True,
        help="Which trained network to look into. All of them read the same digit.",
    )
    choice = found.get(str(chosen), found[titles[0]])
    lines = [f"{plain(choice.title)}: {plain(choice.family)}, {plain(choice.origin)}."] if note else []
    left_out = [plain(one.title) for one in every if one not in found.values()]
    if left_out:
        lines.append(
            f"Not here: {', '.join(left_out)}, which {'is' if len(left_out) == 1 else 'are'} no list of layers but a "
            "recurrent network. Find out about it under **Pixels and softmax**, **Why this answer?**, **Fool it** "
            "and **Among others**."
        )
    if lines:
        st.caption(" ".join(lines))
    return choice


def class_key(key: str, choice: Choice) -> str:
    """Return the key of a widget that offers the classes of a network: networks with other classes have their own."""
    return key if choice.reads_digits else f"{key}-{choice.name}"


def named(choice: Choice, number: int) -> str:
    """Return the name of a class of a network, for Markdown."""
    return plain(choice.classes[number])
