"""The task of telling persons from places, word by word."""

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
import torch
import torch.nn.functional as F
from pydantic import Field
from torch import Tensor, nn

from core.data.text.ambiguous import AmbiguousPair, ambiguous_pairs, made_by_rule, patterns
from core.data.text.batches import Examples, sentence_batches
from core.data.text.entities import IGNORED, TAGS, Tagged, encode_tags, encode_tokens, posts, tagging_vocabulary
from core.data.text.vocabulary import Vocabulary
from core.models.text.design import TaggerDesign, attention_width
from core.models.text.tagging import ROWS, Tagger, TransformerTagger, initialise_tagger
from core.training.hyperparameters import Training
from core.training.task import Task, batch_too_large
from core.training.tasks.task_config import TaskConfig

FOLLOWS, BEFORE, PLAIN = 2500, 1000, 1000
"""What is made by rule to be trained on: pairs that what follows decides, that what comes before decides, sentences."""
VALIDATED, TESTED = 200, 500
"""Pairs in patterns not trained on, with names that are trained on for validation, and others for the test."""


class TaggingTask(TaskConfig):
    """Posts and sentences made by rule, and the network that tags their words.

    It learns every word of posts and made sentences. Validated and tested are pairs that only what follows decides, and
    of these the name alone: a network that does not know what follows cannot be right there more than every second
    time.

    Attributes:
        learns: "tags".
        data: "wnut17", the posts that are downloaded.
        unknown: share of the words that are read as unknown ones.
        network: that learns.
    """

    cases = "names"
    classes = len(TAGS)
    kinds: ClassVar = {"forward": "Forward", "bidirectional": "Both ways", "transformer": "Transformer"}
    suggested = Training(
        optimizer="adamw",
        schedule="one-cycle",
        learning_rate=4e-3,
        batch_size=32,
        clip_norm=1,
        epochs=4,
        validate_every=50,
    )
    hidden_sizes = (16, 24, 40, 64)
    most_epochs = 10
    baseline = (0.5, "the most without what follows")
    shows_validation = True

    learns: Literal["tags"] = "tags"
    data: Literal["wnut17"] = "wnut17"
    unknown: float = Field(default=0.3, ge=0, le=0.9)
    network: TaggerDesign = TaggerDesign()

    @property
    def title(self) -> str:
        """A run of it, for people."""
        return "Persons and places"

    def build(self, classes: int) -> nn.Module:
        """Return the network with random weights."""
        design = self.network
        if design.kind == "transformer":
            width, inner = attention_width(design.width), 2 * design.hidden_size
            return TransformerTagger(ROWS, width, 8, inner, dropout=0.3, tags=classes)
        network = Tagger(
            ROWS, design.width, 8, design.hidden_size, design.kind == "bidirectional", dropout=0.5, tags=classes
        )
        initialise_tagger(network)
        return network

    def prepare(self, batch_size: int, seed: int, device: torch.device) -> Task:
        """Return sentences and network on `device`.

        Raises:
            LookupError: the posts are not here.
            NotEnough: a batch is larger than all sentences.
        """
        data, vocabulary = training_sentences(), tagging_vocabulary()
        if batch_size > len(data):
            raise batch_too_large(batch_size, len(data), "sentence")
        words = [sentence.tokens for sentence in data]
        epoch, steps = sentence_batches(
            encode_tokens(vocabulary, words),
            encode_tokens(vocabulary, words, as_unknown=True),
            encode_tags(data),
            batch_size,
            self.unknown,
            device,
        )
        torch.manual_seed(seed)
        network = self.build(len(TAGS)).to(device)
        validation, test = (
            follow_pairs(count, seed, names_held_out=held_out)
            for count, seed, held_out in ((VALIDATED, 2, False), (TESTED, 1, True))
        )
        return Task(
            network=network,
            epoch=epoch,
            steps_per_epoch=steps,
            loss=tagging_loss,
            correct=count_right_words,
            validation=_names_of(validation, vocabulary, device),
            test=_names_of(test, vocabulary, device),
            sizes=(len(data), 2 * VALIDATED, 2 * TESTED),
            outputs=TAGS,
            notes=(f"{len(posts('train')):,} posts of WNUT 2017 and {len(data) - len(posts('train')):,} made by rule",),
            cases=count_words,
        )


def training_sentences() -> tuple[Tagged, ...]:
    """Return what networks that tag are trained on.

    Raises:
        NotHere: the posts have not been downloaded.
    """
    return posts("train") + made_by_rule(FOLLOWS, BEFORE, PLAIN, seed=0)


def tagging_loss(logits: Tensor, tags: Tensor) -> Tensor:
    """Return the mean cross-entropy over all words: logits (B, T, 3), tags (B, T or more), `IGNORED` beyond the end."""
    return F.cross_entropy(logits.flatten(0, 1), tags[:, : logits.shape[1]].flatten(), ignore_index=IGNORED)


def count_right_words(logits: Tensor, tags: Tensor) -> Tensor:
    """Return how many words have the right tag; the arguments are those of `tagging_loss`."""
    return (logits.argmax(2) == tags[:, : logits.shape[1]]).sum()


def count_words(tags: Tensor) -> int:
    """Return how many words tags (B, T) are of."""
    return int((tags != IGNORED).sum())


def follow_pairs(count: int, seed: int, *, names_held_out: bool) -> tuple[AmbiguousPair, ...]:
    """Return pairs of sentences that only what follows decides, in patterns that no network is trained on."""
    made_of = patterns("follows", names_held_out=names_held_out, patterns_held_out=True)
    return ambiguous_pairs("follows", made_of, count, seed)


def _names_of(pairs: Sequence[AmbiguousPair], vocabulary: Vocabulary, device: torch.device) -> Examples:
    """Return the sentences of pairs, of which only the ambiguous name itself is asked about."""
    sentences = [sentence for pair in pairs for sentence in (pair.person, pair.place)]
    places = [at for pair in pairs for at in pair.at]
    tags = encode_tags(sentences)
    asked = np.full_like(tags, IGNORED)
    rows = np.arange(len(sentences))
    asked[rows, places] = tags[rows, places]
    return Examples(encode_tokens(vocabulary, [sentence.tokens for sentence in sentences]), asked, device)
