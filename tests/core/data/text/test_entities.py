"""Names in sentences: tags, whole names counted by hand, shapes of words, any text at all."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.sources import NotHere, folder_of
from core.data.text import entities
from core.data.text.entities import (
    IGNORED,
    OTHER,
    PERSON,
    PLACE,
    Found,
    Span,
    Tagged,
    count_found,
    encode_tags,
    encode_tokens,
    post_token,
    read_conll,
    runs_of,
    shape_of,
)
from core.data.text.tokens import read_text
from core.data.text.vocabulary import MOST_PIECES, Vocabulary

SMALL = Vocabulary(("street", "is", "closed"))
CONLL = (
    "Ann\tB-person\nLee\tI-person\nleft\tO\nNew\tB-location\nYork\tI-location\n\t\n"
    "@someone\tO\nBob\tB-person\nTim\tB-person\nAcme\tB-corporation\nParis\tI-location\n\n"
)


def test_tags_of_published_sentences_by_hand():
    first, second = read_conll(CONLL)
    assert first.spans == (Span(0, 2, PERSON), Span(3, 5, PLACE))
    assert first.tags == (PERSON, PERSON, OTHER, PLACE, PLACE)
    assert second.spans == (Span(1, 2, PERSON), Span(2, 3, PERSON), Span(4, 5, PLACE))
    assert second.tags == (OTHER, PERSON, PERSON, OTHER, PLACE)  # a corporation is another word
    assert [token.word for token in second.tokens] == ["@", "bob", "tim", "acme", "paris"]


@pytest.mark.parametrize("text", ["Ann B-person", "Ann\tX-person", "Ann\tO\tO"])
def test_other_lines_are_refused(text):
    with pytest.raises(ValueError, match="word and its tag"):
        read_conll(text)


def test_accounts_and_links_are_read_as_signs():
    assert post_token("@someone").word == "@"
    assert post_token("https://example.org/a?b").word == "http"
    assert post_token("&lt;").word == "<"
    assert post_token("Street").word == "street"


def test_whole_names_are_counted_by_hand():
    there = [(Span(0, 2, PERSON), Span(3, 4, PLACE)), (Span(0, 1, PERSON),), ()]
    said = [(Span(0, 1, PERSON), Span(3, 4, PLACE)), (Span(0, 1, PLACE),), (Span(2, 3, PLACE),)]
    found = count_found(there, said)
    assert found == Found(right=1, found=4, there=3)
    assert (found.precision, found.recall) == (1 / 4, 1 / 3)
    assert found.f1 == pytest.approx(2 * (1 / 4) * (1 / 3) / (1 / 4 + 1 / 3))
    assert count_found(there, said, (PERSON,)) == Found(0, 1, 2)
    assert count_found(there, there).f1 == 1
    assert (count_found([], []).f1, Found(0, 0, 0).precision, Found(0, 0, 0).recall) == (0, 0, 0)


@given(st.lists(st.sampled_from((OTHER, PERSON, PLACE))))
def test_names_in_a_row_give_back_their_tags(tags):
    spans = runs_of(tags)
    tokens = read_text("a " * len(tags)).tokens
    assert Tagged(tokens, spans).tags == tuple(tags)
    assert all(one.stop < two.first or one.tag != two.tag for one, two in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "shape"),
    [("street", 1), ("Street", 2), ("McCoy", 2), ("A", 2), ("USA", 3), ("iPhone", 4), ("B2", 5), ("!", 6), ("東京", 1)],
)
def test_shapes(text, shape):
    assert shape_of(text) == shape


@given(st.text(max_size=60))
def test_any_text_can_be_encoded(text):
    tokens = read_text(text).tokens
    pieces = encode_tokens(SMALL, [tokens])
    assert pieces.shape == (1, max(1, len(tokens)), MOST_PIECES + 1)
    assert ((pieces[0, : len(tokens), -1] > 0) & (pieces[0, : len(tokens), -1] < len(entities.SHAPES))).all()


def test_pieces_and_tags_by_hand():
    first = Tagged(read_text("Elm Street is closed").tokens, (Span(0, 2, PLACE),))
    second = Tagged(read_text("Closed!").tokens, ())
    pieces = encode_tokens(SMALL, [first.tokens, second.tokens])
    assert pieces[0, 1:, 0].tolist() == [2, 3, 4]
    assert pieces[0, 0, 0] == 1  # unknown
    assert pieces[..., -1].tolist() == [[2, 2, 1, 1], [2, 6, 0, 0]]
    assert encode_tags([first, second]).tolist() == [[2, 2, 0, 0], [0, 0, IGNORED, IGNORED]]
    strange = encode_tokens(SMALL, [second.tokens], as_unknown=True)
    assert strange[0, 0, 0] == 1
    assert np.array_equal(strange[..., -1], pieces[1:, :2, -1])


def test_without_the_posts_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(entities, "folder_of", lambda name: None)
    entities.posts.cache_clear()
    with pytest.raises(NotHere, match="not been downloaded"):
        entities.posts("test")
    (tmp_path / entities.FILES["test"]).write_text("nonsense", encoding="utf-8")
    monkeypatch.setattr(entities, "folder_of", lambda name: tmp_path)
    with pytest.raises(NotHere, match="cannot be read"):
        entities.posts("test")


@pytest.mark.skipif(folder_of("wnut17") is None, reason="WNUT 2017 is not here")
def test_the_published_posts_are_read_whole():
    sizes = {"train": (3394, 660, 548), "dev": (1009, 470, 74), "test": (1287, 429, 150)}
    for part, (sentences, persons, places) in sizes.items():
        found = entities.posts(part)
        counts = [sum(span.tag == tag for one in found for span in one.spans) for tag in (PERSON, PLACE)]
        assert (len(found), counts) == (sentences, [persons, places])
