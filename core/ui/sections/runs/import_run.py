"""A network that was exported elsewhere, imported as a run."""

from collections.abc import Mapping

import streamlit as st

from core.runs.exchange.importing import ALONE, ImportProblem, import_run
from core.runs.store.labels import TITLE
from core.runs.store.rights import Person
from core.runs.store.store import StoreProblem
from core.ui.plain_text import plain
from core.ui.sections.runs.state import RunsState
from core.ui.widgets.run_actions import current_runner
from core.ui.widgets.uploads import TOO_MANY, may_upload

MOST = 30
"""MB of a file; the store may allow less."""
_FILES, _ROUND = "runs-import-files", "runs-import-round"


def show_import(state: RunsState, me: Person) -> None:
    """Show the upload of an exported network, and what came of it."""
    _show_imported(state)
    with st.expander("Import a network", icon=":material/upload:", key="runs-import"):
        st.caption(
            "The zip of “Download, Weights”; or a safetensors file together with its config.json, and card.json where "
            "there is one. Names and shapes are checked before anything is loaded; the score is measured here. "
            "Pickled weights (.pt, .pth, .pkl) are never opened."
        )
        number = int(st.session_state.get(_ROUND, 0))  # another number empties the field
        files = st.file_uploader(
            f"A zip, or safetensors and JSON, up to {MOST} MB",
            type=["zip", "safetensors", "json"],
            accept_multiple_files=True,
            max_upload_size=MOST,
            key=f"{_FILES}-{number}",
            help="A file exported by this page.",
        )
        title = st.text_input("Title", max_chars=TITLE, key="runs-import-title", help="Empty: the title in the file.")
        if not st.button(
            "Import", key="runs-import-start", disabled=not files, help="Check it and add it to the runs."
        ):
            return
        parts = {_part(file.name): file.getvalue() for file in files}
        weights = parts.get("weights")
        if weights is None:
            st.warning("The weights are missing: choose a zip, or a safetensors file.", icon=":material/error:")
            return
        if len(parts) < len(files):
            st.warning("These are files of more than one network: import one at a time.", icon=":material/error:")
            return
        zipped = any(file.name.lower().endswith(".zip") for file in files)
        if zipped == ("config" in parts):
            st.warning("The zip has all that is needed: choose it alone." if zipped else ALONE, icon=":material/error:")
            return
        try:
            with st.spinner("Checking it, and measuring its score ..."):
                run = _import(parts, weights, str(title or ""), me)
        except (ImportProblem, StoreProblem) as problem:
            st.warning(plain(str(problem)), icon=":material/error:")
            return
        st.session_state[_ROUND] = number + 1
        state.imported = run
        state.changes += 1
        st.rerun()


def _import(parts: Mapping[str, bytes], weights: bytes, title: str, me: Person) -> str:
    if not may_upload(me):
        raise ImportProblem(TOO_MANY)
    return import_run(current_runner().store, weights, title, me.session, parts.get("config"), parts.get("card"))


def _show_imported(state: RunsState) -> None:
    """Say what was imported last, where the person who did it looks: beside the field, not at the top of the page."""
    run = current_runner().store.get(state.imported) if state.imported else None
    if run is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="runs-imported"):
        st.success(f"“{plain(run.title)}” was imported. {plain(run.reason)}".strip(), icon=":material/check_circle:")
        st.button("Examine it", key="runs-examine-imported", on_click=state.examine, args=(run.id,))


def _part(name: str) -> str:
    """Return the kind of a file by its name; its content is checked later."""
    lower = name.lower()
    if lower.endswith(".json"):
        return "card" if "card" in lower else "config"
    return "weights"
