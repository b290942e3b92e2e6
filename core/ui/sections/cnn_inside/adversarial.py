"""Fool it: one signed-gradient step, the changed digit, and the new answer."""

import streamlit as st

from core.course.live import DigitFooled
from core.figures.curves import Series, curves
from core.figures.enlarge import enlarge, grey
from core.figures.palette import colour_of, colour_signed
from core.figures.percent import percent
from core.figures.probabilities import STYLE, bars
from core.inspection.images.adversarial import (
    EPSILONS,
    MAX_EPSILON,
    RANDOM_CHANGES,
    AdversarialExample,
    fast_gradient_sign,
)
from core.inspection.images.forward import predict
from core.inspection.networks import Choice
from core.ui.plain_text import plain
from core.ui.sections.cnn_inside.network_choice import choose_class, choose_network, named
from core.ui.state.drawing import Drawing
from core.ui.state.lesson import report
from core.ui.widgets.bound_controls import choose_number
from core.ui.widgets.downloads import offer_csv, offer_png
from core.ui.widgets.gallery import Picture, gallery
from core.ui.widgets.side_by_side import side_by_side

_AWAY = "away from its answer"


@st.fragment
def show(drawing: Drawing) -> None:
    """Show the step's settings, the digit before and after, and both answers."""
    pixels = drawing.prepared.pixels
    choice = choose_network("inside-fool-network", note=False)
    goal_help = "Away from what the network says now, or towards a class of your choice (a targeted step)."
    goal = choose_class("Direction", _AWAY, choice, key="inside-fool-goal", help=goal_help, prefix="to ")
    epsilon_help = "By how much every pixel may become lighter or darker; a pixel runs from 0 to 1."
    epsilon = choose_number("Step epsilon", 0.0, MAX_EPSILON, 0.1, 0.01, key="inside-epsilon", help=epsilon_help)
    says, _ = predict(choice.network, pixels)
    targeted = goal is not None
    label = says if goal is None else goal
    result = fast_gradient_sign(choice.network, pixels, epsilon, label, targeted)
    after = int(result.after.argmax())
    report(lambda: DigitFooled(epsilon, choice.classes[says], choice.classes[after]))
    direction = enlarge(colour_signed(result.signs, 1.5), 7)
    images = [
        Picture(grey(pixels, 7), f"Before: {choice.classes[says]}", percent(float(result.before[says])), 196),
        Picture(direction, "The direction", "red lighter, blue darker", 196, signed=True),
        Picture(grey(result.perturbed, 7), f"After: {choice.classes[after]}", percent(float(result.after[after])), 196),
    ]
    gallery(images, key="inside-fooled")
    st.markdown(_words(choice, result, epsilon, says, label, targeted))
    left, right = side_by_side([2, 3], key="fooled", gap="large")
    with left:
        st.markdown("**Its answer after the step**")
        st.html(STYLE + bars(result.after, colour_of(choice.name), choice.classes))
    with right:
        st.markdown("**What larger steps do**")
        shown = list(dict.fromkeys([says, label, after]))
        lines = [
            Series(_legend(choice, one), (result.curve[:, one] * 100).tolist(), colour, dash)
            for one, colour, dash in zip(
                shown, ("#0072B2", "#D55E00", "#009E73"), ("solid", "dashed", "dotted"), strict=False
            )
        ]
        st.echarts_chart(
            curves(EPSILONS, lines, axis_name="epsilon", value_name="probability, %", mark=epsilon, interval=0.1),
            height=270, key="inside-fool-curve",
            alt=f"Probability of {', '.join(choice.classes[one] for one in shown)} over epsilon",
        )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        offer_png(
            "The changed picture", lambda: grey(result.perturbed, 8), f"fooled-{choice.name}", "inside-fooled-png"
        )
        offer_csv("Its pixels", result.perturbed, f"fooled-{choice.name}", "inside-fooled-csv")
    sign = "-" if targeted else "+"
    goes = _formula(choice, label)
    st.latex(rf"x' = \mathrm{{clip}}\left(x {sign} \epsilon\,\mathrm{{sign}}\,\nabla_x L(x, {goes})\right)")
    st.caption(
        "One step of the fast gradient sign method (Goodfellow, Shlens and Szegedy, 2015): the gradient says for every "
        "pixel whether making it lighter or darker raises the loss. All pixels take the same small step, but for those "
        "whose gradient is 0 and those that are black or white already. Computing it needs the network's weights; "
        "compare it with random changes of the same size."
    )


def _legend(choice: Choice, label: int) -> str:
    return f"{'digit ' if choice.reads_digits else ''}{choice.classes[label]}"


def _formula(choice: Choice, label: int) -> str:
    """Return a class for a formula: the digit, or the number of the class, for names may hold anything."""
    return str(label) if choice.reads_digits else rf"\text{{class {label}}}"


def _words(choice: Choice, result: AdversarialExample, epsilon: float, says: int, label: int, targeted: bool) -> str:
    after = int(result.after.argmax())
    title, was, now, goal = plain(choice.title), *(named(choice, number) for number in (says, after, label))
    if targeted and label == says:
        first = f"It already says {was}: the step makes it surer."
    elif after == says:
        first = f"With epsilon {epsilon:.2f} the {title} still says **{was}**."
    elif targeted and after != label:
        first = f"With epsilon {epsilon:.2f} it no longer says {was}, but **{now}** instead of the {goal} asked for."
    else:
        first = f"With epsilon {epsilon:.2f} the {title} no longer says {was}: it says **{now}**."
    smallest = result.smallest_epsilon
    second = (
        "No step up to 0.50 changes its answer."
        if smallest is None
        else f"The smallest step that changes its answer is {smallest:.2f}."
    )
    third = (
        f"Of {RANDOM_CHANGES} changes of the same size in **random** directions, "
        f"{result.unchanged_at_random} leave the answer as it was."
    )
    if not result.signs.any():
        first = (
            "**The gradient is 0 at every pixel**: no small change of any of them changes the loss, so this method has "
            f"no direction to go in, and the {title} still says {was}."
        )
    return f"{first} {second} {third}"
