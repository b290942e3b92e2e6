"""Words that get attention have a ground and a number; text of a person is text."""

from core.figures.attended import attended
from tests.support.blanks import spaced


def test_the_stronger_the_share_the_stronger_the_ground() -> None:
    shown = attended(["Italy", "is", "<b>"], [0.9, 0.04, 0.06], "#E69F00", 'a "story"')
    assert "rgba(230,159,0,0.675)" in shown and "rgba(230,159,0,0.030)" in shown
    assert "Italy <small>90 %</small>" in spaced(shown) and "is</span>" in shown
    assert "<b>" not in shown and "&lt;b&gt;" in shown
    assert 'aria-label="a &quot;story&quot;"' in shown
