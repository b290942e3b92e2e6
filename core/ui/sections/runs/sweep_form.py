"""The form of a sweep: what it starts from, what varies, and how to search."""

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.data.columns import read_number
from core.models.images.design import ImpossibleShape
from core.runs.store.rights import Person
from core.runs.store.store import StoreProblem
from core.runs.sweeps.config import UNVARIED, SweepConfig, check_sweep, read_sweep
from core.settings import settings
from core.training.address import change, flatten
from core.training.config import BadConfig, TrainConfig
from core.training.recipes import RECIPES
from core.ui.plain_text import plain
from core.ui.sections.runs.state import RunsState
from core.ui.widgets.run_actions import REFUSALS, current_runner, run_label
from core.wording import counted

SAMPLERS = {"TPE": "tpe", "Random": "random", "Grid": "grid"}
"""How a sweep searches, and its title."""
_KINDS = ("log range", "range", "list")
_HIDDEN = UNVARIED | {"device", "bf16", "seconds", "network"}
_NOTHING = "nothing more"
_FIRST = ("learning_rate", "batch_size", "optimizer")
_VALUES = {"learning_rate": "0.0003 0.001 0.003 0.01", "batch_size": "16 32 64 128", "optimizer": "sgd momentum adam"}
_RANGES = {"learning_rate": ("0.0001", "0.1"), "batch_size": ("16", "256")}
_RUNS = 20
_KEPT: dict[str, Any] = {"persist_state": "session"}


def show_form(state: RunsState, me: Person) -> None:
    """Show the form; its button starts a sweep."""
    base = _choose_base(me)
    vary = [one for number in range(3) if (one := _choose_varied(number, base)) is not None]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        sampler_help = "Grid tries every combination. Random draws. TPE draws where results have been good so far."
        sampler = st.segmented_control(
            "Search", list(SAMPLERS), default="TPE", required=True, key="sweep-sampler", help=sampler_help, **_KEPT
        )
        grid, most = sampler == "Grid", settings().max_trials
        trials_help = "How many are drawn; the size of a grid is fixed."
        trials = st.slider(
            "Trials", 1, most, min(8, most), key="sweep-trials", help=trials_help, width=260, disabled=grid, **_KEPT
        )
        pruning_help = "Stop a trial when it is worse than the median of earlier ones at two validations in a row."
        pruning = st.toggle("End poor trials early", key="sweep-pruning", help=pruning_help, **_KEPT)
    try:
        chosen = {"sampler": SAMPLERS.get(str(sampler), "tpe"), "trials": int(trials), "pruning": bool(pruning)}
        config = read_sweep({"base": base.model_dump(mode="json"), "vary": vary, **chosen})
        check_sweep(config)
    except (BadConfig, ImpossibleShape) as problem:
        st.warning(plain(str(problem)), icon=":material/error:")
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Start the sweep",
            icon=":material/play_arrow:",
            type="primary",
            key="sweep-start",
            on_click=_start,
            args=(state, config, me),
            help="Its trials are ordinary runs, one after the other; you may leave this page.",
        )
        st.caption(
            f"{counted(config.total, 'trial')}, each with {plain(_size(base))}. The best validation accuracy wins."
        )


