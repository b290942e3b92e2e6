"""Train it here: an RNN, a GRU and an LSTM on the movements of many people's pens, as ordinary runs."""

from core.training.tasks.pen import PenTask
from core.ui.widgets.train_here import RECURRENT, Exercise

MOVEMENTS = Exercise(
    PenTask,
    key="movements",
    about="All three read characters that people wrote with a pen, step by step, and are tested on 20 people whom they "
    "did not learn from. Networks that read digits may follow your pen afterwards, above.",
    button="Train all three",
    colours=RECURRENT,
)
