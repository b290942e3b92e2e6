"""Autocorrect: a network of letters reads a word, is surprised, and ranks the words that may be meant."""

import random
from collections.abc import Sequence

import streamlit as st

from core.data.text.alphabet import Spelled
from core.data.text.spelling import ALPHABET, LONGEST, held_out, shipped_words
from core.figures.percent import exact_percent, percent
from core.inspection.letters.spelling import (
    NAME,
    NEAR,
    Correction,
    WordReading,
    corrections,
    corrections_without_list,
    nearby_words,
    read_word,
    shipped_weights,
)
from core.models.shipped import card
from core.ui.sections.letters.spelling import draw_candidates, draw_expected, draw_letters, draw_scores, name_letter
from core.ui.sections.letters.word import HeldOutButton, WordState, remember_word, show_field, show_strange
from core.ui.widgets.text_field import Wording

FIRST = "networc"
ADDRESS = "word"
STATE = remember_word(ADDRESS, FIRST)
SAMPLES = (
    FIRST,
    "netowrk",
    "teh",
    "recieve",
    "definately",
    "untill",
    "acommodate",
    "dont",
    "wierd",
    "becuase",
    "learning",
    "xqzvbnkw",
)
"""One mistake of every kind, a word that is right, and one that is none."""
OFFERED = 6
"""Candidates that are shown."""
_WORDING = Wording(
    noun="word",
    label="Your word",
    help=f"Any English word, right or wrong, up to {LONGEST} letters. The network reads along while you type.",
    placeholder="Type a word, and a mistake in it",
    samples=SAMPLES,
)
_HELD = "One of the held-out misspellings that people really made; the scores below are theirs."


def show() -> None:
    """Draw the section: field, surprise, what was expected, candidates, scores."""
    st.markdown(
        "A network has learnt to spell: after every letter it says which one comes next. Where it is **surprised**, "
        "there may be a mistake; and of all words near by, one is likely **and** close. That is autocorrect."
    )
    _reading()
    st.subheader("How often is it right?")
    _scores()


@st.fragment
def _reading() -> None:
    """Field and answers: all that changes with a key."""
    state = STATE.open()
    show_field(state, ADDRESS, _WORDING, HeldOutButton("A real mistake", _HELD, _random))
    spelled, word = _word_of(state)
    show_strange(spelled.strange, "the letters a to z and the apostrophe")
    if not word:
        st.info("Type an English word above: its letters are read one by one.", icon=":material/info:")
        return
    _say_what_is_read(state, spelled, word)
    offered = corrections(word)
    _headline(state, word, offered)
    spelling = read_word(word)
    left, right = st.columns([11, 10], gap="large")
    with left:
        _surprise(word, spelling)
        at = _choose_place(word, spelling)
    with right:
        before = f"after “{word[:at]}”" if at else "at the beginning of a word"
        st.markdown(f"**P(next letter)** {before}")
        with st.container(key="word-expected"):
            st.html(draw_expected(spelling, at))
    st.subheader("Which word is meant?")
    _offers(word, offered)
    if word not in shipped_words():
        _without_list(word)


def _word_of(state: WordState) -> tuple[Spelled, str]:
    """Return the text in the network's letters, and the word of it that is read: the last one."""
    parts = state.text.split()
    spelled = ALPHABET.spell(parts[-1] if parts else "")
    return spelled, spelled.letters[:LONGEST]


def _say_what_is_read(state: WordState, spelled: Spelled, word: str) -> None:
    notes = []
    if len(state.text.split()) > 1:
        notes.append("one word at a time, the last one")
    if spelled.changed:
        notes.append("without accents")
    if len(spelled.letters) > LONGEST:
        notes.append(f"its first {LONGEST} letters")
    if notes:
        st.caption(f"Read: {', '.join(notes)}: “{word}”.")


def _headline(state: WordState, word: str, offered: Sequence[Correction]) -> None:
    truth = {pair.wrong: pair.right for pair in held_out()}.get(word)
    meant = f" People who wrote this meant “{truth}”." if truth else ""
    with st.container(key="word-answer"):
        if word in shipped_words():
            st.markdown(f"### “{word}” is in the word list")
            st.markdown(f"There is nothing to correct.{meant}")
        elif offered:
            st.markdown(f"### {word} → **{offered[0].word}**")
            share = f"{len(offered):,} words are near; this one gets **{percent(offered[0].share)}**"
            only = "It is the only word of the list near by"
            st.markdown(f"{only if len(offered) == 1 else f'{share} of the probability'}.{meant}")
        else:
            st.markdown(f"### {word} → ?")
            st.markdown("No word of the list is within three mistakes, so nothing is offered.")


