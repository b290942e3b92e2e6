"""A small collection of pen strokes in the shape of UNIPEN's files, written by hands made by rule."""

from pathlib import Path

import numpy as np

from tests.support.handwriting import HANDS, Stroke


def digits_of(writers: int, seed: int = 0) -> tuple[list[list[Stroke]], list[str], list[int]]:
    """The ten digits of so many writers: strokes in the unit square, labels, writers."""
    draw = np.random.default_rng(seed)
    strokes, labels, numbers = [], [], []
    for writer in range(writers):
        hand = list(HANDS.values())[writer % len(HANDS)]
        for digit, drawn in hand.items():
            shaken = [[(x + draw.normal(0, 0.01), y + draw.normal(0, 0.01)) for x, y in stroke] for stroke in drawn]
            strokes.append(shaken)
            labels.append(str(digit))
            numbers.append(writer)
    return strokes, labels, numbers


def write_collection(folder: Path, writers: int = 50) -> None:
    """Write all four files into `folder`; letters and symbols are digits under other names."""
    folder.mkdir(parents=True)
    strokes, labels, numbers = digits_of(writers)
    for kind, names in {
        "digits": "0123456789",
        "capitals": "AEFHKMNRXW",
        "small_letters": "aefhkmnrxw",
        "symbols": "#$%&*+-.:?",
    }.items():
        write_file(folder / f"{kind}.npz", strokes, [names[int(label)] for label in labels], numbers)


def write_file(file: Path, strokes: list[list[Stroke]], labels: list[str], writers: list[int]) -> None:
    """Write characters as the collection has them: the larger side is 1,000."""
    points, counts = [], []
    for character in strokes:
        everything = np.concatenate([np.array(stroke) for stroke in character])
        low, side = everything.min(0), np.ptp(everything, axis=0).max()
        for stroke in character:
            points.append((np.array(stroke) - low) / side * 1000)
            counts.append(len(stroke))
    np.savez(
        file,
        points=np.concatenate(points).round().astype(np.int16),
        points_per_stroke=np.array(counts, np.int32),
        strokes_per_character=np.array([len(character) for character in strokes], np.int16),
        labels=np.array(labels),
        writers=np.array(writers, np.int16),
    )
