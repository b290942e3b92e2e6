"""The group "Data": which pictures to learn from, how many, and how they are split."""

from dataclasses import dataclass

import streamlit as st

from core.data.images.datasets import count_images, is_here, title_of
from core.data.sources import PUBLISHED, NotHere
from core.training.config import TrainConfig
from core.training.task import batch_too_large
from core.training.tasks.images import ImageTask
from core.ui.sections.train.fields import Fields
from core.ui.sections.train.own_pictures import offer_own_pictures, own_titles
from core.ui.sections.train.state import TrainState
from core.ui.widgets.download_data import offer_download


@dataclass(frozen=True)
class SplitSizes:
    """How many pictures a run has.

    Attributes:
        sizes: for training, validation and test.
        source: where the pictures come from.
        problem: a sentence on why no training is possible; empty where it is.
    """

    sizes: tuple[int, int, int]
    source: str
    problem: str = ""


def choose_data(fields: Fields, state: TrainState) -> None:
    """Show the data sets, and how much of the chosen one is learnt."""
    titles = {name: one.title for name, one in PUBLISHED.items()} | own_titles(state)
    chosen = fields.base.images.data
    if chosen not in titles:
        titles[chosen] = title_of(chosen)
    with st.container(horizontal=True):
        data_help = "MNIST: digits. Fashion-MNIST: clothes. Kuzushiji-MNIST: old Japanese characters. All are 28 x 28."
        name = fields.choose("data", "Data set", titles, data_help)
        for setting in ("images", "validation_images"):
            fields.show(ImageTask.form_field(setting))
    fields.show(ImageTask.form_field("class_weights"))
    fields.show(ImageTask.form_field("random_labels"))
    if not is_here(name):
        _offer_download(name)
    offer_own_pictures(state, name)


def count_splits(config: TrainConfig) -> SplitSizes:
    """Return how the pictures of a run are split; nothing is downloaded."""
    task, batch = config.images, config.training.batch_size
    try:
        (everything, source), (tested, _) = (count_images(task.data, split) for split in ("train", "test"))
    except NotHere as missing:
        return SplitSizes((0, 0, 0), "", f"{missing} You can get it under “Data”.")
    left = everything - task.validation_images
    learnt = left if task.images is None else min(task.images, left)
    sizes = (max(0, learnt), task.validation_images, tested)
    problem = ""
    if left < max(task.images or 0, batch):
        problem = (
            f"There are {everything:,} training images here: too few for {task.validation_images:,} for "
            f"validation and {max(task.images or 0, batch):,} to learn from."
        )
    elif learnt < batch:
        problem = str(batch_too_large(batch, learnt, "training image"))
    return SplitSizes(sizes, source, problem)


def _offer_download(name: str) -> None:
    """Show a button that fetches a published set, with its progress."""
    if name not in PUBLISHED:
        st.warning("These pictures are not on this server any more. Bring them again, or choose another data set.")
        return
    if offer_download(name, PUBLISHED[name].title, f"train-download-{name}", "go on with another data set"):
        st.rerun()
