"""Which network? Seven questions about the data, and an answer with pages that show why."""

import streamlit as st

from core.ui.sections.metrics.decision import QUESTIONS, USUAL, decide
from core.ui.widgets.bound_controls import choose_option
from core.ui.widgets.page_links import link_to

TABLE = """
| | Data | Strength | Limit |
|---|---|---|---|
| **MLP** | rows of numbers | simple, fast | knows no neighbours |
| **CNN** | grids: pictures, spectrograms | few weights, wherever a pattern is | sees a window at a time |
| **RNN** | sequences, step by step | a small state, answers on the way | forgets what is far |
| **Transformer** | sequences or patches, at once | any two parts in one step | cost: length squared; wants much data |
"""


_STYLE = "<style>.st-key-metrics-kinds { overflow-x: auto } .st-key-metrics-kinds table { min-width: 560px }</style>"


def show() -> None:
    """Show the section."""
    st.markdown("Seven questions about **your** data. The first rule that fits decides; change an answer and see.")
    left, right = st.columns([6, 5], gap="large")
    with left:
        answers = {
            one.name: choose_option(
                f"{number}. {one.text}", one.answers, key=f"metrics-{one.name}", help=one.help, default=USUAL[one.name]
            )
            for number, one in enumerate(QUESTIONS, 1)
        }
    rule = decide(answers)
    advice = rule.advice
    with right, st.container(border=True, key="metrics-advice"):
        st.header(advice.network)
        st.markdown(advice.how)
        for reason in advice.reasons:
            st.markdown(f"**Why?** {reason.sentence}")
            link_to(reason.page, reason.label, **dict(reason.query))
        decided = [str(number) for number, one in enumerate(QUESTIONS, 1) if one.name in rule.wanted]
        by = f"Decided by question {' and '.join(decided)}." if decided else "No more particular rule fits."
        st.caption(f"{by} A rule of thumb: train two and compare them on data that neither has seen.")
    with st.expander("The four side by side", icon=":material/table:"), st.container(key="metrics-kinds"):
        st.html(
            "<style>.st-key-metrics-kinds { overflow-x: auto } .st-key-metrics-kinds table { min-width: 560px }</style>"
        )
        st.markdown(TABLE)
