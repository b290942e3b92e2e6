"""Train it here: a forward and a bidirectional reader on tagged words, as ordinary runs."""

from core.figures.palette import colour_of
from core.inspection.tagging.tagging import BIDIRECTIONAL, FORWARD
from core.models.text.design import TaggerDesign
from core.training.config import TrainConfig
from core.training.recipes import tag_words
from core.training.tasks.tagging import TaggingTask
from core.ui.widgets.train_here import Contender, Exercise, choose_amounts


def _configure() -> TrainConfig:
    hidden, epochs, seed = choose_amounts("both-ways", (16, 24, 40, 64), 40, 4, 10)
    return tag_words(TaggingTask(network=TaggerDesign(hidden_size=hidden)), epochs, seed)


TAGS = Exercise(
    key="both-ways",
    learns="tags",
    about="Both learn every word of WNUT 2017's posts and of sentences made by rule. They are validated and tested on "
    "pairs of sentences that only what follows decides, and there on the name alone. Who can get above 50 %?",
    configure=_configure,
    contenders={
        "forward": Contender("Forward", colour_of(FORWARD)),
        "bidirectional": Contender("Both ways", colour_of(BIDIRECTIONAL)),
    },
    button="Train both readers",
    cases="names",
    level=(0.5, "the most without what follows"),
    needs=("wnut17", "the posts of WNUT 2017"),
    validation=True,
)
