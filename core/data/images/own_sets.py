"""Data sets of people's own, kept under ``PLAYGROUND_HOME/own`` as arrays and a card; no file of theirs is kept."""

import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.data.images.folder_meaning import Layout
from core.data.images.image_set import ImageSet, Split
from core.data.sources import NotHere
from core.settings import settings

OWN = "own:"
"""How the names of own data sets begin."""
MAX_TITLE = 60
"""Longest title, characters."""
MAX_CLASS_NAME = 40
"""Longest name of a class, characters."""

_ID = re.compile(r"[0-9a-f]{16}")
_JOINERS = "\u200c\u200d"  # invisible, but Persian words and many emoji fall apart without them


class NotStored(RuntimeError):
    """An own data set that could not be kept; the message is a sentence for the person whose it is."""


@dataclass(frozen=True)
class OwnSet:
    """What was read from somebody's pictures.

    Attributes:
        train: pictures to train on.
        test: pictures kept from training, about every fifth of each class.
        inverted: whether dark ink on light paper was turned into light ink.
        unreadable: how many files could not be read as pictures.
        unreadable_names: the first few of them.
        repeated: how many pictures were there before in their class, and are counted once.
        nested: how many zips lay in the zip; they are not opened.
        nested_names: the first few of them.
        outside: how many files lay in no folder, so that nobody knows their class.
        outside_names: the first few of them.
        layouts: what the folders were taken for, and after it what else they may mean.
        tested_folders: the people, or the parts of a split, that are kept for testing.
    """

    train: ImageSet
    test: ImageSet
    inverted: bool
    unreadable: int = 0
    unreadable_names: tuple[str, ...] = ()
    repeated: int = 0
    nested: int = 0
    nested_names: tuple[str, ...] = ()
    outside: int = 0
    outside_names: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ("outer",)
    tested_folders: tuple[str, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes; numbers in them count as numbers."""
        return self.train.classes


class OwnCard(BaseModel):
    """What is known of a stored data set without opening it; `owners` are those who brought it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=rf"^{_ID.pattern}$")
    title: str
    classes: tuple[str, ...] = Field(min_length=2)
    train: int = Field(ge=0)
    test: int = Field(ge=0)
    inverted: bool
    owners: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name by which `core.data.images.datasets.load_images` knows it."""
        return OWN + self.id


def clean(text: str, longest: int) -> str:
    """Return a person's text as one short line: no control characters, no runs of blanks, never empty."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or c in _JOINERS or _printed(c))
    return " ".join(kept.split())[:longest].strip() or "unnamed"