def _choose_base(me: Person) -> TrainConfig:
    """Show what a sweep starts from, and the size of a trial; return that run."""
    offered: dict[str, TrainConfig] = {f"recipe {name}": one.config for name, one in RECIPES.items()}
    titles = {f"recipe {name}": f"Recipe: {one.title}" for name, one in RECIPES.items()}
    try:
        for run in current_runner().store.runs(session=me.session, limit=_RUNS):
            if run.learns != "images":
                continue
            offered[run.id] = run.config
            titles[run.id] = f"Run: {run_label(run)}"
    except (StoreProblem, BadConfig):
        pass  # the recipes are there
    names = list(offered)
    if st.session_state.get("sweep-base") not in offered:
        st.session_state["sweep-base"] = "recipe lab-short"
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        base_help = "All settings that do not vary are those of this recipe or run."
        chosen = st.selectbox(
            "Start from",
            names,
            format_func=lambda name: titles.get(name, name),
            key="sweep-base",
            help=base_help,
            width=330,
        )
        base = offered.get(str(chosen), offered[names[0]])
        images_help = "In every trial. Few images make quick trials; the winner can be trained longer."
        few, key = min(base.images.images or 2_000, 2_000), f"sweep-images-{chosen}"
        images = st.number_input("Training images", 100, 60_000, few, 100, key=key, help=images_help, width=170)
        short, key = min(base.training.epochs, 2.0), f"sweep-epochs-{chosen}"
        epochs = st.number_input("Epochs", 0.1, 50.0, short, 0.5, key=key, help="In every trial.", width=150)
    changed = {"images": str(int(images)), "epochs": f"{epochs:g}"}
    if not base.images.validation_images:
        changed["validation_images"] = "1000"  # trials are compared on them
    return change(base, changed)


def _choose_varied(number: int, base: TrainConfig) -> dict[str, Any] | None:
    """Show one hyperparameter and its values; return them as a sweep has them, or None where nothing varies."""
    known = [name for name in flatten(base) if name not in _HIDDEN]
    names = [_NOTHING, *known] if number else known
    key = f"sweep-{number}"
    if st.session_state.get(key) not in names:
        st.session_state[key] = _FIRST[0] if number == 0 else _NOTHING
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = st.selectbox(
            ("First", "Second", "Third")[number] + " hyperparameter",
            names,
            format_func=lambda one: str(one).replace("_", " "),
            key=key,
            width=230,
            help="A setting that varies from trial to trial.",
        )
        if name is None or name == _NOTHING:
            return None
        kinds = _KINDS if name in _RANGES or _is_number(flatten(base)[name]) else _KINDS[2:]
        first = kinds[0] if name == "learning_rate" else kinds[-1]
        kind_help = "A list of values, or a range of numbers; on a logarithmic one, factors are equally wide."
        kind = st.segmented_control(
            "Values", kinds, default=first, required=True, key=f"{key}-way-{name}", help=kind_help
        )
        if kind == "list":
            value, list_help = _VALUES.get(name, flatten(base)[name]), "Written as in the address of the page Train."
            text = st.text_input(
                "Separated by spaces", value, max_chars=400, key=f"{key}-list-{name}", help=list_help, width=330
            )
            return {"name": name, "values": _values(str(text or ""), _is_number(flatten(base)[name]))}
        low, high = _RANGES.get(name, (flatten(base)[name], ""))
        return {
            "name": name,
            "log": kind == _KINDS[0],
            "low": _end("From", low, f"{key}-low-{name}"),
            "high": _end("To", high, f"{key}-high-{name}"),
        }


def _end(label: str, default: str, key: str) -> float | None:
    text = st.text_input(label, default, max_chars=20, key=key, width=120, help="A number.")
    return read_number(text or "")


def _values(text: str, numbers: bool) -> list[str]:
    """Return the values of a list, each once; those of numbers may have decimal commas, and commas after them."""
    words = re.split(r"[\s;]+", text.strip(" ;"))
    if numbers:
        words = [word.strip(",") for word in words]
        words = [
            one for word in words for one in (word.split(",") if word.count(",") > 1 else [word.replace(",", ".")])
        ]
    return list(dict.fromkeys(word for word in words if word))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _size(base: TrainConfig) -> str:
    settings_of: Mapping[str, str] = flatten(base)
    epochs = settings_of["epochs"]
    return f"{counted(int(settings_of['images']), 'image')} for {counted(float(epochs), 'epoch')}"


def _start(state: RunsState, config: SweepConfig, me: Person) -> None:
    try:
        state.follow(current_runner().start_sweep(config, me))
    except REFUSALS as problem:
        state.notice = str(problem)
