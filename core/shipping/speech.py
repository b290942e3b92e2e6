"""How the networks that read spoken digits are trained, and scored on voices they know and on voices they do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

import torch
from torch import nn

from core.data.audio.examples import Recordings, many_voices, voice_batches
from core.data.audio.fsdd import KEPT_APART, SPEAKERS, Spoken, known_voices, left_out
from core.data.audio.own_voice import Take
from core.data.audio.spectrum import log_mel
from core.models.audio.own_voice import ADAPTED, WAYS
from core.models.audio.readers import ARCHITECTURES, SpeechKind
from core.models.cards import CardScore
from core.shipping.training import Results, ShippedTraining, fit, one_cycle
from core.training.control import Control
from core.training.hyperparameters import Training
from core.training.loop import train
from core.training.tasks.own_voice import BATCH, VoiceTask, voice_task

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


@dataclass(frozen=True)
class Stranger:
    """How a network that never heard a person understands this person.

    Attributes:
        score: on all of the person's recordings.
        adapted: by way, the accuracy on recordings kept apart of networks that learnt `TAKES` of each digit, and of the
            network before, under "before"; empty where it was not tried.
    """

    score: CardScore
    adapted: Mapping[str, float] = field(default_factory=dict)


TAKES = 2
"""Recordings of each digit by a stranger from which a voice is learnt, as on the page."""


def leave_one_out(kind: SpeechKind, training: Training, voices: float) -> dict[str, Stranger]:
    """Train five networks, each without one of the speakers, and return how each understands that speaker."""
    return {speaker: without(speaker, kind, training, voices) for speaker in SPEAKERS}


def without(speaker: str, kind: SpeechKind, training: Training, voices: float) -> Stranger:
    """Train a network on the four other people and return how it understands `speaker`."""
    learnt, strange = left_out(speaker)
    torch.manual_seed(training.seed)
    network = ARCHITECTURES[f"speech-{kind}"].build()
    _trained_on(network, learnt, f"{kind} without {speaker}", training, voices)
    what = f"{_SOURCE}: the voice of {speaker}, by a network trained on the four others"
    score = CardScore(data=what, cases=len(strange), correct=right_of(network.eval(), strange))
    return Stranger(score, adapt(network, strange) if kind == "cnn" else {})


def adapt(network: nn.Module, strange: Sequence[Spoken]) -> dict[str, float]:
    """Return the accuracy on most recordings of a stranger before and after the others were learnt.

    Args:
        network: a CNN that never heard the stranger.
        strange: all of the stranger's recordings; the first `TAKES` of each digit are learnt.
    """
    learnt = tuple(Take(one.digit, log_mel(one.samples)) for one in strange if one.index < TAKES)
    kept = tuple(one for one in strange if one.index >= TAKES)
    found = {"before": right_of(network, kept) / len(kept)}
    for way in WAYS:
        config = VoiceTask().with_network(way)
        assert config.suggested is not None
        torch.manual_seed(config.suggested.seed)
        learner = config.build(10)
        if way == "last-layer":
            learner.load_state_dict(network.state_dict())
        task = voice_task(learner, learnt, learnt, BATCH)
        for _ in train(task, config.suggested, Control()):
            pass
        found[way] = right_of(learner.eval(), kept) / len(kept)
    return found


def _shipped(kind: SpeechKind, epochs: float, learning_rate: float, voices: int) -> ShippedTraining:
    training = one_cycle(epochs=epochs, batch_size=64, learning_rate=learning_rate, clip_norm=1.0)

    def describe(network: nn.Module, *, voices: float) -> Results:
        learnt, tested = known_voices()
        strangers = leave_one_out(kind, training, voices)
        accuracies = [stranger.score.accuracy for stranger in strangers.values()]
        return {
            "data": f"{_SOURCE}: {len(learnt):,} recordings by {len(SPEAKERS)} people, each in {round(voices)} voices, "
            "rooms and noises",
            "test": CardScore(
                data=f"{_SOURCE}: recordings 0 to {KEPT_APART - 1} of each digit, by the people it was trained on",
                cases=len(tested),
                correct=right_of(network, tested),
            ),
            "also": tuple(stranger.score for stranger in strangers.values()),
            "figures": {
                "mean accuracy on a voice left out, %": round(100 * fmean(accuracies), 2),
                "lowest accuracy on a voice left out, %": round(100 * min(accuracies), 2),
            }
            | {
                figure: round(100 * fmean(stranger.adapted[way] for stranger in strangers.values()), 2)
                for way, figure in ADAPTED.items()
                if kind == "cnn"
            },
        }

    return ShippedTraining(train_speech_reader, describe, training, ("fsdd",), {"voices": voices}, threads=1)


SPEECH_TRAININGS = {
    "speech-cnn": _shipped("cnn", 5, 4e-3, 3),
    "speech-gru": _shipped("gru", 20, 6e-3, 3),
    "speech-cnn-gru": _shipped("cnn-gru", 14, 4e-3, 3),
}
"""How each of them is trained.

The GRU was also tried with 6 voices of each recording for 11 epochs: 98.8 % of the known voices' digits, but 83.5 % of
strangers', so it is not what is shipped.
"""
