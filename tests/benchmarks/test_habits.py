"""How well digits are read that people write differently: flagged ones, slashed zeros, barred sevens."""

import time

import numpy as np
import pytest
import torch

from core.data.images.digits import prepare
from core.data.pen.drawing import pictures, plain_pen
from core.data.pen.habits import HABITS, habits_of
from core.data.pen.movements import movement, pad
from core.data.pen.unipen import of_part
from core.data.sources import folder_of
from core.inspection.images.families import FAMILIES, predict_by_family
from core.inspection.images.recognition import digit_margin
from core.models.shipped import ARCHITECTURES, load_shipped
from core.settings import settings
from core.training.control import Control
from core.training.events import FinalScore
from core.training.loop import train
from core.training.prepare import prepare as prepare_task
from core.training.recipes import suggest_training
from core.training.tasks.pen import PenTask
from tests.support.handwriting import HABITS as DRAWN
from tests.support.handwriting import draw, place
from tests.support.machine import slowness

pytestmark = pytest.mark.benchmark
BRUSHES = (12, 18, 26)
PENS = tuple(name for name in ARCHITECTURES if name.startswith("pen-"))


def test_habits_drawn_by_rule() -> None:
    for title, (digit, strokes) in DRAWN.items():
        said, refused = [], 0
        for brush in BRUSHES:
            pixels = prepare(draw(place(strokes, 70, 40, 140, 200), brush), "light").pixels
            said.append([prediction.predicted_class for prediction in predict_by_family(pixels)])
            refused += digit_margin(pixels) < 0
        print(f"{title}: {said}, refused {refused} of {len(BRUSHES)}")
        assert all(answers[0] == str(digit) for answers in said), title  # the CNN
        assert not refused, title


@pytest.mark.skipif(folder_of("unipen") is None, reason="the pen strokes are not here")
def test_habits_of_writers_kept_apart() -> None:
    written = of_part("digits", "test")
    labels = np.array([int(character.label) for character in written])
    drawn = torch.from_numpy(pictures(written, 1, seed=5, pen=plain_pen, side=280)).unsqueeze(1) / 255
    steps = pad([movement(character.strokes) for character in written])
    right = {}
    with torch.inference_mode():
        for name in (*FAMILIES, *PENS):
            network = load_shipped(name).network
            right[name] = network(steps if name in PENS else drawn).argmax(1).numpy() == labels
        judge = load_shipped("digit-or-not")
        refused = judge.network(drawn)[:, 0].numpy() < (judge.card.threshold or 0)
    groups = {"all": np.ones(len(labels), bool)} | {str(digit): labels == digit for digit in range(10)}
    groups |= {
        habit.title: np.array([habit.title in habits_of(character) for character in written]) for habit in HABITS
    }
    print(f"{'':22}{'cases':>6}" + "".join(f"{name:>12}" for name in right) + f"{'refused':>10}")
    for title, group in groups.items():
        cells = "".join(f"{one[group].mean():>12.1%}" for one in right.values())
        print(f"{title:22}{group.sum():>6}{cells}{refused[group].mean():>10.1%}")
    assert right["digit-cnn"].mean() >= 0.985
    assert right["pen-gru"].mean() >= 0.975
    assert refused.mean() <= 0.015


@pytest.mark.skipif(folder_of("unipen") is None, reason="the pen strokes are not here")
@pytest.mark.long
@pytest.mark.parametrize("characters", ["digits", "capitals"])
def test_ten_thousand_movements_are_learnt_within_a_minute(characters: str) -> None:
    config = suggest_training(PenTask(characters=characters), epochs=8, seed=0)
    threads = torch.get_num_threads()
    torch.set_num_threads(settings().training_threads)
    began = time.perf_counter()
    *_, scored = train(prepare_task(config), config.training, Control())
    seconds = time.perf_counter() - began
    torch.set_num_threads(threads)
    assert isinstance(scored, FinalScore)
    print(f"{characters}: {seconds:.0f} s, {scored.score.accuracy:.1%} of {scored.score.cases} by other people")
    assert seconds < 60 * slowness()
    assert scored.score.accuracy > (0.95 if characters == "digits" else 0.8)
