"""The form: a recipe, its settings in four groups, a summary, and the button that starts the run."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.models.images.design import ImpossibleShape, LayerSummary, summarise
from core.training.address import RECIPE, change, changes, with_title
from core.training.config import BadConfig, TrainConfig, check
from core.training.recipes import RECIPES
from core.ui.plain_text import plain
from core.ui.sections.train.actions import start
from core.ui.sections.train.data import SplitSizes, choose_data, count_splits
from core.ui.sections.train.fields import GROUP, PREFIX, Fields
from core.ui.sections.train.learning import OPTIMIZERS, choose_regularisation, choose_training
from core.ui.sections.train.network import choose_network, layer_table
from core.ui.sections.train.state import TrainState
from core.wording import counted


@st.fragment
def show_form(state: TrainState) -> None:
    """Show the form. A change redraws only the form, Train redraws the page."""
    problems = state.read_link()
    with st.container(key="train-form", gap="xsmall"):
        _choose_recipe(state)
        row = st.container(horizontal=True, gap="small", vertical_alignment="center")
        below = st.container(gap="xsmall")
    fields = Fields(state)
    with row:
        button = st.container(width="content")
        with _group("Data", ":material/database:"):
            choose_data(fields, state)
            places = [st.container()]
        with _group("Network", ":material/layers:"):
            choose_network(fields)
            places.append(st.container())
        with _group("Training", ":material/tune:"):
            choose_training(fields)
            places.append(st.container())
        with _group("Regularisation", ":material/shield:"):
            choose_regularisation(fields)
            places.append(st.container())
        _offer_partner(state)
    state.fresh = False
    problem, layers = _take_in_fields(state, fields)
    parts = count_splits(state.config)
    problem = problem or parts.problem
    with places[1]:
        st.html(layer_table(layers))
    with button:
        pressed = st.button(
            "Train",
            icon=":material/play_arrow:",
            type="primary",
            key="train-start",
            disabled=bool(problem),
            help="Start this run. It continues if you leave the page, and you find it again when you come back.",
        )
    with below:
        for one in problems:
            st.warning(plain(one), icon=":material/link_off:")
        if problem:
            for place in (below, *places):  # an opened group lies over the page
                place.warning(plain(problem), icon=":material/block:")
        else:
            st.caption(
                plain(describe(state.config, layers, parts)),
                help=f"Validation images are taken out of the training part and only looked at; test images never "
                f"steer anything. {plain(parts.source[:1].upper() + parts.source[1:])}.",
            )
    state.write_link()
    if pressed:
        start(state, state.config)
        st.rerun()


@contextmanager
def _group(title: str, icon: str) -> Iterator[None]:
    """Show a button that opens a group of controls; the block draws them."""
    with st.popover(title, icon=icon, key=f"train-{title.lower()}-group"), st.container(width=GROUP):
        yield


def describe(config: TrainConfig, layers: tuple[LayerSummary, ...], parts: SplitSizes) -> str:
    """Return a run in one line: network, training, and the sizes of the splits."""
    training = config.training
    learnt, validated, tested = parts.sizes
    parameters = sum(layer.parameters for layer in layers)
    return (
        f"{config.images.network.title}, {parameters:,} parameters; {OPTIMIZERS[training.optimizer]} "
        f"{training.learning_rate:g}, batch {training.batch_size:,}, {counted(training.epochs, 'epoch')}. "
        f"Split into {counted(learnt, 'image')} to learn from, {validated:,} to validate, "
        f"{tested:,} for one test at the end."
    )


def _choose_recipe(state: TrainState) -> None:
    key = PREFIX + RECIPE
    if state.fresh or key not in st.session_state:
        st.session_state[key] = state.recipe.name
    st.pills(
        "Recipe",
        [name for name, one in RECIPES.items() if one is state.recipe or not one.partner],
        format_func=lambda name: RECIPES[name].title,
        required=True,
        key=key,
        on_change=_load_recipe,
        args=(state,),
        wrap=True,
        help="Settings to start from. The address keeps them with all your changes: copy it to share an experiment.",
    )
    st.markdown(state.recipe.sentence)
    changed = [name.replace("_", " ") for name in changes(state.config, state.recipe.config)]
    if changed:
        st.caption(f"This describes the recipe. Changed here: {', '.join(changed)}.")


def _offer_partner(state: TrainState) -> None:
    """Show a button that loads the recipe to compare this one with."""
    if state.recipe.versus:
        versus = RECIPES[state.recipe.versus]
        st.button(
            f"Compare: {versus.title}",
            icon=":material/compare_arrows:",
            key="train-versus",
            type="tertiary",
            on_click=state.load,
            args=(versus.config, versus),
            help="Load this recipe. When both are trained, their curves are in one chart.",
        )


def _load_recipe(state: TrainState) -> None:
    recipe = RECIPES.get(str(st.session_state.get(PREFIX + RECIPE)))
    if recipe:
        state.load(recipe.config, recipe)


def _take_in_fields(state: TrainState, fields: Fields) -> tuple[str, tuple[LayerSummary, ...]]:
    """Take over the controls; return what is wrong with them, and the layers of the network."""
    try:
        config = with_title(change(fields.base, fields.wanted), state.recipe)
        layers = summarise(config.images.network)
        check(config)
    except (BadConfig, ImpossibleShape) as problem:
        return str(problem), ()
    if changes(config, state.config) or config.title != state.config.title:
        state.config = config
    return "", layers
