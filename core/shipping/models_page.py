"""Writes `MODELS.md`: every shipped network with what its card says. `python -m core.shipping models-page`."""

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from core.inspection.images.transfer import load_transfer
from core.models.shipped import ARCHITECTURES, Card, card
from core.paths import ROOT

FILE = ROOT / "MODELS.md"

_INTRODUCTION = """# The networks we ship

Every network in `assets/weights` with the scores on its card, on data that it was not trained on; people are kept apart
as people. `python -m core.shipping NAME` trains a network again with the recipe, the seed and the versions on its card.
This page is written from the cards, and from what was measured, by `python -m core.shipping models-page`.
"""


def models_page() -> str:
    """Return the page as Markdown, made from the cards alone."""
    parts, topic = [_INTRODUCTION], ""
    for name, architecture in ARCHITECTURES.items():
        if architecture.topic != topic:
            topic = architecture.topic
            parts.append(f"## {topic}\n")
        parts.append(_section(name, card(name)))
    parts.append(_transfer())
    return "\n".join(parts)


def _transfer() -> str:
    """Return what transfer learning on the CNN was measured to do."""
    record = load_transfer()
    lines = [
        "## Transfer learning",
        "",
        "The page “Teach it your own” keeps the convolutions of `digit-cnn` and learns one dense layer, beside the",
        f"same network from random weights. Letters {record.letters[0]} to {record.letters[-1]}; {record.data}:",
        f"{record.cases} letters by {record.writers} people. Mean of {len(record.scores[0].transfer)} draws of the "
        "examples, lowest and highest in brackets.",
        "",
        "| Examples of each letter | Transfer | From scratch |",
        "|---|---|---|",
        *(f"| {one.examples} | {_spread(one.transfer)} | {_spread(one.scratch)} |" for one in record.scores),
        "",
    ]
    return "\n".join(lines)


def _spread(shares: Sequence[float]) -> str:
    return f"{fmean(shares):.1%} ({min(shares):.0%} to {max(shares):.0%})"


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
