import re

import pytest
import torch

from core.paths import ROOT
from core.training.task import NotEnough
from core.training.tasks.series import SeriesTask
from core.training.tasks.translation import TranslationTask
from core.wording import about_minutes, counted, counted_words, full_stop


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (1.0, "1 run"), (0.5, "0.5 runs"), (2000, "2,000 runs")],
)
def test_one_thing_has_no_s(number: float, words: str) -> None:
    assert counted(number, "run") == words


def test_a_word_may_have_a_plural_of_its_own() -> None:
    assert (counted(1, "class", "classes"), counted(3, "class", "classes")) == ("1 class", "3 classes")


def test_nobody_puts_an_s_to_a_word_by_hand() -> None:
    by_hand = re.compile(r"""\{(['"])s\1 (\*|if) |if .* != 1 else ''""")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*(ROOT / "core").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
        for line in path.read_text("utf-8").splitlines()
        if by_hand.search(line)
    ]
    assert not found, found


def test_what_a_batch_is_compared_with_may_be_one_thing() -> None:
    wrong = re.compile(r"larger than the \{(?!counted\()|\{self\.[a-z_]+(:,)?\} (steps|lines|numbers|hands|voices)\b")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in ("core/training", "core/ui/sections/train")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if wrong.search(line)
    ]
    assert not found, found
    assert SeriesTask(horizon=1).title.endswith(", 1 step")
    with pytest.raises(NotEnough, match=r"larger than the 1 number\.$"):
        TranslationTask(numbers=1).prepare(10, seed=0, device=torch.device("cpu"))


@pytest.mark.parametrize(
    "ended", ["At every place.", "Really?", "Stop!", "And so on …", "He says “yes.”", "(At last.) "]
)
def test_what_ends_as_a_sentence_needs_no_full_stop(ended: str) -> None:
    assert full_stop(ended) == ""


@pytest.mark.parametrize("words", ["True", "0.67", "90 %", "ln 10", "f(x)", "“yes”", ""])
def test_other_words_need_one(words: str) -> None:
    assert full_stop(words) == "."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "less than a minute"), (59, "less than a minute"), (70, "about 1 minute"), (240, "about 4 minutes")],
)
def test_a_wait_is_told_in_the_same_words_wherever_it_stands(seconds: float, words: str) -> None:
    assert about_minutes(seconds) == words


def test_words_and_signs_are_counted_apart() -> None:
    assert counted_words(["good", ",", "not", "n't", "3.5", "\N{GRINNING FACE}"]) == "4 words and 2 signs"
    assert counted_words(["good"]) == "1 word" and counted_words([]) == "0 words"
