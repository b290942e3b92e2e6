"""The glossary: words that not everybody knows, and how a text carries their sentences.

A word in Markdown or HTML becomes a link to `PLACE` whose title is its sentence: the house's style gives it a dotted
underline, and `core/ui/components/glossary` shows the sentence on hover, focus and tap. Labels and options of
controls can hold no such link, so their help ends with the sentences (`help_with_words`).
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from core.paths import ASSETS

PLACE = "#word"
"""Where the link of a word leads to; nothing is there, its title is what counts."""


@dataclass(frozen=True)
class Term:
    """A word of the glossary: how it is written at the top, the forms in which it stands in texts, its sentence."""

    title: str
    forms: tuple[str, ...]
    sentence: str


@cache
def glossary() -> tuple[Term, ...]:
    """Return all words."""
    found = tomllib.loads((ASSETS / "glossary.toml").read_text("utf-8"))["word"]
    return tuple(Term(one["title"], tuple(one["forms"]), one["sentence"]) for one in found)


_IN_MARKDOWN = re.compile(r"```.*?```|`[^`]*`|\$[^$\n]+\$|!?\[[^\]]*\]\([^)]*\)|:material/\w+:|<[^>]*>", re.DOTALL)
"""What is left alone in Markdown: code, formulas, links, symbols, tags."""
_IN_HTML = re.compile(r"<(style|svg|code|a)\b.*?</\1>|<[^>]*>", re.DOTALL)
"""What is left alone in HTML."""


def words_in(text: str) -> list[Term]:
    """Return the words of the glossary in a text without markup, in order, each once."""
    return list(dict.fromkeys(_word_of(found[0]) for found in _pattern().finditer(text)))


@lru_cache(2048)
def explained(text: str) -> str:
    """Return Markdown in which every word of the glossary, where it stands first, carries its sentence."""
    return _marked(text, _IN_MARKDOWN, lambda form, word: f'[{form}]({PLACE} "{word.sentence}")')


def explained_html(html: str) -> str:
    """Return HTML in which every word of the glossary, where it stands first, carries its sentence."""
    return _marked(html, _IN_HTML, lambda form, word: f'<a href="{PLACE}" title="{escape(word.sentence)}">{form}</a>')


@lru_cache(2048)
def help_with_words(text: str, *more: str) -> str:
    """Return the help of a control with a paragraph for every word of the glossary in it.

    Args:
        text: of the help.
        more: the label and the options of the control, where words stand in these.
    """
    words = words_in(" | ".join((text, *more)))
    return "\n\n".join([text, *(f"**{word.title}**: {word.sentence}" for word in words)]).strip()


def bare_words(text: str, *, html: bool = False) -> list[Term]:
    """Return the words of the glossary that stand in Markdown or HTML and carry their sentence nowhere in it."""
    left = (_IN_HTML if html else _IN_MARKDOWN).sub(" ", text)
    carried = _carried(text)
    return [word for word in words_in(left) if word not in carried]


def _marked(text: str, left_alone: re.Pattern[str], link: Callable[[str, Term], str]) -> str:
    seen = _carried(text)

    def mark(found: re.Match[str]) -> str:
        word = _word_of(found[0])
        if word in seen:
            return found[0]
        seen.add(word)
        return link(found[0], word)

    parts, end = [], 0
    for quiet in left_alone.finditer(text):
        parts += [_pattern().sub(mark, text[end : quiet.start()]), quiet[0]]
        end = quiet.end()
    return "".join([*parts, _pattern().sub(mark, text[end:])])


def _carried(text: str) -> set[Term]:
    """Return the words whose sentences stand in a text already; most texts hold no link, and are searched once."""
    if PLACE not in text:
        return set()
    return {word for word in glossary() if word.sentence in text or escape(word.sentence) in text}


@cache
def _pattern() -> re.Pattern[str]:
    """Return what finds all forms, the longest first: "integrated gradients" before "gradients".

    Sorted by their first letters, for speed: every text of every run is looked through.
    """
    rests: dict[str, list[str]] = {}
    for form in sorted((form for word in glossary() for form in word.forms), key=len, reverse=True):
        for first in {form[0], form[0].upper()}:
            rests.setdefault(first, []).append(re.escape(form[1:]))
    written = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in sorted(rests.items()))
    return re.compile(rf"\b(?<!-)(?:{written})(?![\w-])")


@cache
def _forms() -> dict[str, Term]:
    return {form: word for word in glossary() for form in word.forms}


def _word_of(form: str) -> Term:
    forms = _forms()
    return forms[form] if form in forms else forms[form[0].lower() + form[1:]]
