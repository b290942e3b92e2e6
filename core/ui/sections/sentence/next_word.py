"""What comes next: what a network expects after every word, and what really came."""

from html import escape

import streamlit as st

from core.data.text.tokens import Sentence
from core.figures.percent import exact_percent, percent
from core.inspection.text.reading import NextWords, SentenceSurprise, predict_next_words, sentence_surprise
from core.models.shipped import load_shipped
from core.ui.sections.sentence.state import SentenceState

END = "(end)"
"""How the end of the sentence is shown among the words."""
_LAST = -1
_CONTEXT = 8  # words of the sentence that a place is named by
_STYLE = """<style>
.next { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .7rem; align-items: center;
  font-variant-numeric: tabular-nums; max-width: 46rem; }
.next .word { text-align: right; overflow-wrap: anywhere; max-width: 14rem; }
.next .lane { display: flex; align-items: center; gap: .5rem; }
.next .lane i { display: block; height: 1.1rem; min-width: 2px; border-radius: 2px; background: #0072B2; }
.next .came i { background: #D55E00; }
.next .came { font-weight: 700; }
.followed { overflow: auto; max-height: 25rem; }
.followed table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
.followed th, .followed td { padding: .18rem .6rem; text-align: right; border-bottom: 1px solid #8a949e55;
  white-space: nowrap; }
.followed th:first-child, .followed td:first-child, .followed th:nth-child(n+5),
.followed td:nth-child(n+5) { text-align: left; }
.followed .new { border-bottom: 2px dotted currentColor; }
.followed .lane { display: inline-block; width: 6rem; text-align: left; }
.followed .lane i { display: inline-block; height: .8rem; border-radius: 2px; background: #D55E00; }
.followed em { opacity: .75; font-style: normal; }
@media (max-width: 640px) {
  .followed th:nth-child(5), .followed td:nth-child(5) { display: none; }
  .followed th, .followed td { padding: .18rem .3rem; }
}
</style>"""


def show_following(state: SentenceState, sentence: Sentence) -> None:
    """Show the likeliest next words at one place, and the surprise of every word of the sentence."""
    words, count = sentence.words, len(sentence.tokens)
    expected, followed = predict_next_words(words), sentence_surprise(words)
    st.markdown(
        "Another network, a GRU, has learnt one thing only: to say which word comes next. It has read film reviews and "
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
    st.html(f"{_STYLE}{_likeliest(sentence, place, expected[place], followed)}")
    st.markdown("**How much every word surprised it**")
    st.html(f'{_STYLE}<div class="followed" tabindex="0">{_table(sentence, expected, followed)}</div>')
    about = load_shipped("next-word").card
    usual = "; ".join(f"{value:g} on {where}" for where, value in about.perplexity.items())
    mean = float(followed.surprises.mean())
    st.markdown(
        f"Perplexity of this sentence, its end included: **{followed.perplexity:,.1f}**. The network is as unsure as "
        "if it had to choose among so many equally likely words. "
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
    came = followed.words[place]
    there = place < len(sentence.tokens)
    rows = list(zip(expected.words, expected.probabilities.tolist(), strict=True))
    if there and came not in expected.words:
        rows.append((came, float(followed.probabilities[place])))
    longest = max(probability for _, probability in rows)
    lines = []
    for word, probability in rows:
        hit = there and word == came
        known = not hit or followed.known[place]
        behind = f" came{'' if known else ' (any unknown word)'}" if hit else ""
        mark = " came" if hit else ""
        lines.append(
            f'<div class="word{mark}">{escape(word) or END}</div><div class="lane{mark}">'
            f'<i style="width:{75 * probability / longest:.1f}%"></i>{percent(probability, small=3)}{behind}</div>'
        )
    return f'<div class="next">{"".join(lines)}</div>'


def _table(sentence: Sentence, expected: tuple[NextWords, ...], followed: SentenceSurprise) -> str:
    """Return a row for every word and one for the end."""
    surprises = followed.surprises
    most = max(10.0, float(surprises.max()))
    rows = []
    for place, bits in enumerate(surprises.tolist()):
        ended = place == len(sentence.tokens)
        word = f"<em>{END}</em>" if ended else escape(sentence.tokens[place].text)
        mark = "" if followed.known[place] else ' class="new" title="not in the vocabulary"'
        rank = followed.ranks[place]
        best = expected[place]
        rows.append(
            f"<tr><td><span{mark}>{word}</span></td><td>{percent(float(followed.probabilities[place]), small=3)}</td>"
            f"<td>{'' if rank is None else f'{rank:,}'}</td><td>{bits:.1f}</td>"
            f'<td><span class="lane"><i style="width:{100 * bits / most:.1f}%"></i></span></td>'
            f"<td>{escape(best.words[0]) or END} <em>{percent(float(best.probabilities[0]), small=3)}</em></td></tr>"
        )
    head = "<tr><th>word</th><th>probability</th><th>rank</th><th>bits</th><th>surprise</th><th>expected</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"
