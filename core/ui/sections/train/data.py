"""The group "Data": which pictures are learnt, how many, and what is kept apart. Also brings data here."""

from dataclasses import dataclass

import streamlit as st

from core.data.images.datasets import is_here, load_images
from core.data.sources import PUBLISHED, NotHere
from core.training.config import TrainConfig
from core.ui.sections.train.fields import FIELD, Fields
from core.ui.sections.train.own_pictures import offer_own_pictures, own_titles
from core.ui.state.train import TrainState
from core.ui.widgets.download_data import offer_download


@dataclass(frozen=True)
class SplitSizes:
    """How many pictures there are for training, validation and test, and what stands in the way.

    Attributes:
        sizes: of the three parts.
        source: where the pictures come from.
        problem: why there can be no training, a sentence, or nothing.
    """

    sizes: tuple[int, int, int]
    source: str
    problem: str = ""


def choose_data(fields: Fields, state: TrainState) -> None:
    """Show the data sets there are, and which part of the chosen one is learnt."""
    titles = {name: one.title for name, one in PUBLISHED.items()} | own_titles(state)
    chosen = fields.base.images.data
    if chosen not in titles:
        titles[chosen] = "own pictures (not here)"
    with st.container(horizontal=True):
        name = fields.choose(
            "data",
            "Data set",
            titles,
            "MNIST: digits. Fashion-MNIST: clothes. Kuzushiji-MNIST: old Japanese characters. All are 28 x 28.",
            width=FIELD,
        )
        fields.whole(
            "images", "Training images", "How many are learnt; each class has its share.", empty="all", width=FIELD
        )
        fields.whole(
            "validation_images",
            "Validation images",
            "Kept apart from the training images, and looked at while it learns. 0: none, all are learnt.",
            width=FIELD,
            step=500,
        )
    fields.switch(
        "random_labels",
        "Labels drawn at random",
        "Every training image gets a label at random: whoever learns these, learns by heart.",
    )
    if not is_here(name):
        _offer_download(name)
    offer_own_pictures(state, name)


def count_splits(config: TrainConfig) -> SplitSizes:
    """Return how the pictures of a run are parted; nothing is downloaded."""
    task, batch = config.images, config.training.batch_size
    try:
        everything, test = load_images(task.data, "train"), load_images(task.data, "test")
    except NotHere as problem:
        return SplitSizes((0, 0, 0), "", f"{problem} It can be had under “Data”.")
    left = len(everything) - task.validation_images
    learnt = left if task.images is None else min(task.images, left)
    sizes = (max(0, learnt), task.validation_images, len(test))
    if left < max(task.images or 0, batch):
        return SplitSizes(
            sizes,
            everything.source,
            f"There are {len(everything):,} training images here: too few for {task.validation_images:,} for "
            f"validation and {max(task.images or 0, batch):,} to learn from.",
        )
    if learnt < batch:
        return SplitSizes(
            sizes, everything.source, f"A batch of {batch:,} is larger than the {learnt:,} training images."
        )
    return SplitSizes(sizes, everything.source)


def _offer_download(name: str) -> None:
    """Show a button that fetches a published set, with its progress."""
    if name not in PUBLISHED:
        st.warning("These pictures are not on this server any more. Bring them again, or choose another data set.")
        return
    one = PUBLISHED[name]
    if offer_download(name, one.title, f"train-download-{name}", "go on with another data set"):
        st.rerun()
