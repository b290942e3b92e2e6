"""What a window and a convolution see of a sentence, place by place."""

import base64
from html import escape

import numpy as np
import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.percent import percent
from core.inspection.text.word_order import (
    CNN_WINDOW,
    PositionContributions,
    convolution_contributions,
    window_contributions,
)
from core.models.text.sentences import WINDOWS
from core.ui.components.strips.strips import Bars, strips
from core.ui.state.controls import limit_control
from core.ui.widgets.sentence_words import EMPTY, words_of
from core.wording import counted, is_word

_STYLE = """<style>
.seen { font-size: 1.35rem; line-height: 2.1; padding: .4rem 0; }
.seen span { padding: .15rem .35rem; border-radius: 4px; overflow-wrap: anywhere; }
.seen .in { background: #e69f0055; outline: 2px solid #e69f00; font-weight: 600; }
.seen .out { opacity: .3; }
.tree { overflow-x: auto; }
.tree img { max-width: none; }
</style>"""
_AT_LEAST = 0.5  # the scale of the bars reaches at least so far


def show_window(sentence: Sentence) -> None:
    """Let a window of chosen width slide over the sentence, and show what each of its places adds to the answer."""
    left, right = st.columns(2)
    with left:
        window = st.slider(
            "Width of the window, words",
            WINDOWS[0],
            WINDOWS[-1],
            3,
            key="order-window",
            bind="query-params",
            help="A network of its own was trained for each width. It never sees more at once than its window.",
        )
    if not sentence.tokens:
        st.caption(EMPTY)
        return
    places = window_contributions(window, sentence.words)
    with right:
        place = _choose_place(len(places.spans), "order-place", window - 1)
    first, stop = places.spans[place]
    st.html(f'{_STYLE}<div class="seen">{_greyed(sentence, first, stop)}</div>')
    unseen = [token.text for at, token in enumerate(sentence.tokens) if not first <= at < stop]
    if unseen:
        words = counted(len(sentence.tokens), "word") + ("" if all(map(is_word, sentence.words)) else " and signs")
        st.caption(f"What it cannot see from here: {len(unseen)} of {words}, the grey ones.")
    else:
        st.caption("Here the window sees the whole sentence.")
    _answer(f"Window of {window}", places)
    last = np.array(places.values[: len(sentence.tokens)])
    strips(
        words_of(sentence),
        [Bars("What the window that ends at this word adds", last, _limit(places), signed=True)],
        key="order-window-strips",
        describe="What each place of the window adds to the answer.",
        empty=EMPTY,
    )
    beyond = places.values[len(sentence.tokens) :]
    if len(beyond):
        places_beyond = "place" if len(beyond) == 1 else f"{len(beyond)} places"
        st.caption(f"And {beyond.sum():+.2f} from the {places_beyond} where the window reaches beyond the end.")


def show_convolution(sentence: Sentence) -> None:
    """Show which places of the 1-D CNN decide, and the receptive field of one of them."""
    if not sentence.tokens:
        st.caption(EMPTY)
        return
    places = convolution_contributions(sentence.words)
    strongest = int(np.abs(places.values).argmax())
    place = _choose_place(len(places.spans), "order-field", strongest)
    picture = base64.b64encode(_tree(sentence, place).encode()).decode()
    seen = " ".join(token.text for token in sentence.tokens[max(0, place - 2) : place + 3])
    st.html(
        f'{_STYLE}<div class="tree" tabindex="0"><img src="data:image/svg+xml;base64,{picture}" '
        f'alt="This place sees {escape(seen)}"></div>'
    )
    _answer("The 1-D CNN", places)
    strips(
        words_of(sentence),
        [Bars("What the place over this word adds", places.values, _limit(places), signed=True)],
        key="order-field-strips",
        describe="What each place of the 1-D CNN adds to the answer.",
        empty=EMPTY,
    )
    st.caption(
        f"Two kernels of three on top of each other see {CNN_WINDOW} words. Of each of 32 channels only the largest "
        "value along the sentence is kept; it counts for the place where it occurs, but that place is then forgotten."
    )


def _choose_place(count: int, key: str, preferred: int) -> int:
    """Return the place that is looked at; a sentence that has become shorter moves it to its last place."""
    if count < 2:
        return 0
    limit_control(key, count)
    return (
        st.slider(
            "Place",
            1,
            count,
            min(preferred, count - 1) + 1,
            key=key,
            help="Slide over the sentence, with the arrow keys too.",
        )
        - 1
    )


def _answer(who: str, places: PositionContributions) -> None:
    total, count = float(places.values.sum()) + places.bias, counted(len(places.values), "place")
    st.markdown(
        f"{who} adds up {count}: **{total:+.2f}** including a bias of {places.bias:+.2f}, "
        f"that is **{percent(1 / (1 + np.exp(-total)))} positive**."
    )


def _limit(places: PositionContributions) -> float:
    return float(np.abs(places.values).max(initial=_AT_LEAST))


def _greyed(sentence: Sentence, first: int, stop: int) -> str:
    return " ".join(
        f'<span class="{"in" if first <= at < stop else "out"}">{escape(token.text)}</span>'
        for at, token in enumerate(sentence.tokens)
    )


def _tree(sentence: Sentence, place: int) -> str:
    """Return the receptive field as SVG: words at the bottom, one place of the second layer at the top."""
    words = [token.text if len(token.text) < 13 else token.text[:12] + "…" for token in sentence.tokens]
    step = 76
    across = [step * at + step // 2 for at in range(len(words))]
    rows = {"words": 150, "conv1": 92, "conv2": 30}
    drawn = []
    for low, high, reach in (("words", "conv1", 1), ("conv1", "conv2", 0)):
        for at in range(place - reach, place + reach + 1):
            for below in range(at - 1, at + 2):
                if 0 <= at < len(words) and 0 <= below < len(words):
                    drawn.append(
                        f'<line x1="{across[below]}" y1="{rows[low] - 14}" x2="{across[at]}" y2="{rows[high] + 9}" '
                        'stroke="#cc79a7" stroke-width="2"/>'
                    )
    for name, reach in (("conv1", 1), ("conv2", 0)):
        for at, x in enumerate(across):
            inside = abs(at - place) <= reach
            drawn.append(f'<circle cx="{x}" cy="{rows[name]}" r="8" fill="{"#cc79a7" if inside else "#8a949e55"}"/>')
    for at, (x, word) in enumerate(zip(across, words, strict=True)):
        faint = "" if abs(at - place) <= CNN_WINDOW // 2 else ' opacity=".45"'
        drawn.append(
            f'<text x="{x}" y="{rows["words"]}" text-anchor="middle" fill="#7b8894"{faint}>{escape(word)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{step * len(words)}" height="165" font-family="sans-serif" '
        f'font-size="14">{"".join(drawn)}</svg>'
    )
