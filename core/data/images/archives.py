"""A zip of somebody's pictures, one folder for each class, read as a data set. Nothing of it is written to disk."""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from natsort import natsorted, ns
from numpy.typing import NDArray
from PIL import Image

from core.bounded_zip import BadZip, open_zip, read_member
from core.data.images.digits import SIDE, brightness
from core.data.images.folder_meaning import Folders, Layout, Meaning, meanings, part_of, without_wrappers
from core.data.images.image_set import ImageSet
from core.data.images.own_sets import MAX_CLASS_NAME, OwnSet, clean
from core.data.images.pictures import MAX_BYTES, UnreadableImage, count_pixels, decode
from core.settings import Settings, settings
from core.wording import counted

FORMATS = ("PNG", "JPEG", "WEBP")
"""Kinds of pictures that are read, as Pillow names them."""
CLASSES = (2, 20)
"""Fewest and most classes."""
FEWEST = 5
"""Fewest different pictures of a class."""
TESTED = 5
"""Every fifth picture of a class is kept for testing."""
NAMED = 5
"""So many of the files that cannot be read are named."""

_WANTED = "PNG, JPEG or WebP"
_TOO_LARGE = "The files in the zip have more than {:g} MB when they are unpacked."
_RUBBISH = {"__macosx", "thumbs.db", "desktop.ini"}
_UTF8 = 0x800  # a bit of a member's flags (PKWARE, APPNOTE.TXT, section 4.4.4)


