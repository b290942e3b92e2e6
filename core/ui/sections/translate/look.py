"""What is looked at: a number in words, and what three networks make of it."""

from dataclasses import dataclass

from core.course.live import TranslationSeen
from core.data.text.number_input import NumberText
from core.data.text.number_words import LANGUAGES, Language, cut, spell
from core.inspection.translation.reading import Translation, translate_pieces
from core.models.text.translation import TITLES, TranslatorKind


@dataclass(frozen=True)
class TranslatedNumber:
    """A number and its translations.

    Attributes:
        read: what the networks read.
        source: its language.
        target: the language of the translations.
        translations: by kind of network.
    """

    read: NumberText
    source: Language
    target: Language
    translations: dict[TranslatorKind, Translation]

    @property
    def truth(self) -> str:
        """The right translation; empty where no number is written so."""
        return "" if self.read.number is None else spell(self.read.number, self.target)

    @property
    def true_pieces(self) -> tuple[str, ...]:
        """The pieces of the right translation, without what joins them."""
        return tuple(piece.text for piece in cut(self.truth, self.target)) if self.truth else ()

    @property
    def languages(self) -> str:
        """From which language into which, for people."""
        return f"{LANGUAGES[self.source]} into {LANGUAGES[self.target]}"

    def seen(self) -> TranslationSeen:
        """Return what a lesson may know of it; of a number that nobody spells so, no translation is right or wrong."""
        right = {one.title: one.text == self.truth for one in self.translations.values()} if self.truth else {}
        return TranslationSeen(self.read.text, self.languages, right)


def look_at(read: NumberText, source: Language, target: Language) -> TranslatedNumber:
    """Translate with all networks."""
    return TranslatedNumber(
        read, source, target, {kind: translate_pieces(kind, read.pieces, target) for kind in TITLES}
    )
