import json
import os
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.images import own_sets as own_module
from core.data.images.archives import read_archive
from core.data.images.datasets import is_here, load_images
from core.data.images.own_sets import NotStored, OwnSet, clean, load_own, own_sets, remove_own, rename_own, store_own
from core.data.sources import NotHere
from tests.support.zips import packed, pets


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    return tmp_path / "own"


@pytest.fixture(scope="module")
def cats() -> OwnSet:
    return read_archive(packed(pets(10)))


def test_what_is_stored_is_found_again(shelf: Path, cats: OwnSet) -> None:
    assert own_sets() == []
    identity = store_own(cats, "  My\npets ")
    (card,) = own_sets()
    assert (card.id, card.title, card.classes, card.train, card.test) == (identity, "My pets", ("cats", "dogs"), 16, 4)
    assert is_here(card.name)
    for split, part in (("train", cats.train), ("test", cats.test)):
        loaded = load_images(card.name, split)
        assert np.array_equal(loaded.images, part.images)
        assert np.array_equal(loaded.labels, part.labels)
        assert (loaded.classes, loaded.held_out) == (part.classes, part.held_out)
        assert "My pets" in loaded.source
    assert sorted(path.name for path in shelf.iterdir()) == [f"{identity}.json", f"{identity}.npz"]


def test_the_same_is_kept_once_and_another_title_is_another_set(shelf: Path, cats: OwnSet) -> None:
    first = store_own(cats, "pets")
    assert store_own(cats, "pets ") == first
    assert store_own(cats, "animals") != first
    assert store_own(read_archive(packed(pets(11))), "pets") != first
    assert [card.title for card in own_sets()] == ["animals", "pets", "pets"]


@pytest.mark.parametrize(
    "identity", ["", "0123456789abcdef", "../../etc/passwd", "0123456789ABCDEF", "x" * 16, "a" * 99]
)
def test_what_was_never_stored_is_not_here(shelf: Path, identity: str) -> None:
    assert not is_here(f"own:{identity}")
    with pytest.raises(NotHere, match="no such data set"):
        load_own(identity, "train")


def test_damaged_files_are_said_so(shelf: Path, cats: OwnSet) -> None:
    identity = store_own(cats, "pets")
    arrays, card = shelf / f"{identity}.npz", shelf / f"{identity}.json"
    whole = arrays.read_bytes()
    good = dict(np.load(arrays, allow_pickle=False))
    for damage in (b"", whole[: len(whole) // 2], whole[:60] + b"x" * 40 + whole[100:]):
        arrays.write_bytes(damage)
        with pytest.raises(NotHere, match="'pets' is damaged"):
            load_own(identity, "train")
    lies = [
        {"train_labels": good["train_labels"] + 1},
        {"train_labels": good["train_labels"] - 1},
        {"train_labels": good["train_labels"].astype(float)},
        {"train_images": good["train_images"][:, :20]},
        {"train_images": good["train_images"][:-1]},
        {"train_images": np.array([{}] * 16, dtype=object)},  # would be a pickle
    ]
    for lie in lies:
        np.savez(arrays, **(good | lie))
        with pytest.raises(NotHere, match="'pets' is damaged"):
            load_own(identity, "train")
    arrays.write_bytes(whole)
    assert len(load_own(identity, "train")) == 16
    honest = json.loads(card.read_text())
    for text in ("", "{}", json.dumps(honest | {"id": "0" * 16}), json.dumps(honest | {"classes": ["one"]})):
        card.write_text(text)
        with pytest.raises(NotHere, match="damaged"):
            load_own(identity, "train")
        assert own_sets() == []
    assert store_own(cats, "pets") == identity
    assert len(load_own(identity, "train")) == 16


def test_files_of_others_on_the_shelf_do_no_harm(shelf: Path, cats: OwnSet) -> None:
    store_own(cats, "pets")
    (shelf / "notes.json").write_text("not a card")
    (shelf / f"{'0' * 16}.json").write_text("a card without arrays")
    assert len(own_sets()) == 1


def test_a_full_shelf_and_a_full_disk(shelf: Path, cats: OwnSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_OWN_SETS", "1")
    identity = store_own(cats, "pets")
    with pytest.raises(NotStored, match="keeps at most 1 data set"):
        store_own(cats, "animals")
    assert store_own(cats, "pets") == identity  # what is there already needs no room
    monkeypatch.delenv("PLAYGROUND_OWN_SETS")

    def full(path: str, mode: str) -> object:
        os.close(path)
        return Path("/dev/full").open(mode)

    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    with monkeypatch.context() as patch:
        patch.setattr(own_module.os, "fdopen", full)
        with pytest.raises(NotStored, match="could not be stored: No space left"):
            store_own(cats, "animals")
    assert sorted(path.stem for path in shelf.iterdir()) == [identity] * 2  # nothing half-written


def test_a_home_that_cannot_be_written(shelf: Path, cats: OwnSet) -> None:
    shelf.write_text("a file where a folder should be")
    with pytest.raises(NotStored, match="could not be stored"):
        store_own(cats, "pets")
    assert own_sets() == []


@given(st.text(max_size=80), st.integers(1, 60))
def test_titles_are_one_short_line_of_text(text: str, longest: int) -> None:
    line = clean(text, longest)
    assert 0 < len(line) <= max(longest, len("unnamed"))
    assert line == line.strip()
    assert not any(unicodedata.category(c).startswith("C") for c in line.replace("\u200c", "").replace("\u200d", ""))
    assert len(line.splitlines()) == 1


def test_titles_by_hand() -> None:
    assert clean("**<b>Ka\u0308fer</b>**", 60) == "**<b>Käfer</b>**"  # shown as text, so kept as text
    assert clean("\x00\u202e\u2066", 60) == "unnamed"
    assert clean("a" * 100, 60) == "a" * 60


def test_an_own_set_is_renamed_and_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    identity = store_own(read_archive(packed(pets())), "pets")
    rename_own(identity, "  My  pets\n")
    assert [card.title for card in own_sets()] == ["My pets"]
    assert len(load_images(f"own:{identity}", "train")) == 8
    remove_own(identity)
    assert own_sets() == []
    remove_own(identity)
    with pytest.raises(NotHere):
        rename_own("../../x", "y")


def test_titles_are_in_the_order_in_which_people_count(shelf: Path, cats: OwnSet) -> None:
    for title in ("Set 10", "set 9", "another"):
        store_own(cats, title)
    assert [card.title for card in own_sets()] == ["another", "set 9", "Set 10"]


def test_who_brought_a_set_is_known_and_it_stays_while_somebody_else_has_it(shelf: Path, cats: OwnSet) -> None:
    identity = store_own(cats, "pets", "anna")
    rename_own(identity, "Our pets")
    assert store_own(cats, "pets", "ben") == store_own(cats, "pets") == identity
    (card,) = own_sets()
    assert (card.title, card.owners) == ("Our pets", ("anna", "ben"))
    remove_own(identity, "anna")
    (card,) = own_sets()
    assert card.owners == ("ben",)
    remove_own(identity, "ben")
    assert own_sets() == []
    assert list(shelf.iterdir()) == []
    store_own(cats, "pets", "anna")
    remove_own(identity)  # the server
    assert own_sets() == []
