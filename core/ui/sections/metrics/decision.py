"""Which kind of network suits which data: seven questions, and what follows from the answers."""

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("A row of numbers", "A picture or grid", "A sequence")
ROW, GRID, SEQUENCE = KINDS
AMOUNTS = ("Under 1,000", "Thousands", "Millions")
FEW, SOME, MANY = AMOUNTS
YES_NO = ("Yes", "No")
NOT_DEEP = "Not deep learning"


@dataclass(frozen=True)
class GuideQuestion:
    """One question: its name in the address, the text, the answers, and a help."""

    name: str
    text: str
    answers: tuple[str, ...]
    help: str


QUESTIONS = (
    GuideQuestion("rule", "Can you write the rule down?", YES_NO, "As in tax, chess moves, or sorting by date."),
    GuideQuestion("explain", "Must every single decision be explained?", YES_NO, "To a judge, a patient, a customer."),
    GuideQuestion(
        "kind",
        "What is one example?",
        KINDS,
        "What the network is shown at one time. Texts, sounds and measurements over time are sequences.",
    ),
    GuideQuestion("amount", "How many labelled examples are there?", AMOUNTS, "With the right answer beside each."),
    GuideQuestion("order", "Does another order change the meaning?", YES_NO, "“Dog bites man” is not “man bites dog”."),
    GuideQuestion("far", "Do distant parts belong together?", YES_NO, "A name on page 1 explains a word on page 9."),
    GuideQuestion("stream", "Must it answer while data still come in?", YES_NO, "Step by step, on a small device."),
)
"""The seven questions, in the order in which they are asked."""

USUAL = {"rule": "No", "explain": "No", "kind": GRID, "amount": SOME, "order": "Yes", "far": "No", "stream": "No"}
"""The answers that the page opens with."""


@dataclass(frozen=True)
class Reason:
    """Why: a sentence, and the page with its settings that shows it."""

    sentence: str
    page: str
    label: str
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Advice:
    """What suits, how it is done, and why."""

    network: str
    how: str
    reasons: tuple[Reason, ...]


_ORDER = Reason(
    "The same words in another order mean something else, and counting them cannot see it.", "order", "Order"
)
_FAR = Reason("A recurrent memory fades over distance, and so do its gradients.", "distance", "Distance")
_STEP = Reason(
    "It reads one step at a time, keeps a state of fixed size and can answer after every step.",
    "sentence",
    "Read a sentence",
)
_LOCAL = Reason("One small kernel finds the same local pattern wherever it is.", "convolution", "Convolution by hand")
_SHIFT = Reason(
    "Of digits shifted by 2 pixels or more, a CNN reads many more than an MLP, if both never saw a shifted one before.",
    "cnn_inside",
    "Does pooling help?",
    (("inside", "Does pooling help?"),),
)
_TRANSFER = Reason("Few examples are enough where only the last layer learns.", "teach", "Teach it your own")
_MIX = Reason("Weighted sums of all inputs: no column is another's neighbour.", "neurons", "Neurons")
_LUCK = Reason(
    "Even on four rows the first weights decide: a small table gives a network little to learn from.",
    "neurons",
    "Is it luck?",
    (("neurons-section", "Is it luck?"),),
)
_WHY = Reason(
    "What a network looks at can be asked, but the answers of several methods differ.",
    "cnn_inside",
    "Inside the CNN",
)
_LOOK = Reason(
    "Attention looks back at every word before it writes the next one: see where.",
    "translate",
    "Translate",
)
_COUNT = Reason("Without order, counting the words is nearly as good, and much cheaper.", "order", "Order")


@dataclass(frozen=True)
class Rule:
    """What suits where all of some questions have one of some answers."""

    wanted: dict[str, tuple[str, ...]]
    advice: Advice

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Whether it fits these answers."""
        return all(answers[name] in allowed for name, allowed in self.wanted.items())


_YES, _NO = ("Yes",), ("No",)
RULES = (
    Rule({"rule": _YES}, Advice(NOT_DEEP, "Write the rule as a program: it is exact, and needs no data.", (_LUCK,))),
    Rule(
        {"explain": _YES},
        Advice(NOT_DEEP, "Begin with a decision tree or a logistic regression, which can be read.", (_WHY,)),
    ),
    Rule(
        {"kind": (ROW,), "amount": (FEW,)},
        Advice(NOT_DEEP, "Take a linear model or a random forest: they need less data.", (_LUCK,)),
    ),
    Rule({"kind": (ROW,)}, Advice("MLP", "Compare it with boosted trees, which are often as good on tables.", (_MIX,))),
    Rule(
        {"kind": (GRID,), "amount": (FEW,)},
        Advice("CNN", "Take a pre-trained one, and train only its last layer.", (_TRANSFER, _LOCAL)),
    ),
    Rule(
        {"kind": (GRID,), "amount": (MANY,), "far": _YES},
        Advice("Transformer", "One for pictures, cut into patches; with fewer pictures a CNN is better.", (_LOCAL,)),
    ),
    Rule({"kind": (GRID,)}, Advice("CNN", "Neighbouring pixels belong together, wherever they are.", (_LOCAL, _SHIFT))),
    Rule(
        {"order": _NO},
        Advice("MLP", "Count the parts (a bag of words) and let an MLP read the counts.", (_COUNT, _MIX)),
    ),
    Rule({"stream": _YES}, Advice("RNN", "A GRU or an LSTM: the same small cost for every step.", (_STEP, _ORDER))),
    Rule(
        {"far": _YES, "amount": (MANY,)},
        Advice(
            "Transformer", "Attention reaches every part in one step, and you have data to train it.", (_FAR, _LOOK)
        ),
    ),
    Rule(
        {"far": _YES},
        Advice("Transformer", "Take a pre-trained one: attention reaches every part in one step.", (_FAR, _LOOK)),
    ),
    Rule(
        {"amount": (FEW,)},
        Advice("Transformer", "Take a pre-trained one, and fine-tune it on your few examples.", (_TRANSFER,)),
    ),
    Rule(
        {},
        Advice("RNN", "A GRU or an LSTM; a CNN over the steps is a quick rival for short patterns.", (_STEP, _ORDER)),
    ),
)
"""From the most particular to the last, which always fits."""


def decide(answers: Mapping[str, str]) -> Rule:
    """Return the rule that decides, by the answers to all `QUESTIONS`: the first one that fits."""
    return next(rule for rule in RULES if rule.fits(answers))
