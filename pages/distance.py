"""Distance: how far a memory reaches, and why gradients vanish on the way back."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.ui.sections.distance.cost import show_cost
from core.ui.sections.distance.gradients import show_lags
from core.ui.sections.distance.reach import show_reach
from core.ui.sections.distance.story import show_story
from core.ui.sections.distance.training import STORIES
from core.ui.widgets.sections import choose_section
from core.ui.widgets.train_here import train_here

SECTIONS: dict[str, Callable[[], None]] = {
    "One story": st.fragment(show_story),
    "How far they remember": show_reach,
    "Why: the gradient on its way back": st.fragment(show_lags),
    "Train it here": partial(train_here, STORIES),
    "What it costs": st.fragment(show_cost),
}

st.markdown(
    "Somebody says where they grew up, talks about something else, and then: *I speak fluent ...* Who still knows? "
    "Lengthen the story until the networks forget."
)
section = choose_section(
    "What to look at",
    list(SECTIONS),
    key="distance-look",
    help="From one story to many, to the reason, and to networks of your own. The address keeps your choice.",
)
SECTIONS[section]()
