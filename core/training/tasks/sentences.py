"""The task of telling praise from blame in sentences."""

from typing import ClassVar, Literal

import torch
import torch.nn.functional as F
from pydantic import Field
from torch import nn

from core.data.text.batches import Examples, sentence_batches
from core.data.text.corpora import Corpus, made_by_rule, treebank
from core.data.text.vocabulary import shipped_vocabulary
from core.models.initialisation import initialise_recurrent
from core.models.text.baselines import BagOfWords, WindowReader, WordCNN
from core.models.text.design import SentenceDesign
from core.models.text.recurrent import SentenceReader
from core.models.text.sentences import ARCHITECTURES, ROWS
from core.models.text.transformer import TransformerReader
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large, count_right
from core.training.tasks.task_config import FormField, TaskConfig

PAIRS, SINGLES = 1500, 500
"""Sentences made by rule: pairs in which the order decides, and single ones."""
UNKNOWN = 0.15
"""Share of the words that are read as unknown ones."""
DROPOUT = 0.3
SPREAD = 0.1
"""Standard deviation of the numbers of word vectors at first."""
_KINDS = ("bag", "window", "cnn", "rnn", "gru", "lstm", "bilstm", "transformer")


class SentenceTask(TaskConfig):
    """Film reviews that praise or blame, and the network that reads them.

    Attributes:
        learns: "sentences".
        data: "sst2", the Stanford Sentiment Treebank, which is downloaded.
        sentences: how many of it are learnt from.
        made: learn from pairs made by rule too, in which the order alone decides. A bag of words does without: to it
            they say that every kind word is as often blame as praise.
        network: that learns.
    """

    cases = "sentences"
    classes = 2
    kinds: ClassVar = {kind: ARCHITECTURES[f"sentence-{kind}"].title for kind in _KINDS}
    form = (
        FormField("sentences", "Reviews", "How many sentences of reviews are learnt from.", 500, 500, 6500),
        FormField(
            "made",
            "Pairs too",
            "Learn from pairs made by rule, too: the same words in another order mean the opposite. The bag of words, "
            "which sees no order, does without them.",
        ),
    )
    suggested = Training(
        optimizer="adamw", schedule="one-cycle", learning_rate=6e-3, batch_size=50, clip_norm=0.5, epochs=4
    )
    hidden_sizes = (8, 16, 24, 32, 48, 64)
    most_epochs = 12
    baseline = (0.5, "pure chance")

    learns: Literal["sentences"] = "sentences"
    data: Literal["sst2"] = "sst2"
    sentences: int = Field(default=6500, ge=1, le=6500)
    made: bool = True
    network: SentenceDesign = SentenceDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return "Praise or blame"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights; small word vectors, or rare words would drown those that count."""
        design = self.network
        width, units = design.width, design.hidden_size
        network: BagOfWords | WindowReader | WordCNN | TransformerReader | SentenceReader
        match design.kind:
            case "bag":
                network = BagOfWords(ROWS)
            case "window":
                network = WindowReader(ROWS, width, 3, units, DROPOUT)
            case "cnn":
                network = WordCNN(ROWS, width, units, 3, DROPOUT)
            case "transformer":
                network = TransformerReader(
                    ROWS, width, 4, 2 * units, positions="rotary", class_token=True, dropout=DROPOUT
                )
            case "bilstm":
                network = SentenceReader(ROWS, width, "lstm", units, bidirectional=True, dropout=DROPOUT)
                initialise_recurrent(network.recurrent)
            case cell:
                network = SentenceReader(ROWS, width, cell, units, dropout=DROPOUT)
                initialise_recurrent(network.recurrent)
        nn.init.normal_(network.words.table.weight[1:], std=SPREAD)
        return network

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return sentences and network on `device`.

        Raises:
            LookupError: the reviews are not here.
            NotEnough: a batch is larger than all sentences.
        """
        reviews = treebank("train")
        chosen = torch.randperm(len(reviews), generator=torch.Generator().manual_seed(seed))[: self.sentences].numpy()
        data = Corpus(tuple(reviews.sentences[at] for at in chosen), reviews.labels[chosen], reviews.source)
        if self.made and self.network.kind != "bag":
            data += made_by_rule(PAIRS, SINGLES, seed=0)
        if batch_size > len(data):
            raise batch_too_large(batch_size, len(data), "sentence")
        vocabulary = shipped_vocabulary()
        epoch, steps = sentence_batches(
            vocabulary.encode(data.sentences),
            vocabulary.encode(data.sentences, as_unknown=True),
            data.labels,
            batch_size,
            UNKNOWN,
            device,
        )
        torch.manual_seed(seed)
        network = self.build(self.classes).to(device)
        validation, test = treebank("dev"), treebank("test")
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=F.cross_entropy,
            correct=count_right,
            validation=Examples(vocabulary.encode(validation.sentences), validation.labels, device),
            test=Examples(vocabulary.encode(test.sentences), test.labels, device),
            sizes=(len(data), len(validation), len(test)),
            outputs=("negative", "positive"),
            notes=(f"{len(chosen):,} of {reviews.source}", f"{len(data) - len(chosen):,} sentences made by rule"),
        )

    def for_testing(self) -> "SentenceTask":
        """Return the same with a single sentence to learn from."""
        return self.model_copy(update={"sentences": 1, "made": False})
