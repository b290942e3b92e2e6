"""A tune in ABC notation as a score that is drawn, played and saved as MIDI in the browser.

`vendor/abcjs.js` is the built file of abcjs (P. Rosen and G. Dyke, MIT), made by `npm run abcjs`; the browser fetches
it with the first score and not before. Notes sound through oscillators of the Web Audio API: nothing is fetched for
them.
"""

from collections.abc import Sequence

from core.ui.components.component import component

_show = component("score")


def score(abc: str, *, key: str, name: str, file: str, wrong: Sequence[tuple[int, int]] = ()) -> None:
    """Show a score with its buttons.

    Args:
        abc: one tune, without `%%` directives.
        key: of the component.
        name: of the picture for screen readers.
        file: what a saved file is called, without its ending.
        wrong: spans of `abc`, characters from and to, whose notes are marked.
    """
    _show(key=key, data={"abc": abc, "wrong": [list(span) for span in wrong], "name": name, "file": file})
