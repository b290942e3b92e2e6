"""How the networks that read sentences are trained, and what they are measured on; `core.shipping.build` runs it."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from torchmetrics.functional.classification import multiclass_stat_scores
from torchmetrics.functional.text import perplexity

from core.data.text.batches import sentence_batches
from core.data.text.corpora import Corpus, made_by_rule, paired, treebank
from core.data.text.generated import HELD_OUT_PATTERNS
from core.data.text.vocabulary import FILE, Vocabulary, collect, shipped_vocabulary, write_vocabulary
from core.models.cards import CardScore
from core.models.shipped import load_shipped
from core.models.text.baselines import BagOfWords, WindowReader, WordCNN
from core.models.text.recurrent import NextWord, SentenceReader
from core.models.text.sentences import KNOWN, WINDOWS, initialise_from_bag
from core.shipping.lesson import Findings, Lesson, ShippingRecipe, learn, round_to_half
from core.training.task import Epoch

PAIRS, SINGLES = 3000, 1500
"""Sentences made by rule that are trained on: pairs in which the order decides, and single ones."""
IGNORED = -100


@dataclass(frozen=True)
class SentenceRecipe(ShippingRecipe):
    """The hyperparameters of a training on sentences.

    Attributes:
        unknown: share of the words that are read as unknown ones.
        spread: standard deviation of the word vectors at the start.
    """

    unknown: float = 0.15
    spread: float = 0.3


def lessons() -> Corpus:
    """Return what the networks are trained on."""
    return treebank("train") + made_by_rule(PAIRS, SINGLES, seed=0)


def train_sentence_reader(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train a network to tell praise from blame; score it on SST-2's test sentences and on pairs of like words."""
    assert isinstance(recipe, SentenceRecipe)
    # To whoever cannot see the order, sentences made by rule say that every kind word is as often blame as praise.
    data = treebank("train") if isinstance(network, BagOfWords) else lessons()
    vocabulary = shipped_vocabulary()
    if isinstance(network, WindowReader | WordCNN | SentenceReader):
        bag = load_shipped("sentence-bag").network
        assert isinstance(bag, BagOfWords)
        initialise_from_bag(network, bag, recipe.spread)
    batches, steps = _batches(data, vocabulary, data.labels, recipe)
    learn(network, batches, steps, nn.CrossEntropyLoss(label_smoothing=recipe.label_smoothing), recipe, name)
    round_to_half(network)
    held_out = paired(held_out=True)
    strange = paired(held_out=False, patterns=HELD_OUT_PATTERNS)
    return {
        "data": f"{data.source}; {recipe.unknown:.0%} of the words read as unknown ones",
        "test": count_right(network, treebank("test"), vocabulary),
        "also": (
            count_right(network, held_out, vocabulary, f"{held_out.source}, couples of words not trained on"),
            count_right(network, strange, vocabulary, f"{strange.source}, in sentence patterns not trained on"),
        ),
    }


def train_next_word(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train a network to guess the next word; measure it on SST-2's test sentences."""
    assert isinstance(recipe, SentenceRecipe)
    assert isinstance(network, NextWord)
    data, vocabulary = lessons(), shipped_vocabulary()
    targets = following(vocabulary, data).numpy()
    batches, steps = _batches(data, vocabulary, targets, recipe)
    learn(network, batches, steps, _next_word_loss, recipe, name)
    round_to_half(network)
    test, guesses = treebank("test"), 0.0
    with torch.inference_mode():
        words = torch.from_numpy(vocabulary.encode(test.sentences))
        wanted = following(vocabulary, test)
        logits = torch.cat([network(some) for some in words.split(100)])
        right = multiclass_stat_scores(
            logits.flatten(0, 1), wanted.flatten(), num_classes=network.outputs, average="micro", ignore_index=IGNORED
        )
        # One sentence after the other: torchmetrics makes a copy of all that it is given.
        cases = int((wanted != IGNORED).sum())
        for some, targets_of in zip(logits.split(100), wanted.split(100), strict=True):
            there = int((targets_of != IGNORED).sum())
            guesses += there * math.log(float(perplexity(some, targets_of, ignore_index=IGNORED)))
    return {
        "data": f"{data.source}; {recipe.unknown:.0%} of the words read as unknown ones",
        "test": CardScore(
            data=f"{test.source}, next word guessed right (the end and 'unknown' count as words)",
            cases=cases,
            correct=int(right[0]),
        ),
        "perplexity": {test.source: round(math.exp(guesses / cases), 1)},
    }


def following(vocabulary: Vocabulary, corpus: Corpus) -> Tensor:
    """Return what comes next (N, T + 1): the number of every word, 0 for the end, -100 beyond it."""
    numbers = torch.from_numpy(vocabulary.numbers(corpus.sentences))
    numbers = F.pad(numbers, (0, 1))
    beyond = (numbers == 0).cumsum(1) > 1
    return numbers.masked_fill(beyond, IGNORED)


def count_right(network: nn.Module, data: Corpus, vocabulary: Vocabulary, source: str = "") -> CardScore:
    """Return of how many sentences a network tells praise from blame."""
    words = torch.from_numpy(vocabulary.encode(data.sentences))
    with torch.inference_mode():
        logits = torch.cat([network(some) for some in words.split(200)])
    counts = multiclass_stat_scores(logits, torch.from_numpy(data.labels), num_classes=2, average="micro")
    return CardScore(data=source or data.source, cases=len(data), correct=int(counts[0]))


def choose_words() -> int:
    """Write the vocabulary, the most frequent words of what is trained on, and return how many they are."""
    chosen = collect(lessons().sentences, at_least=2).words[:KNOWN]
    write_vocabulary(Vocabulary(chosen), FILE)
    shipped_vocabulary.cache_clear()
    return len(chosen)


def _batches(
    data: Corpus, vocabulary: Vocabulary, targets: NDArray[np.int64], recipe: SentenceRecipe
) -> tuple[Epoch, int]:
    return sentence_batches(
        vocabulary.encode(data.sentences),
        vocabulary.encode(data.sentences, as_unknown=True),
        targets,
        recipe.batch_size,
        recipe.unknown,
    )


def _next_word_loss(logits: Tensor, targets: Tensor) -> Tensor:
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED)


_reader = partial(SentenceRecipe, epochs=10, batch_size=50, learning_rate=4e-3, max_norm=1.0, label_smoothing=0.05)

_lesson = partial(Lesson, train_sentence_reader, data=("sst2",))

SENTENCE_TRAININGS = {
    "sentence-bag": _lesson(_reader(epochs=6, learning_rate=2e-2, weight_decay=0.1)),
    "sentence-window": _lesson(_reader(epochs=8, learning_rate=3e-3)),
    "sentence-cnn": _lesson(_reader(epochs=8, learning_rate=3e-3)),
    "sentence-rnn": _lesson(_reader(learning_rate=2e-3, max_norm=0.25, spread=0.1)),
    "sentence-gru": _lesson(_reader()),
    "sentence-lstm": _lesson(_reader()),
    "sentence-bilstm": _lesson(_reader()),
    **{f"window-{window}": _lesson(_reader(epochs=8, learning_rate=3e-3)) for window in WINDOWS},
    "next-word": Lesson(
        train_next_word, SentenceRecipe(8, 32, 4e-3, max_norm=1.0, unknown=0.1, spread=0.1), data=("sst2",)
    ),
}
"""How each of them is trained; the bag of words comes first, because the others begin with its weights."""
