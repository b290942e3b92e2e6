"""Train it here: RNN, GRU and LSTM on the list of surnames, as ordinary runs."""

from core.training.tasks.surnames import SurnameTask
from core.ui.widgets.train_here import RECURRENT, Exercise

SURNAMES = Exercise(
    SurnameTask,
    key="names",
    about="Three cells read seven of ten names of the list letter by letter; the others are for validation and test. "
    "Russian names are half of the list: with a balance of 0 whoever always says “Russian” is right half the time.",
    button="Train RNN, GRU and LSTM",
    colours=RECURRENT,
)
