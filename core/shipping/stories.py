"""How the networks that read stories are trained, and how far they remember."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

import torch
from torch import nn

from core.data.text.stories import SHORTEST, TRAINED_TO, encode_stories, stories
from core.inspection.memory.recall import (
    FILE,
    READERS,
    TRANSFORMERS,
    RecallMeasurement,
    RecallOfTraining,
    load_recall,
    recall,
)
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, one_cycle
from core.training.tasks.stories import StoryTask

TASK = StoryTask(stories=6000, distance=TRAINED_TO, shorter_too=True)
"""What each of them learns."""
SEEDS = 5
"""Trainings of each that `write_reach` measures; the first has the seed of the shipped network."""
FAR = (60, 190)
"""Distances beyond those trained on, which the cards state too."""


def describe_stories(network: nn.Module) -> Results:
    """Score a network on stories of the lengths trained on, and on longer ones."""
    return {
        "data": f"{TASK.stories:,} stories made by rule, the question {SHORTEST} to {TRAINED_TO} words after the "
        "country",
        "test": score_stories(network, (SHORTEST + 2, TRAINED_TO)),
        "also": tuple(score_stories(network, (far, far)) for far in FAR),
    }


def score_stories(network: nn.Module, distances: tuple[int, int]) -> CardScore:
    """Return in how many stories of cities and sentences not trained on a network names the language."""
    drawn = stories(1000, distances, 1, held_out=True)
    pieces, answers = (torch.from_numpy(part) for part in encode_stories(drawn))
    with torch.inference_mode():
        right = int((network(pieces).argmax(1) == answers).sum())
    words = " to ".join(str(end) for end in sorted(set(distances)))
    return CardScore(
        data=f"{len(drawn):,} stories of cities and sentences not trained on, the question {words} words on",
        cases=len(drawn),
        correct=right,
    )


def write_reach(file: Path = FILE, names: Collection[str] = READERS) -> RecallMeasurement:
    """Train every network that reads stories `SEEDS` times, and write how far each remembers.

    Args:
        file: that is written.
        names: the networks that are trained; of the others the file keeps what it says.
    """
    kept = [] if set(names) >= set(READERS) else load_recall(file).trained
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    found = []
    for name, training in STORY_TRAININGS.items():
        found += [one for one in kept if one.name == name and name not in names]
        for seed in range(SEEDS if name in names else 0):
            chance, cases = recall(training.run(name, seed, f"{name}, seed {seed}"))
            found.append(RecallOfTraining(name=name, seed=seed, chance=chance, cases=cases))
    reach = RecallMeasurement(trained=tuple(found), torch=torch.__version__)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(reach.model_dump_json() + "\n")
    return reach


_shipped = partial(ShippedTraining, TASK, describe_stories)
_training = partial(one_cycle, batch_size=50, clip_norm=1.0)

STORY_TRAININGS = {
    "story-window": _shipped(_training(epochs=20, learning_rate=3e-3)),
    "story-rnn": _shipped(_training(epochs=60, learning_rate=1e-3, clip_norm=0.5)),
    "story-gru": _shipped(_training(epochs=8, learning_rate=5e-3)),
    "story-lstm": _shipped(_training(epochs=12, learning_rate=5e-3)),
    **{name: _shipped(_training(epochs=6, learning_rate=3e-3)) for name in TRANSFORMERS},
}
"""How each of them is trained; their data are made by rule alone."""