class UnreadableArchive(ValueError):
    """A zip that cannot be used; the message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class _Picture:
    """One picture: where it lies, its pixels (28, 28) in 0-255, the mean of its border in 0-1."""

    path: PurePosixPath
    pixels: NDArray[np.uint8]
    border: float

    @property
    def folders(self) -> Folders:
        """The folders that it lies in, from the outermost on."""
        return self.path.parts[:-1]

    @property
    def content(self) -> str:
        """Stands for the pixels."""
        return hashlib.sha256(self.pixels.tobytes()).hexdigest()


def read_archive(data: bytes, invert: bool | None = None, layout: Layout | None = None) -> OwnSet:
    """Return the pictures in a zip of class folders as 28x28 grey, ink light, parted into training and testing.

    The folders lie at the top (``cats/1.png``, ``dogs/2.jpg``) or together in
    another one; pictures may lie deeper in their class. A split that was made
    (``train/0, test/0``) is kept; where folders are people (``anna/0, ben/0``),
    whole people are kept for testing (`core.data.images.folder_meaning`), and
    `layout` asks for another reading. Hidden files and what
    operating systems leave behind are passed over. Pictures are padded to a
    square with the mean of their border and reduced. Every fifth picture of each
    class is kept for testing, in an order that hangs on the content alone, so
    the same pictures are always parted in the same way; a picture that comes
    twice in a class is counted once, or it could be trained on and tested on.

    Args:
        data: the bytes of the zip.
        layout: what the folders mean; None for the likeliest.
        invert: whether to swap dark and light; None swaps where the borders of all pictures are light on average.

    Raises:
        UnreadableArchive: not a zip, protected, hostile, too large, or without at least `CLASSES` classes of
            `FEWEST` pictures. Single files that are no pictures are counted, not fatal.
    """
    limits = settings()
    if len(data) > limits.archive_bytes:
        largest = limits.archive_bytes / 2**20
        raise UnreadableArchive(f"The zip has {len(data) / 2**20:.1f} MB; at most {largest:g} MB are read.")
    try:
        with open_zip(data) as archive:
            return _read(archive, invert, layout, limits)
    except BadZip as problem:
        raise UnreadableArchive(str(problem)) from None


def _read(archive: zipfile.ZipFile, invert: bool | None, layout: Layout | None, limits: Settings) -> OwnSet:
    files = _checked(archive.infolist(), limits)
    zips = [path for _, path in files if path.suffix.lower() == ".zip"]
    strays = [path for _, path in files if len(path.parts) == 1 and path.suffix.lower() != ".zip"]
    inside = [(member, path) for member, path in files if len(path.parts) > 1 and path.suffix.lower() != ".zip"]
    pictures, unreadable = _pictures(archive, inside, limits)
    folders = without_wrappers([picture.folders for picture in pictures])
    try:
        meaning, layouts = _choose_meaning(folders, layout)
        placed = [one for one in zip(folders, pictures, strict=True) if len(one[0]) > meaning.deepest]
        by_class = _by_class(placed, meaning)
        light_borders = float(np.mean([picture.border for _, picture in placed])) > 0.5
        inverted = light_borders if invert is None else invert
        train, test, kept = _parted(by_class, meaning, inverted)
    except UnreadableArchive as error:
        raise UnreadableArchive(" ".join((str(error), *_not_read(strays, zips, unreadable)))) from None
    lost = [*strays, *(one.path for path, one in zip(folders, pictures, strict=True) if len(path) <= meaning.deepest)]
    return OwnSet(
        train,
        test,
        inverted=inverted,
        unreadable=len(unreadable),
        unreadable_names=_names(unreadable),
        repeated=len(placed) - len(train) - len(test),
        nested=len(zips),
        nested_names=_names(zips),
        outside=len(lost),
        outside_names=_names(lost),
        layouts=layouts,
        tested_folders=kept,
    )


def _choose_meaning(folders: Sequence[Folders], layout: Layout | None) -> tuple[Meaning, tuple[Layout, ...]]:
    """Return how folders are read, and the names of all ways to read them, that one first."""
    found = meanings([path for path in folders if path])
    if not found:
        raise UnreadableArchive(
            "The folders are named like the parts of a split, train and test, but have no folder for each class."
        )
    chosen = next((one for one in found if one.layout == layout), found[0])
    return chosen, (chosen.layout, *(one.layout for one in found if one != chosen))


def _not_read(strays: Sequence[object], zips: Sequence[object], unreadable: Sequence[object]) -> Iterator[str]:
    """Yield a sentence for every kind of file that was not read."""
    if unreadable:
        yield f"Not read as {_WANTED}: {counted(len(unreadable), 'file')}."
    if zips:
        yield f"Zips in the zip are not opened: {counted(len(zips), 'file')}."
    if strays:
        yield f"In no folder: {counted(len(strays), 'file')}."


def _names(paths: Sequence[PurePosixPath]) -> tuple[str, ...]:
    """Return the first of some paths, fit to be shown."""
    return tuple(clean(str(path), MAX_CLASS_NAME * 2) for path in paths[:NAMED])


def _pictures(
    archive: zipfile.ZipFile, files: list[tuple[zipfile.ZipInfo, PurePosixPath]], limits: Settings
) -> tuple[list[_Picture], list[PurePosixPath]]:
    """Return the pictures among the files, and the paths of those that cannot be read as one."""
    pictures, unreadable = [], []
    unpacked = pixels = 0
    for member, path in files:
        content = read_member(archive, member, MAX_BYTES)  # what is cut off there cannot be read as a picture
        unpacked += len(content)  # as it is, whatever the headers said
        if unpacked > limits.archive_unpacked:
            raise UnreadableArchive(_TOO_LARGE.format(limits.archive_unpacked / 2**20))
        pixels += count_pixels(content, FORMATS)
        if pixels > limits.archive_pixels:
            most = limits.archive_pixels // 1_000_000
            raise UnreadableArchive(f"The pictures have too many pixels together; at most {most} million are read.")
        try:
            pictures.append(_small(path, decode(content, FORMATS)))
        except UnreadableImage:
            unreadable.append(path)
    return pictures, unreadable


def _checked(members: list[zipfile.ZipInfo], limits: Settings) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Return the files of a zip that are worth a look, with their paths, after all were found harmless."""
    files = []
    for member in members:
        name = _name(member)
        _refuse_hostile(name)
        path = PurePosixPath(name)
        hidden = any(part.startswith(".") or part.lower() in _RUBBISH for part in path.parts)
        if path.parts and not name.endswith("/") and not hidden:
            files.append((member, path))
    if len(files) > limits.archive_members:
        raise UnreadableArchive(f"The zip has {len(files):,} files; at most {limits.archive_members:,} are read.")
    if sum(member.file_size for member, _ in files) > limits.archive_unpacked:
        raise UnreadableArchive(_TOO_LARGE.format(limits.archive_unpacked / 2**20))
    return files


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's path as it stands in the zip; macOS writes UTF-8 without saying so, Windows backslashes."""
    name = member.orig_filename.replace("\\", "/")
    if not member.flag_bits & _UTF8:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def _refuse_hostile(name: str) -> None:
    """Refuse what no honest zip of pictures holds.

    Nothing is ever unpacked to disk, so none of this could do harm here; but who sends such a zip gets no further.
    """
    shown = repr(clean(name, MAX_CLASS_NAME * 2))
    parts = name.split("/")
    if not name or "\0" in name or name[0] == "/" or ".." in parts or parts[0][1:2] == ":":
        raise UnreadableArchive(f"The zip has a file with a path that is not allowed: {shown}.")


