"""A story that can be lengthened and edited, and which language the networks expect at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.course.live import StorySeen
from core.data.text.stories import (
    CITIES,
    HELD_OUT_CITIES,
    LANGUAGES,
    LIVES_ELSEWHERE,
    SHORTEST,
    TRAINED_TO,
    tell,
    vocabulary,
)
from core.data.text.tokens import MOST_CHARACTERS, Sentence, read_text
from core.figures.attended import attended
from core.figures.palette import colour_of
from core.figures.percent import exact_percent, percent
from core.figures.probabilities import STYLE, bars
from core.inspection.memory.attention import story_attention
from core.inspection.memory.cost import Cost
from core.inspection.memory.recall import (
    DISTANCES,
    MEMORIES,
    fallback,
    language_probabilities,
    shipped_language_probabilities,
)
from core.models.attention import positions
from core.models.attention.positions import Positions
from core.models.shipped import ARCHITECTURES, card
from core.models.text.sentences import STORY_HEADS
from core.training.tasks.stories import StoryTask
from core.ui.components.typing.typing import typing_field
from core.ui.state.address import text
from core.ui.state.lesson import report
from core.ui.state.page_state import PageState
from core.ui.state.text_history import TextHistory
from core.ui.widgets.attention_head import choose_head
from core.ui.widgets.train_here import networks_trained_here
from core.ui.widgets.unknown_words import warn_of_unknown_words
from core.wording import counted_words

_FIRST_COUNTRY = "Italy"
"""To begin with: of France the RNN is right even where it has forgotten, because French is what it says then."""
_GUESS = 4
"""So many countries with the same answer are a guess."""
_STYLE = """<style>
.tellers { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem 1.2rem;
  align-items: end; }
