"""How networks that translate are scored: by names that are found again, on numbers not learnt from."""

import pytest
import torch

from core.data.text.translation import PAIRS, part_of
from core.inspection.translation.scores import BEAM_NAME, LENGTHS, LONGER, OTHERWISE, bleu_name, length_name, pair_name
from core.models.text.translation import translator
from core.shipping import translation
from core.shipping.build import TRAININGS


def test_a_card_has_every_score_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "MEASURED", 24)
    monkeypatch.setattr(translation, "_EACH", 12)
    with torch.random.fork_rng(devices=[]):
        network = translator("gru", 16).eval()
    results = TRAININGS["translate-gru"].score(network)
    names = [score.data for score in results["also"]]
    assert set(names) == {
        *map(length_name, (*LENGTHS, *LONGER)), *(pair_name(*pair) for pair in PAIRS), OTHERWISE, BEAM_NAME,
    } and len(set(names)) == len(names)  # fmt: skip
    assert results["test"].cases == 24
    assert set(results["figures"]) == {bleu_name(digits) for digits in (*LENGTHS, *LONGER)}


def test_what_is_measured_on_was_kept_apart() -> None:
    numbers = translation.any_numbers(300, 1)
    assert all(part_of(number) == "test" and 100 <= number <= 999_999 for number in numbers)
    assert sum(number > 99_999 for number in numbers) > 240  # all are equally likely, so most have six digits
