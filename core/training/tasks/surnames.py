"""The task of telling from which language a surname comes, letter by letter."""

from typing import ClassVar, Literal

import numpy as np
import torch
from pydantic import Field
from torch import nn

from core.data.text.batches import Examples
from core.data.text.letter_batches import letter_batches
from core.data.text.surnames import ALPHABET, LANGUAGES, split, surnames
from core.models.cells import TITLES
from core.models.initialisation import initialise_recurrent
from core.models.text.design import ReaderDesign, attention_width
from core.models.text.letters import LetterReader
from core.models.text.transformer import TransformerReader
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large, count_right
from core.training.tasks.task_config import FormField, TaskConfig


class SurnameTask(TaskConfig):
    """Surnames of 18 languages, and the cell or the Transformer that reads them.

    Attributes:
        learns: "surnames".
        data: "names", the list that is downloaded.
        balance: a language weighs (its number of names) to the power of minus this; 1 makes all languages equal.
        network: that learns.
    """

    cases = "names"
    classes = len(LANGUAGES)
    kinds: ClassVar = {str(kind): title for kind, title in (*TITLES.items(), ("sinusoidal", "Transformer"))}
    form = (
        FormField(
            "balance",
            "Balance",
            "A language weighs its number of names to the power of minus this; 1 makes all languages equal.",
            step=0.25,
            low=0,
            high=1,
        ),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=4e-3, batch_size=32, clip_norm=1, epochs=4
    )
    hidden_sizes = (16, 32, 64, 128)
    most_epochs = 12
    baseline = (1 / len(LANGUAGES), "pure chance")

    learns: Literal["surnames"] = "surnames"
    data: Literal["names"] = "names"
    balance: float = Field(default=0.25, ge=0, le=1)
    network: ReaderDesign = ReaderDesign(hidden_size=64)

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return f"Surnames of {len(LANGUAGES)} languages"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights; two blocks of a Transformer are about as large as an LSTM."""
        design = self.network
        letters, units = ALPHABET.size, design.hidden_size
        match design.kind:
            case "rnn" | "gru" | "lstm":
                network = LetterReader(letters, design.width, design.kind, units, classes, dropout=0.2)
                initialise_recurrent(network.recurrent)
                return network
            case _:
                return TransformerReader(
                    letters,
                    attention_width(design.width),
                    heads=2,
                    inner=2 * units,
                    blocks=2,
                    positions=design.kind,
                    class_token=True,
                    dropout=0.2,
                    classes=classes,
                )

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return surnames and network on `device`.

        The split is that of the shipped network: no name is in two parts, and the names of validation and test are
        listed for one language each.

        Raises:
            LookupError: the list is not here.
            NotEnough: a batch is larger than all names.
        """
        parts = split(surnames())
        letters, languages = parts["train"].encode()
        if batch_size > len(letters):
            raise batch_too_large(batch_size, len(letters), "surname")
        epoch, steps = letter_batches(letters, languages, (letters != 0).sum(1), batch_size, device=device)
        weights = np.maximum(1, np.bincount(languages, minlength=len(LANGUAGES))) ** -self.balance
        torch.manual_seed(seed)
        network = self.build(len(LANGUAGES)).to(device)
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