.tellers p { margin: 0 0 .4rem 0; }
.tellers .ticks span:nth-child(even) { display: none; }
</style>"""


@dataclass
class StoryState(TextHistory):
    """The story of one session.

    Attributes:
        text: as it stands in the field.
        asked: what the controls asked for when it was told last: country, city, distance and seed.
        own: the last story changed by hand that the controls replaced.
        cost: times that were measured for this person, or None.
    """

    text: str = ""
    asked: tuple[str, str, int, int] | None = None
    own: str = ""
    cost: Cost | None = None

    @property
    def answer(self) -> str | None:
        """The language that the story asks for; None where the story was changed by hand."""
        if self.asked is None or self.text != tell(*self.asked).text:
            return None
        return LANGUAGES[self.asked[0]]

    def tell(self, country: str, city: str, distance: int, seed: int) -> None:
        """Tell another story if the controls ask for another one than before; one that came by a link stays."""
        asked = (country, city, distance, seed)
        if asked != self.asked and (self.asked is not None or not self.text):
            if self.asked and self.answer is None:
                self.own = self.text
            self._fill(tell(*asked).text)
        self.asked = asked

    def bring_back(self) -> None:
        """Bring back the story that was changed by hand."""
        self._fill(self.own)
        self.own = ""


STORY = PageState("distance", StoryState, {"text": text("story", MOST_CHARACTERS, browser=True)})


def show_story() -> None:
    """Show the controls, the story, and the languages that each network expects, in the container `prediction`."""
    story = STORY.open()
    country, distance, more = st.columns([2, 5, 2], vertical_alignment="bottom")
    with country:
        place = st.selectbox(
            "Grew up in",
            list(LANGUAGES),
            index=list(LANGUAGES).index(_FIRST_COUNTRY),
            key="distance-country",
            bind="query-params",
            help="The clue. Another country should give another language, however far away the question is.",
        )
    with more.popover("Another story", icon=":material/tune:"):
        town = st.selectbox(
            "Lives in",
            [*CITIES, *HELD_OUT_CITIES],
            key="distance-city",
            bind="query-params",
            help="Says nothing about the language; said in stories of 16 words and more.",
        )
        number = st.number_input(
            "Seed", 0, 9999, 0, key="distance-seed", bind="query-params", help="Which sentences come in between."
        )
    with distance:
        words = st.slider(
            "Words from the clue to the question",
            SHORTEST,
            DISTANCES[-1],
            LIVES_ELSEWHERE,
            key="distance-words",
            bind="query-params",
            help=f"Sentences are put in between. The networks were trained on at most {TRAINED_TO} words. "
            "They read commas and full stops as words of their own, so these count.",
        )
    story.tell(str(place), str(town), int(words), int(number))
    typing_field(
        story.text,
        key="distance-story",
        version=story.version,
        on_type=partial(story.update, story.version),
        label="The story",
        help="Change it as you like: another country, other words. A control above tells it afresh.",
        placeholder="France is where I grew up ...",
        limit=MOST_CHARACTERS,
        address="story",
    )
    if story.own:
        st.button(
            "Bring back my own story",
            icon=":material/undo:",
            key="distance-undo",
            type="tertiary",
            on_click=story.bring_back,
            help="The one that you had changed by hand.",
        )
    sentence = read_text(story.text)
    warn_of_unknown_words(vocabulary(), sentence.words)
    prediction = st.container(key="prediction")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        kind, head = _choose_attention()
    transformer = f"story-{kind if kind in positions.TITLES else 'sinusoidal'}"
    readers = (*MEMORIES, transformer)
    expected = {name: shipped_language_probabilities(name, sentence.words) for name in readers}
    titles = {name: "Transformer" if name == transformer else ARCHITECTURES[name].title for name in readers}
    charts = [_chart(titles[name], name, chances, story.answer) for name, chances in expected.items()]
    if (answer := story.answer) is not None:
        said = {titles[name]: _language(chances) for name, chances in expected.items()}
        report(lambda: StorySeen(int(words), answer, said))
    with prediction:
        if not sentence.words:
            st.info("Tell a story above: the networks read it as you type.", icon=":material/info:")
            return
        st.html(f'{STYLE}{_STYLE}<div class="beside tellers">{"".join(charts)}</div>')
        if story.answer is not None:
            _say_guesses(readers, str(town), int(words), int(number))
    _show_attention(transformer, head, sentence)
    trained = [
        _chart(
            f"Your {StoryTask.kinds[kind]}",
            f"story-{kind}",
            language_probabilities(network, sentence.words),
            story.answer,
        )
        for kind, network in networks_trained_here("stories")
    ]
    if trained:
        with st.container(key="prediction-trained"):
            st.html(f'{STYLE}{_STYLE}<div class="beside tellers">{"".join(trained)}</div>')
    st.caption(
        f"{counted_words(sentence.words)}. "
        f"{ARCHITECTURES['story-window'].title}: {ARCHITECTURES['story-window'].family}. "
        f"All five were trained on the same stories made by rule, {SHORTEST} to {TRAINED_TO} words from clue to "
        "question; on others of up to that length they are right in "
        + ", ".join(f"{exact_percent(card(name).test.accuracy)} ({ARCHITECTURES[name].title})" for name in readers)
        + f" of {card(MEMORIES[0]).test.cases:,} cases. They were not trained on the sentences in between."
    )


def _choose_attention() -> tuple[Positions, int | None]:
    """Show the controls of the Transformer; return its positions and the head that is looked at, None for all."""
    kind = st.segmented_control(
        "Positions of the Transformer",
        list(positions.TITLES),
        default="sinusoidal",
        format_func=positions.TITLES.__getitem__,
        required=True,
        key="distance-positions",
        bind="query-params",
        help="How it is told the position of a word. Three networks, otherwise identical.",
    )
    return kind or "sinusoidal", choose_head(STORY_HEADS, "distance-head")


def _show_attention(name: str, head: int | None, sentence: Sentence) -> None:
    """Show how much the last word looks at every word of the story, by one head or by all together."""
    by_head = story_attention(name, sentence.words)
    shares = by_head.mean(0) if head is None else by_head[head]
    top = sentence.tokens[int(shares.argmax())].text
    with st.container(key="attention"):
        st.html(
            attended(
                [token.text for token in sentence.tokens],
                shares.tolist(),
                colour_of(name),
                f"Most attention goes to {top}: {percent(float(shares.max()))}.",
            )
        )
    st.caption(
        f"Attention of the {ARCHITECTURES[name].title}: the last word, “{sentence.tokens[-1].text}”, looks at "
        "all words at once and takes from each as much as the colour shows; all shares add up to 100\xa0%. No state "
        f"has to carry the country over the words between. The network has {card(name).parameters:,} parameters, the "
        f"LSTM {card('story-lstm').parameters:,}."
    )


def _say_guesses(readers: Sequence[str], city: str, distance: int, seed: int) -> None:
    """Say which networks give one answer to many countries: that is what they say when they have forgotten."""
    guesses = [
        f"{ARCHITECTURES[name].title} says {guess.language} for {guess.count} of {guess.countries} countries"
        for name in readers
        if (guess := fallback(name, city, distance, seed)).count >= _GUESS
    ]
    if guesses:
        st.caption(
            f"With the same words between: {'; '.join(guesses)}. That is a guess: the network has forgotten the clue."
        )


def _chart(title: str, name: str, chances: NDArray[np.float32], answer: str | None) -> str:
    """Return what one network expects, as HTML; its colour is that of the network `name`."""
    best = _language(chances)
    return (
        f"<section><p><b>{escape(title)}</b> expects <b>{best}</b>{_mark(best, answer)}</p>"
        f"{bars(chances, colour_of(name), list(LANGUAGES.values()))}</section>"
    )


def _language(chances: NDArray[np.float32]) -> str:
    return list(LANGUAGES.values())[int(chances.argmax())]


def _mark(said: str, right: str | None) -> str:
    """Return a sign that says whether an answer is right, where that is known."""
    if right is None:
        return ""
    return ' <span title="right">✓</span>' if said == right else ' <span title="wrong">✗</span>'
