"""What the strips are told, and what is accepted from them."""

import base64
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures.palette import DIVERGING, PAPER, index_signed
from core.ui.components.strips import strips as module
from core.ui.components.strips.strips import Bars, Chosen, Heat, Line, Word, read_chosen, read_span, strips

WORDS = [Word("a"), Word("<b>"), Word("qux", known=False)]
HEAT = Heat("Hidden", np.array([[0, 0.5, -1], [2, -0.1234, np.nan]]), "signed", 1.0, name="hidden")

SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.integers(-2, 4)
ANYTHING = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries({"row": inner, "track": inner | st.just("hidden"), "word": inner})
    ),
    max_leaves=6,
)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    given: dict[str, Any] = {}
    monkeypatch.setattr(module, "_show", lambda **arguments: given.update(arguments))
    return given


def send(monkeypatch: pytest.MonkeyPatch, drawn: dict[str, Any], name: str, sent: object) -> None:
    monkeypatch.setattr(module.st, "session_state", {"k": SimpleNamespace(**{name: sent})})
    drawn[f"on_{name}_change"]()


def test_colours_are_the_houses_and_numbers_are_exact(drawn: dict[str, Any]) -> None:
    strips(WORDS, [HEAT], key="k", describe="d")
    data = json.loads(json.dumps(drawn["data"], allow_nan=False))
    assert data["words"] == ["a", "<b>", "qux"] and data["unknown"] == [2]
    (track,) = data["tracks"]
    places = np.frombuffer(base64.b64decode(track["places"]), np.uint8).reshape(2, 3)
    assert np.array_equal(places[:, :2], index_signed(HEAT.values[:, :2].astype(np.float32), 1.0))
    assert places[1, 2] == PAPER
    numbers = np.frombuffer(base64.b64decode(track["numbers"]), "<i2").reshape(2, 3)
    assert numbers.tolist() == [[0, 500, -1000], [2000, -123, -32768]]
    assert track["decimals"] == 3
    assert base64.b64decode(data["palettes"]["signed"]) == DIVERGING.tobytes()
    assert list(data["palettes"]) == ["signed"]
    assert not data["choosing"] and not data["marking"]


def test_large_numbers_keep_fewer_decimals() -> None:
    for largest, decimals in [(32.7, 3), (32.8, 2), (400.0, 1), (9000.0, 0), (1e9, 0)]:
        found, whole = module._shortened(np.array([[largest, -largest]]))
        assert found == decimals
        assert np.allclose(whole / 10**found, np.clip([[largest, -largest]], -32767, 32767), atol=0.5 / 10**found)


def test_bars_and_lines(drawn: dict[str, Any]) -> None:
    bars = [Bars("up", np.array([0.1, 2, 0]), 1.0), Bars("both", np.array([0.1, -2, np.nan]), 1.0, "%")]
    strips(WORDS, [*bars, Line("p", np.array([0.1, 0.5, 0.9]), "no", "yes")], key="k", describe="d")
    up, both, line = drawn["data"]["tracks"]
    assert (up["signed"], both["signed"], both["unit"]) == (False, True, "%")
    assert both["values"] == [0.1, -2.0, None]
    assert (line["low"], line["high"], line["values"]) == ("no", "yes", [0.1, 0.5, 0.9])


@pytest.mark.parametrize("kind", ["signed", "unit"])
def test_a_network_that_has_gone_wrong_still_makes_a_picture(drawn: dict[str, Any], kind: Any) -> None:
    wrong = np.array([[np.nan, np.inf, -1e300]])
    for limit in (1.0, 0.0, np.nan, np.inf):
        strips(WORDS, [Heat("h", wrong, kind, limit, name="h"), Bars("b", wrong[0], limit)], key="k", describe="d")
        json.dumps(drawn["data"], allow_nan=False)


def test_no_words_at_all(drawn: dict[str, Any]) -> None:
    strips([], [Heat("Hidden", np.zeros((4, 0)), "unit", name="h")], key="k", describe="d", empty="Type a sentence.")
    assert drawn["data"]["empty"] == "Type a sentence."
    assert drawn["data"]["tracks"][0]["rows"] == 4


def test_every_track_has_a_column_a_word() -> None:
    with pytest.raises(ValueError, match="Hidden"):
        strips(WORDS[:2], [HEAT], key="k", describe="d")
    with pytest.raises(ValueError, match="flat"):
        strips(WORDS, [Heat("flat", np.zeros(3), "unit", name="h")], key="k", describe="d")


def test_a_cell_on_show_reaches_the_page(monkeypatch: pytest.MonkeyPatch, drawn: dict[str, Any]) -> None:
    told: list[Chosen] = []
    strips(WORDS, [HEAT], key="k", describe="d")
    send(monkeypatch, drawn, "chosen", {"row": 1, "track": "hidden", "word": 2})  # nobody listens
    strips(WORDS, [HEAT], key="k", on_choose=told.append, describe="d")
    send(monkeypatch, drawn, "chosen", {"row": 1, "track": "hidden", "word": 2})
    send(monkeypatch, drawn, "chosen", {"row": None, "track": None, "word": 0})
    for row, track, word in [
        (2, "hidden", 0),
        (0, "other", 0),
        (0, "hidden", 3),
        (True, "hidden", 0),
        (None, "hidden", 0),
    ]:
        send(monkeypatch, drawn, "chosen", {"row": row, "track": track, "word": word})
    assert told == [Chosen(1, "hidden", 2), Chosen(None, None, 0)]


def test_marked_words_reach_the_page(monkeypatch: pytest.MonkeyPatch, drawn: dict[str, Any]) -> None:
    told: list[tuple[int, int] | None] = []
    strips(WORDS, [HEAT], key="k", span=(0, 1), on_span=told.append, describe="d")
    for sent in ([1, 3], "nothing", [0, 4], [2, 2], [-1, 2], ["0", 1], "01", None, [True, 2]):
        send(monkeypatch, drawn, "marked", sent)
    assert told == [(1, 3), None]
    assert drawn["data"]["span"] == [0, 1]


@given(ANYTHING)
def test_whatever_arrives_is_a_cell_on_show_or_nothing(sent: object) -> None:
    chosen = read_chosen(sent, {"hidden": 2}, 3)
    if chosen is not None:
        assert type(chosen.word) is int and 0 <= chosen.word < 3
        assert (chosen.row, chosen.track) == (None, None) or (chosen.row in (0, 1) and chosen.track == "hidden")
        assert type(chosen.row) in (int, type(None))
    span = read_span(sent, 3)
    if span is not None:
        assert 0 <= span[0] < span[1] <= 3
        assert {type(number) for number in span} == {int}
