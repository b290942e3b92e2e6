"""Make what comes with the app again: `python -m core.shipping [NAME ...]`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from core.data.audio.samples import write_samples as write_speech_samples
from core.data.sources import DownloadFailed, NotHere
from core.data.text.surnames import write_sample
from core.inspection.letters.units import write_measurement
from core.models.images.checkpoints import NAME as SERIES
from core.models.shipped import WEIGHTS
from core.shipping.build import TRAININGS, folder_with, pretrain, versions, write_checkpoints
from core.shipping.measurements import write_hands, write_lab_run, write_letter_hands, write_robustness, write_samples
from core.shipping.models_page import write_models_page
from core.shipping.sentences import write_sentence_vocabulary
from core.shipping.speech_refusals import write_refusals
from core.shipping.stories import write_reach
from core.shipping.tagging import write_tagging_vocabulary
from core.shipping.transfer import write_transfer
from core.shipping.word_list import write_words

LISTS: dict[str, tuple[Callable[[], int], tuple[str, ...]]] = {
    "vocabulary": (write_sentence_vocabulary, ("sst2",)),
    "tagging-vocabulary": (write_tagging_vocabulary, ("wnut17",)),
    "words": (write_words, ("misspellings", "names", "makemore_names")),
    "surnames": (write_sample, ("names",)),
}
"""Lists of words that the app carries: what writes each and says how many there are, and the sets it is made of."""

MEASURES: dict[str, Callable[[], str]] = {
    "samples": lambda: f"{write_samples()} test digits",
    "hands": lambda: f"{write_hands()} digits of writers kept apart",
    "speech-samples": lambda: f"{write_speech_samples()} spoken digits",
    "speech-refusals": lambda: f"{len(write_refusals(versions()).scores)} kinds of sounds",
    "letter-hands": lambda: f"{write_letter_hands()} letters of writers kept apart",
    "transfer": lambda: f"{len(write_transfer().scores)} numbers of examples",
    "robustness": lambda: f"{len(write_robustness().networks)} networks on moved digits",
    "lab-run": lambda: f"{write_lab_run():.2%} of the test digits right",
    "reach": lambda: f"{len(write_reach().trained)} networks that read stories",
    "letter-units": lambda: f"{len(write_measurement().networks)} networks unit by unit on two texts",
}
"""What is measured once and shipped; each returns what it found, in words."""

PAGE = "models-page"
"""The name under which `MODELS.md` is written; no training."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    everything = [*LISTS, *TRAININGS, SERIES, *MEASURES, PAGE]
    summary = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m core.shipping", description=summary)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(everything)}; none means all")
    parser.add_argument("--into", type=Path, default=WEIGHTS, help="folder for the weights (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in everything]
    if unknown:
        parser.error(f"unknown name {', '.join(unknown)}; there are {', '.join(everything)}")
    for name in chosen.names or everything:
        try:
            _make(name, chosen.into)
        except (DownloadFailed, NotHere) as failure:
            print(f"{failure} Set PLAYGROUND_DATA to a folder that holds it.", file=sys.stderr)
            return 1
    return 0


def _make(name: str, folder: Path) -> None:
    """Make one thing and print what came of it."""
    if name in LISTS:
        write, sources = LISTS[name]
        for data in sources:
            folder_with(data)
        print(f"{name}: {write():,} words")
    elif name == PAGE:
        print(f"{name}: {write_models_page()} networks")
    elif name in MEASURES:
        print(f"{name}: {MEASURES[name]()}")
    elif name == SERIES:
        for moment in write_checkpoints(folder).moments:
            print(f"{SERIES}, step {moment.step:,}: {moment.test.accuracy:.2%} of the test digits right")
    else:
        card = pretrain(name, folder)
        print(f"{name}, {card.training_seconds:.0f} s:")
        for where, value in card.perplexity.items():
            print(f"  perplexity {value}: {where}")
        for what, value in card.figures.items():
            print(f"  {value}: {what}")
        for result in (card.test, *card.also):
            print(f"  {result.correct:,} of {result.cases:,} right ({result.accuracy:.2%}): {result.data}")


if __name__ == "__main__":
    sys.exit(main())
