"""The one list of all pages. The navigation, the links between pages and the tests read it."""

from dataclasses import dataclass
from pathlib import Path

from core.paths import ROOT

START = "start"
"""The name of the first page."""


@dataclass(frozen=True)
class PageEntry:
    """A page in the navigation.

    Attributes:
        name: of its script in `pages/`, without `.py`.
        title: in the navigation and on links.
        symbol: name of its Material symbol.
        section: heading in the navigation.
        summary: one sentence on what a person can do there.
        heading: at the top of the page; the title where it is empty.
        address: its path, where that is not made of the name: `class` is no name for a script.
    """

    name: str
    title: str
    symbol: str
    section: str
    summary: str
    heading: str = ""
    address: str = ""

    @property
    def path(self) -> Path:
        """Its script."""
        return ROOT / "pages" / f"{self.name}.py"

    @property
    def url_path(self) -> str:
        """Its address; empty for the first page."""
        return "" if self.name == START else self.address or self.name.replace("_", "-")

    @property
    def icon(self) -> str:
        """Its symbol, as Streamlit writes it."""
        return f":material/{self.symbol}:"


_ENTRIES = (
    PageEntry(
        START, "Start here", "home", "Welcome",
        "One digit, three networks, and a link to every page.",
        "See deep learning at work",
    ),
    PageEntry(
        "lessons", "Lessons", "menu_book", "Course",
        "Lessons that lead through the pages, step by step, and tick themselves off; write your own.",
    ),
    PageEntry(
        "questions", "Questions", "quiz", "Course",
        "Choose, measure, or predict what a network will say, then look, and keep your own score.",
        "What do you think?",
    ),
    PageEntry(
        "neurons", "Neurons", "hub", "Neurons",
        "Build a neuron by hand, watch a network learn your own points, and see every number of its training.",
    ),
    PageEntry(
        "draw_digit", "Draw a digit", "draw", "Images",
        "Draw, photograph or pick a digit and see a CNN, an MLP and a GRU read it after every stroke.",
    ),
    PageEntry(
        "read_number", "Read a number", "pin", "Images",
        "Write several digits, even touching ones: CNN, GRU and CTC read the line, and nobody tells them where to cut.",
    ),
    PageEntry(
        "cnn_inside", "Inside the CNN", "layers", "Images",
        "Follow your digit through every layer, ask why, shift it, fool the network, watch it learn.",
    ),
    PageEntry(
        "convolution", "Convolution by hand", "grid_on", "Images",
        "Slide a kernel over a picture, change its numbers, and read every sum in full.",
    ),
    PageEntry(
        "teach", "Teach it your own", "school", "Images",
        "Draw five of each of your own symbols: only the last layer learns, and the network reads them while you draw.",
    ),
    PageEntry(
        "say_digit", "Say a digit", "mic", "Sound",
        "Say a digit, see your voice become a picture, and watch a CNN and a GRU understand it.",
    ),
    PageEntry(
        "forecast", "Forecast", "show_chart", "Time series",
        "Let networks forecast sunspots, passengers or your own table, and see whether they beat naive forecasts.",
        "How does the curve go on?",
    ),
    PageEntry(
        "sentence", "Read a sentence", "short_text", "Text",
        "Type, and watch the hidden state and the gates of an RNN, a GRU and an LSTM after every word.",
    ),
    PageEntry(
        "order", "Order", "swap_horiz", "Text",
        "The same words in another order: who can tell them apart, by counting, through a window, or with a memory?",
        "Does order matter?",
    ),
    PageEntry(
        "distance", "Distance", "route", "Text",
        "A clue, a long story, a question: who still remembers? And why gradients vanish on the way back.",
        "How far does a memory reach?",
    ),
    PageEntry(
        "both_ways", "Before and after", "sync_alt", "Text",
        "A person or a place? A reader that only knows what came before, beside one that also knows what follows.",
        "Before and after: person or place?",
    ),
    PageEntry(
        "translate", "Translate", "translate", "Text",
        "Numbers in words, from language to language: without attention, with it, and by a Transformer.",
    ),
    PageEntry(
        "letters", "Letters", "abc", "Text",
        "Networks that read letter by letter: see every next letter, let them write like Shakespeare.",
        "One letter after the other",
    ),
    PageEntry(
        "train", "Train", "model_training", "Train",
        "Choose a network and its settings, watch the loss fall, and steer it on the way.",
        "Train a network, live",
    ),
    PageEntry(
        "runs", "Runs", "leaderboard", "Train",
        "Find, compare and examine what was trained, click on its mistakes, download it, search for better settings.",
    ),
    PageEntry(
        "metrics", "Metrics", "straighten", "Train",
        "Accuracy, F1, R2, BLEU of your own answers, with the numbers in every formula; and which network to choose.",
        "How good is good?",
    ),
    PageEntry(
        "classroom", "Class", "groups", "Class",
        "Open a room for a class: join by a code, see everybody's drawings, let them vote before the network answers.",
        "A class in one room", "class",
    ),
)  # fmt: skip

PAGES = {entry.name: entry for entry in _ENTRIES}
"""Every page by the name of its script, in the order of the navigation."""

PATHS = frozenset(entry.url_path for entry in _ENTRIES)
"""The addresses of all pages."""


def page_at(path: str) -> str:
    """Return the name of the page with an address; there has to be one."""
    return next(entry.name for entry in _ENTRIES if entry.url_path == path)
