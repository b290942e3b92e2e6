"""Train it here: networks that read surnames, that write tunes, that write Shakespeare, as ordinary runs."""

from core.figures.palette import colour_of
from core.training.tasks.next_letter import PassageTask, TuneTask
from core.training.tasks.surnames import SurnameTask
from core.ui.widgets.train_here import RECURRENT, Exercise

SURNAMES = Exercise(
    SurnameTask,
    key="names",
    about="Three cells read seven in ten names from the list letter by letter, and a Transformer looks at all letters "
    "at once; the other names are for validation and test. "
    "Russian names are half of the list: with a balance of 0 always saying “Russian” is right half the time.",
    button="Train all four",
    colours=RECURRENT | {"sinusoidal": colour_of("sentence-transformer")},
)
TUNES = Exercise(
    TuneTask,
    key="tune-writers",
    about="Three networks read the same folk tunes letter by letter, and guess at every place which letter comes next; "
    "other tunes are for validation and test. They learn what a tune looks like within seconds, and to count the beats "
    "of a bar much later.",
    button="Train all three",
    colours=RECURRENT,
)
PASSAGES = Exercise(
    PassageTask,
    key="passages",
    about="Three networks read the same pages of Shakespeare, in passages of 64 letters, and guess at every place "
    "which letter comes next; later pages are for validation and test. They learn blanks and short words within "
    "seconds.",
    button="Train all three",
    colours=RECURRENT,
)
