"""The form: a recipe, its settings in four groups, what comes of them, and the button that starts the run."""

import streamlit as st

from core.models.design import ImpossibleShape, LayerSummary, summarise
from core.training.address import RECIPE, SETTINGS, change, changes, entitle, read_address, write_address
from core.training.config import BadConfig, TrainConfig, check
from core.training.recipes import RECIPES
from core.ui.training.bench import Workbench, workbench
from core.ui.training.data import Parts, choose_data, count_parts
from core.ui.training.fields import PREFIX, Fields
from core.ui.training.learning import OPTIMIZERS, choose_regularisation, choose_training
from core.ui.training.network import KINDS, choose_network, layer_table
from core.ui.training.running import start

_WIDE = 640
"""Pixels of an opened group."""


@st.fragment
def choose_and_train() -> None:
    """Show the form; a change redraws it alone, Train redraws the page."""
    bench = workbench()
    problems = _take_in_address(bench)
    with st.container(key="train-form", gap="small"):
        _choose_recipe(bench)
        row = st.container(horizontal=True, gap="small", vertical_alignment="center")
        below = st.container(gap="xsmall")
    fields = Fields(bench)
    with row:
        button = st.container(width="content")
        with st.popover("Data", icon=":material/database:", key="train-data-group"), st.container(width=_WIDE):
            choose_data(fields, bench)
        with st.popover("Network", icon=":material/layers:", key="train-network-group"), st.container(width=_WIDE):
            choose_network(fields)
            layers_place = st.container()
        with st.popover("Training", icon=":material/tune:", key="train-training-group"), st.container(width=_WIDE):
            choose_training(fields)
        with (
            st.popover("Regularisation", icon=":material/shield:", key="train-regularisation-group"),
            st.container(width=_WIDE),
        ):
            choose_regularisation(fields)
    bench.fresh = False
    problem, layers = _take_in_fields(bench, fields)
    parts = count_parts(bench.config)
    problem = problem or parts.problem
    with layers_place:
        _show_layers(layers, problem)
    with button:
        pressed = st.button(
            "Train",
            icon=":material/play_arrow:",
            type="primary",
            key="train-start",
            disabled=bool(problem),
            help="Start this run. It goes on when you leave the page, and is found again when you come back.",
        )
    with below:
        for one in problems:
            st.warning(_plain(one), icon=":material/link_off:")
        if problem:
            st.warning(_plain(problem), icon=":material/block:")
        else:
            st.caption(_plain(describe(bench.config, layers, parts)))
    _write_address(bench)
    if pressed:
        start(bench, bench.config)
        st.rerun()


def describe(config: TrainConfig, layers: tuple[LayerSummary, ...], parts: Parts) -> str:
    """Return a run in a sentence or two: network, training, and which pictures are for what."""
    training = config.training
    learnt, validated, tested = parts.sizes
    parameters = sum(layer.parameters for layer in layers)
    how = f"{OPTIMIZERS[training.optimizer]} at {training.learning_rate:g}, batches of {training.batch_size:,}"
    length = f"{training.epochs:g} epoch{'s' * (training.epochs != 1)}"
    kept = f"{validated:,} others are kept apart for validation" if validated else "none is kept for validation"
    return (
        f"{KINDS[config.task.network.kind]} with {parameters:,} parameters; {how}, {length}. "
        f"It learns from {learnt:,} images; {kept}; {tested:,} test images are looked at once, at the end. "
        f"Pictures: {parts.source}."
    )


def _choose_recipe(bench: Workbench) -> None:
    key = PREFIX + RECIPE
    if bench.fresh or key not in st.session_state:
        st.session_state[key] = bench.recipe.name
    st.pills(
        "Recipe",
        list(RECIPES),
        format_func=lambda name: RECIPES[name].title,
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_recipe_chosen,
        wrap=True,
        help="A training to begin with. The address keeps it with all you change: copy it to share an experiment.",
    )
    st.markdown(bench.recipe.sentence)


def _recipe_chosen() -> None:
    recipe = RECIPES.get(str(st.session_state.get(PREFIX + RECIPE)))
    if recipe:
        workbench().lay(recipe.config, recipe)


def _take_in_address(bench: Workbench) -> tuple[str, ...]:
    """Put the settings of a link on the bench; return what could not be used of it."""
    here = {name: st.query_params[name] for name in st.query_params if name in SETTINGS or name == RECIPE}
    if not here or here == bench.written:
        return ()
    asked = read_address(here)
    bench.lay(asked.config, asked.recipe)
    bench.written = here
    return asked.problems


def _write_address(bench: Workbench) -> None:
    """Write what was chosen into the address."""
    wanted = write_address(bench.config, bench.recipe)
    here = {name: st.query_params[name] for name in st.query_params if name in SETTINGS or name == RECIPE}
    if here != wanted:
        others = {name: st.query_params[name] for name in st.query_params if name not in here}
        st.query_params.from_dict(others | wanted)
    bench.written = wanted


def _take_in_fields(bench: Workbench, fields: Fields) -> tuple[str, tuple[LayerSummary, ...]]:
    """Put what the controls say on the bench; return what is wrong with it, and the layers of the network."""
    try:
        config = entitle(change(fields.base, fields.wanted), bench.recipe)
        layers = summarise(config.task.network)
        check(config)
    except (BadConfig, ImpossibleShape) as problem:
        return str(problem), ()
    if changes(config, bench.config) or config.title != bench.config.title:
        bench.config = config
    return "", layers


def _show_layers(layers: tuple[LayerSummary, ...], problem: str) -> None:
    if layers:
        st.html(layer_table(layers))
    else:
        st.warning(_plain(problem), icon=":material/block:")


def _plain(text: str) -> str:
    """Return text that Streamlit shows as it is: names of data sets and classes are people's own."""
    for sign in "\\`*_[]<>$:#~":
        text = text.replace(sign, "\\" + sign)
    return text
