"""What the page "Translate" remembers: a text, and from which language into which."""

from dataclasses import dataclass

from core.data.text.number_input import MOST_CHARACTERS, NoNumber, NumberText, read_number_text
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
    """

    text: str = FIRST
    source: Language = "en"
    target: Language = "fr"

    def read_from(self, language: Language) -> None:
        """Read from another language; a number is spelt in it, and a text that is none stays."""
        said, before = self._number(), self.source
        self.source = language
        if language == self.target:
            self.target = before
        if said is not None and not said.spelt and said.number is not None:
            self.replace(spell(said.number, language))

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

    def _number(self) -> NumberText | None:
        try:
            return read_number_text(self.text, self.source)
        except NoNumber:
            return None


TRANSLATE = PageState(
    "translate",
    TranslateState,
    {
        "text": text("text", MOST_CHARACTERS, browser=True),
        "source": choice("from", tuple(LANGUAGES), "This link asks for a language that is not here."),
        "target": choice("to", tuple(LANGUAGES), "This link asks for a language that is not here."),
    },
)
