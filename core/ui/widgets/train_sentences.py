"""Train it here: all networks that read sentences, as ordinary runs; "Read a sentence" and "Order" show them."""

from core.figures.palette import colour_of
from core.inspection.text.reading import judge
from core.training.tasks.sentences import SentenceTask
from core.ui.widgets.train_here import Exercise, networks_trained_here

SENTENCES = Exercise(
    SentenceTask,
    key="sentences",
    about="Eight networks learn from the same sentences of film reviews, from random weights, which of them are "
    "positive; other reviews are for validation and test. Simple ones do well here: few reviews need the order of "
    "their words.",
    button="Train all eight",
    colours={kind: colour_of(f"sentence-{kind}") for kind in SentenceTask.kinds},
)


def own_verdicts(words: tuple[str, ...]) -> dict[str, float]:
    """Return what the networks that this person last trained make of a sentence: the probability of "positive".

    They are called as the shipped ones are, "sentence-gru".
    """
    return {f"sentence-{kind}": judge(network, words) for kind, network in networks_trained_here(SENTENCES.learns)}
