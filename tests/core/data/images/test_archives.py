import contextlib
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.data.images import archives
from core.data.images.archives import UnreadableArchive, read_archive
from core.data.images.own_sets import Layout, OwnSet
from core.settings import Settings
from tests.support.zips import drawing, packed, patched, pets, picture, with_link


def contents(own: OwnSet) -> set[tuple[str, bytes]]:
    return {
        (part.classes[label], image.tobytes())
        for part in (own.train, own.test)
        for image, label in zip(part.images, part.labels, strict=True)
    }


@pytest.mark.parametrize("top", ["", "pets/", "./pets/", "my/pets/"])
def test_class_folders_are_read_wherever_they_lie(top: str) -> None:
    own = read_archive(packed(pets(11, top)))
    assert own.classes == ("cats", "dogs")
    assert (len(own.train), len(own.test)) == (18, 4)  # of eleven, the fifth and the tenth are tested
    assert np.bincount(own.test.labels).tolist() == [2, 2]
    expected = {("cats", drawing(n).tobytes()) for n in range(11)} | {
        ("dogs", drawing(n + 1000).tobytes()) for n in range(11)
    }
    assert contents(own) == expected  # 28x28 with light ink stays as it is, pixel for pixel
    assert not own.inverted
    assert own.test.held_out
    assert not own.train.held_out
    assert own.train.images.dtype == np.uint8
    assert (own.unreadable, own.repeated, own.nested, own.outside) == (0, 0, 0, 0)


def test_the_same_pictures_are_always_parted_in_the_same_way() -> None:
    files = pets(12)
    renamed = {name.replace("/", f"/{order}-"): files[name] for order, name in enumerate(reversed(files))}
    first, second = read_archive(packed(files)), read_archive(packed(renamed))
    assert np.array_equal(first.test.images, second.test.images)
    assert np.array_equal(first.train.images, second.train.images)


def test_dark_ink_on_light_paper_is_turned() -> None:
    light = read_archive(packed(pets(6, paper=255)))
    assert light.inverted
    as_it_is = read_archive(packed(pets(6, paper=255)), invert=False)
    assert not as_it_is.inverted
    assert contents(light) == {(name, bytes(255 - byte for byte in image)) for name, image in contents(as_it_is)}
    assert read_archive(packed(pets(6)), invert=True).inverted


def test_pictures_of_any_size_kind_and_colour() -> None:
    tall = np.zeros((112, 56), np.uint8)
    tall[:, 20:36] = 255
    files = {f"stripes/{n}.jpg": picture(np.roll(tall, 2 * n, 1), "JPEG", "RGB") for n in range(5)}
    files |= {f"squares/{n}.webp": picture(np.full((9, 9), 40 * n), "WEBP", "RGB") for n in range(5)}
    clear = np.zeros((30, 30, 4), np.uint8)
    clear[10:20, 10:20] = 255  # white ink on nothing
    buffer = io.BytesIO()
    Image.fromarray(clear).save(buffer, "PNG")
    files["stripes/clear.png"] = buffer.getvalue()
    own = read_archive(packed(files), invert=False)
    assert own.unreadable == 0
    stripe = next(i for i in own.train.images[own.train.labels == 1] if i[14, 12:16].min() > 200)
    assert stripe[:, :6].max() < 30  # padded at the sides with its own border
    assert stripe[0].argmax() in range(11, 17)
    plain = own.train.images[own.train.labels == 0]
    assert (plain.min((1, 2)) == plain.max((1, 2))).all()  # what has one colour keeps one


def test_a_picture_that_comes_twice_is_counted_once() -> None:
    files = pets(10) | {f"cats/copy {n}.png": picture(drawing(0)) for n in range(7)}
    own = read_archive(packed(files))
    assert own.repeated == 7
    assert (len(own.train), len(own.test)) == (16, 4)
    train, test = ({image.tobytes() for image in part.images} for part in (own.train, own.test))
    assert not train & test


def test_rubbish_is_passed_over_and_the_rest_is_counted() -> None:
    rubbish = {
        "__MACOSX/cats/._1.png": b"x",
        "cats/.DS_Store": b"x",
        "cats/Thumbs.db": b"x",
        ".git/config": b"x",
    }
    files = pets() | rubbish | {"cats/notes.txt": b"meow", "dogs/broken.png": pets()["dogs/0.png"][:60]}
    files |= {"more.zip": packed(pets()), "dogs/more.ZIP": b"", "readme.txt": b"", "title.png": picture(drawing(1))}
    files |= {f"cats/heic {n}.heic": b"no" for n in range(9)}
    own = read_archive(packed(files))
    assert len(own.train) + len(own.test) == 10
    assert (own.unreadable, own.nested, own.outside) == (11, 2, 2)
    assert own.unreadable_names[:2] == ("cats/notes.txt", "dogs/broken.png")
    assert len(own.unreadable_names) == 5
    assert read_archive(packed(pets(top="pets/") | {"pets/title.png": picture(drawing(1))})).outside == 1


