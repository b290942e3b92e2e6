"""How the shipped networks write folk tunes, and how often what they write is a tune whose bars add up."""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import torch

from core.data.tunes.collection import END, LONGEST, START, decode, encode
from core.data.tunes.notation import BadTune, parse_tune
from core.models.cards import Card, CardScore
from core.models.cells import Cell
from core.models.shipped import load_shipped
from core.models.text.letters import NextLetter

MEASURED = (0.5, 0.8, 1.0)
"""The temperatures at which every network has written tunes to be judged."""
WRITTEN = 200
"""Tunes that each network has written at each of them."""


def name_of(cell: Cell) -> str:
    """Return the name of the shipped network with this cell."""
    return f"tunes-{cell}"


def network_of(cell: Cell) -> NextLetter:
    """Return the shipped network with this cell."""
    return cast(NextLetter, load_shipped(name_of(cell)).network)


def card_of(cell: Cell) -> Card:
    """Return its card."""
    return load_shipped(name_of(cell)).card


def compose(
    network: NextLetter, begun: str, count: int, temperature: float, seed: int, most: int = LONGEST
) -> tuple[str, ...]:
    """Let a network write on from the beginning of a tune, several times at once; return what it adds to it.

    Every letter is drawn from the softmax of logits / temperature. A tune ends with an empty line; one that has none
    after `most` letters, those of `begun` included, is cut off there.

    Args:
        network: reads and writes letters of `core.data.tunes.collection.ALPHABET`.
        begun: letters of the alphabet, may be empty.
        count: how many tunes.
        temperature: above 0.
        seed: of the drawing.
        most: letters.
    """
    random = torch.Generator().manual_seed(seed)
    read = torch.tensor([START, *encode(begun)]).repeat(count, 1)
    memory = None
    drawn: list[torch.Tensor] = []
    ended = torch.zeros(count, dtype=torch.bool)
    before = read[:, -1]
    with torch.inference_mode():
        while len(begun) + len(drawn) < most and not bool(ended.all()):
            states, memory = network.recurrent(network.table(read), memory)
            chances = (network.predict_next(states[:, -1]) / temperature).softmax(-1)
            letter = torch.multinomial(chances, 1, generator=random)[:, 0]
            drawn.append(letter)
            ended |= (letter == START) & (before == START)
            before, read = letter, letter[:, None]
    written = torch.stack(drawn, 1).numpy() if drawn else torch.zeros(count, 0).long().numpy()
    return tuple(_until_end(begun, decode(row)) for row in written)


def _until_end(begun: str, written: str) -> str:
    """Return what was written up to the empty line that ends the tune."""
    end = (begun[-1:] + written).find(END)
    return written if end < 0 else written[: end + len(END) - len(begun[-1:])]


@lru_cache(maxsize=64)
def write_on(cell: Cell, begun: str, temperature: float, seed: int, network: NextLetter | None = None) -> str:
    """Let a network write one tune on, the shipped one with this cell where none is given; see `compose`."""
    return compose(network or network_of(cell), begun, 1, temperature, seed)[0]


@lru_cache(maxsize=16)
def write_and_judge(network: NextLetter, count: int, temperature: float) -> tuple[int, int]:
    """Let a network write some tunes from nothing; return how many are tunes, and of how many the bars add up."""
    return judge(compose(network, "", count, temperature, seed=0))


def judge(tunes: Sequence[str]) -> tuple[int, int]:
    """Return how many texts are tunes that have ended, and in how many of these the bars add up.

    A text is a tune if it ends with an empty line and the parser reads it to its end. Its bars add up if there are
    at least four, and each is as long as the metre asks for: no longer, and shorter only beside a repeat sign, a
    double bar, or an end of the tune, where an upbeat may share a bar with it.
    """
    parsed = right = 0
    for text in tunes:
        if text.endswith(END):
            try:
                tune = parse_tune(text)
            except BadTune:
                continue
            parsed += 1
            right += tune.adds_up
    return parsed, right


def score_writing(network: NextLetter, real: Sequence[str]) -> tuple[CardScore, ...]:
    """Let a network write `WRITTEN` tunes from nothing at every temperature; return how many are tunes, also of others.

    Args:
        network: writes.
        real: tunes by people, judged in the same way.
    """
    texts = {None: tuple(real)} | {t: compose(network, "", WRITTEN, t, seed=0) for t in MEASURED}
    return tuple(
        CardScore(data=score_name(temperature, bars), cases=len(some), correct=correct)
        for temperature, some in texts.items()
        for bars, correct in zip((False, True), judge(some), strict=True)
    )


def score_name(temperature: float | None, bars: bool) -> str:
    """Return how a card calls the tunes that parse, or whose bars add up; without a temperature, real ones."""
    which = "real tunes of the test" if temperature is None else f"tunes written from nothing at {temperature:g}"
    return f"{which} that {'parse and have bars that add up' if bars else 'parse'}"


def writing_score(card: Card, temperature: float | None, bars: bool) -> CardScore:
    """Return a score of the card by its name; see `score_name`."""
    return next(score for score in card.also if score.data == score_name(temperature, bars))


def bits_per_letter(card: Card) -> float:
    """Return the mean surprise on the tunes kept for the test."""
    return next(value for name, value in card.figures.items() if name.startswith("bits per letter, test"))
