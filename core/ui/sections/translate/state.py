"""What the page "Translate" remembers: a text, and from which language into which."""

from collections.abc import Collection
from dataclasses import dataclass

from core.data.text.no_number import NoNumber
from core.data.text.number_input import MOST_CHARACTERS, NumberText, read_number_text
from core.data.text.number_words import LANGUAGES, Language, spell
from core.ui.state.address import choice, text
from core.ui.state.page_state import PageState
from core.ui.state.text_history import TextHistory

FIRST = "ninety-seven thousand two hundred"


@dataclass
class TranslateState(TextHistory):
    """The text of one session.

    Attributes:
        source: the language in which it is read.
        target: the language into which it is translated, another one.
        last: what was read last; it stays while one types on, for "two hu" is no number.
    """

    text: str = FIRST
    source: Language = "en"
    target: Language = "fr"
    last: NumberText | None = None

    def read(self) -> tuple[NumberText | None, NoNumber | None]:
        """Return what the networks read, and why that is not the text: while one types, the last number stays."""
        try:
            self.last = read_number_text(self.text, self.source)
        except NoNumber as problem:
            if not self.typing:
                self.last = None
            return self.last, problem
        return self.last, None

    def read_from(self, language: Language) -> None:
        """Read from another language; a number is spelt in it, and a text that is none stays."""
        said, before = self._number(), self.source
        self.source, self.last = language, None
        if language == self.target:
            self.target = before
        if said is not None:
            self.replace(spell(said, language))

    def read_as(self, language: Language) -> None:
        """Read the text as it stands as one of another language."""
        if language == self.target:
            self.target = self.source
        self.source = language

    def write_in(self, language: Language) -> None:
        """Translate into another language."""
        if language == self.source:
            self.read_from(self.target)
        self.target = language

    def exchange(self) -> None:
        """Swap the languages; a number is spelt in the other one."""
        self.read_from(self.target)

    def arrive(self, taken: Collection[str]) -> None:
        """Make sense of a link that names one language alone: the other gives way, and the number is spelt anew."""
        self.last = None  # it was read in the language of before
        others = [language for language in LANGUAGES if language != self.source]
        if self.source == self.target and "source" in taken:
            self.target = others[0]
        elif self.source == self.target:
            self.source = others[0]
        if "text" not in taken and self._number() is None:
            said = [number for language in LANGUAGES if (number := self._number(language)) is not None]
            self.text = spell(said[0], self.source) if said else self.text

    def _number(self, language: Language | None = None) -> int | None:
        """Return the number in words that the text says, in its own or another language."""
        try:
            said = read_number_text(self.text, language or self.source)
        except NoNumber:
            return None
        return None if said.spelt else said.number


TRANSLATE = PageState(
    "translate",
    TranslateState,
    {
        "text": text("text", MOST_CHARACTERS, browser=True),
        "source": choice("from", tuple(LANGUAGES), "This link asks for a language that is not here."),
        "target": choice("to", tuple(LANGUAGES), "This link asks for a language that is not here."),
    },
    arrive=TranslateState.arrive,
)
