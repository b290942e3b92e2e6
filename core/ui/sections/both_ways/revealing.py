"""A word while the words after it are uncovered one by one."""

from html import escape

import streamlit as st

from core.data.text.entities import TAGS
from core.data.text.tokens import Sentence
from core.figures.percent import percent
from core.inspection.tagging.tagging import tag_by_prefix
from core.ui.plain_text import plain
from core.ui.sections.both_ways.tags import TITLES
from core.ui.sections.both_ways.word import STYLE, bars

_STYLE = """<style>
.reveal { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .3rem .8rem; align-items: center;
  max-height: 26rem; overflow-y: auto; padding-right: .3rem; }
.reveal .word { text-align: right; overflow-wrap: anywhere; max-width: 14rem; font-size: 1.05rem; }
.reveal .turn { font-weight: 700; color: inherit; }
.reveal .turn::before { content: "▶ "; color: #e69f00; }
.reveal .line { grid-column: 1 / -1; border-top: 1px solid #8a949e55; }
</style>"""
_MOST = 40  # words after it that are shown, the last one always


def show_revealing(sentence: Sentence, at: int) -> None:
    """Show a bar for every beginning of the sentence that goes at least to the word."""
    revealed = tag_by_prefix(sentence.tokens, at)
    texts = [token.text for token in sentence.tokens]
    turn = revealed.turning_point
    rows = [
        f'<div class="word">{TITLES[0]}</div><div>{bars(revealed.forward)}</div><div class="line"></div>',
        f'<div class="word">{TITLES[1]}<br>up to “{escape(texts[at])}”</div>'
        f"<div>{bars(revealed.bidirectional[0])}</div>",
    ]
    for step, chances in enumerate(revealed.bidirectional[1:], 1):
        if step > _MOST and step < len(revealed.bidirectional) - 1:
            continue
        mark = " turn" if step == turn else ""
        rows.append(f'<div class="word{mark}" dir="auto">+ {escape(texts[at + step])}</div><div>{bars(chances)}</div>')
    st.html(f'{STYLE}{_STYLE}<div class="reveal" tabindex="0">{"".join(rows)}</div>')
    word = plain(texts[at])
    if turn is None:
        st.caption(f"Nothing follows “{word}”. Choose an earlier word, or type on.")
        return
    final = int(revealed.bidirectional[-1].argmax())
    before, after = (percent(float(revealed.bidirectional[step][final])) for step in (turn - 1, turn))
    hidden = len(revealed.bidirectional) - 1 - _MOST
    gains = float(revealed.bidirectional[turn][final]) > float(revealed.bidirectional[turn - 1][final])
    st.markdown(
        (
            f"The biggest step up comes with “{plain(texts[at + turn])}”: the probability that “{word}” is "
            f"**{TAGS[final]}** goes from {before} to {after}."
            if gains
            else f"No word after it makes it likelier that “{word}” is **{TAGS[final]}**."
        )
        + " The forward reader has said its last word before that."
        + (f" Of the words that follow the first {_MOST} and the last are shown." if hidden > 1 else "")
    )