def test_names_are_text() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    names = ("<b>**Ka\u0308fer**", "\u202egnp.exe\x07\n!", "x" * 200, f"日本 {family}")
    own = read_archive(packed({f"{name}/{n}.png": picture(drawing(n)) for name in names for n in range(5)}))
    assert set(own.classes) == {"<b>**Käfer**", "gnp.exe !", "x" * 40, f"日本 {family}"}


def test_umlauts_of_macos_are_read() -> None:
    """macOS writes UTF-8 without the flag that says so."""
    data = packed({f"{name}/{n}.png": picture(drawing(n)) for name in ("Ka\u0308fer", "Dogs") for n in range(5)})
    assert read_archive(data).classes == ("Dogs", "Käfer")
    unflagged = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        place = unflagged.find(signature)
        while place >= 0:
            unflagged[place + at] &= ~0x08
            place = unflagged.find(signature, place + 4)
    assert read_archive(bytes(unflagged)).classes == ("Dogs", "Käfer")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "not a zip"),
        (b"PK\x03\x04 and no more", "not a zip"),
        (packed(pets())[:-30], "not a zip"),
        (packed({}), "the zip has 0 folders"),
        (packed({f"cats/{n}.png": picture(drawing(n)) for n in range(9)}), "the zip has 1 folder with"),
        (packed({f"{n}/{m}.png": picture(drawing(m)) for n in range(21) for m in range(5)}), "21 folders"),
        (packed(pets(4)), "at least 5 different pictures; 'cats' has 4"),
        (packed({f"{c}/{n}.heic": b"no" for c in "ab" for n in range(5)}), "0 folders.*Not read as PNG.*: 10 files"),
        (
            packed({f"{c}/{n}.png": picture(drawing(n)) for c in ("a", "a ") for n in range(5)}),
            "names that look the same",
        ),
    ],
    ids=["empty", "stub", "cut off", "no file", "one class", "many classes", "few pictures", "no pictures", "twins"],
)
def test_what_is_no_data_set_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableArchive, match=sentence):
        read_archive(data)


@pytest.mark.parametrize(
    "name",
    [
        "../1.png",
        "cats/../../1.png",
        "/etc/1.png",
        "C:/1.png",
        "c:1.png",
        "\\\\host\\1.png",
        "..",
        "a\0.png",
    ],
)
def test_paths_that_lead_elsewhere_are_refused(name: str) -> None:
    data = packed(pets() | {"?" * len(name): b"x"})
    hostile = data.replace(b"?" * len(name), name.encode())
    with pytest.raises(UnreadableArchive, match="a path that is not allowed"):
        read_archive(hostile)


def test_links_passwords_and_odd_methods_are_refused() -> None:
    with pytest.raises(UnreadableArchive, match="link or device"):
        read_archive(with_link("/etc/passwd"))
    with pytest.raises(UnreadableArchive, match="password"):
        read_archive(patched(packed(pets()), flag=0x1))
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(UnreadableArchive, match="unusual way"):
            read_archive(packed(pets(), method))
    with pytest.raises(UnreadableArchive, match="unusual way"):
        read_archive(patched(packed(pets()), method=99))


def test_limits_of_number_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(pets(10))
    monkeypatch.setenv("PLAYGROUND_ARCHIVE_MEMBERS", "19")
    with pytest.raises(UnreadableArchive, match="20 files; at most 19"):
        read_archive(data)
    monkeypatch.setenv("PLAYGROUND_ARCHIVE_MEMBERS", "20")
    monkeypatch.setenv("PLAYGROUND_ARCHIVE_PIXELS", str(20 * 784))
    assert len(read_archive(data).train) == 16
    monkeypatch.setenv("PLAYGROUND_ARCHIVE_PIXELS", str(20 * 784 - 1))
    with pytest.raises(UnreadableArchive, match="too many pixels"):
        read_archive(data)
    monkeypatch.setenv("PLAYGROUND_ARCHIVE_BYTES", str(len(data) - 1))
    with pytest.raises(UnreadableArchive, match="MB are read"):
        read_archive(data)


