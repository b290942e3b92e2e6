"""Autocorrect: a network of letters reads a word, is surprised, and ranks the words that may be meant."""

import random
from collections.abc import Sequence

import streamlit as st

from core.data.text.alphabet import Spelled
from core.data.text.spelling import ALPHABET, LONGEST, held_out
from core.data.text.word_list import shipped_words
from core.figures.percent import exact_percent, percent
from core.inspection.letters.spelling import (
    FAR,
    MAX_CANDIDATES,
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
from core.ui.widgets.sections import choose_section
from core.ui.widgets.side_by_side import side_by_side
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
    "cant",
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
_HELD = "One of the held-out misspellings that people really made; the scores below are on these."


def show() -> None:
    """Draw the section: field, surprise, what was expected, candidates, scores."""
    st.markdown(
        "A network has learnt to spell: after every letter it says which one comes next. Where it is **surprised**, "
        "there may be a mistake; and of all words nearby, one is likely **and** close. That is autocorrect."
    )
    _SECTIONS[
        choose_section(
            "What to look at",
            list(_SECTIONS),
            key="word-look",
            help="Your word, or how many misspellings are corrected. The address keeps your choice.",
        )
    ]()


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
    offered = () if shipped_words().knows(word) else corrections(word)
    _headline(state, word, offered)
    spelling = read_word(word)
    left, right = side_by_side([11, 10], key="word", gap="large")
    with left:
        _surprise(word, spelling)
        at = _choose_place(word, spelling)
    with right:
        before = f"after “{word[:at]}”" if at else "at the beginning of a word"
        st.markdown(f"**P(next letter)** {before}")
        with st.container(key="word-expected"):
            st.html(draw_expected(spelling, at))
    if not shipped_words().knows(word):
        st.header("Which word is meant?")
        _offers(word, offered)
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
    words = shipped_words()
    with st.container(key="word-answer"):
        if words.knows(word):
            st.markdown(f"## “{word}” is in the word list")
            st.markdown(f"A word on the list is left alone.{meant}")
            return
        unknown = f"“{word}” is not on the list of {len(words):,} words. That alone does not make it wrong"
        if offered:
            st.markdown(f"## {word} → **{offered[0].word}**")
            cut = len(offered) == MAX_CANDIDATES
            near = (
                f"the {len(offered):,} nearest words on the list were weighed"
                if cut
                else f"{len(offered):,} words on the list are near"
            )
            share = f"{near}; this one gets **{percent(offered[0].share)}**"
            only = "One word on the list is near"
            said = only if len(offered) == 1 else f"{share} of the probability"
            st.markdown(f"{unknown}: it may be a name, or a rare word. If it is a slip: {said}.{meant}")
        else:
            st.markdown(f"## {word} → ?")
            st.markdown(f"{unknown}. No word on the list is within three mistakes, so nothing is offered.{meant}")


def _surprise(word: str, spelling: WordReading) -> None:
    st.markdown("**How much every letter surprised the network**")
    with st.container(key="word-surprise"):
        st.html(draw_letters(spelling))
    at = spelling.most_surprising
    st.caption(
        "Bits: minus log₂ of the probability; 1 bit is a coin toss, 10 bits one chance in 1,024. The frame "
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


def _reach(offered: Sequence[Correction]) -> str:
    """Return which words of the list were weighed."""
    reach = f"those within {NEAR} mistakes"
    if min(one.mistakes for one in offered) > NEAR:
        reach = f"those within {FAR} mistakes, as there is none within {NEAR}"
    cut = f"; of these the {MAX_CANDIDATES} with the fewest mistakes, the most common first"
    return reach + cut * (len(offered) == MAX_CANDIDATES)


def _offers(word: str, offered: Sequence[Correction]) -> None:
    if not offered:
        return
    weights = shipped_weights()
    with st.container(key="word-candidates"):
        st.html(draw_candidates(offered[:OFFERED], weights))
    st.caption(
        f"Score = {weights.network:g} × the network's bits for the word + {weights.frequency:g} × the bits of how "
        f"common it is + {weights.mistakes:g} × the bits of the mistakes. The lowest wins; a bit less is twice the "
        "share. Letters: \N{MINUS SIGN} too many, + missing, ≠ another one, ⇄ swapped; each has its bits, counted on "
        f"other misspellings, beside the same letters. Looked through: {len(shipped_words()):,} words, "
        f"{_reach(offered)}."
    )
    plain = nearby_words(word, shipped_words())[:3]
    st.markdown(
        f"**Without a network**, by the fewest mistakes and then the most common word: **{plain[0]}**"
        + "".join(f", {other}" for other in plain[1:])
    )


def _without_list(word: str) -> None:
    """Show what the network makes of all strings one mistake away, if that is asked for."""
    asked = st.toggle(
        "And without a list of words?",
        value=True,
        key="word-alone",
        help="The network then ranks every string that is one mistake away: it has to know by itself which are words.",
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
    plain = next(score for score in about.also if score.data.startswith("frequency and mistakes; top 1"))
    first, three = (exact_percent(score.accuracy) for score in alone)
    st.markdown(
        "**What does the network add?** With a list of words hardly anything: "
        f"{exact_percent(about.test.accuracy)} instead of {exact_percent(plain.accuracy)}. "
        "Few words are near, and most is told by how common a word is and which letters people confuse. But take the "
        f"list away, and out of hundreds of strings the network puts the right word first for **{first}** of "
        f"{alone[0].cases:,} misspellings, and among its first three for {three}: it knows what English words look "
        "like. (Only strings one mistake away are looked at there.)"
    )
    st.caption(
        "What mistakes cost was counted on codespell's list, derived from English Wikipedia (CC BY-SA 3.0), and every "
        "score is on misspellings of other words: of that list; all of the two with which Peter Norvig tests his own "
        "corrector (from Roger Mitton's collection); and what other words have on Wikipedia's list of common "
        "misspellings (CC BY-SA 3.0) and on the hard one of GNU Aspell (LGPL 2.1). A right word that a list calls "
        "wrong, such as “behaviour”, is left alone and counts as not corrected. Words: SCOWL by symspellpy "
        "(MIT), hunspell and wordfreq (CC BY-SA 4.0)."
    )


def _random() -> str:
    return random.choice(held_out()).wrong


_SECTIONS = {"Your word, read": _reading, "How often is it right?": _scores}
