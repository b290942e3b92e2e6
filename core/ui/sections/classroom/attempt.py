"""What a click asks of the room, with the reason where it cannot be done."""

from collections.abc import Callable

from core.classroom.admission import forget_who_is_in
from core.classroom.votes import forget_poll
from core.classroom.wall import forget_board
from core.runs.store.database import StoreProblem
from core.ui.widgets.notice import hush, say

SAID = "class-said"
"""Under which the page finds a sentence to say."""


def attempt(action: Callable[[], object]) -> None:
    """Do something in the room; the page says the reason where that is refused. What hangs there is read anew."""
    hush(SAID)
    try:
        action()
    except StoreProblem as problem:
        say(SAID, str(problem))
    forget_board()
    forget_poll()
    forget_who_is_in()
