"""A page for the tests of the typing field and the strips: nothing is read here, the numbers are made up of letters."""

import time
from functools import partial

import numpy as np
import streamlit as st

from core.ui.components.strips.strips import Bars, Chosen, Heat, Line, Span, Word, strips
from core.ui.components.typing.typing import typing_field

SAMPLE = "the <b>film</b> was :red[not] $$bad$$ <img src=x onerror=alert(1)>"
ROWS = 32
state = st.session_state
state.runs = state.get("runs", 0) + 1
wide = "wide" in st.query_params


def on_type(version: int, text: str) -> None:
    if version == state.get("version", 0):  # a click on Sample may be heard first
        state.text = text


def on_choose(chosen: Chosen) -> None:
    state.chosen = chosen


def on_span(span: Span | None) -> None:
    state.span = span


def on_sample() -> None:
    state.text = SAMPLE
    state.version = state.get("version", 0) + 1


def numbers(words: list[str], rows: int, seed: int) -> np.ndarray:
    """Return (rows, T) in -1 to 1; a column depends on the words up to there."""
    columns, before = [], np.zeros(rows)
    for word in words:
        fresh = np.random.default_rng([seed, *word.encode()]).normal(0, 1, rows)
        before = np.tanh(0.7 * before + fresh * 0.8)
        columns.append(before)
    return np.stack(columns, 1) if columns else np.zeros((rows, 0))


st.set_page_config(layout="wide")
text, version = state.setdefault("text", st.query_params.get("text", "")), state.get("version", 0)
typing_field(
    text,
    key="field",
    version=version,
    on_type=partial(on_type, version),
    label="Your sentence",
    help="Read word by word while you type.",
    placeholder="Type a sentence",
    limit=1000,
)
st.button("Sample", on_click=on_sample)
time.sleep(float(st.query_params.get("pause", "0")))
words = [Word(word, known="q" not in word) for word in text.split()]
chosen = state.get("chosen")
for number, place in enumerate([st.container()] if wide else st.columns(3)):
    hidden = numbers(text.split(), ROWS, number)
    with place:
        st.markdown(f"**{('RNN', 'GRU', 'LSTM')[number]}**")
        strips(
            words,
            [
                Line("Positive so far", (hidden.mean(0) * 3 + 1) / 2, "negative", "positive"),
                Heat("Hidden state", hidden, "signed", name="hidden"),
                Heat("Update gate", (hidden + 1) / 2, "unit", name="update"),
                Heat("Cell state", hidden * 3, "signed", 3.0, name="cell"),
                Bars("How much changed", np.abs(hidden).mean(0), 1.0),
            ],
            key=f"strips-{number}",
            chosen=chosen,
            span=state.get("span"),
            on_choose=on_choose,
            on_span=on_span,
            describe="Made-up numbers for every word.",
            empty="Type a sentence, and it is read here word by word.",
        )
st.text(text)
st.text(f"run {state.runs}: {chosen} {state.get('span')}")