def test_bombs_are_not_unpacked() -> None:
    zeros = bytes(3 * 2**20)
    bomb = packed(pets() | {f"cats/{n}.bin": zeros for n in range(40)})
    assert len(bomb) < 5 * 2**20
    with pytest.raises(UnreadableArchive, match="more than 100 MB when they are unpacked"):
        read_archive(bomb)
    # One that lies about its size: zipfile yields what the header says and finds the checksum wrong.
    with pytest.raises(UnreadableArchive, match="damaged"):
        read_archive(patched(bomb, size=10))
    # One file too large to be a picture is cut off, and the others are read.
    own = read_archive(packed(pets() | {"cats/large.png": bytes(20 * 2**20)}))
    assert (own.unreadable, len(own.train)) == (1, 8)


def test_the_bytes_that_come_are_counted_and_not_only_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many entries may share the same bytes (Fifield, "A better zip bomb", 2019), and a header may be wrong."""
    monkeypatch.setattr(archives, "_checked", lambda *given, check=archives._checked: quietly(check, *given))
    with pytest.raises(UnreadableArchive, match="more than 100 MB when"):
        read_archive(packed(pets() | {f"cats/{n}.bin": bytes(3 * 2**20) for n in range(40)}))


def quietly(check: object, members: list[zipfile.ZipInfo], limits: Settings) -> object:
    """Check the members as if their headers announced nothing."""
    sizes = [member.file_size for member in members]
    for member in members:
        member.file_size = 0
    checked = check(members, limits)
    for member, size in zip(members, sizes, strict=True):
        member.file_size = size
    return checked


def test_pictures_that_unfold_are_refused_before_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    Image.new("1", (6000, 6000)).save(buffer, "PNG")
    bomb = packed({f"cats/{n}.png": buffer.getvalue() for n in range(100)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(archives, "decode", lambda *_: pytest.fail("decoded"))
    monkeypatch.setenv("PLAYGROUND_ARCHIVE_PIXELS", "2000000")
    with pytest.raises(UnreadableArchive, match="too many pixels together; at most 2 million"):
        read_archive(bomb)


HONEST = packed(pets())


@given(st.lists(st.tuples(st.integers(0, len(HONEST) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_zips_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(HONEST)
    for place, value in changes:
        data[place] = value
    try:
        own = read_archive(bytes(data))
    except UnreadableArchive as refusal:
        assert str(refusal).endswith((".", "files"))
    else:
        assert len(own.classes) == 2
        assert len(own.train) + len(own.test) + own.unreadable + own.repeated <= 10


@given(st.integers(len(HONEST) - 22 - 46 * 3, len(HONEST) - 1), st.binary(max_size=40))
def test_damaged_directories_are_read_or_refused(place: int, junk: bytes) -> None:
    with contextlib.suppress(UnreadableArchive):
        read_archive(HONEST[:place] + junk + HONEST[place + len(junk) :])


@given(st.binary(max_size=300))
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArchive):
        read_archive(data)


paths = st.lists(st.text(max_size=8) | st.sampled_from(["..", ".", "", "cats", "C:", "~"]), min_size=1, max_size=4)


@given(st.lists(paths.map("/".join), max_size=6))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_any_names_are_read_or_refused_and_nothing_is_written(names: list[str]) -> None:
    before = set(Path.cwd().iterdir())
    buffer = io.BytesIO(HONEST)
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name in names:
            try:
                archive.writestr(zipfile.ZipInfo(name), b"\x89PNG")
            except (UnicodeError, ValueError):
                continue
    try:
        own = read_archive(buffer.getvalue())
    except UnreadableArchive:
        pass
    else:
        assert all(text.isprintable() or "\u200c" in text or "\u200d" in text for text in own.unreadable_names)
        assert own.classes == ("cats", "dogs")
    assert set(Path.cwd().iterdir()) == before


def nested(outer: tuple[str, ...], inner: tuple[str, ...], count: int = 6) -> dict[str, bytes]:
    """The files of a zip with the same folders in each of some folders."""
    return {
        f"{out}/{within}/{number}.png": picture(drawing(number + 100 * place + 1000 * owner))
        for owner, out in enumerate(outer)
        for place, within in enumerate(inner)
        for number in range(count)
    }


def test_a_split_that_was_made_is_kept() -> None:
    own = read_archive(packed(nested(("train", "test"), ("0", "1", "10", "2"))))
    assert own.classes == ("0", "1", "2", "10")  # as numbers are counted
    assert own.layouts == ("split", "merged", "outer")
    assert (len(own.train), len(own.test)) == (24, 24)
    tested = {image.tobytes() for image in own.test.images}
    assert drawing(1000).tobytes() in tested
    assert drawing(0).tobytes() not in tested


def test_a_picture_in_both_parts_of_a_split_is_not_tested() -> None:
    files = nested(("train", "test"), ("a", "b"))
    files["test/a/same.png"] = files["train/a/0.png"]
    own = read_archive(packed(files))
    assert own.repeated == 1
    assert drawing(0).tobytes() not in {image.tobytes() for image in own.test.images}


def test_people_are_kept_apart_as_people() -> None:
    people = ("anna", "ben", "cem", "dora", "emil", "fay")
    own = read_archive(packed(nested(people, ("0", "1"))))
    assert own.layouts[0] == "people"
    assert own.classes == ("0", "1")
    assert own.tested_folders == ("emil",)
    tested = {image.tobytes() for image in own.test.images}
    assert tested == {
        drawing(n + 100 * place + 4000).tobytes() for n in range(6) for place in range(2)
    }  # all of emil's


@pytest.mark.parametrize(("layout", "classes", "tested"), [("merged", ("0", "1"), 4), ("outer", ("test", "train"), 4)])
def test_the_folders_can_be_read_otherwise(layout: Layout, classes: tuple[str, ...], tested: int) -> None:
    own = read_archive(packed(nested(("train", "test"), ("0", "1"))), layout=layout)
    assert own.classes == classes
    assert len(own.test) == tested
    assert own.layouts[0] == layout


def test_a_split_within_every_class_is_kept() -> None:
    own = read_archive(packed(nested(("0", "1"), ("train", "test"))))
    assert (own.classes, own.layouts) == (("0", "1"), ("split", "outer"))
    assert own.tested_folders == ("test",)
    assert {image.tobytes() for image in own.test.images} == {
        drawing(n + 100 + 1000 * digit).tobytes() for n in range(6) for digit in range(2)
    }


def test_folders_of_digits_with_people_inside() -> None:
    own = read_archive(packed(nested(("3", "7"), ("anna", "ben"))))
    assert (own.classes, own.layouts) == (("3", "7"), ("people", "outer", "merged"))
    assert own.tested_folders == ("ben",)


def test_a_validation_part_is_tested_on_where_there_is_no_other() -> None:
    assert read_archive(packed(nested(("val", "train"), ("a", "b")))).tested_folders == ("val",)
    assert read_archive(packed(nested(("val", "train", "test"), ("a", "b")))).tested_folders == ("test",)


def test_pictures_to_test_on_without_a_class_are_named() -> None:
    """As competitions publish them: what is to be guessed lies in one folder."""
    files = {f"all/trainingSet/trainingSet/{name}": data for name, data in pets(6).items()}
    files |= {f"all/testSet/testSet/img_{n}.png": picture(drawing(n + 50)) for n in range(7)}
    own = read_archive(packed(files))
    assert (own.classes, own.layouts, len(own.test)) == (("cats", "dogs"), ("merged", "outer"), 2)
    assert own.outside == 7
    assert own.outside_names[0] == "all/testSet/testSet/img_0.png"


def test_a_split_without_classes_is_said() -> None:
    flat = {f"{part}/{n}.png": picture(drawing(n)) for part in ("train", "test") for n in range(9)}
    with pytest.raises(UnreadableArchive, match=r"like the parts of a split.*no folder for each class"):
        read_archive(packed(flat))


def test_people_within_a_split() -> None:
    files = {f"train/{name}": data for name, data in nested(("anna", "ben"), ("0", "1")).items()}
    files |= {f"test/cem/{n}/{k}.png": picture(drawing(k + 5000 + 100 * n)) for n in range(2) for k in range(5)}
    own = read_archive(packed(files))
    assert (own.classes, own.layouts[0], len(own.train), len(own.test)) == (("0", "1"), "split", 24, 10)


def test_paths_as_windows_may_write_them() -> None:
    own = read_archive(packed({name.replace("/", "\\"): data for name, data in pets(top="pets/").items()}))
    assert own.classes == ("cats", "dogs")
    assert own.outside == 0


def test_a_zip_that_holds_nothing_but_another_zip_says_so() -> None:
    with pytest.raises(UnreadableArchive, match=r"0 folders with pictures.*Zips in the zip are not opened: 1 file"):
        read_archive(packed({"pets/pets.zip": packed(pets())}))
    with pytest.raises(UnreadableArchive, match="In no folder: 6 files"):
        read_archive(packed({f"{n}.png": picture(drawing(n)) for n in range(6)}))


def test_what_is_not_read_is_named() -> None:
    files = pets() | {"stray.png": picture(drawing(1)), "cats/more.zip": b"PK", "dogs/notes.txt": b"text"}
    own = read_archive(packed(files))
    assert (own.outside_names, own.nested_names, own.unreadable_names) == (
        ("stray.png",),
        ("cats/more.zip",),
        ("dogs/notes.txt",),
    )
