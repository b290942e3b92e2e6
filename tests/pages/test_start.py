import re

from core.ui.page_registry import PAGES
from tests.support.apps import html_of, open_page


def test_a_digit_is_read_and_every_page_is_linked() -> None:
    app = open_page()
    assert 'class="answer">7<' in html_of(app, "prediction")
    links = [link.proto.page for link in app.get_by_key("page-cards").get("page_link")]
    assert links == [entry.url_path for entry in PAGES.values() if entry.url_path]
    table = "".join(text.value for text in app.main.markdown)
    for word in ("MLP", "CNN", "RNN", "Key operation", "Limit", "Choose it when"):
        assert word in table


def test_the_address_chooses_the_sample() -> None:
    assert "The true label is 3" in html_of(open_page(digit="3"), "prediction")


def test_no_picture_of_a_card_is_fetched_before_the_style_says_which() -> None:
    parts = open_page("start").get_by_key("page-cards").get("html")
    pictures = [tag for part in parts for tag in re.findall("<img[^>]*>", part.proto.body)]
    assert len(pictures) == 2 * (len(PAGES) - 1)
    assert all(re.search(r"\shidden>", tag) for tag in pictures)
