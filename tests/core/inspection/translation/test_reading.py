"""The networks that come with the app: what they write, what they say of it, and what is asked of them."""

import numpy as np
import pytest

from core import api
from core.data.text.number_words import LANGUAGES, cut_bare, spell
from core.data.text.translation import draw_numbers
from core.inspection.translation.reading import END_SIGN, search, translate_pieces
from core.inspection.translation.scores import LENGTHS, LONGER, bleu_name, length_name, score_named, translator_card
from core.models.text.translation import TITLES, TranslatorKind

APART = draw_numbers(40, 5, part="test")


@pytest.mark.parametrize("kind", ["gru-attention", "transformer"])
def test_with_attention_numbers_kept_apart_are_right_to_the_letter(kind: TranslatorKind) -> None:
    assert translator_card(kind).test.accuracy >= 0.99
    assert all(score_named(translator_card(kind), length_name(digits)).accuracy >= 0.99 for digits in LENGTHS)
    pairs = [
        (APART[place], *pair) for place, pair in enumerate([("en", "de"), ("de", "fr"), ("fr", "es"), ("es", "en")])
    ]
    for number, source, target in pairs:
        found = translate_pieces(kind, cut_bare(spell(number, source), source), target)
        assert (found.text, found.number, found.ended) == (spell(number, target), number, True)


@pytest.mark.parametrize("kind", TITLES)
def test_cards_say_how_longer_numbers_go(kind: TranslatorKind) -> None:
    card = translator_card(kind)
    assert card.parameters <= 1_000_000
    for digits in (*LENGTHS, *LONGER):
        assert score_named(card, length_name(digits)).cases > 0 and 0 <= card.figures[bleu_name(digits)] <= 1


@pytest.mark.parametrize("kind", TITLES)
def test_what_a_network_says_of_its_translation_fits_together(kind: TranslatorKind) -> None:
    pieces = cut_bare("ninety-seven thousand two hundred", "en")
    found = translate_pieces(kind, pieces, "fr")
    assert found.pieces[-1] == END_SIGN and len(found.candidates) == len(found.pieces)
    chances = [candidates[0].probability for candidates in found.candidates]
    assert [candidates[0].text for candidates in found.candidates] == list(found.pieces)
    assert np.prod(chances) == pytest.approx(found.probability, rel=1e-3)
    assert set(found.looks) == {"gru": set(), "gru-attention": {"across"}}.get(kind, {"across", "reading", "writing"})
    for look in found.looks.values():
        assert look.weights.shape[2:] == (len(look.rows), len(look.columns))
        np.testing.assert_allclose(look.weights.sum(-1), 1, rtol=1e-4)
    beams = search(kind, pieces, "fr", 4)
    assert beams[0].probability >= found.probability * 0.999 and len({beam.text for beam in beams}) == len(beams)


def test_the_alignment_finds_the_word_that_is_translated() -> None:
    found = translate_pieces("gru-attention", cut_bare("seventy thousand", "en"), "fr")
    look = found.looks["across"]
    assert found.text == "soixante-dix mille"
    assert look.columns[look.weights[0, 0, look.rows.index("soixante")].argmax()] == "seventy"


@pytest.mark.parametrize("source", LANGUAGES)
def test_python_translates(source: str) -> None:
    for target in LANGUAGES:
        if target != source:
            assert api.translate(spell(97_200, source), source, target) == spell(97_200, target)
            assert api.translate("97,200", source, target) == spell(97_200, target)


@pytest.mark.parametrize(
    ("text", "source", "target", "sentence"),
    [
        ("one", "en", "it", "There is no language 'it'. There are en, fr, de, es."),
        ("one", ["en"], "fr", "There is no language"),
        ("one", "en", "en", "Source and target are both 'en'"),
        ("", "en", "fr", "no number in this text"),
        ("one" * 10_000, "en", "fr", "300 characters"),
        ("un", "en", "fr", "All of this is French"),
    ],
)
def test_python_is_refused_in_a_sentence(text, source, target, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        api.translate(text, source, target)
    with pytest.raises(TypeError, match="is a text"):
        api.translate(7, "en", "fr")
