"""Why a text is no number that networks can be given: what its first unknown word is, and what may be meant."""

from rapidfuzz import fuzz, process

from core.data.text.number_words import (
    LANGUAGES,
    LARGEST,
    Language,
    UnknownWord,
    cut_bare,
    fold,
    known_words,
    ordinals,
    part_words,
)

NEGATIVE = "Negative numbers were not learnt. Write a whole number from 0 upwards."
_FRACTION = "“{word}” means a fraction. Only whole numbers were learnt."
_TOO_LARGE = f"“{{word}}” is too large. Numbers go from 0 to {LARGEST:,} here."
_ORDINAL = "“{word}” is an ordinal number: it gives a position. Only cardinal numbers were learnt, here “{meant}”."
_SLIP = "{message} Did you mean “{meant}”?"
_KINDS = {
    NEGATIVE: "minus negative moins negatif negativ menos negativo",
    _FRACTION: "point dot comma half halves quarter quarters percent virgule demi demie quart quarts tiers pourcent "
    "komma punkt halb halbe viertel drittel prozent coma punto medio media cuarto cuartos tercio",
    _TOO_LARGE: "billion billions trillion trillions milliard milliards milliarde milliarden billionen trillionen "
    "billones trillones millardo millardos",
}
_SENTENCES = {word: sentence for sentence, words in _KINDS.items() for word in words.split()}
_LIKE_ENOUGH = 70  # of 100: from here on a known word is offered for an unknown one
_SHORTEST = 3  # letters of a word that is looked for in others
_SHOWN = 40  # characters of an unknown word


class NoNumber(ValueError):
    """A text that no network is given; the message is a sentence.

    Attributes:
        language: in which it would be one, None where there is no such language.
        instead: the text with a known word in the place of the unknown one, empty where none comes near.
    """

    def __init__(self, message: str, language: Language | None = None, instead: str = "") -> None:
        super().__init__(message)
        self.language = language
        self.instead = instead


def explain(typed: str, unknown: UnknownWord, language: Language) -> NoNumber:
    """Say which word is unknown, and what it is: a word of another language, of another kind of number, or a slip."""
    word = unknown.word if len(unknown.word) <= _SHOWN else unknown.word[:_SHOWN] + "…"
    message = f"“{word}” is not a number word in {LANGUAGES[language]}."
    for other in LANGUAGES:
        try:
            cut_bare(typed, other)
        except UnknownWord:
            continue
        return NoNumber(f"{message} All of this is {LANGUAGES[other]}.", other)
    if not any(letter.isascii() and letter.isalpha() for letter in typed.casefold()):
        return NoNumber(f"{message} Write it in Latin letters, or in digits.")
    sentence, meant = _what(fold(unknown.word), language)
    instead = typed.replace(unknown.word, meant, 1) if meant else ""
    return NoNumber(sentence.format(message=message, word=word, meant=meant), instead=instead)


def _what(word: str, language: Language) -> tuple[str, str]:
    """Return a sentence about a folded unknown word, with gaps, and what to read instead of it, if anything."""
    if word in _SENTENCES:
        return _SENTENCES[word], ""
    if word in ordinals(language):
        return _ORDINAL, ordinals(language)[word]
    apart = part_words(word, language)
    if apart and _SHORTEST * len(apart) <= len(word):
        return _SLIP, " ".join(apart)
    known = known_words(language)
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return (_SLIP, known[found[0]]) if found else ("{message}", "")
