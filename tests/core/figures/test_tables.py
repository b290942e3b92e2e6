"""Tables, bars of what is expected, and numbers with signs."""

import pytest

from core.figures.likeliest import likeliest_bars
from core.figures.palette import FAMILY_COLOURS, dash_of, ink_on
from core.figures.signed import signed
from core.figures.tables import bar, swatch, table
from tests.support.blanks import spaced


def test_cells_are_wrapped_unless_they_are_whole():
    html = table(("", '<th class="a">wide</th>'), [("one", '<td title="x">two</td>'), ("three", "four")], strong={1})
    assert '<tr><td></td><th class="a">wide</th></tr>' in html
    assert '<tr><td>one</td><td title="x">two</td></tr>' in html
    assert '<tr class="strong"><td>three</td><td>four</td></tr>' in html
    assert html.count("<table>") == html.count("</table>") == 1


def test_a_head_of_two_lines_stands_as_it_is():
    assert "<table><tr><th colspan=2>a</th></tr><tr><td>1</td></tr></table>" in table(
        ("<tr><th colspan=2>a</th></tr>",), [("1",)], left=True
    )


def test_bars_and_squares_have_the_colour_of_their_network():
    assert bar(0.256, "#0072B2") == '<div class="bar" style="width:25.6%;background:#0072B2"></div>'
    assert "#0072B2" in swatch("#0072B2")


def test_the_longest_bar_is_the_likeliest_and_what_came_is_marked():
    html = spaced(likeliest_bars([("a", 0.5), ("<b>", 0.25), ("c", 0.0001)], "<b>", " (new)"))
    assert "width:75.0%" in html and "width:37.5%" in html
    assert '<div class="name came">&lt;b&gt;</div>' in html and "25.0 % came (new)" in html
    assert "0.010 %" in html and html.count("(new)") == 1
    assert " came" not in likeliest_bars([("a", 0.5)], None).split("</style>")[1]


@pytest.mark.parametrize(
    ("number", "options", "said"),
    [(1.234, {}, "1.23"), (-0.5, {}, "\u22120.50"), (-0.001, {}, "0.00"), (2, {"plus": True, "decimals": 0}, "+2")],
)
def test_signs(number, options, said):
    assert signed(number, **options) == said


def test_ink_is_dark_on_light_colours_and_lines_tell_cells_apart():
    assert ink_on((255, 255, 255)) != ink_on((0, 0, 0)) == "#fff"
    assert {dash_of(name) for name in ("story-rnn", "sentence-gru", "letters-lstm")} == {"dotted", "dashed", "solid"}
    assert dash_of("digit-mlp") != dash_of("digit-gru") == "solid"
    assert dash_of("run-1") not in {dash_of(name) for name in FAMILY_COLOURS}
