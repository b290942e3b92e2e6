"""Every condition is met by what it says, and not by what lacks a part of it."""

from dataclasses import replace

import pytest

from core.course.conditions import CONDITIONS
from core.course.live import (
    ConvolutionSeen,
    DigitFooled,
    DigitMoved,
    DigitSeen,
    GradientsSeen,
    Live,
    LuckSeen,
    MovementTried,
    NetworkExamined,
    NumberSeen,
    RunsCompared,
    Seen,
    SentencePairSeen,
    SentenceSeen,
    StorySeen,
    TrainingSeen,
    TranslationSeen,
)
from core.paths import ROOT
from core.ui.page_registry import PATHS

DIGIT = DigitSeen({"CNN": 7, "MLP": 7, "GRU": 7}, None, True, True)
BENCH = ConvolutionSeen("Sobel x", False, 3, 1, False, "none", "none", (26, 26))
RUN = TrainingSeen("ab", "Lab, short", 10.0, "running", 0.5, 0.8, 0.79, None, 0, False)
PAIR = SentencePairSeen("good not bad", "bad not good", True, {"LSTM": (0.9, 0.1), "Bag": (0.5, 0.5)})
STORY = StorySeen(40, "French", {"RNN": "Italian", "LSTM": "French"})
STEEP = GradientsSeen({"RNN": 1.3, "LSTM": 0.8}, False, False)
TRIED = MovementTried("reverse", ("7", "7"), ("7", "2"), True, False)
SHIFTED = MovementTried("shift", ("7", "1"), ("7", "7"), False, True)

TOUCHING = NumberSeen(True, "42", "9")
TRANSLATED = TranslationSeen("three million", "English into French", {"GRU": False, "Transformer": True})

MET: dict[str, tuple[Seen, list[Seen]]] = {
    "cutting-fails": (
        TOUCHING,
        [replace(TOUCHING, own=False), replace(TOUCHING, cut="42"), replace(TOUCHING, together="")],
    ),
    "translators-differ": (
        TRANSLATED,
        [replace(TRANSLATED, right=dict.fromkeys(("GRU", "Transformer"), good)) for good in (True, False)],
    ),
    "own-digit": (DIGIT, [replace(DIGIT, own=False), replace(DIGIT, recognised=False)]),
    "no-digit": (replace(DIGIT, recognised=False), [DIGIT, replace(DIGIT, own=False, recognised=False)]),
    "networks-disagree": (replace(DIGIT, answers={"CNN": 7, "MLP": 1}), [DIGIT]),
    "cnn-and-gru-disagree": (
        replace(DIGIT, answers={"CNN": 7, "MLP": 7, "GRU": 1}),
        [DIGIT, replace(DIGIT, answers={"CNN": 7, "MLP": 1, "GRU": 7}), replace(DIGIT, answers={"CNN": 7})],
    ),
    "cnn-is-wrong": (replace(DIGIT, label=2), [DIGIT, replace(DIGIT, label=7)]),
    "shifted-out": (
        DigitMoved(3, 0, 0, {"CNN": True, "MLP": False}),
        [
            DigitMoved(0, 0, 0, {"CNN": True, "MLP": False}),
            DigitMoved(3, 0, 0, {"CNN": True, "MLP": True}),
            DigitMoved(9, 0, 0, {"CNN": False, "MLP": False}),
        ],
    ),
    "fooled": (DigitFooled(0.1, "7", "3"), [DigitFooled(0.1, "7", "7"), DigitFooled(0.0, "7", "3")]),
    "stride-two": (replace(BENCH, stride=2, output=(13, 13)), [BENCH]),
    "padded": (replace(BENCH, padded=True, output=(28, 28)), [BENCH, replace(BENCH, padded=True, stride=2)]),
    "own-kernel": (replace(BENCH, edited=True), [BENCH]),
    "relu-and-max-pooling": (
        replace(BENCH, activation="ReLU", pooling="max", output=(13, 13)),
        [BENCH, replace(BENCH, activation="ReLU"), replace(BENCH, pooling="max")],
    ),
    "training-started": (RUN, [replace(RUN, status="queued"), replace(RUN, status="starting")]),
    "training-finished": (
        replace(RUN, status="finished", test=0.95, cases=10_000),
        [RUN, replace(RUN, status="finished"), replace(RUN, status="stopped", test=0.95)],
    ),
    "loss-is-low": (replace(RUN, loss=0.05), [RUN, replace(RUN, loss=None), replace(RUN, loss=0.1)]),
    "overfits": (replace(RUN, accuracy=1.0, validation=0.8), [RUN, replace(RUN, accuracy=1.0, validation=None)]),
    "memorises": (
        replace(RUN, accuracy=0.95, validation=0.1, random_labels=True),
        [replace(RUN, accuracy=0.95, validation=0.1), replace(RUN, accuracy=0.5, validation=0.1, random_labels=True)],
    ),
    "runs-compared": (RunsCompared(("a", "b"), (0.9, None)), [RunsCompared(("a",), (0.9,))]),
    "network-examined": (NetworkExamined("CNN", 10_000, 9_943), [NetworkExamined("CNN", 0, 0)]),
    "readers-disagree": (
        SentenceSeen("not bad", {"RNN": 0.2, "LSTM": 0.9}), [SentenceSeen("bad", {"RNN": 0.2, "LSTM": 0.1})]
    ),
    "order-told": (
        PAIR,
        [
            replace(PAIR, reordered=False),
            replace(PAIR, positive={"LSTM": (0.9, 0.6)}),
        ],
    ),
    "order-fools-all": (replace(PAIR, positive={"LSTM": (0.9, 0.6)}), [PAIR, replace(PAIR, reordered=False)]),
    "all-remember": (replace(STORY, said={"RNN": "French", "LSTM": "French"}), [STORY]),
    "clue-forgotten": (
        STORY, [replace(STORY, said={"RNN": "French"}), replace(STORY, said={"RNN": "Dutch", "LSTM": "Dutch"})]
    ),
    "gradient-vanishes": (STEEP, [replace(STEEP, factors={"RNN": 1.0})]),
    "gradient-explodes": (STEEP, [replace(STEEP, factors={"RNN": 1.0})]),
    "gradient-clipped": (replace(STEEP, clipped=True), [STEEP, replace(STEEP, clipped=True, factors={"RNN": 1.0})]),
    "movement-noticed": (TRIED, [SHIFTED, replace(TRIED, follower_unmoved=True), replace(TRIED, cnn_unmoved=False)]),
    "shift-noticed": (SHIFTED, [TRIED, replace(SHIFTED, cnn_unmoved=True), replace(SHIFTED, follower_unmoved=False)]),
    "luck-counted": (LuckSeen({(0.1, 100): 90, (0.1, 5000): 150}, 200), [LuckSeen({}, 200)]),
}  # fmt: skip


