"""The page of all shipped networks is what the cards say."""

from core.models.shipped import ARCHITECTURES, card
from core.shipping.models_page import FILE, models_page


def test_the_page_is_up_to_date() -> None:
    assert FILE.read_text("utf-8") == models_page(), "write it again: python -m core.shipping models-page"


def test_every_network_has_its_scores_on_it() -> None:
    page = models_page()
    for name in ARCHITECTURES:
        section = page.split(f"### `{name}`\n")[1].split("### ")[0]
        about = card(name)
        for score in (about.test, *about.also):
            assert f"{score.correct:,} of {score.cases:,}" in section
        assert f"{about.parameters:,} parameters" in section
