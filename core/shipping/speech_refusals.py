"""Measures how often digits and other sounds get the answer "no digit": `python -m core.shipping speech-refusals`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from core.data.audio.fsdd import Spoken, known_voices
from core.data.audio.prepare import prepare_sound
from core.data.audio.recording import recording_of
from core.data.audio.spectrum import SAMPLE_RATE, Floats
from core.inspection.audio.reading import answer, read_sound
from core.inspection.audio.refusals import FILE, Refusals, RefusalScore

_QUIET = np.zeros(SAMPLE_RATE // 2, np.float32)
"""Half a second, before and after a sound and between two."""
_MADE = 100
"""Sounds of each kind that nobody said."""


def measure_refusals(versions: dict[str, str], spoken: Sequence[Spoken] = ()) -> Refusals:
    """Ask the shipped networks about recordings that they have not learnt, as they are and spoilt, and about noise.

    Args:
        versions: of the libraries.
        spoken: the recordings; those that are kept apart where there are none.

    Raises:
        NotHere: the collection is not on this machine.
    """
    digits = [one.samples for one in spoken or known_voices()[1]]
    others = [digits[(place + 37) % len(digits)] for place in range(len(digits))]
    draw = np.random.default_rng(0)
    kinds = {
        "digits that the networks have not learnt": digits,
        "digits played backwards": [one[::-1] for one in digits],
        "beginnings of one digit joined to the end of another": [
            np.concatenate([one[: len(one) // 2], other[len(other) // 2 :]])
            for one, other in zip(digits, others, strict=True)
        ],
        "pairs of digits with a pause": [
            np.concatenate([one, _QUIET, other]) for one, other in zip(digits, others, strict=True)
        ],
        "seconds of noise": list(_noises(draw)),
        "seconds of silence": [draw.normal(0, 1e-4, SAMPLE_RATE).astype(np.float32) for _ in range(_MADE)],
        "short beeps": list(_beeps(draw)),
    }
    scores = [
        RefusalScore(sounds=sounds, digits=place == 0, cases=len(waves), refused=sum(map(_refused, waves)))
        for place, (sounds, waves) in enumerate(kinds.items())
    ]
    return Refusals(scores=tuple(scores), versions=versions)


def write_refusals(versions: dict[str, str], file: Path = FILE) -> Refusals:
    """Measure, write the result and return it."""
    measured = measure_refusals(versions)
    file.write_text(measured.model_dump_json(indent=2) + "\n")
    return measured


def _refused(wave: Floats) -> bool:
    steady = len(wave) == SAMPLE_RATE  # noise and silence fill the recording
    samples = wave if steady else np.concatenate([_QUIET, wave, _QUIET])
    prepared = prepare_sound(recording_of(samples[:, None], SAMPLE_RATE))
    return answer(prepared, read_sound(prepared.picture)).digit is None


def _noises(draw: np.random.Generator) -> Iterator[Floats]:
    for _ in range(_MADE):
        yield draw.normal(0, draw.uniform(0.02, 0.3), SAMPLE_RATE).clip(-0.99, 0.99).astype(np.float32)


def _beeps(draw: np.random.Generator) -> Iterator[Floats]:
    for _ in range(_MADE):
        time = np.arange(round(draw.uniform(0.2, 0.7) * SAMPLE_RATE)) / SAMPLE_RATE
        yield (0.5 * np.sin(2 * np.pi * draw.uniform(150, 3000) * time)).astype(np.float32)