@pytest.mark.parametrize("name", MET)
def test_a_condition_is_met_by_what_it_says_and_by_nothing_less(name: str) -> None:
    met, less = MET[name]
    live = Live()
    assert not CONDITIONS[name].found(live), "nothing is met before anything is seen"
    for one in less:
        live.take(one)
        assert not CONDITIONS[name].found(live), one
    live.take(met)
    found = CONDITIONS[name].found(live)
    assert found.endswith("."), found


def test_two_trainings_count_across_the_steps_of_a_lesson() -> None:
    found = CONDITIONS["two-trainings"].found
    live = Live(began=5.0)
    done = replace(RUN, status="finished", test=0.9, cases=10_000)
    live.take(done)
    live = live.next_step(6.0)
    live.take(replace(done, run="cd"))
    assert not found(live), "the same settings twice are no comparison"
    live.take(replace(done, run="ef", title="Overfit", status="running"))
    assert not found(live)
    live.take(replace(done, run="ef", title="Overfit"))
    assert "Lab, short" in found(live)
    assert "Overfit" in found(live)


def test_what_was_trained_before_the_step_does_not_tick_it_off() -> None:
    live = Live(began=11.0)
    live.take(RUN)
    assert not CONDITIONS["training-started"].found(live)


def test_every_condition_is_tested_and_names_a_page() -> None:
    assert set(MET) | {"two-trainings"} == set(CONDITIONS)
    assert all(condition.page in PATHS for condition in CONDITIONS.values())
    assert all(condition.sentence.endswith(".") for condition in CONDITIONS.values())


def test_the_table_for_teachers_lists_every_condition_as_it_is() -> None:
    guide = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    guide = guide.partition("## Conditions")[2].partition("\n## ")[0]
    rows = [line for line in guide.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{one.name}` | {one.sentence} | `/{one.page}` |" for one in CONDITIONS.values()]
