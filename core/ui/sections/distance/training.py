"""Train it here: the three cells on stories of one distance, as ordinary runs."""

from core.training.tasks.stories import StoryTask
from core.ui.widgets.train_here import RECURRENT, Exercise

STORIES = Exercise(
    StoryTask,
    key="distance",
    about="Each cell learns from 3,000 stories in which the question always stands as far from the country as you "
    "choose. It is tested on stories of other cities and sentences. From which distance on does it learn nothing?",
    button="Train RNN, GRU and LSTM",
    colours=RECURRENT,
)
