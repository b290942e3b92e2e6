"""The network that a section looks into, and the names of its classes."""

import streamlit as st

from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.networks import choices


def choose_network(key: str, *, layered: bool = False, note: bool = True) -> Choice:
    """Show the networks as buttons and return the chosen one; say how it was trained.

    Args:
        key: of the widget, and its name in the address.
        layered: offer only those that are a list of layers, and say which ones are left out.
        note: whether to say how it was trained.
    """
    every = choices()
    found = {plain(choice.title): choice for choice in every if choice.layered is not None or not layered}
    network_help = "Which trained network to look inside. All of them read the same digit."
    row = st.container(horizontal=True, gap="small", vertical_alignment="center")
    with row:
        asked = choose_option("Network", list(found), key=key, help=network_help, label_visibility="collapsed")
    choice = found[asked]
    lines = [f"{plain(choice.title)}: {plain(choice.family)}, {plain(choice.origin)}."] if note else []
    left_out = [plain(one.title) for one in every if one not in found.values()]
    if left_out:
        lines.append(
            f"Not here: {', '.join(left_out)}, which {'is' if len(left_out) == 1 else 'are'} not a list of layers but "
            "a recurrent network. Look at it under **Pixels and softmax**, **Why this answer?**, **Fool it** "
            "and **Among others**."
        )
    if lines:
        with row.popover("About it", icon=":material/info:", type="tertiary"):
            st.markdown(" ".join(lines))
    return choice


def choose_class(label: str, first: str, choice: Choice, *, key: str, help: str, prefix: str = "") -> int | None:
    """Show the classes of a network behind a first option; return the number of the chosen class, None for the first.

    Networks with other classes have a control of their own.
    """
    classes = [prefix + plain(name) for name in choice.classes]
    key = key if choice.reads_digits else f"{key}-{choice.name}"
    chosen = choose_option(label, [first, *classes], key=key, help=help)
    return classes.index(chosen) if chosen != first else None


def named(choice: Choice, number: int) -> str:
    """Return the name of a class of a network, for Markdown."""
    return plain(choice.classes[number])
