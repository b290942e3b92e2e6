"""How the networks that translate numbers in words are trained, and scored on numbers kept apart."""

from collections.abc import Sequence

import torch
from torch import nn

from core.data.text.number_words import LANGUAGES, LARGEST
from core.data.text.translation import (
    MOST_DIGITS,
    PAIRS,
    TRAINED_TO,
    PairExamples,
    numbers_of,
    part_of,
    target_pieces,
)
from core.inspection.metrics.texts import corpus_bleu
from core.inspection.translation.decoding import beam_search, greedy
from core.inspection.translation.scores import (
    BEAM,
    BEAM_NAME,
    LENGTHS,
    LONGER,
    OTHERWISE,
    bleu_name,
    length_name,
    pair_name,
)
from core.models.cards import CardScore
from core.models.text.translation import Translator, TranslatorDesign, TranslatorKind
from core.shipping.training import Results, ShippedTraining, one_cycle
from core.training.tasks.translation import TranslationTask, count_exact

MEASURED = 2_400
"""Numbers that are measured on, each in one of the twelve pairs of languages in turn."""

_CPU = torch.device("cpu")
_EACH = 600  # numbers of each length, of each pair


def describe_translator(network: nn.Module) -> Results:
    """Score a network by exact match: by length, by pair of languages, longer than learnt, and by beam search."""
    tested = PairExamples(any_numbers(MEASURED, seed=1), _CPU)
    by_length = {digits: PairExamples(numbers_of(digits, _EACH, seed=2), _CPU) for digits in (*LENGTHS, *LONGER)}
    by_pair = {pair: PairExamples(any_numbers(_EACH, seed=3), _CPU, [pair]) for pair in PAIRS}
    otherwise = PairExamples(any_numbers(MEASURED, seed=1), _CPU, otherwise=True)
    searched = _search(network, PairExamples(any_numbers(_EACH, seed=1), _CPU))
    return {
        "data": f"numbers from 0 to {TRAINED_TO:,}, and up to {LARGEST:,} those with at most {MOST_DIGITS} digits that "
        f"are not 0, in {len(LANGUAGES)} languages, spelt by num2words; one of ten numbers from 100 on is kept apart "
        "to be measured on, another one to choose by",
        "test": _exact(network, tested, f"numbers from 100 to {TRAINED_TO:,} kept apart, all equally likely"),
        "also": (
            *(_exact(network, some, length_name(digits)) for digits, some in by_length.items()),
            *(_exact(network, some, pair_name(*pair)) for pair, some in by_pair.items()),
            _exact(network, otherwise, OTHERWISE),
            CardScore(data=BEAM_NAME, cases=len(searched), correct=sum(searched)),
        ),
        "figures": {bleu_name(digits): _bleu(network, some) for digits, some in by_length.items()},
    }


def any_numbers(count: int, seed: int) -> list[int]:
    """Return numbers from 100 to `TRAINED_TO` of the test part, all equally likely."""
    draw = torch.Generator().manual_seed(seed)
    found: list[int] = []
    while len(found) < count:
        number = int(torch.randint(100, TRAINED_TO + 1, (), generator=draw))
        if part_of(number) == "test":
            found.append(number)
    return found


def _exact(network: nn.Module, examples: PairExamples, what: str) -> CardScore:
    """Return how many translations are right to the letter by greedy decoding (see `count_exact`)."""
    right = cases = 0
    with torch.inference_mode():
        for inputs, answers in examples():
            right += int(count_exact(network(inputs), answers))
            cases += len(answers)
    return CardScore(data=what, cases=cases, correct=right)


def _search(network: nn.Module, examples: PairExamples) -> list[bool]:
    found = []
    for inputs, answers in examples():
        for pair, answer in zip(inputs, answers, strict=True):
            source = pair[0][pair[0] != 0]
            assert isinstance(network, Translator)
            best = beam_search(network, source, int(pair[1, 0]), BEAM)[0]
            found.append(list(best.pieces[1:]) == answer[answer != 0].tolist())
    return found


def _bleu(network: nn.Module, examples: PairExamples) -> float:
    """Return BLEU over all translations together, 0-1, of pieces."""
    assert isinstance(network, Translator)
    written, wanted = [], []
    for inputs, answers in examples():
        written += _texts(greedy(network, inputs[:, 0], inputs[:, 1, 0]).tolist())
        wanted += _texts(answers.tolist())
    return round(corpus_bleu(written, wanted).score, 4)


def _texts(rows: Sequence[Sequence[int]]) -> list[list[str]]:
    known = target_pieces()
    return [[piece.text for number in row if (piece := known[number]) is not None] for row in rows]


def _shipped(kind: TranslatorKind, epochs: float, learning_rate: float) -> ShippedTraining:
    task = TranslationTask(digits=6, numbers=20_000, network=TranslatorDesign(kind=kind))
    training = one_cycle(epochs=epochs, batch_size=64, learning_rate=learning_rate, clip_norm=1.0)
    return ShippedTraining(task, describe_translator, training, threads=1)


TRANSLATION_TRAININGS = {
    "translate-gru": _shipped("gru", 12, 4e-3),
    "translate-gru-attention": _shipped("gru-attention", 10, 4e-3),
    "translate-transformer": _shipped("transformer", 12, 3e-3),
}
"""How each of them is trained; their data are made by rule alone."""
