"""The collection of folk tunes: one form, no tune in two parts, batches of whole tunes; and what people type."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.data.sources import NotHere, folder_of
from core.data.text.letter_batches import IGNORED
from core.data.tunes import collection
from core.data.tunes.batches import tune_batches, tune_rows
from core.data.tunes.beginnings import MOST_READ, as_file, first_tune, read_beginning
from core.data.tunes.collection import ALPHABET, END, LONGEST, NAME, PARTS, decode, encode, part, plain_tune, tunes
from core.data.tunes.notation import MOST_CHARACTERS, parse_tune

here = pytest.mark.skipif(folder_of(NAME) is None, reason="the collection is not here")

WRITTEN = (
    '\nT:A tune\n% Nottingham Music Database\nS:somebody\nM:4/4\nK:D\nM:6/8\nP:A\n!segno! A|"D"d2f  fdf|\\\n'
    '"G"g3 b3| [1"A7"a3 a2A:|\n [2"D"d6||\n'
)
PLAIN = 'M:6/8\nL:1/8\nK:D\nA|"D"d2f fdf|"G"g3 b3|1"A7"a3 a2A:|\n[2"D"d6||\n\n'


def test_every_letter_has_a_number() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 49
    assert decode(encode(ALPHABET)) == ALPHABET


def test_a_tune_is_kept_without_titles_and_remarks() -> None:
    assert plain_tune(WRITTEN) == PLAIN


@pytest.mark.parametrize("written", ["", "\nT:x\nM:4/4\n", WRITTEN.replace("d6", "d6?"), WRITTEN + "d6|" * LONGEST])
def test_what_is_no_tune_is_left_out(written: str) -> None:
    assert plain_tune(written) is None


def test_a_missing_collection_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "folder_of", lambda name: None)
    tunes.cache_clear()
    with pytest.raises(NotHere, match="not here"):
        tunes()


@here
def test_no_tune_is_in_two_parts() -> None:
    tunes.cache_clear()
    parts = {name: part(name) for name in PARTS}
    assert sum(map(len, parts.values())) == len(tunes()) == len(set(tunes())) > 900
    assert {len(some) for some in parts.values()} == {804, 100, 101}
    notes = [collection._notes_of(tune) for tune in tunes()]
    assert len(set(notes)) == len(notes)
    assert all(tune.endswith(END) and len(tune) <= LONGEST for tune in tunes())


def test_a_batch_reads_from_the_beginning_and_is_filled_up() -> None:
    batches, steps = tune_batches(["ab\n\n", "c\n\n", "dd\n\n"], 2)
    assert steps == 1
    (read, wanted), *more = batches(torch.Generator().manual_seed(0))
    assert not more and read.shape == wanted.shape
    for row, target in zip(read, wanted, strict=True):
        kept = target[target != IGNORED]
        assert decode(kept.numpy()).endswith(END)
        assert torch.equal(row[: len(kept)], torch.cat([torch.tensor([collection.START]), kept[:-1]]))


def test_tunes_that_are_only_looked_at_come_once_each() -> None:
    tunes = ["ab\n\n", "c\n\n", "dd\n\n", "abc|\n\n", "a\n\n"]
    batches = tune_rows(tunes, batch_size=2)
    assert [len(wanted) for _, wanted in batches] == [2, 2, 1]
    seen = [decode(row[row != IGNORED].numpy()) for _, wanted in batches for row in wanted]
    assert sorted(seen) == sorted(tunes)


def test_a_beginning_is_brought_into_the_form_that_networks_know() -> None:
    begun = read_beginning("X:3\nT:My tune\nR:jig\nK:D\nM:6/8\n%%staffwidth 1\nd2 f  !trill!f\\\ng\u00e9|")
    assert begun.title == "My tune"
    assert begun.letters == "M:6/8\nL:1/8\nK:D\nd2 f fg|"
    assert begun.dropped == ("\u00e9",) and not begun.cut


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("", ""),
        ("M:3/4\n", "M:3/4\n"),
        ("M:3/4\nL:1/4", "M:3/4\nL:1/4\n"),
        ("K:D", ""),
        ("abc", "M:4/4\nL:1/8\nK:C\nabc"),
        ("K:D\nabc|\nM:2/4\ncd", "M:4/4\nL:1/8\nK:D\nabc|\nM:2/4\ncd"),
        ("M:2/4\nK:C\nABcd efga|", "M:2/4\nL:1/16\nK:C\nABcd efga|"),  # by the standard
        ("M:6/8\nK:D\n{g}A3 {ab}x2[P:A]e|", "M:6/8\nL:1/8\nK:D\nA3 z2e|"),  # grace notes take no time
        ("K: Gmajor\nabc|[K:Edor]d", "M:4/4\nL:1/8\nK:G\nabc|[K:D]d"),
        ("M:none\nK:none\nabc", "M:4/4\nL:1/8\nK:C\nabc"),
    ],
)
def test_what_is_missing_comes_first(typed: str, letters: str) -> None:
    assert read_beginning(typed).letters == letters


@pytest.mark.parametrize(
    ("written", "read", "told"),
    [
        ("Gmaj", "G", False),
        ("E minor", "Em", False),
        ("Edorian", "D", True),
        ("AMix", "D", True),
        ("Dphr", "Bb", True),
        ("Flyd", "C", True),
        ("Bloc", "C", True),
        ("HP", "D", True),
        ("C clef=treble", "C", False),
        ("F#m", "F#m", False),
    ],
)
def test_keys_are_read_as_the_networks_know_them(written: str, read: str, told: bool) -> None:
    begun = read_beginning(f"K:{written}\nabc|")
    assert begun.letters == f"M:4/4\nL:1/8\nK:{read}\nabc|" and parse_tune(begun.letters).key == read
    assert begun.instead == (((f"K:{written}", f"K:{read}"),) if told else ())


def test_a_saved_tune_has_one_number_its_own_title_and_a_key() -> None:
    assert as_file("X:5\nM:6/8\nT:Mine\nK:D\nabc|\n") == "X:1\nT:Mine\nM:6/8\nK:D\nabc|\n"
    assert as_file("abc|") == "X:1\nT:A tune\nK:C\nabc|\n"
    assert as_file("") == "X:1\nT:A tune\nK:C\n"


def test_of_a_file_the_first_tune_is_taken() -> None:
    book = "X:1\r\nT:One\r\nK:C\r\nabc|\r\n\r\nX:2\r\nT:Two\r\nK:C\r\ndef|\r\n"
    assert first_tune(book) == "X:1\nT:One\nK:C\nabc|"
    assert first_tune("%%abc\n\n\nK:C\n%\nabc|\nX:2\nK:C\nd|") == "K:C\nabc|"


_HEAD = "X:1\nT:t\nM:4/4\nL:1/8\nK:G\n"
_READ = "M:4/4\nL:1/8\nK:G\n"


@pytest.mark.parametrize(
    ("typed", "letters", "dropped"),
    [
        ("G4 A4 & B,8|G8|", "G4 A4 |G8|", ("&",)),
        ("{g}G2{/ab}A2|", "G2A2|", ("{", "}")),
        ("Z2|G8|X|", "z8|z8|G8|z8|", ()),
        ("G8y2|A8 y|", "G8|A8 |", ()),
        ('"^above"G8|"Am"A8|', 'G8|"Am"A8|', ()),
        ('|:G8|["1st time"A8:|["2."B8|]', "|:G8|[1A8:|[2B8|]", ()),
        ("+trill+G8$|!A8*|", "G8|A8|", ()),
        ("G8|\nw:la la~la\nA8|\nW:a whole verse\n", "G8|\nA8|", ()),
    ],
)
def test_what_networks_do_not_know_goes_as_a_whole(typed: str, letters: str, dropped: tuple[str, ...]) -> None:
    begun = read_beginning(_HEAD + typed)
    assert (begun.letters, begun.dropped) == (_READ + letters, dropped)


@pytest.mark.parametrize(
    "music",
    [
        "V:1\nG8|\nA8|\nV:2 clef=bass\nG,8|A,8|",
        "[V:1]G8|\n[V:2]G,8|\n[V:1]A8|\n[V:2]A,8|",
        "[V:1]G8|[V:2]G,8|[V:1]A8|[V:2]A,8|",
    ],
)
def test_of_several_voices_the_first_is_read(music: str) -> None:
    begun = read_beginning(_HEAD.replace("K:G", "V:1 name=up\nV:2 clef=bass\nK:G") + music)
    assert "".join(begun.letters.split()) == "".join((_READ + "G8|A8|").split()) and begun.voices == 2
    assert read_beginning(_HEAD + "G8|").voices == 1


def test_a_metre_may_be_a_sum() -> None:
    begun = read_beginning(_HEAD.replace("4/4", "(2+2+3)/8") + "G7|")
    assert begun.letters.startswith("M:7/8\n") and ("M:(2+2+3)/8", "M:7/8") in begun.instead


def test_what_stands_above_the_first_tune_of_a_file_is_none() -> None:
    tune = first_tune("Tunes of a village\nby somebody\n\nM:6/8\n\nX:1\nT:Own\nK:G\nG6|")
    assert tune == "X:1\nM:6/8\nT:Own\nK:G\nG6|"
    assert first_tune("K:G\nG6|\nX:2\nK:D\nd6|") == "K:G\nG6|"


def test_a_long_beginning_is_cut() -> None:
    begun = read_beginning("K:C\n" + "abc|" * 400)
    assert len(begun.letters) == MOST_READ and begun.cut


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    begun = read_beginning(text)
    assert set(begun.letters) <= set(ALPHABET) and len(begun.letters) <= MOST_READ
    shown = first_tune(text)
    assert len(shown) <= MOST_CHARACTERS and "%" not in shown
