"""How the network that reads surnames is trained, and what it is measured on; `core.shipping.build` runs it."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torchmetrics.functional.classification import multiclass_f1_score

from core.data.text.letter_batches import letter_batches
from core.data.text.surnames import LANGUAGES, Surnames, split, surnames
from core.models.cards import CardScore
from core.shipping.lesson import Findings, Lesson, ShippingRecipe, learn, round_to_half


@dataclass(frozen=True)
class NameRecipe(ShippingRecipe):
    """The hyperparameters of a training on surnames.

    Attributes:
        balance: a language weighs (its number of names) to the power of minus this; 1 makes all languages equal.
    """

    balance: float = 0.25


def train_name_reader(network: nn.Module, name: str, recipe: ShippingRecipe) -> Findings:
    """Train a network to tell languages by surnames; score it on names that it was not trained on."""
    assert isinstance(recipe, NameRecipe)
    parts = split(surnames())
    learn_names(network, parts["train"], recipe, name)
    round_to_half(network)
    test, several = parts["test"].single, parts["test"].several
    answers = answer(network, test)
    truth = np.array([found[0] for found in test.languages])
    present = len(np.unique(truth))
    right = [said in found for said, found in zip(answer(network, several), several.languages, strict=True)]
    return {
        "data": f"{len(parts['train']):,} distinct surnames of {len(LANGUAGES)} languages, no accents; a name that "
        f"several languages list counts for each; a language weighs its names to the power of {-recipe.balance:g}",
        "test": CardScore(
            data=f"{len(test):,} other surnames, each listed for one language only",
            cases=len(test),
            correct=int((answers == truth).sum()),
        ),
        "also": (
            CardScore(
                data=f"{len(several):,} other surnames that several languages list, one of these named",
                cases=len(several),
                correct=sum(right),
            ),
            CardScore(
                data="always the most frequent language, Russian, on the surnames of the test",
                cases=len(test),
                correct=int((truth == LANGUAGES.index("Russian")).sum()),
            ),
        ),
        "figures": {f"macro F1 over {present} languages on {len(test):,} other surnames": macro_f1(answers, truth)},
    }


def learn_names(network: nn.Module, data: Surnames, recipe: NameRecipe, title: str) -> None:
    """Train a network on surnames, in place."""
    letters, languages = data.encode()
    weights = np.maximum(1, np.bincount(languages, minlength=len(LANGUAGES))) ** -recipe.balance
    loss = nn.CrossEntropyLoss(torch.from_numpy(weights).float(), label_smoothing=recipe.label_smoothing)
    batches, steps = letter_batches(letters, languages, (letters != 0).sum(1), recipe.batch_size)
    learn(network, batches, steps, loss, recipe, title)


def answer(network: nn.Module, names: Surnames) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return which language a network names for each surname, (N,)."""
    letters = torch.from_numpy(names.encode()[0]) if len(names.several) == 0 else _encode_once(names)
    with torch.inference_mode():
        return torch.cat([network(some).argmax(1) for some in letters.split(500)]).numpy()


def _encode_once(names: Surnames) -> torch.Tensor:
    return torch.from_numpy(Surnames(names.names, tuple(found[:1] for found in names.languages)).encode()[0])


def macro_f1(answers: "np.ndarray[tuple[int], np.dtype[np.int64]]", truth: np.ndarray) -> float:
    """Return the mean of F1 over the languages that are among the truth, rounded."""
    each = multiclass_f1_score(
        torch.from_numpy(answers), torch.from_numpy(truth), num_classes=len(LANGUAGES), average="none"
    )
    return round(float(each[torch.from_numpy(np.unique(truth))].mean()), 4)


NAME_TRAININGS = {
    "names-gru": Lesson(train_name_reader, NameRecipe(12, 64, 4e-3, max_norm=1.0, balance=0.25), data=("names",)),
}
"""How it is trained."""
