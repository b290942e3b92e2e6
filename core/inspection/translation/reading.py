"""What a network makes of a number in words: the translation, the probabilities of every piece, where it looked."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from core.data.text.number_words import Language, NumberPiece, cut_bare, value_of, write
from core.data.text.translation import END, source_vocabulary, target_pieces, target_vocabulary
from core.inspection.translation.decoding import beam_search, greedy
from core.models.shipped import load_shipped
from core.models.text.translation import TITLES, Translator, TranslatorKind

END_SIGN = "■"
"""How the end is shown among pieces."""
_CANDIDATES = 5


@dataclass(frozen=True)
class Candidate:
    """A piece that could come next, as it is shown, and its probability, 0-1."""

    text: str
    probability: float


@dataclass(frozen=True)
class Alignment:
    """One kind of attention.

    Attributes:
        weights: (blocks, heads, rows, columns); every row adds up to 1.
        rows: the pieces that look.
        columns: the pieces that are looked at.
    """

    weights: NDArray[np.float32]
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Translation:
    """What one network writes.

    Attributes:
        kind: of network.
        text: the translation.
        parts: of which the text is made.
        pieces: the same as they are shown alone; the end is the last one where the network came to it.
        probability: of all pieces together, 0-1.
        candidates: for every piece the likeliest ones at that place, the likeliest first.
        number: that the text says, None where no number is written so.
        ended: whether the network ended it.
        looks: by name: "across", from what is written to what is read; of the Transformer "reading" and "writing", too.
    """

    kind: TranslatorKind
    text: str
    parts: tuple[NumberPiece, ...]
    pieces: tuple[str, ...]
    probability: float
    candidates: tuple[tuple[Candidate, ...], ...]
    number: int | None
    ended: bool
    looks: dict[str, Alignment]

    @property
    def title(self) -> str:
        """The name of the network, for people."""
        return TITLES[self.kind]


@dataclass(frozen=True)
class Beam:
    """A translation that a beam search found: its text, and its probability, 0-1."""

    text: str
    probability: float


def translator_named(kind: TranslatorKind) -> Translator:
    """Return the network of a kind that comes with the app.

    Raises:
        BrokenWeights: it cannot be loaded.
    """
    network = load_shipped(f"translate-{kind}").network
    assert isinstance(network, Translator)
    return network


@lru_cache(maxsize=128)
def translate_pieces(kind: TranslatorKind, pieces: tuple[str, ...], target: Language) -> Translation:
    """Translate the pieces of a number with a shipped network, greedily: the likeliest piece each time.

    Args:
        kind: of network.
        pieces: that it reads, as `cut_bare` returns them.
        target: the language in which it writes.
    """
    return translate_with(translator_named(kind), kind, pieces, target)


def translate_with(network: Translator, kind: TranslatorKind, pieces: tuple[str, ...], target: Language) -> Translation:
    """Translate as `translate_pieces` does, with any network of that kind."""
    source, language = _encoded(pieces), target_vocabulary()[target]
    written = greedy(network, source[None], torch.tensor([language]))[0]
    begun = torch.cat([torch.tensor([language]), written[:-1]])
    pairs = torch.zeros(1, 2, max(len(source), len(written)), dtype=torch.long)
    pairs[0, 0, : len(source)], pairs[0, 1, : len(written)] = source, begun
    with torch.inference_mode():
        logits, attention = network.look(pairs)
        chances = logits[0].softmax(1)
        probability = float(chances.gather(1, written[:, None]).double().prod())
        best, places = chances.topk(_CANDIDATES, 1)
    candidates = tuple(
        tuple(Candidate(show_piece(number), share) for number, share in zip(*row, strict=True))
        for row in zip(places.tolist(), best.tolist(), strict=True)
    )
    numbers = tuple(written.tolist())
    found = _pieces_of(numbers)
    read, shown = (*pieces, END_SIGN), tuple(show_piece(number) for number in numbers)
    before = (show_piece(language), *shown[:-1])
    axes = {"across": (shown, read), "reading": (read, read), "writing": (before, before)}
    looks = {
        name: Alignment(weights[0].numpy(), *axes[name])
        for name, weights in attention._asdict().items()
        if weights is not None
    }
    text = write(found)
    ended = numbers[-1] == END
    return Translation(kind, text, found, shown, probability, candidates, _value(text, target), ended, looks)


@lru_cache(maxsize=64)
def search(kind: TranslatorKind, pieces: tuple[str, ...], target: Language, width: int) -> tuple[Beam, ...]:
    """Return the likeliest translations that a beam search finds with a shipped network, the likeliest first."""
    guesses = beam_search(translator_named(kind), _encoded(pieces), target_vocabulary()[target], width)
    return tuple(Beam(write(_pieces_of(guess.pieces)), guess.probability) for guess in guesses)


def show_piece(number: int) -> str:
    """Return a piece of a translation where it stands alone: joined ones begin with a hyphen or a dot."""
    if number == END:
        return END_SIGN
    piece = target_pieces()[number]
    if piece is None:
        return f"<{next((name for name, at in target_vocabulary().items() if at == number), 'padding')}>"
    return {" ": "", "-": "-", "": "" if piece.text == "," else "·"}[piece.glue] + piece.text


def _encoded(pieces: tuple[str, ...]) -> torch.Tensor:
    known = source_vocabulary()
    return torch.tensor([*(known[piece] for piece in pieces), END])


def _pieces_of(numbers: tuple[int, ...]) -> tuple[NumberPiece, ...]:
    known = target_pieces()
    return tuple(piece for number in numbers if (piece := known[number]) is not None)


def _value(text: str, language: Language) -> int | None:
    """Return the number that a network's text says; what it glued together may be no words at all."""
    try:
        return value_of(cut_bare(text, language), language)
    except ValueError:
        return None
