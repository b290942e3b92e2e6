"""The network layer by layer: every block, all its maps, and one map in detail."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.data.images.datasets import ImageSet
from core.figures.enlarge import beside, boxed, crop, enlarge, grey
from core.figures.interactive.feature_map import feature_map_figure, feature_surface
from core.figures.maps import strip, tile
from core.figures.palette import DIVERGING, colour_grey, index_signed
from core.figures.percent import exact_percent
from core.inspection.images.blocks import Block, forward_blocks
from core.inspection.images.receptive_field import Box, receptive_field
from core.inspection.images.top_activations import TopActivation, searched_images, top_activations
from core.inspection.networks import Choice
from core.ui.components.figure_tools.figure_tools import Clicked
from core.ui.components.pick.pick import Item, pick
from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.filters import show_filter
from core.ui.sections.cnn_inside.network_choice import choose_network, named
from core.ui.state.address import number, text
from core.ui.state.drawing import Drawing
from core.ui.state.page_state import PageState
from core.ui.widgets.downloads import offer_csv, offer_png
from core.ui.widgets.examples import describe
from core.ui.widgets.figure import show_figure
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.sections import choose_section, controlled
from core.ui.widgets.side_by_side import row_on_phone, side_by_side

UNITS = 256
"""How many units of a layer are shown at once."""
_LARGE = 8  # screen pixels of an input pixel


@dataclass
class LayerSelection:
    """What was clicked: a layer by its name, a map or unit of it, and a cell of that map; None for the strongest."""

    layer: str = ""
    unit: int | None = None
    cell: int | None = None


_OF_A_MAP = ("Its numbers and filter", "What excites it", "As a surface")

SELECTION = PageState(
    "inside-selection",
    LayerSelection,
    {
        "layer": text("inside-layer", 40),
        "unit": number("inside-map", 0, 999_999),
        "cell": number("inside-cell", 0, 999_999),
    },
    lasting=False,
)


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the overview, the chosen block and the chosen map."""
    choice = choose_network("inside-way-network", layered=True)
    assert choice.layered is not None  # only such networks were offered
    pixels = drawing.prepared.pixels
    blocks = forward_blocks(choice.layered, pixels)
    names = [block.name for block in blocks]
    first = next(block.name for block in blocks if block.weight is not None)
    selection = SELECTION.open()
    chosen = names.index(selection.layer if selection.layer in names else first)
    _overview(blocks, chosen)
    block = blocks[chosen]
    st.header(f"{block.name}: {block.shape}")
    if block.output.ndim == 3 and block.name != "input":
        _maps(choice, block, pixels)
    elif block.name == "input":
        st.markdown("The picture itself: 784 numbers. See them all under **Pixels and softmax**.")
        gallery([Picture(grey(pixels, _LARGE), "28 x 28 pixels", block.description, 224)], key="inside-input")
    elif block.kind.startswith("Flatten"):
        _flat(block)
    else:
        _units(choice, block, blocks[chosen - 1], last=chosen == len(blocks) - 1)


def _overview(blocks: tuple[Block, ...], chosen: int) -> None:
    total = sum(block.multiply_adds for block in blocks)
    items = []
    for block in blocks:
        lines = [block.kind, block.description]
        if block.parameters:
            lines.append(f"{block.parameter_formula} = {block.parameters:,} parameters")
            lines.append(f"{_share(block.multiply_adds, total)} of the multiply-adds")
        items.append(
            Item(_thumbnail(block), f"{block.name}  {block.shape}", "\n".join(lines), signed=block.name != "input")
        )
    pick(
        items,
        key="inside-stations",
        chosen=chosen,
        on_pick=lambda place: _go(blocks[place].name),
        side=196,
        wide=True,
    )
    parameters = sum(block.parameters for block in blocks)
    biggest = max(blocks, key=lambda block: block.multiply_adds)
    richest = max(blocks, key=lambda block: block.parameters)
    st.caption(
        f"Click a layer to open it. In total {parameters:,} parameters and {total:,} multiply-adds for one digit: "
        f"{biggest.name} does most of the work (`{biggest.multiply_add_formula} = {biggest.multiply_adds:,}`), "
        f"{richest.name} holds most of the parameters. "
        "Blue is below zero, red is above, zero is as pale as the page; each layer has its own scale."
    )


def _within(asked: int | None, count: int, default: int) -> int:
    """Return the number that was asked for, or the default where there is none or it is too large."""
    return default if asked is None or asked >= count else asked


def _share(part: int, total: int) -> str:
    share = part / total
    return exact_percent(share, 2 if share < 0.01 else 1)


def _thumbnail(block: Block) -> np.ndarray:
    if block.name == "input":
        return colour_grey(block.output[0])
    if block.output.ndim == 3:
        return tile(block.output)
    return strip(block.output, square=4) if block.channels > 64 else tile(block.output, square=4)


def _go(name: str) -> None:
    SELECTION.keep(LayerSelection(name))


def _take(unit: int) -> None:
    SELECTION.keep(replace(SELECTION.open(), unit=unit, cell=None))


