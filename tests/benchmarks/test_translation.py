"""How long three translations and a beam search take."""

import time

import numpy as np
import pytest

from core.data.text.number_words import cut_bare, spell
from core.inspection.translation.reading import search, translate_with, translator_named
from core.models.text.translation import TITLES

pytestmark = pytest.mark.benchmark


def test_the_python_part_of_three_long_translations_takes_at_most_150_ms() -> None:
    pieces = cut_bare(spell(777_777_777, "en"), "en")
    networks = {kind: translator_named(kind) for kind in TITLES}
    translated, searched = [], []
    for width in range(1, 21):
        begun = time.process_time()
        for kind, network in networks.items():
            translate_with(network, kind, pieces, "de")
        between = time.process_time()
        search("transformer", pieces, "de", width)
        translated.append(1000 * (between - begun))
        searched.append(1000 * (time.process_time() - between))
    print(
        f"\nthree translations: median {np.median(translated):.0f} ms; beams of 1 to 20: {max(searched):.0f} ms at most"
    )
    assert np.median(translated) <= 150
