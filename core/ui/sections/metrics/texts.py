"""Text: perplexity of a language model, and BLEU of a translation."""

from dataclasses import dataclass

import streamlit as st

from core.data.columns import UnreadableColumns, read_column
from core.inspection.metrics.texts import surprise
from core.ui.plain_text import plain
from core.ui.state.address import text
from core.ui.state.page_state import PageState
from core.ui.widgets.bleu_formula import show_bleu
from core.ui.widgets.formulas import Measure, fraction, show_measures, summed, tex
from core.ui.widgets.page_links import link_to
from core.ui.widgets.sections import choose_section, controlled

MOST_WORDS = 60
_LIMIT = 600


@dataclass
class TextsState:
    """What the section remembers.

    Attributes:
        probabilities: that a model gave to the words that came.
        candidate: a translation.
        reference: the translation that it is compared with.
    """

    probabilities: str = "0.5 0.25 0.125 0.5"
    candidate: str = "the cat sat on the mat today"
    reference: str = "the cat sat on a mat today"

    def reset(self) -> None:
        """Have the texts again that the page opens with."""
        new = TextsState()
        self.probabilities, self.candidate, self.reference = new.probabilities, new.candidate, new.reference


STATE = PageState(
    "metrics-texts",
    TextsState,
    {
        "probabilities": text("probabilities", _LIMIT),
        "candidate": text("candidate", _LIMIT),
        "reference": text("reference", _LIMIT),
    },
    follow=True,
)


def show() -> None:
    """Show the section."""
    state = STATE.open()
    parts = {"Perplexity and bits": _show_perplexity, "BLEU": _show_bleu}
    chosen = choose_section(
        "Measure",
        list(parts),
        key="metrics-text",
        help="Of a model that predicts words, or of a translation. The address keeps your choice.",
    )
    parts[chosen](state)
    st.button(
        "Reset",
        icon=":material/restart_alt:",
        key="metrics-text-reset",
        on_click=state.reset,
        help="Back to the example that the page opens with.",
    )
    STATE.keep(state)


def _field(state: TextsState, name: str, label: str, help: str) -> None:
    controlled(
        st.text_input,
        label,
        value=getattr(state, name),
        on_change=lambda value: setattr(state, name, str(value or "")),
        key=f"metrics-text-{name}",
        max_chars=_LIMIT,
        help=help,
    )


def _show_perplexity(state: TextsState) -> None:
    st.markdown(
        "A language model reads a text and gives every word that comes a probability. **The less it expected a word, "
        "the more bits that word costs.** Perplexity: among how many equally likely words does it seem to choose?"
    )
    _field(
        state,
        "probabilities",
        "Probabilities of the words that came",
        "Each above 0 and up to 1, with blanks between them.",
    )
    try:
        found = surprise(read_column(state.probabilities, "probabilities"))
    except (UnreadableColumns, ValueError) as problem:
        st.info(plain(str(problem)), icon=":material/info:")
        return
    count = str(len(found.bits))
    show_measures(
        [
            Measure(
                "Bits a word, the mean",
                found.mean,
                r"\frac{1}{N}\sum -\log_2 p = " + fraction(summed(tex(one) for one in found.bits), count),
            ),
            Measure("Perplexity", found.perplexity, f"2^{{{tex(found.mean)}}}"),
            Measure("Cross-entropy in nats", found.mean * 0.6931471805599453, rf"\ln 2 \cdot {tex(found.mean)}"),
        ],
        caption="PyTorch's loss is in nats: perplexity is e to the loss. A mean over words and one over letters or "
        "word pieces are different numbers, so compare perplexities of the same pieces only.",
    )
    link_to("letters", "See it in bits, letter by letter")


def _show_bleu(state: TextsState) -> None:
    st.markdown(
        "How close is a translation to one by a person? BLEU counts groups of 1 to 4 words that both have. **Swap two "
        "words** and see which groups break."
    )
    _field(state, "candidate", "Translation", f"Up to {MOST_WORDS} words count; capitals make a difference.")
    _field(state, "reference", "Translation by a person", f"Up to {MOST_WORDS} words count.")
    candidate, reference = state.candidate.split()[:MOST_WORDS], state.reference.split()[:MOST_WORDS]
    if not candidate or not reference:
        st.info("Type a sentence into both fields.", icon=":material/info:")
        return
    show_bleu(
        candidate,
        reference,
        "word",
        caption="Without smoothing BLEU is 0 as soon as one of the four finds nothing: it is made for whole texts. "
        "torchmetrics and this page do so; NLTK gives a number next to 0 with a warning; sacrebleu smooths and writes "
        "0 to 100. All cut a text into words in their own way, so name the tool beside the number.",
    )
