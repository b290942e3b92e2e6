"""How the house wraps private functions of Streamlit: where no setting does what it needs, and nothing twice."""

from collections.abc import Callable
from functools import wraps
from typing import Any

_MARK = "_wrapped_by_the_house"


def wrap_once(owner: object, name: str, wrap: Callable[[Any], Callable[..., Any]]) -> None:
    """Put what `wrap` makes of a function in its place, once in a process.

    A newer Streamlit may not have the function any more. Then nothing happens: what is wrapped here must be of the kind
    without which pages still work.

    Args:
        owner: a module or a class.
        name: of the function there.
        wrap: is told the function and returns what is called instead.
    """
    function = getattr(owner, name, None)
    wrapped_by = getattr(function, _MARK, ())
    if function is None or wrap.__qualname__ in wrapped_by:
        return
    instead = wraps(function)(wrap(function))
    setattr(instead, _MARK, (*wrapped_by, wrap.__qualname__))
    setattr(owner, name, instead)
