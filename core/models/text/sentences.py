"""The shipped networks that read sentences: their sizes, and how they begin."""

from functools import partial

from torch import nn

from core.models.architecture import Architecture
from core.models.attention import positions
from core.models.attention.positions import Positions
from core.models.cells import FAMILIES, TITLES, Cell
from core.models.initialisation import initialise_recurrent
from core.models.text.baselines import BagOfWords, LastWords, WindowReader, WordCNN
from core.models.text.recurrent import NextWord, SentenceReader
from core.models.text.transformer import TransformerReader

KNOWN = 7000
"""Words with a vector of their own."""
OUTPUTS = 2 + KNOWN
"""What can come next: the end, any unknown word, every known one."""
ROWS = OUTPUTS + 2048
"""Rows of the table of words: nothing, unknown, the known words, groups of letters."""
WIDTH = 64
HIDDEN = 24
WINDOWS = (1, 2, 3, 4, 5, 6, 7)
"""Words that the readers of the page "Order" see at once."""


def bag_of_words() -> BagOfWords:
    """Return a bag of words: a weight for every word."""
    return BagOfWords(ROWS)


def window_reader() -> WindowReader:
    """Return a reader that sees three words at a time."""
    return WindowReader(ROWS, WIDTH, window=3, hidden_size=32, dropout=0.5)


def narrow_window_reader(window: int) -> WindowReader:
    """Return a smaller reader that sees `window` words at a time."""
    return WindowReader(ROWS, 24, window, hidden_size=24, dropout=0.3)


def word_cnn() -> WordCNN:
    """Return two convolutions with kernels of three words."""
    return WordCNN(ROWS, WIDTH, channels=32, kernel_size=3, dropout=0.5)


def sentence_reader(cell: Cell, bidirectional: bool = False) -> SentenceReader:
    """Return a recurrent reader of sentences with fresh weights."""
    reader = SentenceReader(ROWS, WIDTH, cell, HIDDEN, bidirectional, dropout=0.3 if cell == "rnn" else 0.5)
    initialise_recurrent(reader.recurrent)
    return reader


def sentence_transformer() -> TransformerReader:
    """Return a Transformer of two blocks whose class token answers; it has 7 % more parameters than the LSTM."""
    return TransformerReader(
        ROWS, WIDTH, heads=4, inner=64, blocks=2, positions="rotary", class_token=True, dropout=0.5
    )


STORY_ROWS = 2168
"""Rows of the table of words of those who read stories (`core.data.text.stories`)."""
COUNTRIES = 12
STORY_HEADS = 2
"""Heads of the Transformers that read stories."""
STORY_WINDOW = 12
"""Words that the window over stories sees."""


def story_reader(cell: Cell) -> SentenceReader:
    """Return a recurrent reader that says at the end of a story which of twelve languages is spoken."""
    reader = SentenceReader(STORY_ROWS, 32, cell, 32, classes=COUNTRIES)
    initialise_recurrent(reader.recurrent)
    return reader


def story_transformer(kind: Positions) -> TransformerReader:
    """Return a Transformer of one block whose last word looks back for the country.

    Its block has 8,544 parameters, the layer of the LSTM that reads stories 8,448.
    """
    return TransformerReader(STORY_ROWS, 32, STORY_HEADS, inner=64, positions=kind, classes=COUNTRIES)


def story_window() -> LastWords:
    """Return a reader of the last words of a story."""
    return LastWords(STORY_ROWS, 32, STORY_WINDOW, 64, COUNTRIES)


def next_word() -> NextWord:
    """Return a GRU that guesses the next word."""
    network = NextWord(ROWS, OUTPUTS, WIDTH, "gru", 96, dropout=0.4)
    nn.init.normal_(network.words.table.weight, std=0.1)
    initialise_recurrent(network.recurrent)
    return network


def initialise_from_bag(
    network: WindowReader | WordCNN | SentenceReader | TransformerReader, bag: BagOfWords, spread: float
) -> None:
    """Let the first number of every word vector be the weight of the word in a bag of words, and the others be random.

    So all networks know from the start which words are kind, and learn what their order does to them.

    Args:
        network: that begins.
        bag: a trained one.
        spread: standard deviation of the other numbers.
    """
    table = network.words.table.weight.data
    weights = bag.words.table.weight.data @ (bag.dense.weight.data[1:] - bag.dense.weight.data[:1]).T  # (rows, 1)
    nn.init.normal_(table, std=spread)
    table[:, :1] = 0.3 * weights / weights.std()
    table[0] = 0


_STORIES = "Stories: a clue, many words, a question"

ARCHITECTURES = {
    "sentence-bag": Architecture(bag_of_words, "Bag of words", "a weight for every word, added up", "Sentences"),
    "sentence-window": Architecture(window_reader, "Window", "three words at a time, averaged", "Sentences"),
    "sentence-cnn": Architecture(
        word_cnn, "1-D CNN", "two convolutions over five words, the largest values", "Sentences"
    ),
    **{
        f"sentence-{cell}": Architecture(partial(sentence_reader, cell), TITLES[cell], family, "Sentences")
        for cell, family in FAMILIES.items()
    },
    "sentence-bilstm": Architecture(
        partial(sentence_reader, "lstm", bidirectional=True),
        "Bidirectional LSTM",
        "two LSTMs, one from each end",
        "Sentences",
    ),
    "sentence-transformer": Architecture(
        sentence_transformer, "Transformer", "a class token that looks at all words", "Sentences"
    ),
    **{
        f"window-{window}": Architecture(
            partial(narrow_window_reader, window),
            f"Window of {window}",
            f"{window} words at a time, averaged",
            "Sentences, through windows of one to seven words",
        )
        for window in WINDOWS
    },
    "next-word": Architecture(next_word, "Next word", "gated recurrent unit", "The next word"),
    "story-window": Architecture(story_window, "Window", "sees the last twelve words", _STORIES),
    **{
        f"story-{cell}": Architecture(partial(story_reader, cell), TITLES[cell], family, _STORIES)
        for cell, family in FAMILIES.items()
    },
    **{
        f"story-{kind}": Architecture(partial(story_transformer, kind), title, positions.ABOUT[kind], _STORIES)
        for kind, title in positions.TRANSFORMERS.items()
    },
}
