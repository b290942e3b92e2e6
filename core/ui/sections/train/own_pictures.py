"""A zip of own pictures: upload, meaning of its folders, rename, remove."""

from functools import partial

import streamlit as st

from core.data.images.archives import UnreadableArchive, read_archive
from core.data.images.folder_meaning import Layout
from core.data.images.own_sets import (
    MAX_TITLE,
    OWN,
    NotStored,
    OwnSet,
    own_sets,
    remove_own,
    rename_own,
    store_own,
)
from core.data.sources import NotHere
from core.training.address import change
from core.ui.plain_text import plain
from core.ui.sections.train.state import TrainState
from core.ui.state.person import person
from core.ui.widgets.uploads import TOO_MANY, may_upload
from core.wording import counted

_LAYOUTS: dict[Layout, str] = {
    "split": "Keep the split of the folders",
    "people": "Test on people kept apart",
    "merged": "Inner folders are the classes, mixed",
    "outer": "Outer folders are the classes, mixed",
}


def own_titles(state: TrainState) -> dict[str, str]:
    """Return the data sets that this person has brought, today or another day; those of others need their link."""
    me = person().session
    return {card.name: card.title for card in own_sets() if me in card.owners or card.name in state.own}


def offer_own_pictures(state: TrainState, chosen: str) -> None:
    """Show the upload of a zip, store what arrives, and offer to rename and remove the chosen own set."""
    file = st.file_uploader(
        "Or your own pictures: a zip with a folder for each class",
        type=["zip"],
        key="train-own",
        max_upload_size=5,
        help="PNG, JPEG or WebP, up to 5 MB together, at least 5 in each of 2 to 20 folders. Every fifth picture is "
        "kept for the test, unless the folders are train and test, or people: then they decide. Pictures are made 28 "
        "x 28 and grey, and kept on this server; anyone with the link can use them.",
    )
    if file is not None and file.file_id != state.file_seen:
        state.file_seen, state.layouts = file.file_id, ()
        _take_in(state, file.getvalue(), file.name, None)
        st.rerun()
    if file is not None and state.upload_notice:
        st.caption(state.upload_notice)
        if len(state.layouts) > 1:
            _choose_layout(state, file.getvalue(), file.name)
    title = own_titles(state).get(chosen)
    if title is not None:
        _rename_or_remove(state, chosen, title)


def _choose_layout(state: TrainState, data: bytes, name: str) -> None:
    """Let a person say what the folders of the zip mean."""
    offered: list[Layout] = [one for one in _LAYOUTS if one in state.layouts]
    layout = st.radio(
        "What do the folders mean?",
        offered,
        index=offered.index(state.layouts[0]),
        format_func=lambda one: _LAYOUTS[one],
        key=f"train-own-layout-{state.file_seen}",
        horizontal=True,
        help="Folders may be classes, people, or what is kept for testing. Mixed: every fifth picture is for testing.",
    )
    if layout != state.layouts[0]:
        _take_in(state, data, name, layout)
        st.rerun()


def _rename_or_remove(state: TrainState, chosen: str, title: str) -> None:
    with st.popover("Rename or remove", icon=":material/edit:", help="This data set of your own."):
        wanted = st.text_input(
            "Name", title, max_chars=MAX_TITLE, key=f"train-own-title-{chosen}", help="Shown to you."
        )
        st.button(
            "Rename",
            key="train-own-rename",
            on_click=partial(_rename, state, chosen, wanted),
            disabled=not wanted.strip() or wanted == title,
            help="Links and finished runs keep working.",
        )
        st.button(
            "Remove from this server",
            key="train-own-remove",
            icon=":material/delete:",
            on_click=partial(_remove, state, chosen),
            help="Finished runs keep their networks; they cannot be examined on these pictures any more.",
        )


def _rename(state: TrainState, chosen: str, title: str) -> None:
    try:
        rename_own(chosen.removeprefix(OWN), title)
    except (NotHere, NotStored) as problem:
        state.notice = str(problem)


def _remove(state: TrainState, chosen: str) -> None:
    try:
        remove_own(chosen.removeprefix(OWN), person().session)
    except NotStored as problem:
        state.notice = str(problem)
        return
    if chosen in state.own:
        state.own.remove(chosen)
    state.load(change(state.config, {"data": "mnist"}), state.recipe)


def _take_in(state: TrainState, data: bytes, name: str, layout: Layout | None) -> None:
    """Store a zip and choose it; a sentence says what was found, or why it cannot be used."""
    if not may_upload(person()):
        state.upload_notice = TOO_MANY
        return
    try:
        own = read_archive(data, layout=layout)
        identity = store_own(own, name.removesuffix(".zip"), person().session)
    except (UnreadableArchive, NotStored) as problem:
        state.upload_notice = plain(str(problem))
        return
    if layout is not None and state.own and state.own[-1] != OWN + identity:
        remove_own(state.own.pop().removeprefix(OWN), person().session)  # the same pictures, as they were read before
    state.upload_notice, state.layouts = " ".join(describe(own)), own.layouts
    if OWN + identity not in state.own:
        state.own.append(OWN + identity)
    validation = len(own.train) // 5
    batch = max(1, min(state.config.training.batch_size, (len(own.train) - validation) // 4))
    settings = {
        "data": OWN + identity,
        "images": "none",
        "validation_images": str(validation),
        "batch_size": str(batch),
    }
    state.load(change(state.config, settings), state.recipe)


def describe(own: OwnSet) -> list[str]:
    """Return sentences, as Markdown, on what was found in a zip, and on what was not read."""
    count = len(own.train) + len(own.test)
    classes = counted(len(own.classes), "class", "classes")
    notes = [f"{counted(count, 'picture')} in {classes}: {plain(', '.join(own.classes))}."]
    kept = plain(", ".join(own.tested_folders[:6])) + (" ..." if len(own.tested_folders) > 6 else "")
    if own.layouts[0] == "split":
        tested = counted(len(own.test), "picture is", "pictures are")
        notes.append(f"The split of the folders is kept: {tested} for testing, those of {kept}.")
    elif own.layouts[0] == "people":
        notes.append(f"Folders are read as people, and some are kept for testing: {kept}.")
    for number, what, names in (
        (own.unreadable, "could not be read", own.unreadable_names),
        (own.nested, "left out, as zips in a zip are not opened", own.nested_names),
        (own.outside, "left out, as not in a class folder", own.outside_names),
    ):
        if number:
            more = ", ..." if number > len(names) else ""
            notes.append(f"{counted(number, 'file')} {what}: {plain(', '.join(names))}{more}.")
    if own.repeated:
        notes.append(counted(own.repeated, "was there twice, and counts once.", "were there twice, and count once."))
    if own.inverted:
        notes.append("Dark ink on light paper was turned into light ink.")
    return notes
