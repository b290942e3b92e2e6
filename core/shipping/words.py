"""How the network that spells words is trained, and how its corrections are measured."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.data.text.corpora import treebank
from core.data.text.letter_batches import IGNORED, letter_batches, next_letters
from core.data.text.mistakes import MistakeBits, shipped_mistakes
from core.data.text.spelling import (
    ALPHABET,
    PUBLIC,
    Misspelling,
    all_corrections,
    is_word,
    learnt_from,
    misspellings,
    public_misspellings,
    scored,
    split,
)
from core.data.text.vocabulary import shipped_vocabulary
from core.data.text.word_list import WordList, shipped_words
from core.inspection.letters.spelling import (
    WEIGHTS,
    WITHOUT_LIST,
    ChannelWeights,
    bits_of,
    nearby_words,
    one_edit_away,
)
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training

TOP = 3
FEW, FEW_TESTED = 8, 4
"""Without a list of words there are hundreds of candidates: one misspelling in so many is fitted and tested."""

Case = tuple[str, frozenset[str]]
"""A misspelling, and the words that are right for it."""


@dataclass(frozen=True)
class Features:
    """A misspelling with its candidates, and what tells these apart.

    Attributes:
        right: words that are right.
        near: candidates, as `nearby_words` ranks them; none where what was typed is a word itself and left alone.
        bits: (N, 3) of each: by the network, by its frequency, of the mistakes.
    """

    right: frozenset[str]
    near: tuple[str, ...]
    bits: NDArray[np.float64]

    def ranked(self, weights: ChannelWeights) -> list[str]:
        """Return the candidates, the best first."""
        scores = self.bits @ np.array([weights.network, weights.frequency, weights.mistakes])
        return [self.near[at] for at in np.argsort(scores, kind="stable").tolist()]


def train_speller(network: nn.Module, title: str, training: Training) -> None:
    """Train a network to spell: it predicts the next letter of words, drawn by the root of how often they occur."""
    counts = training_words()
    read, wanted, lengths = next_letters(ALPHABET.encode(list(counts)))
    weights = (1.0 + np.array(list(counts.values()), np.float64)) ** 0.5
    batches, steps = letter_batches(read, wanted, lengths, training.batch_size, weights)
    fit(network, batches, steps, next_letter_loss, training, title)


def training_words() -> dict[str, int]:
    """Return the words to learn, sorted, with how often each occurs in SST-2's training sentences.

    A word of the vocabulary that the training part of codespell's list calls a misspelling is left out: film reviews
    have those as well.

    Raises:
        NotHere: codespell's list or SST-2 is not here.
    """
    wrong = {pair.wrong for pair in split(misspellings())["train"]}
    words = {word for word in shipped_vocabulary().words if is_word(word) and word not in wrong}
    words |= {word for _, right in all_corrections() for word in right if is_word(word)}
    counts = Counter(word for sentence in treebank("train").sentences for word in sentence)
    return {word: counts[word] for word in sorted(words)}


def describe_speller(network: nn.Module) -> Results:
    """Fit what the bits count on some misspellings, and score the corrections of others.

    Raises:
        NotHere: codespell's list, or a list that others test on, is not here.
    """
    words, mistakes = shipped_words(), shipped_mistakes()
    bits = dict(zip(words.words, bits_of(network, words.words), strict=True))
    dev = learnt_from("dev")
    features = [features_of(bits, _case(pair), words, mistakes) for pair in dev]
    chosen, alone = fit_weights(features, words), fit_weights(features, words, network=False)
    free = fit_weights(
        [features_without_list(network, _case(pair), mistakes) for pair in dev[::FEW]], words, frequency=False
    )
    test = scored()
    kinds: dict[str, Sequence[Case]] = {"held-out misspellings": [_case(pair) for pair in test]}
    for public, listed in PUBLIC.items():
        which = "" if listed.whole else " whose right words chose nothing"
        pairs = public_misspellings(public)
        kinds[f"of {listed.title}{which}"] = [(pair.wrong, frozenset(pair.rights)) for pair in pairs]
    scores = [
        score
        for what, cases in kinds.items()
        for score in score_ways([features_of(bits, case, words, mistakes) for case in cases], what, chosen, alone)
    ]
    unlisted = [features_without_list(network, _case(pair), mistakes) for pair in test[::FEW_TESTED]]
    return {
        "data": f"{len(training_words()):,} English words: those of the shipped vocabulary, and all that codespell's "
        "list corrects to, drawn by the root of how often they occur in SST-2's training sentences, plus one. The "
        "right words of the held-out misspellings are among them, as in any list of words; their misspellings chose "
        "nothing",
        "test": scores[0],
        "also": (
            *scores[1:],
            *score_way([one.ranked(free) for one in unlisted], unlisted, WITHOUT, "of the held-out misspellings"),
        ),
        "figures": figures_of(chosen) | figures_of(free, WITHOUT_LIST),
    }


WITHOUT = "network without a list of words"
"""The way of correcting that uses no list, as the card calls it."""


def score_ways(
    features: Sequence[Features], what: str, chosen: ChannelWeights, alone: ChannelWeights
) -> list[CardScore]:
    """Return how often each way of correcting is right, as first offer and among the first three."""
    ways = {
        "network, frequency and mistakes": [one.ranked(chosen) for one in features],
        "frequency and mistakes": [one.ranked(alone) for one in features],
        "distance and frequency": [list(one.near) for one in features],
    }
    return [score for way, ranked in ways.items() for score in score_way(ranked, features, way, what)]


def score_way(
    ranked: Sequence[Sequence[str]], features: Sequence[Features], way: str, what: str
) -> tuple[CardScore, CardScore]:
    """Return how often a right word comes first, and how often it is among the first `TOP`."""
    first, several = (
        CardScore(
            data=f"{way}; top {top}; {len(features):,} {what}",
            cases=len(features),
            correct=sum(bool(one.right & {*some[:top]}) for one, some in zip(features, ranked, strict=True)),
        )
        for top in (1, TOP)
    )
    return first, several


def features_of(bits: Mapping[str, float], case: Case, words: WordList, mistakes: MistakeBits) -> Features:
    """Return the words near a misspelling; none where it is a word of the list, which is left alone.

    Args:
        bits: of every word, by the network.
        case: the misspelling.
        words: that are known.
        mistakes: what they cost.
    """
    typed, right = case
    near = () if words.knows(typed) else nearby_words(typed, words)
    by_network = np.array([bits[word] for word in near], np.float64)
    return Features(right, near, _bits(typed, near, by_network, words.frequency_bits(near), mistakes))


def features_without_list(network: nn.Module, case: Case, mistakes: MistakeBits) -> Features:
    """Return all strings one mistake away from a misspelling, as candidates without a frequency."""
    typed, right = case
    near = one_edit_away(typed)
    return Features(right, near, _bits(typed, near, bits_of(network, near), np.zeros(len(near)), mistakes))


def _bits(
    typed: str,
    near: Sequence[str],
    network: NDArray[np.float64],
    frequency: NDArray[np.float64],
    mistakes: MistakeBits,
) -> NDArray[np.float64]:
    made = np.array([mistakes.total(typed, word) for word in near], np.float64)
    return np.column_stack([network, frequency, made])


def _case(pair: Misspelling) -> Case:
    return pair.wrong, frozenset({pair.right})


def figures_of(weights: ChannelWeights, where: str = "") -> dict[str, float]:
    """Return weights as the card keeps them."""
    return {name + where: getattr(weights, part) for part, name in WEIGHTS.items()}


def next_letter_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy over all letters and ends."""
    return F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=IGNORED)


