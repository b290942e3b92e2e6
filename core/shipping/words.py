"""How the network that spells words is trained, and how its corrections are measured."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.text.edits import MISTAKES
from core.data.text.letter_batches import IGNORED, letter_batches, next_letters
from core.data.text.spelling import ALPHABET, Misspelling, WordList, misspellings, scored, shipped_words, split
from core.inspection.letters.spelling import (
    NETWORK_WEIGHT,
    WITHOUT_LIST,
    ChannelWeights,
    bits_of,
    card_figure,
    mistake_counts,
    nearby_words,
    one_edit_away,
    rank_corrections,
)
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training

TOP = 3
FEW, FEW_TESTED = 8, 4
"""Without a list of words there are hundreds of candidates: one misspelling in so many is fitted and tested."""


def train_speller(network: nn.Module, title: str, training: Training) -> None:
    """Train a network to spell: it predicts the next letter of words, drawn by the root of how often they occur."""
    words = shipped_words()
    read, wanted, lengths = next_letters(ALPHABET.encode(words.words))
    weights = (1.0 + np.array(words.counts, np.float64)) ** 0.5
    batches, steps = letter_batches(read, wanted, lengths, training.batch_size, weights)
    fit(network, batches, steps, next_letter_loss, training, title)


def describe_speller(network: nn.Module) -> Results:
    """Fit what mistakes cost, and score the corrections of misspellings that the network has not seen."""
    words = shipped_words()
    bits = dict(zip(words.words, bits_of(network, words.words), strict=True))
    nothing = dict.fromkeys(words.words, 0.0)
    dev = split(misspellings())["dev"]
    near = [nearby_words(pair.wrong, words) for pair in dev]
    chosen, alone = (
        fit_weights([(pair, some, _bits(given, some)) for pair, some in zip(dev, near, strict=True)], words)
        for given in (bits, nothing)
    )
    free = fit_without_list(network, dev[::FEW], words)
    test = scored()
    plain = {pair.wrong: nearby_words(pair.wrong, words) for pair in test}
    ranked = {wrong: _ranked(wrong, near, bits, chosen) for wrong, near in plain.items()}
    costs = {wrong: _ranked(wrong, near, nothing, alone) for wrong, near in plain.items()}
    common = tuple(pair for pair in test if words.count(pair.right))
    scores = [
        CardScore(
            data=f"{way}, top {top}, {what}",
            cases=len(pairs),
            correct=sum(pair.right in offered[pair.wrong][:top] for pair in pairs),
        )
        for pairs, what in (
            (test, f"{len(test):,} held-out misspellings"),
            (common, f"the {len(common):,} of them whose right word occurs in SST-2's training sentences"),
        )
        for way, offered in (("network and mistakes", ranked), ("mistakes alone", costs), ("distance and count", plain))
        for top in (1, TOP)
    ]
    return {
        "data": f"{len(words):,} English words: those of the shipped vocabulary, and all that codespell's list "
        "corrects to, drawn by the root of how often they occur in SST-2's training sentences, plus one. The right "
        "words of the held-out misspellings are among them, as in any list of words; their misspellings chose nothing",
        "test": scores[0],
        "also": (*scores[1:], *score_without_list(network, test[::FEW_TESTED], free)),
        "figures": figures_of(chosen) | figures_of(free, WITHOUT_LIST),
    }


def figures_of(weights: ChannelWeights, where: str = "") -> dict[str, float]:
    """Return weights as the card keeps them."""
    costs = {card_figure(kind) + where: cost for kind, cost in zip(MISTAKES, weights.costs, strict=True)}
    return {NETWORK_WEIGHT + where: weights.network, **costs}


def fit_without_list(network: nn.Module, pairs: Sequence[Misspelling], words: WordList) -> ChannelWeights:
    """Return the weights for ranking all strings one mistake away; misspellings with more than one are passed over."""
    near = {pair.wrong: one_edit_away(pair.wrong) for pair in pairs}
    return fit_weights([(pair, near[pair.wrong], bits_of(network, near[pair.wrong])) for pair in pairs], words)


def score_without_list(
    network: nn.Module, pairs: Sequence[Misspelling], weights: ChannelWeights
) -> tuple[CardScore, ...]:
    """Return how often a network finds the right word among all strings one mistake away."""
    places = []
    for pair in pairs:
        near = one_edit_away(pair.wrong)
        ranked = [one.word for one in rank_corrections(pair.wrong, near, bits_of(network, near), weights)]
        places.append(ranked.index(pair.right) if pair.right in ranked else len(ranked))
    return tuple(
        CardScore(
            data=f"network without a list of words, top {top}, {len(pairs):,} of the held-out misspellings",
            cases=len(pairs),
            correct=sum(place < top for place in places),
        )
        for top in (1, TOP)
    )


def next_letter_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy over all letters and ends."""
    return F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=IGNORED)


def _ranked(typed: str, near: Sequence[str], bits: Mapping[str, float], weights: ChannelWeights) -> tuple[str, ...]:
    return tuple(one.word for one in rank_corrections(typed, near, _bits(bits, near), weights))


def _bits(bits: Mapping[str, float], near: Sequence[str]) -> NDArray[np.float64]:
    return np.array([bits[word] for word in near], np.float64)


def fit_weights(
    cases: Iterable[tuple[Misspelling, Sequence[str], NDArray[np.float64]]], words: WordList
) -> ChannelWeights:
    """Return the weights under which the right words of misspellings are likeliest among those near, in bits.

    A misspelling counts the root of how often its word occurs, and at least
    once: half way between a list in which all words are alike and a text in
    which a few words are everywhere. (The same model as a logistic regression
    over candidates, fitted with L-BFGS.)

    Args:
        cases: misspellings that the test does not have, the candidates for each, and the bits of these, all 0 where
            the mistakes alone shall count.
        words: with their counts.
    """
    features, places, counts = [], [], []
    for pair, near, given in cases:
        if pair.right in near:
            features.append(torch.from_numpy(np.column_stack([given, mistake_counts(pair.wrong, near)])))
            places.append(near.index(pair.right))
            counts.append(max(1.0, words.count(pair.right)) ** 0.5)
    padded = nn.utils.rnn.pad_sequence(features, batch_first=True)  # (N, candidates, 7)
    beyond = torch.arange(padded.shape[1]) >= torch.tensor([len(some) for some in features])[:, None]
    targets, importance = torch.tensor(places), torch.tensor(counts, dtype=torch.float64)
    weights = torch.ones(padded.shape[2], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> Tensor:
        optimizer.zero_grad()
        scores = (-(padded @ weights)).masked_fill(beyond, -torch.inf)
        each = F.cross_entropy(scores, targets, reduction="none")
        loss = (each * importance).sum() / importance.sum() + 1e-4 * weights.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    share, *costs = (weights.detach() / np.log(2)).tolist()
    counted = bool(padded[..., 0].any())
    return ChannelWeights(round(share, 3) if counted else 0.0, tuple(round(cost, 2) for cost in costs))


WORD_TRAININGS = {
    "word-letters": ShippedTraining(
        train_speller,
        describe_speller,
        one_cycle(epochs=20, batch_size=128, learning_rate=4e-3, clip_norm=1.0),
        ("misspellings", "sst2"),
    ),
}
"""How it is trained. There is no task for it: nobody trains this network on a page."""
