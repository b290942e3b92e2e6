"""How the networks that read spoken digits are trained, and scored on voices they know and on voices they do not."""

from collections.abc import Sequence
from statistics import fmean

import torch
from torch import nn

from core.data.audio.examples import Recordings, many_voices, voice_batches
from core.data.audio.fsdd import KEPT_APART, SPEAKERS, Spoken, known_voices, left_out
from core.models.audio.readers import ARCHITECTURES, SpeechKind
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.hyperparameters import Training

_SOURCE = "Free Spoken Digit Dataset"


def _trained_on(network: nn.Module, spoken: Sequence[Spoken], title: str, training: Training, voices: float) -> None:
    batches, steps = voice_batches(*many_voices(spoken, round(voices), seed=1), training.batch_size)
    fit(network, batches, steps, nn.CrossEntropyLoss(label_smoothing=0.05), training, title)


def train_speech_reader(network: nn.Module, title: str, training: Training, *, voices: float) -> None:
    """Train a network in place on the recordings that are not measured on, each in so many voices."""
    _trained_on(network, known_voices()[0], title, training, voices)


def right_of(network: nn.Module, spoken: Sequence[Spoken]) -> int:
    """Return how many recordings are read right."""
    with torch.inference_mode():
        batches = Recordings(spoken, torch.device("cpu"))()
        return sum(int((network(sound).argmax(1) == digits).sum()) for sound, digits in batches)


def leave_one_out(kind: SpeechKind, training: Training, voices: float) -> dict[str, CardScore]:
    """Train five networks, each without one of the speakers, and return how each understands that speaker."""
    return {speaker: without(speaker, kind, training, voices) for speaker in SPEAKERS}


def without(speaker: str, kind: SpeechKind, training: Training, voices: float) -> CardScore:
    """Train a network on the four other people and return how it understands `speaker`."""
    learnt, strange = left_out(speaker)
    torch.manual_seed(training.seed)
    network = ARCHITECTURES[f"speech-{kind}"].build()
    _trained_on(network, learnt, f"{kind} without {speaker}", training, voices)
    what = f"{_SOURCE}: the voice of {speaker}, by a network trained on the four others"
    return CardScore(data=what, cases=len(strange), correct=right_of(network.eval(), strange))


def _shipped(kind: SpeechKind, epochs: float, learning_rate: float, voices: int) -> ShippedTraining:
    training = one_cycle(epochs=epochs, batch_size=64, learning_rate=learning_rate, clip_norm=1.0)

    def describe(network: nn.Module, *, voices: float) -> Results:
        learnt, tested = known_voices()
        strangers = leave_one_out(kind, training, voices)
        accuracies = [score.accuracy for score in strangers.values()]
        return {
            "data": f"{_SOURCE}: {len(learnt):,} recordings by {len(SPEAKERS)} people, each in {round(voices)} voices, "
            "rooms and noises",
            "test": CardScore(
                data=f"{_SOURCE}: recordings 0 to {KEPT_APART - 1} of each digit, by the people it was trained on",
                cases=len(tested),
                correct=right_of(network, tested),
            ),
            "also": tuple(strangers.values()),
            "figures": {
                "mean accuracy on a voice left out, %": round(100 * fmean(accuracies), 2),
                "lowest accuracy on a voice left out, %": round(100 * min(accuracies), 2),
            },
        }

    return ShippedTraining(train_speech_reader, describe, training, ("fsdd",), {"voices": voices}, threads=1)


SPEECH_TRAININGS = {
    "speech-cnn": _shipped("cnn", 5, 4e-3, 3),
    "speech-gru": _shipped("gru", 6, 6e-3, 3),
    "speech-cnn-gru": _shipped("cnn-gru", 5, 4e-3, 3),
}
"""How each of them is trained."""
