"""What starts with the server."""

import gc

from core.ui.shell.startup import settle


def test_what_is_in_memory_is_no_longer_looked_through() -> None:
    circle: list[object] = []
    circle.append(circle)
    gc.unfreeze()
    try:
        settle()
        assert gc.get_freeze_count() > 10_000
        assert sum(gc.get_count()) < 2_000
        assert circle[0] is circle
    finally:
        gc.unfreeze()
