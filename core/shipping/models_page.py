"""Writes `MODELS.md`: every shipped network with what its card says. `python -m core.shipping models-page`."""

from pathlib import Path

from core.models.shipped import ARCHITECTURES, Card, card
from core.paths import ROOT

FILE = ROOT / "MODELS.md"

_INTRODUCTION = """# The networks we ship

Every network in `assets/weights` with the scores on its card, on data that it was not trained on; people are kept apart
as people. `python -m core.shipping NAME` trains a network again with the recipe, the seed and the versions on its card.
This page is written from the cards by `python -m core.shipping models-page`.
"""


def models_page() -> str:
    """Return the page as Markdown, made from the cards alone."""
    parts, topic = [_INTRODUCTION], ""
    for name, architecture in ARCHITECTURES.items():
        if architecture.topic != topic:
            topic = architecture.topic
            parts.append(f"## {topic}\n")
        parts.append(_section(name, card(name)))
    return "\n".join(parts)


def write_models_page(file: Path = FILE) -> int:
    """Write the page and return how many networks are on it."""
    file.write_text(models_page(), encoding="utf-8", newline="\n")
    return len(ARCHITECTURES)


def _section(name: str, about: Card) -> str:
    architecture = ARCHITECTURES[name]
    seconds = f"{about.training_seconds:,.0f} s" if about.training_seconds >= 1 else "less than a second"
    lines = [
        f"### `{name}`",
        "",
        f"{architecture.title}: {architecture.family}. {about.parameters:,} parameters, stored as {about.precision}.",
        f"Trained on {about.data} ({seconds}).",
        "",
        "| Tested on | Right |",
        "|---|---|",
        *(
            f"| {score.data} | {score.correct:,} of {score.cases:,} ({score.accuracy:.2%}) |"
            for score in (about.test, *about.also)
        ),
        *(f"| {data} | perplexity {value:,.1f} |" for data, value in about.perplexity.items()),
        *(f"| {what} | {value:g} |" for what, value in about.figures.items()),
        "",
    ]
    return "\n".join(lines)
