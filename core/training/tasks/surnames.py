"""The task of telling from which language a surname comes, letter by letter."""

from typing import Literal

import numpy as np
import torch
from pydantic import BaseModel, ConfigDict, Field
from torch import nn

from core.data.text.batches import Examples
from core.data.text.letter_batches import letter_batches
from core.data.text.surnames import ALPHABET, LANGUAGES, split, surnames
from core.models.initialisation import initialise_recurrent
from core.models.text.design import CellDesign
from core.models.text.letters import LetterReader
from core.training.task import NotEnough, Task, count_right


class SurnameTask(BaseModel):
    """Surnames of 18 languages, and the cell that reads them.

    Attributes:
        learns: "surnames".
        data: "names", the list that is downloaded.
        balance: a language weighs (its number of names) to the power of minus this; 1 makes all languages equal.
        network: that learns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    learns: Literal["surnames"] = "surnames"
    data: Literal["names"] = "names"
    balance: float = Field(default=0.25, ge=0, le=1)
    network: CellDesign = CellDesign(hidden_size=64)

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained."""
        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self._shape(len(LANGUAGES)).parameters())

    def build(self, classes: int) -> nn.Module:
        """Return the network with fresh weights."""
        network = self._shape(classes)
        if not network.table.weight.is_meta:  # otherwise there is nothing to begin with
            initialise_recurrent(network.recurrent)
        return network

    def little(self) -> "SurnameTask":
        """Return the same: its training names cost next to nothing."""
        return self

    def _shape(self, classes: int) -> LetterReader:
        design = self.network
        return LetterReader(ALPHABET.size, design.width, design.kind, design.hidden_size, classes, dropout=0.2)


def prepare_surnames(task: SurnameTask, batch_size: int, seed: int, device: torch.device) -> Task:
    """Return surnames on `device` and the network with its first weights, ready for `core.training.loop.train`.

    The split is that of the shipped network: no name is in two parts, and the names of the test are listed for one
    language each.

    Raises:
        LookupError: the list is not here.
        NotEnough: a batch is larger than all names.
    """
    parts = split(surnames())
    letters, languages = parts["train"].encode()
    if batch_size > len(letters):
        raise NotEnough(f"A batch of {batch_size:,} is larger than the {len(letters):,} surnames.")
    epoch, steps = letter_batches(letters, languages, (letters != 0).sum(1), batch_size, device=device)
    weights = np.maximum(1, np.bincount(languages, minlength=len(LANGUAGES))) ** -task.balance
    torch.manual_seed(seed)
    network = task.build(len(LANGUAGES)).to(device)
    validation, test = parts["dev"].single, parts["test"].single
    return Task(
        network=network,
        epoch=epoch,
        steps_per_epoch=steps,
        loss=nn.CrossEntropyLoss(torch.from_numpy(weights).float().to(device)),
        correct=count_right,
        validation=Examples(*validation.encode(), device),
        test=Examples(*test.encode(), device),
        sizes=(len(letters), len(validation), len(test)),
        outputs=LANGUAGES,
        notes=(f"{len(letters):,} distinct surnames of {len(LANGUAGES)} languages",),
    )
