"""Distance: how far a memory reaches, and why gradients vanish on the way back."""

import streamlit as st

from core.ui.sections.distance.cost import show_cost
from core.ui.sections.distance.gradients import show_lags
from core.ui.sections.distance.reach import show_reach
from core.ui.sections.distance.story import show_story
from core.ui.sections.distance.training import STORIES
from core.ui.widgets.train_here import train_here

st.markdown(
    "Somebody says where they grew up, talks about something else, and then: *I speak fluent ...* Who still knows? "
    "Lengthen the story until the networks forget."
)

st.fragment(show_story)()
st.subheader("How far they remember")
show_reach()
st.subheader("Why: the gradient on its way back")
st.fragment(show_lags)()
st.subheader("Train it here")
train_here(STORIES)
st.subheader("What it costs")
st.fragment(show_cost)()
