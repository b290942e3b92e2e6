"""ABC notation: lengths and bars by hand, held against abcjs where Node is there, and any text at all."""

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.sources import folder_of
from core.data.tunes.collection import ALPHABET, NAME, part
from core.data.tunes.notation import MOST_CHARACTERS, BadTune, parse_tune

NODE = shutil.which("node")
ROOT = Path(__file__).parents[4]
HEAD = "M:4/4\nL:1/4\nK:G\n"
JIG = (
    'X:1\nT:A jig\n% remark\nM:6/8\nL:1/8\nK:D\nA|:"D"d2f Fdd|"A7"(3ABc d>e fg|[1"D"d3 d2A:|[2 d6||\n'
    "[K:G]G/2A/2|B,3 [Gd]3|{g}^f=f_e z3|d'2-d'4:|\n"
)


def lengths(music: str, head: str = HEAD) -> list[Fraction]:
    return [bar.length for bar in parse_tune(head + music).bars]


@pytest.mark.parametrize(
    ("music", "quarters"),
    [
        ("G", 1),
        ("G2", 2),
        ("G3/2", Fraction(3, 2)),
        ("G/2", Fraction(1, 2)),
        ("G/", Fraction(1, 2)),
        ("G//", Fraction(1, 4)),
        ("G>A", 2),
        ("G3<A", 3),
        ("(3GAB", 2),
        ("(3G/A/B/", 1),
        ("(3:2:2GA", Fraction(4, 3)),
        ("[GBd]2", 2),
        ("[G2B2]", 2),
        ('"G7"^g,', 1),
        ("{ga}b z", 2),
        ("!fermata!G .A ~B", 3),
    ],
)
def test_lengths_by_hand(music: str, quarters: Fraction | int) -> None:
    assert lengths(music + "|") == [Fraction(quarters) / 4]


def test_broken_rhythm_moves_time_from_one_note_to_the_other() -> None:
    assert lengths("G>A|B<c|") == [Fraction(1, 2)] * 2
    assert lengths("G>|A|") == [Fraction(3, 8), Fraction(1, 8)]


def test_without_a_unit_short_bars_count_sixteenths() -> None:
    assert lengths("G|", "M:2/4\nK:C\n") == [Fraction(1, 16)]
    assert lengths("G|", "M:3/4\nK:C\n") == [Fraction(1, 8)]


def test_a_tune_with_upbeat_and_endings_adds_up() -> None:
    tune = parse_tune(JIG)
    assert (tune.title, tune.metre, tune.key) == ("A jig", "6/8", "D")
    assert [str(bar.length) for bar in tune.bars] == ["1/8", "3/4", "3/4", "3/4", "3/4", "1/8", "3/4", "3/4", "3/4"]
    assert tune.adds_up and tune.notes == 26


def test_a_bar_that_is_too_long_or_too_short_is_found() -> None:
    tune = parse_tune(HEAD + "D|GABc|GABcd|GA|GABc||")
    assert tune.wrong == (3, 4)
    assert [bar.adds_up for bar in tune.bars] == [True, True, False, False, True]
    assert tune.bars[2].place == len(HEAD + "D|GABc|")


def test_a_short_bar_is_right_beside_a_repeat_sign_alone() -> None:
    assert parse_tune(HEAD + "|:GABc|GABc|GABc|GAB:|").adds_up
    assert not parse_tune(HEAD + "|:GABc|GAB|GABc|GABc:|").adds_up
    assert not parse_tune(HEAD + "|:GABc|GABc|GABc|GABcd:|").adds_up


def test_the_metre_may_change() -> None:
    assert parse_tune(HEAD + "GABc|GABc|\nM:3/4\nGAB|GAB|").adds_up


@pytest.mark.parametrize(
    "music",
    [
        "G4A4 & B,8|G8|A8|B8|]",
        "Z2|G8|X|B8|]",
        "G8y2|A8 y|B8|c8$|]",
        '|:G8|A8|["1st time"B8:|["2." c8|]',
        "[V:1]G8|A8|B8|c8|]\n[V:2]G,6|A,8|B,8|",
        "V:1\nG8|A8|\nV:2\nG,8|\nV:1\nB8|c8|]",
    ],
)
def test_overlays_voices_and_rests_of_whole_bars_add_up(music: str) -> None:
    tune = parse_tune(f"M:4/4\nL:1/8\nK:G\n{music}")
    assert tune.adds_up and tune.voices == 1 + ("V:2" in music)
    assert parse_tune(f"M:(2+2+3)/8\nK:G\n{'G7|' * 4}").adds_up


def test_three_bars_are_no_tune_that_adds_up() -> None:
    assert not parse_tune(HEAD + "GABc|GABc|GABc|").adds_up


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "needs a line with its key"),
        ("M:4/4\nL:1/8\n", "needs a line with its key"),
        ("abc|", "Music comes after the line with the key"),
        (HEAD, "no note"),
        (HEAD + "z4|", "no note"),
        (HEAD + "GAB?|", "“?” is not a sign of ABC"),
        (HEAD + "G0|", "not the length of a note"),
        (HEAD + "G/0|", "not the length of a note"),
        (HEAD + ">G|", "between two notes"),
        ("M:4/0\nK:C\nG|", "not a metre"),
        ("M:x\nK:C\nG|", "not a metre"),
        ("L:2\nK:C\nG|", "not a unit of length"),
        ("K:Q\nG|", "not a key"),
        ("K:\nG|", "not a key"),
        (HEAD + "G" * MOST_CHARACTERS, "not read"),
    ],
)
def test_what_is_no_tune_is_told_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(BadTune, match=reason.replace("?", r"\?")):
        parse_tune(text)


@given(st.text(max_size=200) | st.text(ALPHABET, max_size=300).map(HEAD.__add__))
def test_any_text_is_a_tune_or_a_sentence(text: str) -> None:
    try:
        tune = parse_tune(text)
    except BadTune as problem:
        assert str(problem).endswith((".", "”."))
    else:
        assert tune.notes and tune.bars and all(bar.length > 0 for bar in tune.bars)


@pytest.mark.skipif(NODE is None, reason="abcjs needs Node")
def test_bars_are_those_of_abcjs() -> None:
    tunes = [JIG, HEAD + "D|G>A B<c|(3GAB (3c/d/e/ f|[GB]2 z2|G//A//B/ c3|]"]
    tunes += part("test") if folder_of(NAME) else ()
    script = ROOT / "tests" / "javascript" / "abc_bars.js"
    done = subprocess.run([str(NODE), str(script)], input=json.dumps(tunes), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for text, found in zip(tunes, json.loads(done.stdout), strict=True):
        tune = parse_tune(text)
        assert [float(bar.length) for bar in tune.bars] == pytest.approx(found["bars"], abs=1e-4), text
        assert tune.notes == found["notes"]
