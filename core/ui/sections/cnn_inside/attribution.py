"""Why this answer? Every method of the registry says which pixels counted, side by side."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.figures.enlarge import over_digit
from core.figures.percent import percent
from core.inspection.attribution import Amount, Attribution, Setting
from core.inspection.images.attribution import PIXEL_METHODS, PixelMethod
from core.inspection.images.forward import predict
from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.network_choice import choose_class, choose_network, named
from core.ui.state.drawing import Drawing
from core.ui.widgets.bound_controls import choose_number, choose_option
from core.ui.widgets.downloads import offer_csv, offer_png
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.side_by_side import row_on_phone

_ANSWER = "its answer"


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the class that is explained, and all attributions over the digit with what each means."""
    pixels = drawing.prepared.pixels
    with st.container(horizontal=True, gap="medium"):
        choice = choose_network("inside-why-network", note=False)
        says, share = predict(choice.network, pixels)
        class_help = "The class that is explained. You can also ask why it would be another one."
        asked = choose_class("Why would it be a ...", _ANSWER, choice, key="inside-why-digit", help=class_help)
    target = says if asked is None else asked
    methods = {method: method.needs(choice.network) for method in PIXEL_METHODS}
    chosen = _choose_settings(choice, [method for method, lacking in methods.items() if not lacking])
    st.markdown(
        f"The {plain(choice.title)} says **{named(choice, says)}** ({percent(share)}). "
        f"What counts for **{named(choice, target)}**: "
        "red counts for it, blue against it, the colour of the page means no influence, grey is ink without influence. "
        "Saliency has no sign: there red says that the score reacts, up or down."
    )
    found = {
        method: method.attribute(choice.network, pixels, target, **settings) for method, settings in chosen.items()
    }
    images = [
        Picture(_picture(one, pixels), method.title, _scale(one), 218, signed=True) for method, one in found.items()
    ]
    gallery(images, key="inside-attributions")
    explained = "".join(_explain(method, methods[method] or found[method].note) for method in methods)
    st.html(f'<div class="beside">{explained}</div>')
    with row_on_phone("attributions", horizontal=True, gap="small"):
        for method, one in found.items():
            file = f"{choice.name}-{method.title.lower().replace(' ', '-')}-{target}"
            offer_png(method.title, partial(_picture, one, pixels), file, f"inside-{method.title}-png")
            offer_csv(method.title, one.values, file, f"inside-{method.title}-csv")
    st.caption(
        "All of them explain the logit of the class, before softmax; each picture has its own scale. None is "
        "the whole truth: trust what several agree on. Computed with captum."
    )


def _choose_settings(choice: Choice, methods: list[PixelMethod]) -> dict[PixelMethod, dict[str, int | str]]:
    """Show the settings of every method, and return what was chosen for each."""
    with st.container(horizontal=True, gap="medium"):
        return {
            method: {one.name: _choose(choice, one) for one in method.settings(choice.network)} for method in methods
        }


def _choose(choice: Choice, setting: Setting) -> int | str:
    if isinstance(setting, Amount):
        key, ends = f"inside-{setting.name}", (setting.low, setting.high, setting.default)
        return choose_number(setting.title, *ends, 1, key=key, help=setting.help, width=260)
    key = f"inside-{setting.name}-{choice.name}"  # networks differ in their options
    options = setting.options
    return options[choose_option(setting.title, list(options), key=key, help=setting.help, default=setting.default)]


def _explain(method: PixelMethod, note: str) -> str:
    """Return as HTML what a method measures, and a sentence on this result or on what is missing for one."""
    said = f"{method.measures} Weakness: {method.weakness[0].lower()}{method.weakness[1:]} ({method.source})"
    return f"<p><b>{escape(method.title)}.</b> {escape(said)} <i>{escape(note)}</i></p>"


def _picture(one: Attribution, pixels: np.ndarray) -> np.ndarray:
    return over_digit(one.values, pixels, float(np.abs(one.values).max(initial=0.0)))


def _scale(one: Attribution) -> str:
    return f"from {one.values.min():+.3f} to {one.values.max():+.3f}"
