"""How the network that reads surnames is trained and scored."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torchmetrics.functional.classification import multiclass_f1_score

from core.data.text.surnames import ALPHABET, LANGUAGES, Surnames, split, surnames
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, one_cycle
from core.training.tasks.surnames import SurnameTask

TASK = SurnameTask(balance=0.25)


def describe_name_reader(network: nn.Module) -> Results:
    """Score a network on names that it was not trained on."""
    parts = split(surnames())
    test, several = parts["test"].single, parts["test"].several
    predicted = predict_languages(network, test)
    truth = np.array([found[0] for found in test.languages])
    present = len(np.unique(truth))
    named = zip(predict_languages(network, several), several.languages, strict=True)
    return {
        "data": f"{len(parts['train']):,} distinct surnames of {len(LANGUAGES)} languages, no accents; a name that "
        f"several languages list counts for each; a language weighs its names to the power of {-TASK.balance:g}",
        "test": CardScore(
            data=f"{len(test):,} other surnames, each listed for one language only",
            cases=len(test),
            correct=int((predicted == truth).sum()),
        ),
        "also": (
            CardScore(
                data=f"{len(several):,} other surnames that several languages list, one of these named",
                cases=len(several),
                correct=sum(one in found for one, found in named),
            ),
            CardScore(
                data="always the most frequent language, Russian, on the surnames of the test",
                cases=len(test),
                correct=int((truth == LANGUAGES.index("Russian")).sum()),
            ),
        ),
        "figures": {f"macro F1 over {present} languages on {len(test):,} other surnames": macro_f1(predicted, truth)},
    }


def predict_languages(network: nn.Module, names: Surnames) -> NDArray[np.int64]:
    """Return which language a network names for each surname, (N,)."""
    letters = torch.from_numpy(ALPHABET.encode(names.names))
    with torch.inference_mode():
        return torch.cat([network(some).argmax(1) for some in letters.split(500)]).numpy()


def macro_f1(predicted: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    """Return the mean of F1 over the languages that are among the truth, rounded."""
    each = multiclass_f1_score(
        torch.from_numpy(predicted), torch.from_numpy(truth), num_classes=len(LANGUAGES), average="none"
    )
    return round(float(each[torch.from_numpy(np.unique(truth))].mean()), 4)


NAME_TRAININGS = {
    "names-gru": ShippedTraining(
        TASK, describe_name_reader, one_cycle(epochs=12, batch_size=64, learning_rate=4e-3, clip_norm=1.0), ("names",)
    ),
}
"""How it is trained."""
