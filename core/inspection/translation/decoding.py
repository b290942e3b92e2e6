"""From probabilities to a translation: the likeliest piece each time, or the likeliest of several beginnings."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from core.models.text.translation import Translator, Writing

LIMIT = 28
"""Pieces after which a translation ends, whatever the network says; the longest number has 20 with its end."""
_PADDING, _END = 0, 1  # as in core.data.text.translation


@dataclass(frozen=True)
class Hypothesis:
    """A translation that a search found.

    Attributes:
        pieces: numbers of the pieces, the language first; the end is the last one where the network came to it.
        log_probability: of all its pieces together, natural logarithm.
        ended: whether the network ended it.
    """

    pieces: tuple[int, ...]
    log_probability: float
    ended: bool

    @property
    def probability(self) -> float:
        """Of all its pieces together, 0-1."""
        return math.exp(self.log_probability)


def beam_search(network: Translator, source: Tensor, language: int, width: int, limit: int = LIMIT) -> list[Hypothesis]:
    """Return up to `width` translations, the likeliest first; with a width of 1 it is greedy decoding.

    After every piece the `width` likeliest beginnings are kept, by the product of their probabilities (Sutskever,
    Vinyals and Le, 2014, section 3.2). Nothing is added for long translations: numbers have one right length. It
    ends when no beginning that is left is likelier than a translation that has ended.

    Args:
        network: that translates.
        source: the pieces that are read, (S,).
        language: the number of the language that is written.
        width: beginnings that are kept.
        limit: pieces after which a translation ends.
    """
    beginnings = [Hypothesis((language,), 0.0, False)]
    ended: list[Hypothesis] = []
    with torch.inference_mode():
        writing = network.begin(source[None])
        for _ in range(limit):
            last = torch.tensor([one.pieces[-1] for one in beginnings])
            logits, writing = network.advance(writing, last)
            chances = logits.log_softmax(1)
            chances[:, _PADDING] = -torch.inf
            totals = chances + torch.tensor([[one.log_probability] for one in beginnings])
            best, places = totals.flatten().topk(min(2 * width, totals.numel()))
            rows: list[int] = []
            kept: list[Hypothesis] = []
            for rank, (total, place) in enumerate(zip(best.tolist(), places.tolist(), strict=True)):
                row, piece = divmod(place, totals.shape[1])
                guess = Hypothesis((*beginnings[row].pieces, piece), total, piece == _END)
                if guess.ended:
                    ended += [guess] if rank < width else []  # else a beam of 1 would not be greedy
                elif len(kept) < width:
                    kept.append(guess)
                    rows.append(row)
            ended = sorted(ended, key=lambda one: -one.log_probability)[:width]
            beginnings = [one for one in kept if len(ended) < width or one.log_probability > ended[-1].log_probability]
            if not beginnings:
                break
            writing = writing.pick(torch.tensor(rows[: len(beginnings)]))
    return ended or beginnings


def greedy(network: Translator, sources: Tensor, languages: Tensor, limit: int = LIMIT) -> Tensor:
    """Return the likeliest piece each time, (B, T), 0 beyond the end; the language is not among them.

    Args:
        network: that translates.
        sources: the pieces that are read, (B, S), filled up with 0.
        languages: the number of the language that is written, (B,).
        limit: pieces after which a translation ends.
    """
    with torch.inference_mode():
        writing: Writing = network.begin(sources)
        last, written = languages, []
        over = torch.zeros(len(sources), dtype=torch.bool)
        for _ in range(limit):
            logits, writing = network.advance(writing, last)
            last = torch.where(over, _PADDING, logits[:, 1:].argmax(1) + 1)
            written.append(last)
            over |= last == _END
            if over.all():
                break
    return torch.stack(written, 1)
