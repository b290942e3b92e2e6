"""How the networks that read stories are trained, and how far they remember; `core.shipping.build` runs it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from torch import nn

from core.data.text.batches import sentence_batches
from core.data.text.stories import SHORTEST, TRAINED_TO, encode_stories, stories
from core.inspection.memory.recall import FILE, RecallMeasurement, RecallOfTraining, recall
from core.models.cards import CardScore
from core.models.shipped import ARCHITECTURES
from core.shipping.lesson import Findings, Lesson, ShippingRecipe, learn, round_to_half

STORIES = 6000
"""Stories that each of them is trained on."""
SEEDS = 5
"""Trainings of each that `write_reach` measures; the first has the seed of the shipped network."""
FAR = (60, 190)
"""Distances beyond those trained on, which the cards state too."""


def train_story_reader(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train a network to say which language is spoken; score it on stories of other lengths as well."""
    told = stories(STORIES, (SHORTEST, TRAINED_TO), recipe.seed, held_out=False)
    pieces, answers = encode_stories(told)
    batches, steps = sentence_batches(pieces, pieces, answers, recipe.batch_size, 0.0)
    learn(network, batches, steps, nn.CrossEntropyLoss(), recipe, name)
    round_to_half(network)
    near, *far = (score_stories(network, ends) for ends in ((SHORTEST + 2, TRAINED_TO), *((far, far) for far in FAR)))
    return {
        "data": f"{STORIES:,} stories made by rule, the question {SHORTEST} to {TRAINED_TO} words after the country",
        "test": near,
        "also": tuple(far),
    }


def score_stories(network: nn.Module, distances: tuple[int, int]) -> CardScore:
    """Return in how many stories of cities and sentences not trained on a network names the language."""
    told = stories(1000, distances, 1, held_out=True)
    pieces, answers = (torch.from_numpy(part) for part in encode_stories(told))
    with torch.inference_mode():
        right = int((network(pieces).argmax(1) == answers).sum())
    words = " to ".join(str(end) for end in sorted(set(distances)))
    return CardScore(
        data=f"{len(told):,} stories of cities and sentences not trained on, the question {words} words on",
        cases=len(told),
        correct=right,
    )


def write_reach(file: Path = FILE) -> RecallMeasurement:
    """Train every network that reads stories `SEEDS` times, and write how far each remembers."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    found = []
    for name, lesson in STORY_TRAININGS.items():
        for seed in range(SEEDS):
            torch.manual_seed(seed)
            network = ARCHITECTURES[name].build()
            lesson.train(network, f"{name}, seed {seed}", replace(lesson.recipe, seed=seed))
            chance, cases = recall(network)
            found.append(RecallOfTraining(name=name, seed=seed, chance=chance, cases=cases))
    reach = RecallMeasurement(trained=tuple(found), torch=torch.__version__)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(reach.model_dump_json() + "\n")
    return reach


_recipe = partial(ShippingRecipe, batch_size=50, max_norm=1.0)

STORY_TRAININGS = {
    "story-window": Lesson(train_story_reader, _recipe(epochs=20, learning_rate=3e-3)),
    "story-rnn": Lesson(train_story_reader, _recipe(epochs=60, learning_rate=1e-3, max_norm=0.5)),
    "story-gru": Lesson(train_story_reader, _recipe(epochs=8, learning_rate=5e-3)),
    "story-lstm": Lesson(train_story_reader, _recipe(epochs=12, learning_rate=5e-3)),
}
"""How each of them is trained; their data are made by rule alone."""
