"""Words that people have written, shown as they are where Streamlit would read Markdown."""

import re

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|~$&^=@!{}])")
_JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """Return text for a Markdown label or paragraph that reads as the text itself: no markup, links, icons or formulas.

    A colon is followed by an invisible character, because Streamlit looks for
    icons and colours (``:red[...]``) after the backslashes are gone.
    """
    escaped = _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))
    return escaped.replace(":", f":{_JOINER}").replace("www.", rf"www{_JOINER}.")
