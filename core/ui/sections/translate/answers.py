"""The three translations side by side, and the truth."""

from collections.abc import Callable
from difflib import SequenceMatcher
from html import escape

import streamlit as st

from core.data.text.number_words import LANGUAGES, NumberPiece, cut, write
from core.figures.palette import colour_of
from core.figures.percent import percent
from core.figures.tables import swatch
from core.inspection.translation.reading import Translation
from core.ui.sections.translate.look import TranslatedNumber

_STYLE = """<style>
.translations { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem 1.5rem; }
.translations p { margin: 0 0 .35rem 0; }
.translations i { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin-right: .4rem; }
.translations .text { font-size: 1.25rem; line-height: 1.4; min-height: 3.5rem; overflow-wrap: anywhere; }
.translations mark { background: #d55e0040; color: inherit; border-bottom: 2px solid #d55e00; }
.translations .right { font-weight: 600; }
.translation-truth { display: flow-root; margin: 0; min-height: 3.2rem; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  .translation-truth { min-height: 4rem; } .translation-truth.problem { font-size: .8rem; line-height: 1.3; }
}
</style>"""


def show_answers(look: TranslatedNumber, problem: str = "", offer: Callable[[], None] = lambda: None) -> None:
    """Show what was read, the truth, and what each network writes, in the container `prediction`.

    Args:
        look: what was read.
        problem: why that is not the text in the field; stands where the truth does, which has room for it, so that
            nothing moves.
        offer: shows beside it what could be read instead.
    """
    cards = "".join(_card(look, one) for one in look.translations.values())
    with st.container(key="prediction"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch"):
                kind = f"translation-truth{' problem' * bool(problem)}"
                st.html(f'{_STYLE}<p role="status" class="{kind}">{_truth(look, problem)}</p>')
            offer()
        st.html(f'<div role="status" class="beside translations">{cards}</div>')


def _truth(look: TranslatedNumber, problem: str) -> str:
    number = look.read.number
    if problem:
        still = escape(look.read.text) if number is None else f"{number:,}"
        return f"{escape(problem)} Below is still <b>{still}</b>."
    if number is None:
        return (
            "Numbers are not spelt like this here, so nobody can say which translation is right. The networks "
            "answer anyway, as they always do."
        )
    spelt = f", in {LANGUAGES[look.source]} <b>{escape(look.read.text)}</b>" if look.read.spelt else ""
    return (
        f"This is <b>{number:,}</b>{spelt}. Right in {LANGUAGES[look.target]}: "
        f'<b lang="{look.target}">{escape(look.truth)}</b>'
    )


def _card(look: TranslatedNumber, translation: Translation) -> str:
    name = f"translate-{translation.kind}"
    return (
        f"<section><p>{swatch(colour_of(name))}<b>{translation.title}</b> writes, "
        f"{percent(translation.probability)} sure</p>"
        f'<p class="text" lang="{look.target}">{_marked(look, translation)}</p>'
        f"<p>{_verdict(look, translation)}</p></section>"
    )


def _verdict(look: TranslatedNumber, translation: Translation) -> str:
    if not look.truth:
        return "" if translation.number is None else f"That says {translation.number:,}."
    if translation.text == look.truth:
        return '<span class="right">✓ Right, to the letter.</span>'
    if translation.number is None:
        means = "That is not a number." if translation.ended else "It never comes to an end."
    elif translation.number == look.read.number:
        means = "It means the right number, written differently."
    else:
        means = f"It says {translation.number:,}."
    return f'<span class="right">Wrong.</span> {means}'


def _marked(look: TranslatedNumber, translation: Translation) -> str:
    """Return a translation as HTML, with marks on pieces that are not in the right one, and where some are missing."""
    parts, truth = translation.parts, cut(look.truth, look.target)
    if not parts:
        return "(nothing)"
    if not truth or translation.text == look.truth:
        return _joined(parts)
    shown = []
    for kind, begin, end, first, stop in SequenceMatcher(None, parts, truth, autojunk=False).get_opcodes():
        if kind == "equal":
            shown.append(_joined(parts[begin:end]))
        elif begin < end:
            shown.append(f"<mark>{_joined(parts[begin:end])}</mark>")
        else:
            shown.append(f'<mark title="missing: {escape(write(truth[first:stop]))}"> … </mark>')
    return "".join(shown)


def _joined(parts: tuple[NumberPiece, ...]) -> str:
    """Return pieces as HTML; a long word may be broken between them."""
    return "".join(f"{part.glue or '<wbr>'}{escape(part.text)}" for part in parts)
