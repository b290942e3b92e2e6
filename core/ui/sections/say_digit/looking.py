"""Where the CNN looked: HiResCAM over the picture of the sound, and its last maps."""

import numpy as np
import streamlit as st

from core.figures.maps import tile
from core.figures.palette import DIVERGING, SHARES
from core.figures.sound import sound_picture
from core.inspection.audio.reading import hirescam, maps_of, read_sound
from core.ui.sections.say_digit.source import WORDS, Heard
from core.ui.widgets.bound_controls import choose_from_list
from core.ui.widgets.gallery import Picture, gallery

_ITS_ANSWER = "its answer"
_HELP = (
    "One logit is explained: every cell of the last maps times its gradient (HiResCAM: Draelos and Carin, 2020). "
    "Grad-CAM takes the mean gradient of each map first, and this network weighs every height of a map differently."
)


def show_looking(heard: Heard) -> None:
    """Show which places of the picture speak for a digit, and all maps of the last convolution."""
    picture = heard.sound.picture
    asked = choose_from_list("What counts for", [_ITS_ANSWER, *WORDS], key="speaks-for", help=_HELP, width=200)
    digit = WORDS.index(asked) if asked in WORDS else read_sound(picture)[0].digit
    said = hirescam(picture, digit)
    gallery(
        [
            Picture(sound_picture(picture), "The sound", "Time to the right, low sounds at the bottom.", None, SHARES),
            Picture(
                sound_picture(said.values),
                f"What counts for “{WORDS[digit]}”",
                "HiResCAM on the last convolution: bright counts most."
                if said.values.any()
                else "Nothing: no part of this sound counts for it.",
                None,
                SHARES,
            ),
            Picture(
                sound_picture(picture * (0.25 + 0.75 * said.values)),
                "The sound where it counts",
                "The first picture, dimmed where the second is dark.",
                None,
                SHARES,
            ),
        ],
        key="say-cam",
    )
    st.caption(
        f"All cells, including those that count against it, add up to {said.total:+.2f}. The logit of "
        f"“{WORDS[digit]}” is {said.logit:+.2f}; the difference is in the biases of the last layers."
    )
    maps = maps_of(picture)
    gallery(
        [
            Picture(
                tile(np.ascontiguousarray(maps[:, ::-1])),
                f"The {len(maps)} maps of the last convolution",
                "Each looks for something different in the picture; red is where it was found.",
                520,
                DIVERGING,
                signed=True,
            )
        ],
        key="say-maps",
    )
