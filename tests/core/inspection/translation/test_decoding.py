"""Greedy decoding and beam search against an exhaustive search, and BLEU against sacrebleu."""

import itertools

import pytest
import sacrebleu
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.text.number_words import LANGUAGES, Language, spell
from core.data.text.translation import PairExamples, draw_numbers, encode_target
from core.inspection.metrics.texts import bleu, corpus_bleu
from core.inspection.translation import decoding
from core.inspection.translation.decoding import beam_search, greedy
from core.models.text.translation import TITLES, GruTranslator, TransformerTranslator, TranslatorKind, translator
from core.training.tasks.translation import count_exact

SOURCE = torch.tensor([3, 4, 1])
SIZE, LIMIT = 6, 4


def small(kind: TranslatorKind, seed: int = 0):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        if kind == "transformer":
            network = TransformerTranslator(8, 2, 1, source_size=5, target_size=SIZE)
        else:
            network = GruTranslator(kind == "gru-attention", 4, 8, source_size=5, target_size=SIZE)
        for parameter in network.parameters():
            parameter.data *= 3  # opinions
        return network.eval()


def log_probability(network, pieces: tuple[int, ...]) -> float:
    """Return that of pieces after the first, by one pass."""
    pairs = torch.zeros(1, 2, 6, dtype=torch.long)
    pairs[0, 0, :3], pairs[0, 1, : len(pieces) - 1] = SOURCE, torch.tensor(pieces[:-1])
    with torch.inference_mode():
        chances = network(pairs)[0].log_softmax(1)
    return sum(float(chances[step, piece]) for step, piece in enumerate(pieces[1:]))


@pytest.mark.parametrize("kind", TITLES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_beam_wide_enough_finds_the_likeliest_of_all_texts(kind: TranslatorKind, seed: int) -> None:
    network = small(kind, seed)
    everything = [
        (2, *middle, 1) for length in range(LIMIT) for middle in itertools.product(range(2, SIZE), repeat=length)
    ]
    best = max(everything, key=lambda pieces: log_probability(network, pieces))
    found = beam_search(network, SOURCE, 2, 4**LIMIT, LIMIT)[0]
    assert found.pieces == best and found.ended
    assert found.log_probability == pytest.approx(log_probability(network, best), abs=1e-4)


@pytest.mark.parametrize("kind", TITLES)
def test_a_beam_of_one_is_greedy_and_a_wider_one_is_at_least_as_likely(kind: TranslatorKind) -> None:
    for seed in range(4):
        network = small(kind, seed)
        guesses = beam_search(network, SOURCE, 2, 1, LIMIT)
        assert len(guesses) == 1
        expected = greedy(network, SOURCE[None], torch.tensor([2]), LIMIT)[0].tolist()
        assert list(guesses[0].pieces[1:]) == expected
        wide = beam_search(network, SOURCE, 2, 3, LIMIT)
        assert [one.log_probability for one in wide] == sorted((one.log_probability for one in wide), reverse=True)
        assert len({one.pieces for one in wide}) == len(wide)


@pytest.mark.parametrize("kind", TITLES)
def test_all_pieces_right_is_the_same_as_a_greedy_translation_that_is_right(kind: TranslatorKind) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        network = translator(kind, 16).eval()
    for inputs, answers in PairExamples(draw_numbers(24, 0, part="test"), torch.device("cpu"))():
        answers[0, :1] = network(inputs)[0, 0].argmax()  # one that may be right
        written = greedy(network, inputs[:, 0], inputs[:, 1, 0], answers.shape[1])
        same = (torch.nn.functional.pad(written, (0, answers.shape[1] - written.shape[1])) == answers).all(1).sum()
        assert int(count_exact(network(inputs), answers)) == int(same)


words = st.lists(st.sampled_from(["cent", "vingt", "deux", "mille", "quatre", "et"]), max_size=12)


@settings(max_examples=100)
@given(st.lists(st.tuples(words, words.filter(len)), min_size=1, max_size=4))
def test_bleu_is_that_of_sacrebleu(pairs: list[tuple[list[str], list[str]]]) -> None:
    candidates, references = ([pair[side] for pair in pairs] for side in (0, 1))
    theirs = sacrebleu.corpus_bleu(
        [" ".join(one) for one in candidates],
        [[" ".join(one) for one in references]],
        smooth_method="none",
        tokenize="none",
        force=True,
    )
    ours = corpus_bleu(candidates, references)
    assert 100 * ours.score == pytest.approx(theirs.score, abs=1e-6)
    assert list(ours.matches) == theirs.counts and list(ours.groups) == theirs.totals
    if len(pairs) == 1:
        assert bleu(*pairs[0]) == ours


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_fits_below_the_limit(language: Language) -> None:
    for number in (999_999_999, 777_777_777, 121_121_121):
        assert len(encode_target(spell(number, language), language)) - 1 <= decoding.LIMIT - 4
