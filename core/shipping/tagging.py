"""How the networks that tag words as persons and places are trained, and what they are measured on."""

from dataclasses import dataclass

import torch
from torch import nn

from core.data.text.ambiguous import ALL_NAMES, HELD_OUT_NAMES, AmbiguousPair, Decides, ambiguous_pairs, patterns
from core.data.text.entities import (
    PERSON,
    PLACE,
    VOCABULARY,
    Part,
    Tagged,
    count_found,
    encode_tokens,
    posts,
    runs_of,
    tagging_vocabulary,
)
from core.data.text.vocabulary import Vocabulary, collect, shipped_vocabulary, write_vocabulary
from core.models.cards import CardScore
from core.models.text.tagging import KNOWN
from core.shipping.training import Results, ShippedTraining, one_cycle
from core.training.tasks.tagging import TaggingTask, training_sentences

TASK = TaggingTask(unknown=0.3)
"""What each of them learns."""
CASES = 500
"""Pairs of each kind that are measured."""
_SEED_OF_CASES = 1


def describe_tagger(network: nn.Module) -> Results:
    """Score a network on WNUT 2017's test posts and on pairs with ambiguous names."""
    return {
        "data": f"WNUT 2017, train: {len(posts('train')):,} posts (Derczynski and others, 2017, CC BY 4.0); "
        f"{len(training_sentences()) - len(posts('train')):,} sentences made by rule; "
        f"{TASK.unknown:.0%} of the words read as unknown ones",
        **measure(network, tagging_vocabulary()),
    }


def measure(network: nn.Module, vocabulary: Vocabulary, part: Part = "test", seed: int = _SEED_OF_CASES) -> Results:
    """Return how a network does on a part of WNUT 2017 and on pairs that it was not trained on."""
    real = posts(part)
    predicted = predict_tags(network, vocabulary, real)
    words = [
        (one, other)
        for sentence, tags in zip(real, predicted, strict=True)
        for one, other in zip(sentence.tags, tags, strict=True)
    ]
    there, found = [sentence.spans for sentence in real], [runs_of(tags) for tags in predicted]
    figures: dict[str, float] = {}
    for title, kinds in (("persons and places", (PERSON, PLACE)), ("persons", (PERSON,)), ("places", (PLACE,))):
        counts = count_found(there, found, kinds)
        where = f"WNUT 2017, {part}: {title}, {counts.there:,} names, {counts.found:,} found, {counts.right:,} right"
        figures |= {
            f"F1, {where}": round(counts.f1, 4),
            f"precision, {where}": round(counts.precision, 4),
            f"recall, {where}": round(counts.recall, 4),
        }
    return {
        "test": CardScore(
            data=f"words of WNUT 2017, {part}, tagged right ('other' counts)",
            cases=len(words),
            correct=sum(one == other for one, other in words),
        ),
        "also": tuple(score for kind in PAIR_KINDS for score in _pairs_right(network, vocabulary, kind, seed)),
        "figures": figures,
    }


@dataclass(frozen=True)
class PairKind:
    """A kind of pairs that is measured: what decides, and what of it is kept back from training."""

    decides: Decides
    names_held_out: bool
    patterns_held_out: bool

    @property
    def title(self) -> str:
        """What it is called on cards."""
        by = "what follows" if self.decides == "follows" else "what comes before"
        kept = {
            (True, False): "names not trained on",
            (False, True): "patterns not trained on",
            (True, True): "names and patterns not trained on",
        }[self.names_held_out, self.patterns_held_out]
        return f"only {by} decides, {kept}"


PAIR_KINDS = tuple(
    PairKind(decides, names, held)
    for decides in ("follows", "before")
    for names, held in ((True, False), (False, True), (True, True))
)
"""The kinds of pairs that are measured."""


def pairs_of(kind: PairKind, seed: int) -> tuple[AmbiguousPair, ...]:
    """Return the pairs of a kind that are measured."""
    made_of = patterns(kind.decides, names_held_out=kind.names_held_out, patterns_held_out=kind.patterns_held_out)
    return ambiguous_pairs(kind.decides, made_of, CASES, seed)


def _pairs_right(network: nn.Module, vocabulary: Vocabulary, kind: PairKind, seed: int) -> tuple[CardScore, CardScore]:
    """Return how often the name itself is tagged right, and in how many pairs both times."""
    pairs = pairs_of(kind, seed)
    predicted = predict_tags(
        network, vocabulary, [sentence for pair in pairs for sentence in (pair.person, pair.place)]
    )
    persons = [tags[pair.at[0]] == PERSON for pair, tags in zip(pairs, predicted[::2], strict=True)]
    places = [tags[pair.at[1]] == PLACE for pair, tags in zip(pairs, predicted[1::2], strict=True)]
    both = sum(one and other for one, other in zip(persons, places, strict=True))
    return (
        CardScore(
            data=f"names in {len(pairs):,} pairs: {kind.title}",
            cases=2 * len(pairs),
            correct=sum(persons) + sum(places),
        ),
        CardScore(data=f"pairs with both names right: {kind.title}", cases=len(pairs), correct=both),
    )


def predict_tags(
    network: nn.Module, vocabulary: Vocabulary, sentences: tuple[Tagged, ...] | list[Tagged]
) -> list[tuple[int, ...]]:
    """Return the likeliest tag of every word."""
    predicted: list[tuple[int, ...]] = []
    with torch.inference_mode():
        for at in range(0, len(sentences), 200):
            some = [sentence.tokens for sentence in sentences[at : at + 200]]
            best = network(torch.from_numpy(encode_tokens(vocabulary, some))).argmax(2)
            predicted += [tuple(row[: len(tokens)]) for row, tokens in zip(best.tolist(), some, strict=True)]
    return predicted


def write_tagging_vocabulary() -> int:
    """Write the vocabulary, the most frequent words of what is trained on, and return how many they are.

    No ambiguous name is among them: all are read by their letters, those that were trained on and those that were not.
    """
    names = {name.lower() for name in (*ALL_NAMES, *HELD_OUT_NAMES)}
    words = [[token.word for token in sentence.tokens if token.word not in names] for sentence in training_sentences()]
    chosen = collect(words, at_least=3).words[:KNOWN]
    write_vocabulary(Vocabulary(chosen), VOCABULARY)
    shipped_vocabulary.cache_clear()
    return len(chosen)


_shipped = ShippedTraining(
    TASK, describe_tagger, one_cycle(epochs=8, batch_size=32, learning_rate=4e-3, clip_norm=1.0), ("wnut17",)
)

TAGGING_TRAININGS = {"tagger-forward": _shipped, "tagger-bilstm": _shipped}
"""How each of them is trained."""