def _printed(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")  # controls, also those that turn the line around


def store_own(own: OwnSet, title: str, owner: str = "") -> str:
    """Keep an own data set and return its id, which stands for its title and content.

    The same pictures under the same title have the same id and are kept once, under the title that they have been given
    since; damaged files of theirs are made good.

    Args:
        own: as `core.data.images.archives.read_archive` returns it.
        title: what the person calls it.
        owner: who may rename and remove it; nobody where this is empty.

    Raises:
        NotStored: there is no room, or too many sets are kept already; nothing is left behind.
    """
    title = clean(title, MAX_TITLE)
    folder = settings().home / "own"
    content = hashlib.sha256(repr((title, own.classes)).encode())
    for part in (own.train, own.test):
        content.update(part.images.tobytes())
        content.update(part.labels.tobytes())
    identity = content.hexdigest()[:16]
    before = next((card for card in own_sets() if card.id == identity), None)
    card = OwnCard(
        id=identity,
        title=before.title if before else title,
        classes=own.classes,
        train=len(own.train),
        test=len(own.test),
        inverted=own.inverted,
        owners=tuple(dict.fromkeys((*(before.owners if before else ()), *([owner] if owner else [])))),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        most = settings().own_sets
        if not is_stored(card.id) and sum(1 for _ in folder.glob("*.json")) >= most:
            raise NotStored(
                f"This server keeps at most {most} data sets that people uploaded, and has no room for another."
            )
        _write(folder / f"{card.id}.npz", lambda file: _save_arrays(own, file))
        _write(folder / f"{card.id}.json", lambda file: file.write(card.model_dump_json(indent=2).encode()))
    except OSError as error:
        raise NotStored(f"The data set could not be stored: {error.strerror or error}.") from None
    return card.id


def rename_own(identity: str, title: str) -> None:
    """Give an own data set another title; its name in links and runs stays.

    Raises:
        NotHere: there is no such data set.
        NotStored: the new title cannot be written.
    """
    _write_card(_card(identity).model_copy(update={"title": clean(title, MAX_TITLE)}))


def _write_card(card: OwnCard) -> None:
    """Write what has changed on a card."""
    try:
        file = settings().home / "own" / f"{card.id}.json"
        _write(file, lambda out: out.write(card.model_dump_json(indent=2).encode()))
    except OSError as error:
        raise NotStored(f"The change could not be stored: {error.strerror or error}.") from None


def remove_own(identity: str, owner: str = "") -> None:
    """Remove an own data set; one that is not there is no error.

    Args:
        identity: of the set.
        owner: who asks; the files stay while others have brought the same. The server asks without a name.

    Raises:
        NotStored: that somebody gives it up cannot be written.
    """
    card = next((card for card in own_sets() if card.id == identity), None)
    others = tuple(one for one in card.owners if one != owner) if card and owner else ()
    if card and others:
        _write_card(card.model_copy(update={"owners": others}))
        return
    for file in _files(identity) or ():
        file.unlink(missing_ok=True)


def is_stored(identity: str) -> bool:
    """Return whether there is an own data set with this id."""
    files = _files(identity)
    return files is not None and all(file.is_file() for file in files)


def own_sets() -> list[OwnCard]:
    """Return the cards of all own data sets that are kept, by title; numbers in it count as numbers."""
    from natsort import natsorted, ns  # not before the first page has answered

    cards = []
    for file in (settings().home / "own").glob("*.json"):
        try:
            cards.append(_card(file.stem))
        except NotHere:
            continue  # damaged, or not ours: nothing that could be trained on
    return natsorted(cards, key=lambda card: (card.title, card.id), alg=ns.IGNORECASE)


def load_own(identity: str, split: Split) -> ImageSet:
    """Return the training or test part of an own data set.

    Raises:
        NotHere: there is no such data set, or its files are damaged.
    """
    card = _card(identity)
    damaged = NotHere(f"The data set {card.title!r} is damaged.")
    try:
        arrays = settings().home / "own" / f"{identity}.npz"
        with arrays.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            images, labels = stored[f"{split}_images"], stored[f"{split}_labels"]
    except (OSError, EOFError, ValueError, TypeError, KeyError, zipfile.BadZipFile, zlib.error):
        raise damaged from None
    count = card.test if split == "test" else card.train
    sound = images.dtype == np.uint8 and images.shape == (count, 28, 28) and labels.shape == (count,)
    if not sound or labels.dtype != np.int64 or not np.isin(labels, np.arange(len(card.classes))).all():
        raise damaged
    part = "for testing" if split == "test" else "for training"
    source = f"own pictures “{card.title}”, {count:,} {part}"
    return ImageSet(images, labels, np.full(count, -1), source, split == "test", card.classes)


def own_file(identity: str) -> Path | None:
    """Return the file with the pictures of a set, None where it is not here."""
    files = _files(identity)
    return files[0] if files and files[0].is_file() else None


def _files(identity: str) -> tuple[Path, Path] | None:
    """Return where arrays and card of an own data set are kept; None for what cannot be an id (a path, for example)."""
    if not _ID.fullmatch(identity):
        return None
    folder = settings().home / "own"
    return folder / f"{identity}.npz", folder / f"{identity}.json"


def _card(identity: str) -> OwnCard:
    if not is_stored(identity):
        raise NotHere("There is no such data set of your own; it may have been removed.")
    try:
        card = OwnCard.model_validate_json((settings().home / "own" / f"{identity}.json").read_bytes())
    except (OSError, ValidationError):
        card = None
    if card is None or card.id != identity:
        raise NotHere("The card of this data set is damaged.")
    return card


def _save_arrays(own: OwnSet, file: IO[bytes]) -> None:
    np.savez_compressed(
        file,
        train_images=own.train.images,
        train_labels=own.train.labels,
        test_images=own.test.images,
        test_labels=own.test.labels,
    )


def _write(path: Path, save: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            save(file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