def fit_weights(
    cases: Iterable[Features], words: WordList, *, network: bool = True, frequency: bool = True
) -> ChannelWeights:
    """Return the weights under which the right words of misspellings are likeliest among those near.

    A logistic regression over candidates, fitted with L-BFGS. A misspelling counts as much as the Zipf value of its
    word: half way between a list in which all words are alike and a text in which a few words are everywhere.

    Args:
        cases: misspellings that the test does not have.
        words: with their Zipf values.
        network: whether the network's bits may count.
        frequency: whether those of the frequency may.
    """
    used = torch.tensor([network, frequency, True])
    features, places, counts = [], [], []
    for one in cases:
        here = [place for place, word in enumerate(one.near) if word in one.right]
        if here:
            features.append(torch.from_numpy(one.bits) * used)
            places.append(here[0])
            counts.append(words.zipf_of(one.near[here[0]]))
    padded = nn.utils.rnn.pad_sequence(features, batch_first=True)  # (N, candidates, 3)
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
    shares = [round(share, 3) + 0.0 for share in (weights.detach() * used / np.log(2)).tolist()]
    return ChannelWeights(*shares)


WORD_TRAININGS = {
    "word-letters": ShippedTraining(
        train_speller,
        describe_speller,
        one_cycle(epochs=20, batch_size=128, learning_rate=4e-3, clip_norm=1.0),
        ("misspellings", "sst2", *PUBLIC),
    ),
}
"""How it is trained. There is no task for it: nobody trains this network on a page."""
