"""What comes next: what a network expects after every word, and what really came."""

from html import escape

import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.likeliest import likeliest_bars
from core.figures.percent import exact_percent, percent
from core.figures.tables import bar, table
from core.inspection.text.reading import NextWords, SentenceSurprise, predict_next_words, sentence_surprise
from core.models.shipped import load_shipped
from core.ui.sections.sentence.state import SentenceState

END = "(end)"
"""How the end of the sentence is shown among the words."""
_LAST = -1
_CONTEXT = 8  # words of the sentence that a place is named by
_STYLE = """<style>
.numbers .new { border-bottom: 2px dotted currentColor; }
.numbers .surprise { display: inline-block; width: 6rem; text-align: left; }
</style>"""


def show_following(state: SentenceState, sentence: Sentence) -> None:
    """Show the likeliest next words at one place, and the surprise of every word of the sentence."""
    words, count = sentence.words, len(sentence.tokens)
    expected, followed = predict_next_words(words), sentence_surprise(words)
    st.markdown(
        "Another network, a GRU, has learnt one thing only: to predict the next word. It has read film reviews and "
        "the sentences made by rule, so it expects films and food everywhere."
    )
    at = st.selectbox(
        "What comes next",
        [_LAST, *range(count)],
        format_func=lambda place: _named(sentence, place),
        key="sentence-next-at",
        help="The place in the sentence: before the first word, or after any of them.",
    )
    place = count if at == _LAST or not 0 <= at < count else int(at)
    st.html(_likeliest(sentence, place, expected[place], followed))
    st.markdown("**How much every word surprised it**")
    st.html(_STYLE + _table(sentence, expected, followed))
    about = load_shipped("next-word").card
    usual = "; ".join(f"{value:g} on {where}" for where, value in about.perplexity.items())
    mean = float(followed.surprises.mean())
    st.markdown(
        f"Perplexity of this sentence, its end included: **{followed.perplexity:,.1f}**. The network is as unsure as "
        "if it had to choose among that many equally likely words. "
        f"It is 2 to the power of the mean surprise, {mean:.2f} bits."
    )
    st.caption(
        f"On sentences that it was not trained on: {usual}. It is right about the next word in "
        f"{exact_percent(about.test.accuracy, 0)} of the cases. Dotted words are not in the vocabulary: they all "
        "count as one, “any unknown word”, whose probability is shown; it is never offered, so it has no rank."
    )


def _named(sentence: Sentence, place: int) -> str:
    """Return a place of the sentence in words; a selectbox shows them as they are."""
    if place == _LAST:
        return "after the last word" if sentence.tokens else "at the beginning"
    if place == 0:
        return "before the first word"
    texts = [token.text for token in sentence.tokens[max(0, place - _CONTEXT) : place]]
    return f"after word {place}: {'… ' if place > _CONTEXT else ''}{' '.join(texts)} …"


def _likeliest(sentence: Sentence, place: int, expected: NextWords, followed: SentenceSurprise) -> str:
    """Return bars for the likeliest words, and one for the word that came where it is not among them."""
    came = followed.words[place] if place < len(sentence.tokens) else None
    rows = list(zip(expected.words, expected.probabilities.tolist(), strict=True))
    if came is not None and came not in expected.words:
        rows.append((came, float(followed.probabilities[place])))
    note = "" if followed.known[place] else " (any unknown word)"
    return likeliest_bars(((word or END, probability) for word, probability in rows), came, note)


def _table(sentence: Sentence, expected: tuple[NextWords, ...], followed: SentenceSurprise) -> str:
    """Return a row for every word and one for the end."""
    most = max(10.0, float(followed.surprises.max()))
    rows = []
    for place, bits in enumerate(followed.surprises.tolist()):
        word = END if place == len(sentence.tokens) else sentence.tokens[place].text
        mark = "" if followed.known[place] else ' class="new" title="not in the vocabulary"'
        rank, best = followed.ranks[place], expected[place]
        rows.append(
            (
                f"<span{mark}>{escape(word)}</span>",
                percent(float(followed.probabilities[place]), small=3),
                "" if rank is None else f"{rank:,}",
                f'{bits:.1f}<span class="surprise">{bar(bits / most, "#D55E00")}</span>',
                f"{escape(best.words[0]) or END} <small>{percent(float(best.probabilities[0]), small=3)}</small>",
            )
        )
    return table(("word", "probability", "rank", "surprise, bits", "expected"), rows)
