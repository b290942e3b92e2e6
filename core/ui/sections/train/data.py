"""The group "Data": which pictures are learnt, how many, and what is kept apart. Also brings data here."""

from dataclasses import dataclass

import streamlit as st

from core.data.images.archives import UnreadableArchive, read_archive
from core.data.images.datasets import is_here, load_images
from core.data.images.own_sets import OWN, NotStored, own_sets, store_own
from core.data.sources import PUBLISHED, NotHere
from core.training.address import change
from core.training.config import TrainConfig
from core.ui.sections.train.fields import FIELD, Fields
from core.ui.state.train import Workbench
from core.ui.widgets.download_data import offer_download


@dataclass(frozen=True)
class Parts:
    """How many pictures there are for training, validation and test, and what stands in the way.

    Attributes:
        sizes: of the three parts.
        source: where the pictures come from.
        problem: why there can be no training, a sentence, or nothing.
    """

    sizes: tuple[int, int, int]
    source: str
    problem: str = ""


def choose_data(fields: Fields, bench: Workbench) -> None:
    """Show the data sets there are, and which part of the chosen one is learnt."""
    titles = {name: one.title for name, one in PUBLISHED.items()} | _own_titles(bench)
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
    _offer_upload(bench)


def count_parts(config: TrainConfig) -> Parts:
    """Return how the pictures of a run are parted; nothing is downloaded."""
    task, batch = config.images, config.training.batch_size
    try:
        everything, test = load_images(task.data, "train"), load_images(task.data, "test")
    except NotHere as problem:
        return Parts((0, 0, 0), "", f"{problem} It can be had under “Data”.")
    left = len(everything) - task.validation_images
    learnt = left if task.images is None else min(task.images, left)
    sizes = (max(0, learnt), task.validation_images, len(test))
    if left < max(task.images or 0, batch):
        return Parts(
            sizes,
            everything.source,
            f"There are {len(everything):,} training images here: too few for {task.validation_images:,} for "
            f"validation and {max(task.images or 0, batch):,} to learn from.",
        )
    if learnt < batch:
        return Parts(sizes, everything.source, f"A batch of {batch:,} is larger than the {learnt:,} training images.")
    return Parts(sizes, everything.source)


def _own_titles(bench: Workbench) -> dict[str, str]:
    """Return the data sets that this session has brought; those of others are reached by their link only."""
    return {card.name: card.title for card in own_sets() if card.name in bench.own}


def _offer_download(name: str) -> None:
    """Show a button that fetches a published set, with its progress."""
    if name not in PUBLISHED:
        st.warning("These pictures are not on this server any more. Bring them again, or choose another data set.")
        return
    one = PUBLISHED[name]
    if offer_download(name, one.title, f"train-download-{name}", "go on with another data set"):
        st.rerun()


def _offer_upload(bench: Workbench) -> None:
    """Show the field for a zip of one's own pictures, and take in what has arrived."""
    file = st.file_uploader(
        "Or your own pictures: a zip with a folder for each class",
        type=["zip"],
        key="train-own",
        help="PNG, JPEG or WebP, up to 5 MB together, at least 5 in each of 2 to 20 folders. Every fifth picture is "
        "kept for the test. They are made 28 x 28 and grey, and kept on this server; whoever has the link "
        "can use them.",
    )
    if file is not None and file.file_id != bench.file_seen:
        bench.file_seen = file.file_id
        _take_in(bench, file.getvalue(), file.name)
        st.rerun()
    if bench.data_said and file is not None:
        st.caption(bench.data_said.replace("*", "\\*").replace("[", "\\["))


def _take_in(bench: Workbench, data: bytes, name: str) -> None:
    try:
        own = read_archive(data)
        identity = store_own(own, name.removesuffix(".zip"))
    except (UnreadableArchive, NotStored) as problem:
        bench.data_said = str(problem)
        return
    count = len(own.train) + len(own.test)
    notes = [f"{count:,} pictures in {len(own.classes)} classes: {', '.join(own.classes)}."]
    if own.unreadable:
        notes.append(f"{own.unreadable:,} files could not be read.")
    if own.repeated:
        notes.append(f"{own.repeated:,} were there twice, and count once.")
    if own.inverted:
        notes.append("Dark ink on light paper was turned into light ink.")
    bench.data_said = " ".join(notes)
    if OWN + identity not in bench.own:
        bench.own.append(OWN + identity)
    validation = len(own.train) // 5
    batch = max(1, min(bench.config.training.batch_size, (len(own.train) - validation) // 4))
    bench.lay(
        change(
            bench.config,
            {
                "data": OWN + identity,
                "images": "none",
                "validation_images": str(validation),
                "batch_size": str(batch),
            },
        ),
        bench.recipe,
    )
