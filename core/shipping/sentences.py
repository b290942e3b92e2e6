"""How the networks that read sentences are trained, and how they are scored."""

import math

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
from core.inspection.text.attention import mean_rank_correlation
from core.models.cards import CardScore
from core.models.shipped import load_shipped
from core.models.text.baselines import BagOfWords, WindowReader, WordCNN
from core.models.text.recurrent import NextWord, SentenceReader
from core.models.text.sentences import KNOWN, WINDOWS, initialise_from_bag
from core.models.text.transformer import TransformerReader
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training
from core.training.task import Epoch

PAIRS, SINGLES = 3000, 1500
"""Sentences made by rule that are trained on: pairs in which the order decides, and single ones."""
IGNORED = -100


def training_corpus() -> Corpus:
    """Return what the networks are trained on."""
    return treebank("train") + made_by_rule(PAIRS, SINGLES, seed=0)


def _data_of(network: nn.Module) -> Corpus:
    # To a network that cannot see the order, sentences made by rule say that every kind word is as often blame as
    # praise.
    return treebank("train") if isinstance(network, BagOfWords) else training_corpus()


def train_sentence_reader(
    network: nn.Module, title: str, training: Training, *, unknown: float, spread: float, label_smoothing: float
) -> None:
    """Train a network to tell praise from blame.

    Args:
        network: trained in place; all but the bag of words begin with the weights of the shipped bag.
        title: of the progress bar.
        training: the hyperparameters.
        unknown: share of the words that are read as unknown ones.
        spread: standard deviation of the word vectors at the start.
        label_smoothing: probability spread over both answers in the target.
    """
    data = _data_of(network)
    if isinstance(network, WindowReader | WordCNN | SentenceReader | TransformerReader):
        bag = load_shipped("sentence-bag").network
        assert isinstance(bag, BagOfWords)
        initialise_from_bag(network, bag, spread)
    batches, steps = _batches(data, data.labels, training, unknown)
    fit(network, batches, steps, nn.CrossEntropyLoss(label_smoothing=label_smoothing), training, title)


def describe_sentence_reader(network: nn.Module, *, unknown: float, **_: float) -> Results:
    """Score a network on SST-2's test sentences and on pairs of the same words in another order."""
    vocabulary = shipped_vocabulary()
    held_out, new = paired(held_out=True), paired(held_out=False, patterns=HELD_OUT_PATTERNS)
    results: Results = {
        "data": f"{_data_of(network).source}; {unknown:.0%} of the words read as unknown ones",
        "test": count_right(network, treebank("test"), vocabulary),
        "also": (
            count_right(network, held_out, vocabulary, f"{held_out.source}, couples of words not trained on"),
            count_right(network, new, vocabulary, f"{new.source}, in sentence patterns not trained on"),
        ),
    }
    if isinstance(network, TransformerReader):
        mean, cases = mean_rank_correlation(network, treebank("test").sentences)
        what = f"rank correlation of attention and leave-one-out, the mean over {cases:,} sentences of the test"
        results["figures"] = {what: round(mean, 3)}
    return results


def train_next_word(network: nn.Module, title: str, training: Training, *, unknown: float) -> None:
    """Train a network to predict the next word."""
    data = training_corpus()
    targets = next_word_targets(shipped_vocabulary(), data).numpy()
    batches, steps = _batches(data, targets, training, unknown)
    fit(network, batches, steps, _next_word_loss, training, title)


def describe_next_word(network: nn.Module, *, unknown: float) -> Results:
    """Measure a network on SST-2's test sentences."""
    assert isinstance(network, NextWord)
    vocabulary, test, surprise = shipped_vocabulary(), treebank("test"), 0.0
    with torch.inference_mode():
        words = torch.from_numpy(vocabulary.encode(test.sentences))
        wanted = next_word_targets(vocabulary, test)
        logits = torch.cat([network(some) for some in words.split(100)])
        right = multiclass_stat_scores(
            logits.flatten(0, 1), wanted.flatten(), num_classes=network.outputs, average="micro", ignore_index=IGNORED
        )
        # A hundred sentences at a time: torchmetrics makes a copy of all that it is given.
        cases = int((wanted != IGNORED).sum())
        for some, targets in zip(logits.split(100), wanted.split(100), strict=True):
            there = int((targets != IGNORED).sum())
            surprise += there * math.log(float(perplexity(some, targets, ignore_index=IGNORED)))
    return {
        "data": f"{training_corpus().source}; {unknown:.0%} of the words read as unknown ones",
        "test": CardScore(
            data=f"{test.source}, next word guessed right (the end and 'unknown' count as words)",
            cases=cases,
            correct=int(right[0]),
        ),
        "perplexity": {test.source: round(math.exp(surprise / cases), 1)},
    }


def next_word_targets(vocabulary: Vocabulary, corpus: Corpus) -> Tensor:
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


def write_sentence_vocabulary() -> int:
    """Write the vocabulary, the most frequent words of what is trained on, and return how many they are."""
    chosen = collect(training_corpus().sentences, at_least=2).words[:KNOWN]
    write_vocabulary(Vocabulary(chosen), FILE)
    shipped_vocabulary.cache_clear()
    return len(chosen)


def _batches(data: Corpus, targets: NDArray[np.int64], training: Training, unknown: float) -> tuple[Epoch, int]:
    vocabulary = shipped_vocabulary()
    return sentence_batches(
        vocabulary.encode(data.sentences),
        vocabulary.encode(data.sentences, as_unknown=True),
        targets,
        training.batch_size,
        unknown,
    )


def _next_word_loss(logits: Tensor, targets: Tensor) -> Tensor:
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED)


def _reader(
    epochs: int, learning_rate: float, *, weight_decay: float = 0.01, clip_norm: float = 1.0, spread: float = 0.3
) -> ShippedTraining:
    training = one_cycle(
        epochs=epochs, batch_size=50, learning_rate=learning_rate, weight_decay=weight_decay, clip_norm=clip_norm
    )
    options = {"unknown": 0.15, "spread": spread, "label_smoothing": 0.05}
    return ShippedTraining(train_sentence_reader, describe_sentence_reader, training, ("sst2",), options)


SENTENCE_TRAININGS = {
    "sentence-bag": _reader(6, 2e-2, weight_decay=0.1),
    "sentence-window": _reader(8, 3e-3),
    "sentence-cnn": _reader(8, 3e-3),
    "sentence-rnn": _reader(10, 2e-3, clip_norm=0.25, spread=0.1),
    "sentence-gru": _reader(10, 4e-3),
    "sentence-lstm": _reader(10, 4e-3),
    "sentence-bilstm": _reader(10, 4e-3),
    "sentence-transformer": _reader(6, 2e-3),
    **{f"window-{window}": _reader(8, 3e-3) for window in WINDOWS},
    "next-word": ShippedTraining(
        train_next_word,
        describe_next_word,
        one_cycle(epochs=8, batch_size=32, learning_rate=4e-3, clip_norm=1.0),
        ("sst2",),
        {"unknown": 0.1},
    ),
}
"""How each of them is trained; the bag of words comes first, because the others begin with its weights.

On a page they begin with random weights (`core.training.tasks.sentences`).
"""
