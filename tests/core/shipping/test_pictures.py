from PIL import Image

from core.shipping.pictures import CARD, CARD_VIEWS, CARDS, SCREENSHOTS
from core.ui.page_registry import PAGES, START


def test_every_page_but_the_first_has_a_small_picture_in_both_themes() -> None:
    assert set(CARD_VIEWS) == set(PAGES) - {START}
    for name in CARD_VIEWS:
        brightness = {}
        for scheme in ("light", "dark"):
            path = CARDS / f"{name}-{scheme}.webp"
            assert path.stat().st_size <= 20_000, path.name
            with Image.open(path) as picture:
                assert picture.size == CARD
                histogram = picture.convert("L").histogram()
            brightness[scheme] = sum(value * count for value, count in enumerate(histogram)) / sum(histogram)
        assert brightness["dark"] < brightness["light"], name


def test_there_is_no_picture_that_nobody_shows() -> None:
    assert {path.stem.rpartition("-")[0] for path in CARDS.iterdir()} == set(CARD_VIEWS)
    assert sum(path.stat().st_size for path in SCREENSHOTS.iterdir()) <= 1_200_000
