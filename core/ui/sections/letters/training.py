"""Train it here: RNN, GRU, LSTM and a Transformer on the list of surnames, as ordinary runs."""

from core.figures.palette import colour_of
from core.training.tasks.surnames import SurnameTask
from core.ui.widgets.train_here import RECURRENT, Exercise

SURNAMES = Exercise(
    SurnameTask,
    key="names",
    about="Three cells read seven of ten names of the list letter by letter, and a Transformer looks at all letters at "
    "once; the other names are for validation and test. "
    "Russian names are half of the list: with a balance of 0 whoever always says “Russian” is right half the time.",
    button="Train all four",
    colours=RECURRENT | {"sinusoidal": colour_of("sentence-transformer")},
)
