"""Training batches of whole tunes: each begins with its metre and key, on which every bar below depends."""

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core.data.like_length import batches_of_like_length
from core.data.text.letter_batches import IGNORED
from core.data.tunes.collection import START, encode


def tune_batches(
    tunes: Sequence[str], batch_size: int
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Args:
        tunes: each with the empty line at its end.
        batch_size: tunes a batch; those of like length come together. A batch is what is read and what follows each
            letter, (B, T) both, filled up with the end of a line and with `IGNORED`.
    """
    letters = [torch.from_numpy(encode(tune)) for tune in tunes]
    lengths = torch.tensor([len(some) for some in letters])

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in batches_of_like_length(lengths, batch_size, generator, stable=True):
            wanted = pad_sequence([letters[at] for at in chosen.tolist()], True, IGNORED)
            begin = torch.full((batch_size, 1), START)
            yield torch.cat([begin, wanted[:, :-1].where(wanted[:, :-1] != IGNORED, START)], 1), wanted

    return epoch, len(tunes) // batch_size
