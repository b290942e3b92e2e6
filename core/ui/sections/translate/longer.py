"""Longer numbers than any that was learnt from: who has understood the rule, and who only the lengths it has met."""

import streamlit as st

from core.data.text.number_words import spell
from core.data.text.translation import MOST_DIGITS, TRAINED_TO
from core.figures.percent import below_one, exact_percent
from core.figures.tables import table
from core.inspection.translation.scores import (
    LENGTHS,
    LONGER,
    bleu_name,
    length_name,
    score_named,
    translator_card,
)
from core.models.text.translation import TITLES
from core.ui.sections.translate.look import TranslatedNumber
from core.ui.sections.translate.state import TranslateState

_TRIED = 123_456_789


def show_longer(look: TranslatedNumber | None, state: TranslateState) -> None:
    """Show exact match and BLEU by length, and offer a long number to try."""
    number = look.read.number if look is not None else None
    longer = number is not None and number > TRAINED_TO and sum(digit != "0" for digit in str(number)) > MOST_DIGITS
    st.markdown(
        f"The networks learnt numbers up to {TRAINED_TO:,}, and larger ones only where nearly all digits are 0, such "
        "as three million and fifty. So they know every word of 123,456,789, and where “million” stands; but they "
        f"never met a text as long. {'The one above is such a number.' if longer else 'Try one.'}"
    )
    st.button(
        f"Translate {_TRIED:,}",
        icon=":material/straighten:",
        key="translate-long",
        on_click=lambda: state.replace(spell(_TRIED, state.source)),
        help="Undo brings yours back.",
    )
    cards = {kind: translator_card(kind) for kind in TITLES}
    head = ["Right to the letter / BLEU", *TITLES.values()]
    rows = [
        [
            f"{digits} digits{', longer than learnt' if digits in LONGER else ''}",
            *(
                f"{exact_percent(score_named(card, length_name(digits)).accuracy)} / "
                f"{below_one(card.figures[bleu_name(digits)], 3)}"
                for card in cards.values()
            ),
        ]
        for digits in (*LENGTHS, *LONGER)
    ]
    cases = score_named(cards["gru"], length_name(LONGER[0])).cases
    with st.container(key="translate-longer"):
        st.html(table(head, rows))
    st.markdown(
        f"Counted once on {cases:,} numbers of each length. BLEU is that of all translations together, on pieces, "
        "from 0 to 1. **A network that is right on everything it has met may still not have found the rule**: a "
        "recurrent decoder has never written that far, and the Transformer meets positions whose sinusoids it has "
        "never seen."
    )