def _surprise(word: str, spelling: WordReading) -> None:
    st.markdown("**How much every letter surprised the network**")
    with st.container(key="word-surprise"):
        st.html(draw_letters(spelling))
    at = spelling.most_surprising
    st.caption(
        "Bits: minus log₂ of the probability; 1 bit is a coin that fell wrong, 10 bits one chance in 1,024. The frame "
        f"marks the most surprising place, {name_letter(spelling, at)}. All together “{word}” has "
        f"{float(spelling.surprises.sum()):.1f} bits."
    )


def _choose_place(word: str, spelling: WordReading) -> int:
    """Return the place in the word at which the next letter is looked at."""
    places = range(len(spelling.letters))
    chosen = st.segmented_control(
        "What did it expect in place of",
        [name_letter(spelling, place) for place in places],
        default=name_letter(spelling, spelling.most_surprising),
        required=True,
        key=f"word-at-{word}",
        wrap=True,
        help="A place in the word. It opens at the most surprising one.",
    )
    return next((place for place in places if name_letter(spelling, place) == chosen), spelling.most_surprising)


def _offers(word: str, offered: Sequence[Correction]) -> None:
    if not offered:
        return
    weights = shipped_weights()
    with st.container(key="word-candidates"):
        st.html(draw_candidates(offered[:OFFERED], weights))
    st.caption(
        f"Score = {weights.network:g} × the network's bits for the word + the bits for every mistake. The lowest wins; "
        "a bit less is twice the share. Letters: \N{MINUS SIGN} too many, + missing, ≠ another one, ⇄ swapped. "
        f"Looked through: {len(shipped_words()):,} words, those within {NEAR} mistakes."
    )
    plain = nearby_words(word, shipped_words())[:3]
    st.markdown(
        f"**Without a network**, by the fewest mistakes and then the most frequent word: **{plain[0]}**"
        + "".join(f", {other}" for other in plain[1:])
    )


def _without_list(word: str) -> None:
    """Show what the network makes of all strings one mistake away, if that is asked for."""
    asked = st.toggle(
        "And without a list of words?",
        value=True,
        key="word-alone",
        help="The network then ranks every string that is one mistake away: it has to know itself which are words.",
    )
    if not asked:
        return
    found = corrections_without_list(word)
    first, *others = (f"{one.word} {percent(one.share)}" for one in found[:5])
    with st.container(key="word-invented"):
        st.markdown(
            f"**The network alone**, of all {len(found):,} strings one mistake away: **{first}**, {', '.join(others)}"
        )


def _scores() -> None:
    about = card(NAME)
    alone = [score for score in about.also if score.data.startswith("network without")]
    with st.container(key="word-scores"):
        st.html(draw_scores([score for score in (about.test, *about.also) if score not in alone]))
    ways = {score.data.partition(",")[0]: score for score in reversed(about.also) if ", top 1, " in score.data}
    first, three = (exact_percent(score.accuracy) for score in alone)
    st.markdown(
        "**What does the network add?** With a list of words hardly anything: "
        f"{exact_percent(about.test.accuracy)} instead of "
        f"{exact_percent(ways['mistakes alone'].accuracy)}. "
        "Few words are near, and the kind of mistake tells more than how likely a word is. But take the list away, and "
        f"out of hundreds of strings the network alone puts the right word first for **{first}** of "
        f"{alone[0].cases:,} misspellings, and among its first three for {three}: it knows what English words look "
        "like. (Only strings one mistake away are looked at there.)"
    )
    st.caption(
        f"{about.test.cases:,} misspellings that people really made; what mistakes cost was chosen by those of other "
        "words. Their right words are in the list of words, as in any dictionary, and the network has learnt to spell "
        "them; their misspellings it has never seen. Source: "
        "codespell's list, derived from English Wikipedia, CC BY-SA 3.0; word counts from SST-2."
    )


def _random() -> str:
    return random.choice(held_out()).wrong
