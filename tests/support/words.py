"""Finds words of the glossary that a page shows without their sentence."""

import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from core.glossary import bare_words, glossary, words_in
from tests.support.apps import COLLAPSED


def unexplained(app: AppTest) -> list[str]:
    """Return ``word: text`` for every word that a text, or a control with its help, leaves unexplained."""
    protos = list(_protos(app._tree))
    texts = " ".join(str(getattr(proto, "body", "")) for proto in protos)
    return [found for proto in protos for found in (*_bare(proto), *_bare_in_chart(proto, texts))]


def _protos(node: Any) -> Iterator[Any]:
    yield getattr(node, "proto", None)
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)


def _bare_in_chart(proto: Any, texts: str) -> list[str]:
    """Words of a chart that neither a text of the page nor the chart's description has, which the browser looks at."""
    if type(proto).__name__ not in {"EChartsChart", "PlotlyChart"}:
        return []
    told = {*words_in(texts), *words_in(proto.alt)}
    return [f"{word.title}: chart {proto.alt}"[:300] for word in words_in(str(proto.spec)) if word not in told]


def _bare(proto: Any) -> list[str]:
    kind = type(proto).__name__
    if kind in {"Markdown", "Heading", "Alert", "Html"}:
        return [f"{word.title}: {proto.body[:300]}" for word in bare_words(proto.body, html=kind == "Html")]
    label, help_text = (str(getattr(proto, name, "")) for name in ("label", "help"))
    visibility = getattr(proto, "label_visibility", None)
    if visibility is not None and visibility.value == COLLAPSED:
        return []  # the names of sections, which explain themselves
    options = [str(getattr(one, "content", one)) for one in getattr(proto, "options", ())]
    if not isinstance(getattr(proto, "label", None), str):
        return []
    asked = help_text
    for word in glossary():
        asked = asked.replace(f"**{word.title}**: {word.sentence}", "")
    words = words_in(re.sub(r":material/\w+:", "", " | ".join([label, asked, *options])))
    return [f"{word.title}: {kind} {label} {options}"[:300] for word in words if word.sentence not in help_text]
