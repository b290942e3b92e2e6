"""Where the CNN looked: Grad-CAM over the picture of the sound, and its last maps."""

import numpy as np

from core.figures.maps import tile
from core.figures.palette import DIVERGING, SHARES
from core.figures.sound import sound_picture
from core.inspection.audio.reading import grad_cam, maps_of, read_sound
from core.ui.sections.say_digit.source import WORDS, Heard
from core.ui.widgets.bound_controls import choose_from_list
from core.ui.widgets.gallery import Picture, gallery

_ITS_ANSWER = "its answer"


def show_looking(heard: Heard) -> None:
    """Show which places of the picture speak for a digit, and all maps of the last convolution."""
    picture = heard.sound.picture
    asked = choose_from_list(
        "What speaks for", [_ITS_ANSWER, *WORDS], key="speaks-for", help="Grad-CAM explains one output.", width=200
    )
    digit = WORDS.index(asked) if asked in WORDS else read_sound(picture)[0].digit
    places = grad_cam(picture, digit)
    gallery(
        [
            Picture(sound_picture(picture), "The sound", "Time to the right, low sounds at the bottom.", None, SHARES),
            Picture(
                sound_picture(places),
                f"What speaks for “{WORDS[digit]}”",
                "Grad-CAM on the last convolution: bright counts most.",
                None,
                SHARES,
            ),
            Picture(
                sound_picture(picture * (0.25 + 0.75 * places)),
                "The sound where it counts",
                "The first picture, dimmed where the second is dark.",
                None,
                SHARES,
            ),
        ],
        key="say-cam",
    )
    maps = maps_of(picture)
    gallery(
        [
            Picture(
                tile(np.ascontiguousarray(maps[:, ::-1])),
                f"The {len(maps)} maps of the last convolution",
                "Each looks for something else in the picture; red is where it was found.",
                520,
                DIVERGING,
                signed=True,
            )
        ],
        key="say-maps",
    )
