"""Words that people have written, shown as they are where Streamlit would read Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&^=@!{}])")
_COLON = re.compile(r":(?=\S)")
_JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """Return text for a Markdown label or paragraph that reads as the text itself: no markup, links, icons or formulas.

    A colon before a letter is followed by an invisible character, because Streamlit looks for icons and colours
    (``:red[...]``) after the backslashes are gone.
    """
    escaped = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _COLON.sub(f":{_JOINER}", escaped).replace("www.", rf"www{_JOINER}.")