def _maps(choice: Choice, block: Block, pixels: np.ndarray) -> None:
    """Show all maps of a block, and the chosen one large."""
    raw = False
    with row_on_phone("maps", horizontal=True, gap="medium", vertical_alignment="center"):
        if block.activation:
            raw = st.toggle(
                f"Before the {block.activation}",
                key="inside-raw",
                bind="query-params",
                help="ReLU sets everything below zero to zero. Switch on to see what it throws away."
                if block.has_relu
                else f"Switch on to see the numbers as they reach the {block.activation}.",
            )
        maps = block.pre_activation if raw else block.output
        name = f"{choice.name}-{block.name}{f'-before-{block.activation.lower()}' if raw else ''}"
        offer_png("All maps", lambda: DIVERGING[tile(maps)], name, "inside-maps-png")
        offer_csv("All numbers", maps, name, "inside-maps-csv")
    limit = float(np.abs(maps).max(initial=0.0))
    liveliest = int(maps.reshape(len(maps), -1).max(1).argmax())
    unit = _within(SELECTION.open().unit, block.channels, liveliest)
    pictures = index_signed(maps, limit)
    items = [Item(picture, str(number), signed=True) for number, picture in enumerate(pictures)]
    with _shelf(len(items)):
        pick(items, key="inside-maps", chosen=unit, on_pick=_take, side=52)
    _one_map(choice, block, maps, unit, pixels)


def _shelf(count: int) -> DeltaGenerator:
    """Return a container for so many pictures; more than 64 get a scroll bar."""
    return st.container(height=420 if count > 64 else "content", border=False)


def _one_map(choice: Choice, block: Block, maps: np.ndarray, unit: int, pixels: np.ndarray) -> None:
    values = maps[unit]
    rows, columns = values.shape
    strongest = int(values.argmax())
    cell = _within(SELECTION.open().cell, rows * columns, strongest)
    row, column = divmod(cell, columns)
    st.header(f"Map {unit} of {block.name}")
    look = choose_section("What to look at", _OF_A_MAP, key="inside-map-look", help="Of the chosen map.")
    limit = float(np.abs(maps).max(initial=0.0))
    name = f"map {unit} of {block.name}"
    if look == _OF_A_MAP[1]:
        _exciting(choice, block, unit)
        return
    if look == _OF_A_MAP[2]:
        alt = f"M{name[1:]} as a surface, from {values.min():.2f} to {values.max():.2f}"
        show_figure(feature_surface(values, limit, name), name="map-surface", alt=alt, height=420)
        st.caption("The higher the surface, the larger the value of that cell. Turn it with the mouse or a finger.")
        return
    left, middle, right = side_by_side([5, 4, 4], key="map", gap="medium")
    with left:
        show_figure(
            feature_map_figure(values, limit, (row, column), name),
            name="map",
            height=400,
            on_click=partial(_select, values.shape),
            alt=f"M{name[1:]}, largest value {values.max():.2f}",
        )
        place = "the strongest cell" if cell == strongest else "the cell you chose"
        st.caption(
            f"Framed: {place}, row {row}, column {column}, value {values[row, column]:.3f}. Click another one; "
            "drag to zoom in."
        )
    with middle:
        show_filter(block, unit)
    with right:
        assert block.windows is not None  # maps have places
        box = receptive_field(block.windows, row, column)
        picture = grey(pixels, _LARGE)
        if not box.empty:
            picture = boxed(colour_grey(pixels), _LARGE, box.top, box.left, box.bottom, box.right)
        words = (
            f"This cell sees {box.height} x {box.width} pixels of the digit: rows {box.top} to {box.bottom - 1}, "
            f"columns {box.left} to {box.right - 1}. Nothing outside the box can change it."
        )
        if box.empty:
            words = "This cell sees padding only: it is the same for every picture."
        gallery([Picture(picture, "Its receptive field", words, 224)], key="inside-field")
        _choose_cell((row, column), (rows, columns))


def _choose_cell(cell: tuple[int, int], shape: tuple[int, int]) -> None:
    """Show fields that choose a cell as a click does, for hands without a mouse."""
    with st.container(horizontal=True, gap="small", key="inside-map-cell"):
        for axis, name in enumerate(("Row", "Column")):

            def go(place: int, axis: int = axis) -> None:
                there = (place, cell[1]) if axis == 0 else (cell[0], place)
                _select(shape, Clicked(0, there))

            controlled(
                st.number_input,
                name,
                0,
                max(1, shape[axis] - 1),
                value=cell[axis],
                on_change=go,
                key=f"inside-map-{name.lower()}",
                disabled=shape[axis] < 2,
                width=120,
                help="Of the framed cell; a click on the map does the same.",
            )


def _select(shape: tuple[int, int], clicked: Clicked) -> None:
    """Keep the cell that was clicked in the address."""
    match clicked.place:
        case (row, column) if row < shape[0] and column < shape[1]:
            SELECTION.keep(replace(SELECTION.open(), cell=row * shape[1] + column))