def _small(path: PurePosixPath, picture: NDArray[np.uint8]) -> _Picture:
    """Return a picture RGBA (H, W, 4) as grey 28x28, padded to a square with the mean of its border."""
    grey = brightness(picture)
    height, width = grey.shape
    border = float(np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]]).mean())
    side = max(height, width)
    square = np.full((side, side), border, np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = grey
    reduced = Image.fromarray(square).resize((SIDE, SIDE), Image.Resampling.BILINEAR)  # averages where it reduces
    return _Picture(path, (np.asarray(reduced).clip(0, 1) * 255 + 0.5).astype(np.uint8), border)


_Placed = list[tuple[Folders, _Picture]]
"""Pictures with the folders that mean something."""
_Owned = tuple[str, NDArray[np.uint8]]
"""The part of a split or the person whose a picture is, and its pixels."""


def _by_class(placed: _Placed, meaning: Meaning) -> dict[str, list[_Owned]]:
    """Return the different pictures of each class with their owners, ordered by content."""
    raw_names: dict[str, str] = {}
    found: dict[str, dict[str, _Owned]] = {}
    for folders, picture in sorted(placed, key=lambda one: one[0]):
        raw = folders[meaning.classes]
        name = clean(raw, MAX_CLASS_NAME)
        if raw_names.setdefault(name, raw) != raw:
            raise UnreadableArchive(f"Two folders have names that look the same: {name!r}. Rename one of them.")
        owner = "" if meaning.owners is None else folders[meaning.owners]
        kept = found.setdefault(name, {})
        if picture.content not in kept or part_of(owner) == "train":  # who is trained on is not tested on
            kept[picture.content] = owner, picture.pixels
    fewest, most = CLASSES
    if not fewest <= len(found) <= most:
        count = f"{counted(len(found), 'folder')} with pictures"
        raise UnreadableArchive(f"A data set has {fewest} to {most} classes, each a folder; the zip has {count}.")
    for name, different in found.items():
        if len(different) < FEWEST:
            raise UnreadableArchive(
                f"Each class needs at least {FEWEST} different pictures; {name!r} has {len(different)}."
            )
    return {
        name: [found[name][content] for content in sorted(found[name])] for name in natsorted(found, alg=ns.IGNORECASE)
    }


def _parted(
    by_class: dict[str, list[_Owned]], meaning: Meaning, inverted: bool
) -> tuple[ImageSet, ImageSet, tuple[str, ...]]:
    """Return what to train on, what to test on, and the folders that are kept for testing.

    Every fifth picture is tested, or every fifth person, or what the split says.
    """
    images = np.stack([picture for pictures in by_class.values() for _, picture in pictures])
    if inverted:
        images = 255 - images
    labels = np.concatenate([np.full(len(pictures), place) for place, pictures in enumerate(by_class.values())])
    owners = [owner for pictures in by_class.values() for owner, _ in pictures]
    kept: tuple[str, ...] = ()
    if meaning.owners is None:
        tested = np.concatenate([np.arange(len(pictures)) % TESTED == TESTED - 1 for pictures in by_class.values()])
    else:
        kept = _tested_folders(natsorted(set(owners), alg=ns.IGNORECASE), meaning.layout)
        tested = np.isin(owners, kept)
    if missing := [name for place, name in enumerate(by_class) if place not in labels[~tested]]:
        only = ", ".join(missing[:NAMED])
        raise UnreadableArchive(f"Classes that are only in the folders kept for testing cannot be learnt: {only}.")

    def part(chosen: NDArray[np.bool_], purpose: str) -> ImageSet:
        count = int(chosen.sum())
        source = f"own pictures, {count:,} for {purpose}"
        return ImageSet(
            images[chosen],
            labels[chosen].astype(np.int64),
            np.full(count, -1),
            source,
            purpose == "testing",
            tuple(by_class),
        )

    return part(~tested, "training"), part(tested, "testing"), tuple(clean(name, MAX_CLASS_NAME) for name in kept)


def _tested_folders(owners: list[str], layout: Layout) -> tuple[str, ...]:
    """Return every fifth of some people, or the test part of a split: the validation part where there is no other."""
    if layout == "people":
        return tuple(owners[TESTED - 1 :: TESTED] or owners[-1:])
    kinds = [part_of(owner) for owner in owners]
    wanted = "test" if "test" in kinds else "validation"
    return tuple(owner for owner, kind in zip(owners, kinds, strict=True) if kind == wanted)
