"""The form: a recipe, its settings in four groups, what comes of them, and the button that starts the run."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.models.images.design import ImpossibleShape, LayerSummary, summarise
from core.training.address import RECIPE, SETTINGS, change, changes, entitle, read_address, write_address
from core.training.config import BadConfig, TrainConfig, check
from core.training.recipes import RECIPES
from core.ui.plain_text import plain
from core.ui.sections.train.data import Parts, choose_data, count_parts
from core.ui.sections.train.fields import GROUP, PREFIX, Fields
from core.ui.sections.train.learning import OPTIMIZERS, choose_regularisation, choose_training
from core.ui.sections.train.network import KINDS, choose_network, layer_table
from core.ui.state.train import Workbench, workbench
from core.ui.widgets.run_actions import start


@st.fragment
def choose_and_train() -> None:
    """Show the form; a change redraws it alone, Train redraws the page."""
    bench = workbench()
    problems = _take_in_address(bench)
    with st.container(key="train-form", gap="xsmall"):
        _choose_recipe(bench)
        row = st.container(horizontal=True, gap="small", vertical_alignment="center")
        below = st.container(gap="xsmall")
    fields = Fields(bench)
    with row:
        button = st.container(width="content")
        with _group("Data", ":material/database:"):
            choose_data(fields, bench)
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
        _offer_partner(bench)
    bench.fresh = False
    problem, layers = _take_in_fields(bench, fields)
    parts = count_parts(bench.config)
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
            help="Start this run. It goes on when you leave the page, and is found again when you come back.",
        )
    with below:
        for one in problems:
            st.warning(plain(one), icon=":material/link_off:")
        if problem:
            for place in (below, *places):  # an opened group lies over the page
                place.warning(plain(problem), icon=":material/block:")
        else:
            st.caption(
                plain(describe(bench.config, layers, parts)),
                help=f"Validation images are taken out of the training part and only looked at; test images never "
                f"steer anything. {plain(parts.source[:1].upper() + parts.source[1:])}.",
            )
    _write_address(bench)
    if pressed:
        start(bench, bench.config)
        st.rerun()


@contextmanager
def _group(title: str, icon: str) -> Iterator[None]:
    """Show a button that opens a group of controls, which are drawn in the block."""
    with st.popover(title, icon=icon, key=f"train-{title.lower()}-group"), st.container(width=GROUP):
        yield


def describe(config: TrainConfig, layers: tuple[LayerSummary, ...], parts: Parts) -> str:
    """Return a run in one line: network, training, and how many pictures are for what."""
    training = config.training
    learnt, validated, tested = parts.sizes
    parameters = sum(layer.parameters for layer in layers)
    return (
        f"{KINDS[config.images.network.kind]}, {parameters:,} parameters; {OPTIMIZERS[training.optimizer]} "
        f"{training.learning_rate:g}, batch {training.batch_size:,}, {training.epochs:g} "
        f"epoch{'s' * (training.epochs != 1)}. Kept apart: {learnt:,} images to learn, {validated:,} to validate, "
        f"{tested:,} for one test at the end."
    )


def _choose_recipe(bench: Workbench) -> None:
    key = PREFIX + RECIPE
    if bench.fresh or key not in st.session_state:
        st.session_state[key] = bench.recipe.name
    st.pills(
        "Recipe",
        [name for name, one in RECIPES.items() if one is bench.recipe or not one.partner],
        format_func=lambda name: RECIPES[name].title,
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_recipe_chosen,
        wrap=True,
        help="A training to begin with. The address keeps it with all you change: copy it to share an experiment.",
    )
    st.markdown(bench.recipe.sentence)


def _offer_partner(bench: Workbench) -> None:
    """Show a button that takes the recipe with which this one is compared."""
    if bench.recipe.versus:
        versus = RECIPES[bench.recipe.versus]
        st.button(
            f"Compare: {versus.title}",
            icon=":material/compare_arrows:",
            key="train-versus",
            type="tertiary",
            on_click=bench.lay,
            args=(versus.config, versus),
            help="Take this recipe. When both are trained, their curves lie in one chart.",
        )


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
        layers = summarise(config.images.network)
        check(config)
    except (BadConfig, ImpossibleShape) as problem:
        return str(problem), ()
    if changes(config, bench.config) or config.title != bench.config.title:
        bench.config = config
    return "", layers