def _exciting(choice: Choice, block: Block, unit: int) -> None:
    """Show the held-out digits that excite a map or unit most, cropped to what it sees of them."""
    with st.spinner("Looking through held-out digits ..."):
        found = top_activations(choice, block.name, unit)
    pictures = searched_images(choice)
    st.markdown(
        f"**What excites {'map' if block.windows is not None else 'unit'} {unit} most**",
        help="The pictures for which its largest value is highest. The box is what that cell sees, "
        "shown again beside the picture.",
    )
    most = found[0].value
    if most == 0 or (block.has_relu and most < 0):  # 0 also where the ReLU came in the block before, as in pooled maps
        st.info(f"None of {len(pictures):,} held-out pictures brings it above zero: it is a dead unit, or nearly so.")
    gallery([_excited(choice, block, one, pictures) for one in found], key="inside-exciting")
    digits = "digits" if choice.examples is None else "pictures"
    st.caption(
        f"Looked through {len(pictures):,} {digits} from {plain(pictures.source)}; the network was not trained on them."
    )


def _excited(choice: Choice, block: Block, one: TopActivation, pictures: ImageSet) -> Picture:
    image, caption = pictures.images[one.place], describe(choice, pictures, one.place)
    if block.windows is None:
        return Picture(enlarge(image, 4), f"{one.value:.2f}", caption, 112)
    box: Box = receptive_field(block.windows, one.row, one.column)
    if box.empty:
        return Picture(enlarge(image, 4), f"{one.value:.2f}", f"{caption}; the cell sees padding only", 222)
    place = (box.top, box.left, box.bottom, box.right)
    return Picture(beside(boxed(image, 4, *place), crop(image, *place, 112)), f"{one.value:.2f}", caption, 222)


def _flat(block: Block) -> None:
    st.markdown(
        f"Nothing is computed here: the maps before are laid in **one row of {block.channels:,} numbers**, "
        "so that a dense layer can take them in. From here on nothing says which cells were neighbours."
    )
    title = f"{block.channels:,} numbers, line by line"
    spread = f"from {block.output.min():.2f} to {block.output.max():.2f}"
    gallery([Picture(strip(block.output), title, spread, 577, DIVERGING, signed=True)], key="inside-flat")
    offer_csv("All numbers", block.output, block.name, "inside-flat-csv")


def _units(choice: Choice, block: Block, before: Block, last: bool) -> None:
    """Show the units of a dense layer or of a batch norm, and one of them with what it is made of."""
    limit = float(np.abs(block.output).max(initial=0.0))
    unit = _within(SELECTION.open().unit, block.channels, int(block.output.argmax()))
    tiles = index_signed(block.output, limit)
    shown = np.sort(np.argsort(-np.abs(block.output), kind="stable")[:UNITS])
    items = [
        Item(
            np.full((1, 1), tiles[place]),
            _unit_name(choice, place, last),
            f"{block.output[place]:.2f}",
            signed=True,
            id=f"{block.name}-{place}",
        )
        for place in shown.tolist()
    ]
    marked = int(np.flatnonzero(shown == unit)[0]) if unit in shown else None
    with _shelf(len(items)):
        pick(items, key="inside-units", chosen=marked, on_pick=lambda place: _take(int(shown[place])), side=52)
    if len(shown) < block.channels:
        st.caption(f"The {len(shown)} of {block.channels:,} units with the largest magnitude.")
    offer_csv("All numbers", block.output, f"{choice.name}-{block.name}", "inside-units-csv")
    meaning = f": the logit of {'digit ' if choice.reads_digits else ''}{named(choice, unit)}" if last else ""
    st.header(f"Unit {unit} of {block.name}{meaning}")
    if block.weight is not None and block.bias is not None:
        st.markdown(_sum(block, before.output.ravel(), unit))
    show_filter(block, unit)
    _exciting(choice, block, unit)


def _unit_name(choice: Choice, number: int, last: bool) -> str:
    if not last:
        return str(number)
    return f"digit {number}" if choice.reads_digits else choice.classes[number]


def _sum(block: Block, inputs: np.ndarray, unit: int) -> str:
    """Return in words and numbers what a dense unit adds up."""
    assert block.weight is not None and block.bias is not None
    parts = block.weight[unit] * inputs
    total = float(parts.sum() + block.bias[unit])
    strongest = np.argsort(-np.abs(parts))[:4]
    digits = 2 if float(np.abs(block.weight[unit]).max()) >= 0.1 else 4
    spelled = " + ".join(f"({block.weight[unit, place]:.{digits}f} * {inputs[place]:.2f})" for place in strongest)
    more = " + ..." if inputs.size > 4 else ""
    words = (
        f"{inputs.size:,} numbers times their weights, the largest parts first, and the bias: "
        f"`{spelled}{more} + {block.bias[unit]:.2f} = {total:.3f}`"
    )
    return f"{words}, and after the {block.activation} `{block.output[unit]:.3f}`." if block.activation else words
