"""Train it here: with the GRU and without it, on lines of MNIST's digits, as ordinary runs."""

from core.figures.palette import colour_of
from core.training.tasks.numbers import NumberTask
from core.ui.sections.read_number.look import Look
from core.ui.widgets.train_here import Exercise, train_here

NUMBERS = Exercise(
    NumberTask,
    key="numbers",
    about="Both networks learn from the same lines, and nobody tells them where a digit stands: CTC adds up all ways "
    "to place the number on the columns. At first every column says “blank”; then the digits appear within a few "
    "hundred updates.",
    button="Train both",
    colours={"cnn-gru": colour_of("digit-gru"), "cnn": colour_of("digit-cnn")},
)


def show_training(_look: Look) -> None:
    """Show the controls, and what was trained."""
    train_here(NUMBERS)
