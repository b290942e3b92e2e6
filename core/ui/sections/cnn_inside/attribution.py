"""Why this answer? Four methods that say which pixels counted, side by side."""

from html import escape

import numpy as np
import streamlit as st

from core.figures.enlarge import over_digit
from core.figures.percent import percent
from core.inspection.images.attribution import (
    Attribution,
    cam_layers,
    grad_cam,
    integrated_gradients,
    occlusion,
    saliency,
)
from core.inspection.images.forward import predict
from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.network_choice import choose_class, choose_network, named
from core.ui.state.drawing import Drawing
from core.ui.widgets.bound_controls import choose_number, choose_option
from core.ui.widgets.downloads import offer_csv, offer_png
from core.ui.widgets.gallery import Picture, gallery

_ANSWER = "its answer"
METHODS = ("Saliency", "Integrated gradients", "Grad-CAM", "Occlusion")
MEANING = {
    "Saliency": "How strongly the class's score reacts when a pixel changes a little. "
    "Weakness: it is noisy, and it says where the score is sensitive, not what speaks for it.",
    "Integrated gradients": "Shares the score's rise from a black picture to yours out among the pixels. "
    "Weakness: black pixels get nothing, though an empty place can matter, and another baseline gives another picture.",
    "Grad-CAM": "Where the chosen layer finds what speaks for the class. "
    "Weakness: coarse in deep layers, and it hides what speaks against the class.",
    "Occlusion": "How far the score falls when a black patch covers the place. "
    "Weakness: it depends on the size of the patch, and on black ground black changes nothing.",
}


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the class that is explained, and four attributions over the digit with what each means."""
    pixels = drawing.prepared.pixels
    with st.container(horizontal=True, gap="medium"):
        choice = choose_network("inside-why-network", note=False)
        says, share = predict(choice.network, pixels)
        class_help = "The class that is explained. Ask also why it would be another one."
        asked = choose_class("Why would it be a ...", _ANSWER, choice, key="inside-why-digit", help=class_help)
    target = says if asked is None else asked
    patch, stride, layer = _choose_settings(choice)
    st.markdown(
        f"The {plain(choice.title)} says **{named(choice, says)}** ({percent(share)}). "
        f"What speaks for **{named(choice, target)}**: "
        "red speaks for it, blue against it, white is no influence, grey is ink without influence."
    )
    found = _attributions(choice, pixels, target, patch, stride, layer)
    images = [Picture(_picture(one, pixels), name, _scale(one), 218) for name, one in found.items() if one is not None]
    gallery(images, key="inside-attributions")
    st.html(
        "".join(
            f"<p><b>{name}.</b> {escape(MEANING[name])}"
            + (f" <i>Here {escape(one.note)}.</i>" if one is not None and one.note else "")
            + ("" if one is not None else " <i>It needs convolutional maps, which this network does not have.</i>")
            + "</p>"
            for name, one in found.items()
        )
    )
    with st.container(horizontal=True, gap="small"):
        for name, one in found.items():
            if one is not None:
                file = f"{choice.name}-{name.lower().replace(' ', '-')}-{target}"
                offer_png(name, _picture(one, pixels), file, f"inside-{name}-png")
                offer_csv(name, one.values, file, f"inside-{name}-csv")
    st.caption(
        "All four explain the logit of the class, before softmax; each picture has its own scale. None of them is the "
        "whole truth: trust what several of them agree on. Computed with captum."
    )


def _choose_settings(choice: Choice) -> tuple[int, int, str | None]:
    """Show the settings of occlusion and Grad-CAM; return patch, stride and layer."""
    with st.container(horizontal=True, gap="medium"):
        patch_help = "Side of the black square that covers a part of the digit."
        patch = choose_number("Patch of occlusion, pixels", 1, 12, 4, 1, key="inside-patch", help=patch_help, width=260)
        stride_help = "How far the square moves each time, at most its own side: or it would skip pixels."
        stride = choose_number(
            "Stride of occlusion, pixels", 1, 6, 2, 1, key="inside-stride", help=stride_help, width=260
        )
        layers = {name.removeprefix("steps."): name for name in cam_layers(choice.network)}
        if not layers:
            return patch, min(stride, patch), None
        cam_help = "Early layers are fine but know edges only; deep layers are coarse but know shapes."
        key, last = f"inside-cam-{choice.name}", list(layers)[-1]
        layer = choose_option("Layer of Grad-CAM", list(layers), key=key, help=cam_help, default=last)
    return patch, min(stride, patch), layers[layer]


def _attributions(
    choice: Choice, pixels: np.ndarray, target: int, patch: int, stride: int, layer: str | None
) -> dict[str, Attribution | None]:
    return {
        "Saliency": saliency(choice.network, pixels, target),
        "Integrated gradients": integrated_gradients(choice.network, pixels, target),
        "Grad-CAM": None if layer is None else grad_cam(choice.network, pixels, target, layer),
        "Occlusion": occlusion(choice.network, pixels, target, patch, stride),
    }


def _picture(one: Attribution, pixels: np.ndarray) -> np.ndarray:
    return over_digit(one.values, pixels, float(np.abs(one.values).max(initial=0.0)))


def _scale(one: Attribution) -> str:
    return f"from {one.values.min():+.3f} to {one.values.max():+.3f}"
