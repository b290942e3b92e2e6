"""How soon a page follows the keys."""

import statistics
from collections.abc import Sequence

from playwright.sync_api import Page

from tests.support.machine import slowness
from tests.support.waiting import settle, wait_for_script


def time_keys(page: Page, text: str, watch: str, still: str = "") -> float:
    """Type a text key by key, and return the median of the milliseconds from a key to what it changes.

    Args:
        page: whose field has the focus.
        text: to type.
        watch: a script that sets `window.took` to null, and when the next key has changed something to milliseconds.
        still: the keys that change nothing, and are not timed.
    """
    times = []
    for letter in text:
        page.evaluate(watch)
        page.keyboard.type(letter)
        if letter not in still:
            wait_for_script(page, "window.took !== null", seconds=10)
            times.append(page.evaluate("window.took"))
        settle(page)
    return statistics.median(times)


def type_in_time(page: Page, rounds: Sequence[str], watch: str, bound: float, title: str, still: str = "") -> None:
    """Type some texts one after another, and see that the keys of one are followed within a bound, in milliseconds.

    Each is timed until one is: a server that has just begun still loads its libraries. The others are typed at once.
    """
    rest, within = list(rounds), False
    while rest and not within:
        median = time_keys(page, rest.pop(0), watch, still)
        print(f"from a key to {title}: a median of {median:.0f} ms")
        within = median <= bound * slowness()
    assert within
    page.keyboard.type("".join(rest))
