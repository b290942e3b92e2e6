"""One word: what each reader had read by then, what it makes of it, and that the forward reader cannot know more."""

from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.data.text.entities import TAGS
from core.data.text.tokens import Sentence
from core.figures.percent import percent
from core.figures.tables import table
from core.inspection.tagging.tagging import BIDIRECTIONAL, FORWARD, READERS, common_prefix, float_bits, tag, unknown
from core.ui.plain_text import plain
from core.ui.sections.both_ways.tags import TITLES
from core.wording import counted

STYLE = """<style>
.knew { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1rem; align-items: center; }
.knew .who { font-weight: 600; white-space: nowrap; }
.knew .seen { font-size: 1.2rem; line-height: 1.7; }
.knew .seen span { padding: .1rem .25rem; border-radius: 4px; }
.knew .seen .here { background: #e69f0055; outline: 2px solid #e69f00; font-weight: 600; }
.knew .seen .unread { opacity: .7; text-decoration: line-through; }
.chances { display: flex; height: 1.5rem; border-radius: 3px; overflow: hidden; font-size: .85rem; line-height: 1.5rem;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.chances span { overflow: hidden; text-align: center; color: #fff; min-width: 0; }
.chances .other { background: #6b7680; } .chances .person { background: #c04f00; border-radius: 999px 0 0 999px; }
.chances .place { background: #0072b2; }
@media (max-width: 480px) { .knew { grid-template-columns: 1fr; gap: .2rem; } }
</style>"""
_ORDER = (1, 0, 2)  # person on the left, place on the right


def show_word(sentences: tuple[Sentence, Sentence], number: int, at: int) -> None:
    """Show what both readers had read when they came to a word, and what they make of it."""
    tokens = sentences[number].tokens
    chances = {name: tag(name, tokens).probabilities[at] for name in READERS}
    rows = []
    for name, title in zip(READERS, TITLES, strict=True):
        text = " ".join(
            f'<span class="{_kind(name, place, at)}" dir="auto">{escape(token.text)}</span>'
            for place, token in enumerate(tokens)
        )
        rows.append(f'<div class="who">{title}</div><div>{bars(chances[name])}<div class="seen">{text}</div></div>')
    st.html(f'{STYLE}<div class="knew">{"".join(rows)}</div>')
    st.markdown(in_words(sentences[number], at, chances))
    _show_bits(sentences, number, at)


def in_words(sentence: Sentence, at: int, chances: dict[str, NDArray[np.float32]]) -> str:
    """Return what both readers say of a word, as Markdown with the real numbers."""
    word, after = plain(sentence.tokens[at].text), len(sentence.tokens) - at - 1
    forward, both = (int(chances[name].argmax()) for name in (FORWARD, BIDIRECTIONAL))
    first = f"**{TAGS[forward]}** ({percent(float(chances[FORWARD][forward]))})"
    second = f"**{TAGS[both]}** ({percent(float(chances[BIDIRECTIONAL][both]))})"
    hidden = f"the {after} words that follow" if after > 1 else "the word that follows"
    said = f"At “{word}” the forward reader says {first}. It has not read {hidden}. "
    if not after:
        said = f"“{word}” is the last word, so both have read the same. The forward reader says {first}. "
    verb = "also says" if forward == both else "says"
    said += f"The one that reads both ways {verb} {second}"
    if forward != both:
        said += f"; the forward reader gives that only {percent(float(chances[FORWARD][both]))}"
    new = " The networks have no vector of this word: they put it together from its letters."
    return said + "." + (new if unknown(sentence.tokens)[at] else "")


def bars(chances: NDArray[np.float32]) -> str:
    """Return probabilities of other, person and place as one bar."""
    parts = []
    for kind in _ORDER:
        share = 100 * float(chances[kind])
        text = escape(f"{TAGS[kind]} {percent(float(chances[kind]))}") if share >= 16 else ""
        parts.append(f'<span class="{TAGS[kind]}" style="width:{share:.2f}%">{text}</span>')
    label = ", ".join(f"{TAGS[kind]} {percent(float(chances[kind]))}" for kind in _ORDER)
    return (
        f'<div class="chances" role="img" aria-label="{escape(label)}" title="{escape(label)}">{"".join(parts)}</div>'
    )


def _kind(name: str, place: int, at: int) -> str:
    if place == at:
        return "here"
    return "unread" if name == FORWARD and place > at else "read"


def _show_bits(sentences: tuple[Sentence, Sentence], number: int, at: int) -> None:
    """Where both sentences are the same up to the word: show that the forward reader's numbers are, to the last bit."""
    first, second = (sentence.tokens for sentence in sentences)
    together = common_prefix(first, second)
    word = plain(sentences[number].tokens[at].text)
    if at >= together:
        if together:
            st.caption(
                f"The sentences are the same for {counted(together, 'word')}. “{word}” comes after "
                "that, so both readers may tell them apart here. Click a word before it to compare."
            )
        return
    st.markdown(
        f"**Up to “{word}” both sentences are the same.** So the forward reader computes the same numbers in both, to "
        "the last bit: whatever it says, it says it twice. The other reader comes from the end as well."
    )
    rows = []
    for name, title in zip(READERS, TITLES, strict=True):
        one, other = (tag(name, tokens).probabilities[at] for tokens in (first, second))
        same = "= the same bits" if float_bits(one) == float_bits(other) else "≠ different"
        for label, chances, verdict in (
            ("one sentence", one, (f'<td rowspan="2" class="text">{same}</td>',)),
            ("the other", other, ()),
        ):
            cells = (
                f"{percent(float(chances[kind]), 5)}<br><code>{float_bits(chances)[kind]}</code>" for kind in _ORDER
            )
            rows.append((f'<td class="text">{title}, {label}</td>', *cells, *verdict))
    st.html(table(("", *(TAGS[kind] for kind in _ORDER), ""), rows))
    st.caption("Below each number are the 32 bits it is stored in, written as eight hexadecimal digits.")
