"""Pictures that can be clicked have a name for everybody."""

import numpy as np
import pytest

from core.ui.components.pick.pick import Item, pick


def test_a_picture_without_a_name_is_a_mistake() -> None:
    picture = np.zeros((8, 8), np.uint8)
    with pytest.raises(ValueError, match="has no name"):
        pick([Item(picture, "one"), Item(picture, "")], key="here", chosen=None, on_pick=print)
