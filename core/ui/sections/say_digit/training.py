"""Train it here: CNN, GRU and both on spoken digits, with a person left out, as ordinary runs."""

from core.training.tasks.speech import SpeechTask
from core.ui.sections.say_digit.source import Heard
from core.ui.sections.say_digit.verdict import COLOURS
from core.ui.widgets.train_here import Exercise, train_here

SPEECH = Exercise(
    SpeechTask,
    key="speech",
    about="All three learn from the same recordings. Leave one of the five people out, and the test is spoken by "
    "somebody whom they have never heard; leave nobody out, and see how much better they seem.",
    button="Train all three",
    colours=COLOURS,
)


def show_training(_heard: Heard) -> None:
    """Show the controls, and what was trained."""
    train_here(SPEECH)
