"""The task of telling persons from places, word by word."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn

from core.data.text.ambiguous import AmbiguousPair, ambiguous_pairs, made_by_rule, patterns
from core.data.text.batches import Examples, sentence_batches
from core.data.text.entities import IGNORED, TAGS, Tagged, encode_tags, encode_tokens, posts, tagging_vocabulary
from core.data.text.vocabulary import Vocabulary
from core.models.initialisation import initialise_recurrent
from core.models.text.design import TaggerDesign
from core.models.text.tagging import ROWS, Tagger
from core.training.task import NotEnough, Task

FOLLOWS, BEFORE, PLAIN = 2500, 1000, 1000
"""What is made by rule to be trained on: pairs that what follows decides, that what comes before decides, sentences."""
VALIDATED, TESTED = 200, 500
"""Pairs in patterns not trained on, with names that are trained on for validation, and others for the test."""


class TaggingTask(BaseModel):
    """Posts and sentences made by rule, and the network that tags their words.

    Attributes:
        learns: "tags".
        data: "wnut17", the posts that are downloaded.
        unknown: share of the words that are read as unknown ones.
        network: that learns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    learns: Literal["tags"] = "tags"
    data: Literal["wnut17"] = "wnut17"
    unknown: float = Field(default=0.3, ge=0, le=0.9)
    network: TaggerDesign = TaggerDesign()

    def count_parameters(self) -> int:
        """Return how many numbers of the network are trained."""
        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self._shape(len(TAGS)).parameters())

    def build(self, classes: int) -> nn.Module:
        """Return the network with fresh weights."""
        network = self._shape(classes)
        table = network.words.table.weight.data
        if not table.is_meta:  # otherwise there is nothing to begin with
            nn.init.normal_(table, std=0.1)
            table[0] = 0
            initialise_recurrent(network.recurrent)
        return network

    def little(self) -> "TaggingTask":
        """Return the same: its training sentences cost next to nothing."""
        return self

    def _shape(self, tags: int) -> Tagger:
        design = self.network
        both = design.kind == "bidirectional"
        return Tagger(ROWS, design.width, 8, design.hidden_size, both, dropout=0.5, tags=tags)


def lessons() -> tuple[Tagged, ...]:
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


def prepare_tagging(task: TaggingTask, batch_size: int, seed: int, device: torch.device) -> Task:
    """Return sentences on `device` and the network with its first weights, ready for `core.training.loop.train`.

    It learns every word of posts and made sentences. Validated and tested are pairs that only what follows decides, and
    of these the name alone: there a reader that does not know what follows cannot be right more than every second time.

    Raises:
        LookupError: the posts are not here.
        NotEnough: a batch is larger than all sentences.
    """
    data, vocabulary = lessons(), tagging_vocabulary()
    if batch_size > len(data):
        raise NotEnough(f"A batch of {batch_size:,} is larger than the {len(data):,} sentences.")
    words = [sentence.tokens for sentence in data]
    epoch, steps = sentence_batches(
        encode_tokens(vocabulary, words),
        encode_tokens(vocabulary, words, as_unknown=True),
        encode_tags(data),
        batch_size,
        task.unknown,
        device,
    )
    torch.manual_seed(seed)
    network = task.build(len(TAGS)).to(device)
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
