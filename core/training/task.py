"""What the training loop works on: a network, its data, and how its outputs are scored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.wording import counted

Batch = tuple[Tensor, Tensor]
"""Inputs (B, ...) and targets (B, ...), on the device of the network."""
Epoch = Callable[[torch.Generator], Iterator[Batch]]
"""Yields the batches of one pass over the training data, in an order drawn with the generator it is given."""
Examples = Callable[[], Iterator[Batch]]
"""Yields all batches of data used for evaluation, in a fixed order."""


@dataclass(frozen=True)
class Task:
    """What is to be learnt. The loop knows no more than this: not whether it is about images or words.

    Attributes:
        network: on its device; trained in place.
        epoch: the training data.
        steps_per_epoch: how many batches `epoch` yields.
        loss: (outputs, targets) -> the mean loss, a scalar with gradients.
        correct: (outputs, targets) -> how many answers are right, a scalar.
        validation: data for early stopping and the plateau schedule; None where all data is trained on.
        test: data evaluated once, at the end.
        sizes: how many examples there are for training, validation and test.
        outputs: names of the network's outputs.
        notes: where the data comes from, for people.
        cases: how many predictions the targets of a batch ask for.
    """

    network: nn.Module
    epoch: Epoch
    steps_per_epoch: int
    loss: Callable[[Tensor, Tensor], Tensor]
    correct: Callable[[Tensor, Tensor], Tensor]
    validation: Examples | None
    test: Examples
    sizes: tuple[int, int, int]
    outputs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cases: Callable[[Tensor], int] = len

    @property
    def device(self) -> torch.device:
        """Where the network and its data are."""
        return next(self.network.parameters()).device


def count_right(logits: Tensor, labels: Tensor) -> Tensor:
    """Return for how many examples the largest logit (B, classes) is that of the label (B,)."""
    return (logits.argmax(1) == labels).sum()


class NotEnough(ValueError):
    """Fewer examples than were asked for; the message is a sentence for the person who asked."""


def batch_too_large(batch_size: int, there_are: int, one: str, several: str = "") -> NotEnough:
    """Return that a batch holds more than there is to learn from.

    Args:
        batch_size: what was asked for.
        there_are: how many examples there are.
        one: what one of them is called.
        several: what more of them are called, where that is not `one` with an s.
    """
    return NotEnough(f"A batch of {batch_size:,} is larger than the {counted(there_are, one, several)}.")


UNEVEN = 2
"""From how many times the size of the smallest class on the largest one makes accuracy a poor measure."""


@dataclass(frozen=True)
class Score:
    """How a network did on some cases.

    Attributes:
        loss: the mean.
        correct: how many of them it got right.
        cases: how many there are.
        by_class: (right, cases) of every class; empty where it was not counted.
    """

    loss: float
    correct: int
    cases: int
    by_class: tuple[tuple[int, int], ...] = ()

    @property
    def accuracy(self) -> float:
        """Share of the cases that were right, 0-1."""
        return self.correct / self.cases if self.cases else 0.0

    @property
    def majority(self) -> float | None:
        """The accuracy of always answering with the largest class; None where classes were not counted."""
        sizes = [cases for _, cases in self.by_class]
        return max(sizes) / sum(sizes) if any(sizes) else None

    @property
    def mean_recall(self) -> float | None:
        """The recall of the classes in the mean, each counting alike; None where no class is `UNEVEN` times another."""
        found = [(right, cases) for right, cases in self.by_class if cases]
        sizes = [cases for _, cases in found]
        if not found or max(sizes) <= UNEVEN * min(sizes):
            return None
        return sum(right / cases for right, cases in found) / len(found)


def evaluate(
    task: Task, examples: Examples, heartbeat: Callable[[], None] = lambda: None, *, by_class: bool = False
) -> Score:
    """Score the network on `examples` in evaluation mode, and leave it in the mode it was in.

    Args:
        task: with the network, the loss and what counts as correct.
        examples: what it is scored on.
        heartbeat: called after every batch.
        by_class: count every class by itself too, where every example has one label.
    """
    network = task.network
    was_training = network.training
    network.eval()
    loss = torch.zeros((), device=task.device)
    correct = torch.zeros((), device=task.device)
    cases = 0
    counted = torch.zeros(2, len(task.outputs), dtype=torch.int64, device=task.device)
    by_class = by_class and task.correct is count_right and bool(task.outputs)
    with torch.inference_mode():
        for inputs, targets in examples():
            outputs = network(inputs)
            asked = task.cases(targets)
            loss += task.loss(outputs, targets) * asked
            correct += task.correct(outputs, targets)
            cases += asked
            if by_class:
                right = targets[outputs.argmax(1) == targets]
                counted += torch.stack([torch.bincount(some, minlength=counted.shape[1]) for some in (right, targets)])
            heartbeat()
    network.train(was_training)
    classes = tuple((right, of) for right, of in counted.T.tolist()) if by_class else ()
    return Score(loss.item() / cases, round(correct.item()), cases, classes)
