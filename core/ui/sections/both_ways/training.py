"""Train it here: a forward reader, a bidirectional one and a Transformer on tagged words, as ordinary runs."""

from core.figures.palette import colour_of
from core.inspection.tagging.tagging import BIDIRECTIONAL, FORWARD
from core.training.tasks.tagging import TaggingTask
from core.ui.widgets.train_here import Exercise

TAGS = Exercise(
    TaggingTask,
    key="both-ways",
    about="All learn every word of WNUT 2017's posts and of sentences made by rule. They are validated and tested on "
    "pairs of sentences that only what follows decides, and there on the name alone. Who can get above 50 %?",
    button="Train all three",
    colours={
        "forward": colour_of(FORWARD),
        "bidirectional": colour_of(BIDIRECTIONAL),
        "transformer": colour_of("sentence-transformer"),
    },
)
