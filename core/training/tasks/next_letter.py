"""The task of predicting the next letter: of folk tunes, or of Shakespeare's plays."""

from collections.abc import Sequence
from typing import ClassVar, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import Tensor, nn

from core.data.text import shakespeare
from core.data.text.batches import passage_batches, passage_rows
from core.data.text.letter_batches import IGNORED
from core.data.tunes import collection
from core.data.tunes.batches import tune_batches, tune_rows
from core.models.cells import TITLES
from core.models.initialisation import initialise_recurrent
from core.models.text.design import WriterDesign
from core.models.text.letters import LETTERS, TUNE_LETTERS, NextLetter
from core.training.hyperparameters import Training
from core.training.task import Batch, Epoch, NotEnough, Task, batch_too_large
from core.training.tasks.task_config import FormField, TaskConfig
from core.wording import counted

PASSAGE = 64
"""Letters of a play that are read in one go."""
SCORED = 500
"""Letters of a play that are read in one go, from a state of zeros, when a network is scored."""
DROPOUT = 0.1


class NextLetterTask(TaskConfig):
    """What two tasks have in common: the network, and the score, which counts every letter.

    Attributes:
        network: that learns.
    """

    cases = "letters"
    kinds: ClassVar = {str(kind): title for kind, title in TITLES.items()}
    hidden_sizes = (32, 64, 96, 128, 192)
    most_epochs = 20

    network: WriterDesign = WriterDesign()

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        design = self.network
        network = NextLetter(classes, design.width, design.kind, design.hidden_size, DROPOUT)
        initialise_recurrent(network.recurrent)
        return network

    def _task(
        self,
        device: torch.device,
        alphabet: str,
        batches: tuple[Epoch, int],
        learnt: int,
        kept: Sequence[Sequence[Batch]],
        note: str,
    ) -> Task:
        """Return the task.

        Args:
            device: of the network.
            alphabet: every letter, by its number.
            batches: an epoch of them, and how many there are.
            learnt: letters to learn from.
            kept: the batches of validation and of the test.
            note: where the letters come from.
        """
        epoch, steps = batches
        validation, test = kept
        return Task(
            network=self.build(len(alphabet)).to(device),
            epoch=epoch,
            steps_per_epoch=steps,
            loss=next_letter_loss,
            correct=count_right_letters,
            validation=lambda: iter(validation),
            test=lambda: iter(test),
            sizes=(learnt, _letters_of(validation), _letters_of(test)),
            outputs=tuple(alphabet),
            notes=(note,),
            cases=count_letters,
        )


class TuneTask(NextLetterTask):
    """Folk tunes in ABC notation, each read from its metre and key.

    Attributes:
        learns: "tunes".
        data: "tunes", the collection that is downloaded.
        tunes: how many are learnt from.
    """

    classes = TUNE_LETTERS
    form = (FormField("tunes", "Tunes", "How many are learnt from.", step=100, low=100, high=800),)
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=6e-3, batch_size=8, clip_norm=1, epochs=6
    )

    learns: Literal["tunes"] = "tunes"
    data: Literal["tunes"] = "tunes"
    tunes: int = Field(default=800, ge=1, le=800)

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return "Folk tunes, letter by letter"

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return tunes and network on `device`; no tune is in two parts.

        Raises:
            LookupError: the tunes are not here.
            NotEnough: a batch is larger than all tunes.
        """
        learnt = collection.part("train")[: self.tunes]
        if batch_size > len(learnt):
            raise batch_too_large(batch_size, len(learnt), "tune")
        torch.manual_seed(seed)
        return self._task(
            device,
            collection.ALPHABET,
            tune_batches(learnt, batch_size, device),
            sum(map(len, learnt)),
            (tune_rows(collection.part("validation"), device), tune_rows(collection.part("test"), device)),
            f"{counted(len(learnt), 'tune')} of the Nottingham Music Database",
        )

    def for_testing(self) -> "TuneTask":
        """Return the same with a single tune to learn from."""
        return self.model_copy(update={"tunes": 1})


class PassageTask(NextLetterTask):
    """Shakespeare's plays, read in short passages.

    Attributes:
        learns: "passages".
        data: "tinyshakespeare", the text that is downloaded.
        letters: how many are learnt from, the first ones of the text.
    """

    classes = LETTERS
    form = (
        FormField(
            "letters", "Letters", "How many of the plays are learnt from.", step=50_000, low=50_000, high=900_000
        ),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=8e-3, batch_size=32, clip_norm=1, epochs=4
    )

    learns: Literal["passages"] = "passages"
    data: Literal["tinyshakespeare"] = "tinyshakespeare"
    letters: int = Field(default=300_000, ge=3 * PASSAGE, le=900_000)

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return "Shakespeare, letter by letter"

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return passages and network on `device`; validation and test are later parts of the text.

        Raises:
            LookupError: the text is not here.
            NotEnough: a batch is larger than all passages.
        """
        learnt, validation, test = (
            shakespeare.encode(text)
            for text in (
                shakespeare.part("train")[: self.letters],
                shakespeare.part("validation"),
                shakespeare.part("test"),
            )
        )
        epoch, steps = passage_batches(learnt, PASSAGE, batch_size, device)
        if not steps:
            raise NotEnough(f"A batch of {batch_size:,} passages is larger than the {counted(len(learnt), 'letter')}.")
        torch.manual_seed(seed)
        return self._task(
            device,
            shakespeare.ALPHABET,
            (epoch, steps),
            len(learnt),
            tuple(passage_rows(part, shakespeare.START, SCORED, device) for part in (validation, test)),
            f"{len(learnt):,} letters of tinyshakespeare",
        )

    def for_testing(self) -> "PassageTask":
        """Return the same with as few letters to learn from as there may be."""
        return self.model_copy(update={"letters": 3 * PASSAGE})


def next_letter_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean cross-entropy in nats: logits (B, T, letters), the letters that came (B, T) or `IGNORED`."""
    return F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED)


def count_right_letters(logits: Tensor, wanted: Tensor) -> Tensor:
    """Return how many letters were expected: none was held likelier. The arguments are those of `next_letter_loss`."""
    return (logits.argmax(2) == wanted).sum()


def _letters_of(batches: Sequence[Batch]) -> int:
    return sum(count_letters(wanted) for _, wanted in batches)


def count_letters(wanted: Tensor) -> int:
    """Return how many letters came (B, T)."""
    return int((wanted != IGNORED).sum())
