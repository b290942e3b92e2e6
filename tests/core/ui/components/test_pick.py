"""Pictures that can be clicked have a name for everybody."""

from types import SimpleNamespace

import numpy as np
import pytest

from core.ui.components.pick.pick import Item, pass_on, pick


def test_a_picture_without_a_name_is_a_mistake() -> None:
    picture = np.zeros((8, 8), np.uint8)
    with pytest.raises(ValueError, match="has no name"):
        pick([Item(picture, "one"), Item(picture, "")], key="here", chosen=None, on_pick=print)


@pytest.mark.parametrize(("sent", "taken"), [("Ann", [1]), ("gone", []), (1, []), (None, []), ([], [])])
def test_a_click_means_the_picture_it_was_made_on_wherever_that_stands_by_then(
    sent: object, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wall with the newest first: what was clicked as the first is the second when the click arrives."""
    state = {"wall": SimpleNamespace(picked=sent)}
    monkeypatch.setattr("core.ui.components.pick.pick.st.session_state", state)
    found: list[int] = []
    pass_on("wall", 2, found.append, ["Bob", "Ann"])
    assert found == taken
