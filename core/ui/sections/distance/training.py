"""Train it here: the three cells and three Transformers on stories of one distance, as ordinary runs."""

from core.figures.palette import colour_of
from core.training.tasks.stories import StoryTask
from core.ui.widgets.train_here import Exercise

STORIES = Exercise(
    StoryTask,
    key="distance",
    about="Each network learns from 3,000 stories in which the question always comes as far after the country as you "
    "choose. It is tested on stories of other cities and sentences. At what distance does it stop learning anything?",
    button="Train all six",
    colours={kind: colour_of(f"story-{kind}") for kind in StoryTask.kinds},
)
