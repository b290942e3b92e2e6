"""Pairs to learn from and pairs kept apart: never the same numbers, and all as the networks are to be asked."""

from collections import Counter

import pytest
import torch

from core.data.text.number_words import LANGUAGES, spell
from core.data.text.translation import (
    END,
    MOST_DIGITS,
    PADDING,
    PAIRS,
    TRAINED_TO,
    PairExamples,
    draw_numbers,
    encode_source,
    encode_target,
    numbers_of,
    pair_batches,
    part_of,
    spell_all,
    target_pieces,
    target_vocabulary,
)

CPU = torch.device("cpu")


def test_one_of_ten_numbers_is_measured_on_and_one_chosen_by() -> None:
    counted = Counter(part_of(number) for number in range(100, 100_000))
    assert {part: round(count / 99_900, 2) for part, count in counted.items()} == {
        "train": 0.8, "validation": 0.1, "test": 0.1,
    }  # fmt: skip
    assert {part_of(number) for number in range(100)} == {"train"}


@pytest.mark.parametrize("part", ["train", "validation", "test"])
def test_numbers_are_drawn_from_their_own_part(part: str) -> None:
    drawn = draw_numbers(400, 3, part=part)
    assert drawn == draw_numbers(400, 3, part=part) != draw_numbers(400, 4, part=part)
    assert all(part_of(number) == part for number in drawn if number <= TRAINED_TO)
    longer = [number for number in drawn if number > TRAINED_TO]
    assert all(sum(digit != "0" for digit in str(number)) <= MOST_DIGITS for number in longer)
    assert {len(str(number)) for number in longer} == ({7, 8, 9} if part == "train" else set())
    assert max(draw_numbers(150, 0, largest=999, part="train")) < 1000
    assert all(len(str(number)) == 8 and part_of(number) == "test" for number in numbers_of(8, 20, 0))


def test_a_batch_asks_for_what_comes_next() -> None:
    numbers = draw_numbers(120, 0)
    epoch, steps = pair_batches(spell_all(numbers), 20)
    batches = list(epoch(torch.Generator().manual_seed(1)))
    assert len(batches) == steps == 6
    languages = list(target_vocabulary())[: len(LANGUAGES)]
    known = {tuple(encode_target(spell(number, one), one)) for number in numbers for one in LANGUAGES}
    for inputs, answers in batches:
        for (source, written), answer in zip(inputs.tolist(), answers.tolist(), strict=True):
            pieces = [piece for piece in answer if piece != PADDING]
            assert pieces[-1] == END and END in source
            assert (written[0], *pieces) in known
            assert written[1 : len(pieces)] == pieces[:-1]
            assert written[0] in [target_vocabulary()[language] for language in languages]


def test_examples_take_the_pairs_in_turn() -> None:
    numbers = [171, 97_200, *range(500, 510)]
    batches = list(PairExamples(numbers, CPU)())
    assert sum(len(answers) for _, answers in batches) == len(numbers) and len(batches) == len(PAIRS)
    (inputs, answers), = PairExamples([171], CPU, [("de", "fr")])()  # fmt: skip
    assert inputs[0, 0].tolist()[:6] == encode_source("einhunderteinundsiebzig", "de")
    assert answers[0].tolist() == encode_target("cent soixante et onze", "fr")[1:]
    (other, _), = PairExamples([171], CPU, [("de", "fr")], otherwise=True)()  # fmt: skip
    assert other[0, 0].tolist()[:5] == encode_source("hunderteinundsiebzig", "de")


def test_every_number_of_the_target_vocabulary_is_a_piece_a_language_or_a_sign() -> None:
    pieces = target_pieces()
    assert len(pieces) == len(target_vocabulary()) + 2
    assert [number for number, piece in enumerate(pieces) if piece is None] == list(range(2 + len(LANGUAGES)))
