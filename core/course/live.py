"""What is on the screen now, as far as lessons may ask for it: small records that pages report."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DigitSeen:
    """A digit, and what the networks make of it.

    Attributes:
        answers: the answer of each network by its title, ``CNN``.
        label: the true digit where it is known.
        own: whether somebody drew it here, with pen, mouse or finger.
        recognised: whether it counts as a digit at all.
    """

    answers: Mapping[str, int]
    label: int | None
    own: bool
    recognised: bool


@dataclass(frozen=True)
class ConvolutionSeen:
    """The convolution on the bench: the name of its kernel, its settings, and the size of what comes out."""

    kernel: str
    edited: bool
    size: int
    stride: int
    padded: bool
    activation: str
    pooling: str
    output: tuple[int, int]


@dataclass(frozen=True)
class DigitMoved:
    """A digit that was moved, and who still reads it.

    Attributes:
        across: pixels to the right.
        down: pixels.
        degrees: clockwise.
        right: by the title of a network, whether it still gives the digit.
    """

    across: int
    down: int
    degrees: int
    right: Mapping[str, bool]


@dataclass(frozen=True)
class DigitFooled:
    """A digit after an adversarial step: its size, and the answers before and after."""

    epsilon: float
    before: str
    after: str


@dataclass(frozen=True)
class TrainingSeen:
    """A training on the page "Train", as far as it has come.

    Attributes:
        run: its id.
        title: its settings in words.
        created: when it was started, seconds since 1970.
        status: ``running`` or ``finished``, for example.
        loss: mean of the last batches; None before there is one.
        accuracy: of the last batches, 0-1.
        validation: accuracy on digits that it does not learn from, 0-1; None where it was not measured.
        test: accuracy on the test digits, 0-1; None before the end.
        cases: test digits.
        random_labels: whether its labels say nothing about the pictures.
    """

    run: str
    title: str
    created: float
    status: str
    loss: float | None
    accuracy: float | None
    validation: float | None
    test: float | None
    cases: int
    random_labels: bool


@dataclass(frozen=True)
class RunsCompared:
    """Runs that stand side by side: their titles, and their test accuracies where they have one."""

    titles: tuple[str, ...]
    tests: tuple[float | None, ...]


@dataclass(frozen=True)
class NetworkExamined:
    """A network that is examined: its title, pictures it was tested on, and how many it reads right."""

    title: str
    cases: int
    right: int


@dataclass(frozen=True)
class SentenceSeen:
    """A sentence, and the probability of "positive" by the title of each network."""

    text: str
    positive: Mapping[str, float]


@dataclass(frozen=True)
class SentencePairSeen:
    """Two sentences, whether they are the same words in another order, and how positive each network finds both."""

    first: str
    second: str
    reordered: bool
    positive: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class StorySeen:
    """A story that asks for a language.

    Attributes:
        words: from the clue to the question.
        answer: the language it asks for.
        said: what each network expects, by its title.
    """

    words: int
    answer: str
    said: Mapping[str, str]


@dataclass(frozen=True)
class GradientsSeen:
    """By what factor the gradient changes with each step back, by the title of the cell, and whether it is clipped."""

    factors: Mapping[str, float]
    clipped: bool
    trained: bool


@dataclass(frozen=True)
class MovementTried:
    """An experiment with a drawing: its name, and the answers of the CNN and the follower before and after."""

    name: str
    cnn: tuple[str, str]
    follower: tuple[str, str]
    cnn_unmoved: bool
    follower_unmoved: bool


@dataclass(frozen=True)
class LuckSeen:
    """How many of the seeds have all four answers right, by (learning rate, updates)."""

    right: Mapping[tuple[float, int], int]
    seeds: int


@dataclass(frozen=True)
class NumberSeen:
    """A number on the sheet: whether somebody wrote it here, and the digits that each way of reading gives."""

    own: bool
    together: str
    cut: str


@dataclass(frozen=True)
class TranslationSeen:
    """A number that was translated: how it reads, into which language, and by network whether it came out right."""

    text: str
    languages: str
    right: Mapping[str, bool]


Seen = (
    DigitSeen
    | ConvolutionSeen
    | DigitMoved
    | DigitFooled
    | TrainingSeen
    | RunsCompared
    | NetworkExamined
    | SentenceSeen
    | SentencePairSeen
    | StorySeen
    | GradientsSeen
    | MovementTried
    | LuckSeen
    | NumberSeen
    | TranslationSeen
)
"""What a page may report."""


@dataclass
class Live:
    """What was reported.

    Attributes:
        began: when the step was begun first, seconds since 1970; trainings from before do not tick it off.
        seen: since the step began, the newest of each kind.
        trainings: that were on show since the lesson began, by run.
    """

    began: float = 0.0
    seen: dict[type[Seen], Seen] = field(default_factory=dict)
    trainings: dict[str, TrainingSeen] = field(default_factory=dict)

    def take(self, one: Seen) -> None:
        """Take in a report."""
        if isinstance(one, TrainingSeen):
            self.trainings[one.run] = one
            if one.created < self.began:
                return
        self.seen[type(one)] = one

    def next_step(self, began: float) -> "Live":
        """Return what the next step begins with, which was begun first at a time."""
        return Live(began, {}, self.trainings)
