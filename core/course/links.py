"""Links into the app, as lessons and questions write them: ``/draw-digit?test=3762``."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class CourseLink:
    """A place in the app.

    Attributes:
        path: address of the page, without the slash.
        query: its settings.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def settings(self) -> Mapping[str, str]:
        """The settings by name."""
        return dict(self.query)


def read_link(address: str, paths: frozenset[str]) -> CourseLink:
    """Return the place that an address names.

    Args:
        address: ``/page`` or ``/page?setting=value``; blanks and question marks in values may stand as they are.
        paths: of all pages.

    Raises:
        ValueError: it is no address within the app, or names no page; a sentence for whoever wrote it.
    """
    path, _, asked = address.partition("?")
    name = path.removeprefix("/")
    if name == path:
        raise ValueError(f"“{address}” is not a place in this app: it has to begin with a slash, as in /draw-digit.")
    if name not in paths:
        raise ValueError(f"There is no page “{path}”.")
    try:
        query = parse_qsl(asked, keep_blank_values=True, strict_parsing=bool(asked))
    except ValueError:
        raise ValueError(f"The settings of “{address}” have to be name=value, with & between them.") from None
    return CourseLink(name, tuple(query))
