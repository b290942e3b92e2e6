"""Training batches of whole tunes: each begins with its metre and key, on which every bar below depends."""

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from core.data.like_length import batches_of_like_length
from core.data.text.letter_batches import IGNORED
from core.data.tunes.collection import START, encode


def tune_batches(
    tunes: Sequence[str], batch_size: int, device: torch.device | None = None
) -> tuple[Callable[[torch.Generator], Iterator[tuple[Tensor, Tensor]]], int]:
    """Return a function that yields one epoch of batches in a new order, and the batches in an epoch.

    Args:
        tunes: each with the empty line at its end.
        batch_size: tunes a batch; those of like length come together. A batch is what is read and what follows each
            letter, (B, T) both, filled up with the end of a line and with `IGNORED`.
        device: where batches are put; where they come from otherwise.
    """
    letters = [torch.from_numpy(encode(tune)) for tune in tunes]
    lengths = torch.tensor([len(some) for some in letters])

    def epoch(generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        for chosen in batches_of_like_length(lengths, batch_size, generator, stable=True):
            yield _filled_up([letters[at] for at in chosen.tolist()], device)

    return epoch, len(tunes) // batch_size


def tune_rows(
    tunes: Sequence[str], device: torch.device | None = None, batch_size: int = 20
) -> tuple[tuple[Tensor, Tensor], ...]:
    """Return batches of all tunes, the shortest first, to be looked at only; see `tune_batches`."""
    letters = [torch.from_numpy(encode(tune)) for tune in sorted(tunes, key=len)]
    return tuple(_filled_up(letters[at : at + batch_size], device) for at in range(0, len(letters), batch_size))


def _filled_up(letters: Sequence[Tensor], device: torch.device | None) -> tuple[Tensor, Tensor]:
    wanted = pad_sequence(list(letters), True, IGNORED)
    begin = torch.full((len(letters), 1), START)
    read = torch.cat([begin, wanted[:, :-1].where(wanted[:, :-1] != IGNORED, START)], 1)
    return read.to(device), wanted.to(device)
