"""Which of the three networks a section looks into."""

from core.models.text.translation import TITLES, TranslatorKind
from core.ui.widgets.bound_controls import choose_option

_BY_TITLE: dict[str, TranslatorKind] = {title: kind for kind, title in TITLES.items()}


def choose_network() -> TranslatorKind:
    """Show the choice of a network and return its kind; sections that look into any of them share it."""
    first = TITLES["gru-attention"]
    return _BY_TITLE[
        choose_option("Network", list(_BY_TITLE), key="translate-network", help="Whose translation.", default=first)
    ]
