"""What a step of a lesson may wait for: named conditions on what is on the screen.

Each returns what was found, a sentence for the page at the end of the lesson, or nothing while it is not met. The
table in `docs/teaching.md` lists all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

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
from core.figures.percent import exact_percent, percent

Kind = TypeVar("Kind", bound=Seen)
GOAL = 0.1
"""The loss that counts as low."""
GAP = 0.05
"""Training accuracy minus validation accuracy that counts as overfitting."""
FADES, GROWS = 0.9, 1.1
"""Factors a step back below and above which a gradient vanishes and explodes, as the page says it."""


@dataclass(frozen=True)
class Condition:
    """A condition.

    Attributes:
        name: in a lesson.
        sentence: what has to be done, for the person who learns.
        page: the address of the page that can meet it.
        found: returns what was found; empty while it is not met.
    """

    name: str
    sentence: str
    page: str
    found: Callable[[Live], str]


def _on(kind: type[Kind], say: Callable[[Kind], str]) -> Callable[[Live], str]:
    """Return a condition on the newest report of a kind."""

    def found(live: Live) -> str:
        return next((say(seen) for seen in live.seen.values() if isinstance(seen, kind)), "")

    return found


def _answers(seen: DigitSeen) -> str:
    return ", ".join(f"{title} {answer}" for title, answer in seen.answers.items())


def _own_digit(seen: DigitSeen) -> str:
    return f"Your drawing was read: {_answers(seen)}." if seen.own and seen.recognised else ""


def _no_digit(seen: DigitSeen) -> str:
    return "You drew something that is not a digit, and the app said so." if seen.own and not seen.recognised else ""


def _networks_disagree(seen: DigitSeen) -> str:
    return f"The networks disagreed: {_answers(seen)}." if len(set(seen.answers.values())) > 1 else ""


def _cnn_and_gru_disagree(seen: DigitSeen) -> str:
    cnn, gru = seen.answers.get("CNN"), seen.answers.get("GRU")
    return f"The CNN said {cnn}, the GRU {gru}." if None not in {cnn, gru} and cnn != gru else ""


def _cnn_is_wrong(seen: DigitSeen) -> str:
    said = seen.answers.get("CNN")
    wrong = seen.label is not None and said is not None and said != seen.label
    return f"The CNN read a {seen.label} as {said}." if wrong else ""


def _shifted_out(seen: DigitMoved) -> str:
    lost = [title for title, right in seen.right.items() if not right]
    kept = [title for title, right in seen.right.items() if right]
    if not (seen.across or seen.down) or not lost or not kept:
        return ""
    return f"Shifted {seen.across} right and {seen.down} down, {_and(lost)} lost the digit; {_and(kept)} still read it."


def _fooled(seen: DigitFooled) -> str:
    if seen.before == seen.after or not seen.epsilon:
        return ""
    return f"A step of {seen.epsilon:.2f} turned the answer {seen.before} into {seen.after}."


def _stride_halves(seen: ConvolutionSeen) -> str:
    high, wide = seen.output
    return f"With stride {seen.stride} the output is {high} x {wide}." if seen.stride >= 2 else ""


def _same_size(seen: ConvolutionSeen) -> str:
    high, wide = seen.output
    return f"With padding, the output stays {high} x {wide}." if seen.padded and seen.stride == 1 else ""


def _own_kernel(seen: ConvolutionSeen) -> str:
    return f"You wrote a kernel of your own, {seen.size} x {seen.size}." if seen.edited else ""


def _relu_and_max_pooling(seen: ConvolutionSeen) -> str:
    if seen.activation != "ReLU" or seen.pooling != "max":
        return ""
    high, wide = seen.output
    return f"After ReLU and max pooling, {high} x {wide} numbers are left."


def _training_started(seen: TrainingSeen) -> str:
    return f"You trained “{seen.title}”." if seen.status not in {"queued", "starting"} else ""


def _training_finished(seen: TrainingSeen) -> str:
    if seen.status != "finished" or seen.test is None:
        return ""
    return f"“{seen.title}” has {exact_percent(seen.test)} of {seen.cases:,} test digits right."


def _loss_is_low(seen: TrainingSeen) -> str:
    return f"“{seen.title}” brought its loss to {seen.loss:.3f}." if (seen.loss or GOAL) < GOAL else ""


def _overfits(seen: TrainingSeen) -> str:
    if seen.accuracy is None or seen.validation is None or seen.accuracy - seen.validation < GAP:
        return ""
    return (
        f"“{seen.title}” was right on {percent(seen.accuracy)} of what it learns from, and on "
        f"{percent(seen.validation)} of other digits."
    )


def _memorises(seen: TrainingSeen) -> str:
    return _overfits(seen) if seen.random_labels and (seen.accuracy or 0) > 0.9 else ""


def _two_trainings(live: Live) -> str:
    done = [one for one in live.trainings.values() if one.status == "finished" and one.test is not None]
    newest = live.seen.get(TrainingSeen)
    if newest not in done or len({one.title for one in done}) < 2:
        return ""
    return " ".join(map(_training_finished, done))


def _runs_compared(seen: RunsCompared) -> str:
    if len(seen.titles) < 2:
        return ""
    told = [f"{title}{'' if test is None else f' ({exact_percent(test)})'}" for title, test in _tested(seen)]
    return f"You compared {_and(told)}."


def _tested(seen: RunsCompared) -> Sequence[tuple[str, float | None]]:
    return list(zip(seen.titles, seen.tests, strict=True))


def _network_examined(seen: NetworkExamined) -> str:
    return f"“{seen.title}” reads {seen.right:,} of {seen.cases:,} pictures right." if seen.cases else ""


def _readers_disagree(seen: SentenceSeen) -> str:
    good = [title for title, share in seen.positive.items() if share >= 0.5]
    bad = [title for title, share in seen.positive.items() if share < 0.5]
    if not good or not bad:
        return ""
    return f"“{seen.text}”: positive for {_and(good)}, negative for {_and(bad)}."


def _order_told(seen: SentencePairSeen) -> str:
    told = [title for title, (one, other) in seen.positive.items() if (one >= 0.5) != (other >= 0.5)]
    if not seen.reordered or not told:
        return ""
    return f"“{seen.first}” and “{seen.second}” have the same words; {_and(told)} told them apart."


def _order_fools_all(seen: SentencePairSeen) -> str:
    told = [title for title, (one, other) in seen.positive.items() if (one >= 0.5) != (other >= 0.5)]
    if not seen.reordered or told:
        return ""
    return f"No network told “{seen.first}” and “{seen.second}” apart."


def _clue_forgotten(seen: StorySeen) -> str:
    lost = [title for title, said in seen.said.items() if said != seen.answer]
    kept = [title for title, said in seen.said.items() if said == seen.answer]
    if not lost or not kept:
        return ""
    return f"At {seen.words} words, {_and(lost)} had forgotten the clue; {_and(kept)} still said {seen.answer}."


def _all_remember(seen: StorySeen) -> str:
    if not seen.said or any(said != seen.answer for said in seen.said.values()):
        return ""
    return f"At {seen.words} words, all said {seen.answer}."


def _gradient_vanishes(seen: GradientsSeen) -> str:
    gone = [f"{title} ({factor:.3g} a step)" for title, factor in seen.factors.items() if factor < FADES]
    return f"The gradient vanished in {_and(gone)}." if gone else ""


def _gradient_explodes(seen: GradientsSeen) -> str:
    grown = [f"{title} ({factor:.3g} a step)" for title, factor in seen.factors.items() if factor > GROWS]
    return f"The gradient exploded in {_and(grown)}." if grown else ""


def _gradient_clipped(seen: GradientsSeen) -> str:
    return f"{_gradient_explodes(seen)} It was clipped." if seen.clipped and _gradient_explodes(seen) else ""


def _movement_noticed(seen: MovementTried) -> str:
    if not seen.cnn_unmoved or seen.follower_unmoved:
        return ""
    before, after = seen.follower
    return (
        f"Another movement, the same picture: the CNN said {seen.cnn[0]} both times, the pen reader {before}, "
        f"then {after}."
    )


def _shift_noticed(seen: MovementTried) -> str:
    if seen.name != "shift" or seen.cnn_unmoved or not seen.follower_unmoved:
        return ""
    before, after = seen.cnn
    return (
        f"Another place, the same movement: the pen reader said {seen.follower[0]} both times, the CNN "
        f"{before}, then {after}."
    )


def _luck_counted(seen: LuckSeen) -> str:
    if not seen.right:
        return ""
    (rate, updates), right = max(seen.right.items(), key=lambda one: (one[0][1], one[1]))
    return (
        f"After {updates:,} updates at a learning rate of {rate:g}, {right} of {seen.seeds} seeds had all four right."
    )


def _cutting_fails(seen: NumberSeen) -> str:
    if not seen.own or not seen.together or seen.together == seen.cut:
        return ""
    return f"CNN + GRU read {seen.together}; cut at gaps, the same line gave {seen.cut or 'nothing'}."


def _translators_differ(seen: TranslationSeen) -> str:
    right = [title for title, good in seen.right.items() if good]
    wrong = [title for title, good in seen.right.items() if not good]
    if not right or not wrong:
        return ""
    return f"“{seen.text}”, {seen.languages}: right by {_and(right)}, wrong by {_and(wrong)}."


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


_LISTED = (
    Condition("own-digit", "Draw a digit yourself that is recognised.", "draw-digit", _on(DigitSeen, _own_digit)),
    Condition("no-digit", "Draw something that is not a digit.", "draw-digit", _on(DigitSeen, _no_digit)),
    Condition("networks-disagree", "Find a digit on which two networks disagree.", "draw-digit",
              _on(DigitSeen, _networks_disagree)),
    Condition("cnn-and-gru-disagree", "Find a digit on which the CNN and the GRU disagree.", "draw-digit",
              _on(DigitSeen, _cnn_and_gru_disagree)),
    Condition("cnn-is-wrong", "Find a test digit that the CNN gets wrong.", "draw-digit",
              _on(DigitSeen, _cnn_is_wrong)),
    Condition("shifted-out", "Shift the digit until one network loses it and another does not.", "cnn-inside",
              _on(DigitMoved, _shifted_out)),
    Condition("fooled", "Choose a step that changes the network's answer.", "cnn-inside", _on(DigitFooled, _fooled)),
    Condition("stride-two", "Set a stride of 2 or more.", "convolution", _on(ConvolutionSeen, _stride_halves)),
    Condition("padded", "Set a padding, with stride 1.", "convolution", _on(ConvolutionSeen, _same_size)),
    Condition("own-kernel", "Change a number of the kernel.", "convolution", _on(ConvolutionSeen, _own_kernel)),
    Condition("relu-and-max-pooling", "Choose ReLU and max pooling.", "convolution",
              _on(ConvolutionSeen, _relu_and_max_pooling)),
    Condition("training-started", "Start a training and wait until it learns.", "train",
              _on(TrainingSeen, _training_started)),
    Condition("training-finished", "Let a training run to its test.", "train", _on(TrainingSeen, _training_finished)),
    Condition("loss-is-low", f"Train until the loss is below {GOAL:g}.", "train", _on(TrainingSeen, _loss_is_low)),
    Condition("overfits", f"Train until training is {GAP * 100:g} points above validation.", "train",
              _on(TrainingSeen, _overfits)),
    Condition("memorises", "Train on random labels until more than 90 % of them are learnt.", "train",
              _on(TrainingSeen, _memorises)),
    Condition("two-trainings", "Let two different trainings run to their tests.", "train", _two_trainings),
    Condition("runs-compared", "Put two runs side by side.", "runs", _on(RunsCompared, _runs_compared)),
    Condition("network-examined", "Examine a network on pictures that it has not seen.", "runs",
              _on(NetworkExamined, _network_examined)),
    Condition("readers-disagree", "Write a sentence on which the networks disagree.", "sentence",
              _on(SentenceSeen, _readers_disagree)),
    Condition("order-told", "Two sentences of the same words, and a network that tells them apart.", "order",
              _on(SentencePairSeen, _order_told)),
    Condition("order-fools-all", "Two different sentences of the same words that no network tells apart.", "order",
              _on(SentencePairSeen, _order_fools_all)),
    Condition("all-remember", "Find a distance at which every network remembers.", "distance",
              _on(StorySeen, _all_remember)),
    Condition("clue-forgotten", "Find a distance at which one network has forgotten and another has not.", "distance",
              _on(StorySeen, _clue_forgotten)),
    Condition("gradient-vanishes", "Make the gradient of a network vanish.", "distance",
              _on(GradientsSeen, _gradient_vanishes)),
    Condition("gradient-explodes", "Make the gradient of a network explode.", "distance",
              _on(GradientsSeen, _gradient_explodes)),
    Condition("gradient-clipped", "Clip a gradient that explodes.", "distance", _on(GradientsSeen, _gradient_clipped)),
    Condition("movement-noticed", "Change the movement and not the picture: only the pen reader notices.",
              "draw-digit", _on(MovementTried, _movement_noticed)),
    Condition("shift-noticed", "Shift the picture and not the movement: only the CNN notices.", "draw-digit",
              _on(MovementTried, _shift_noticed)),
    Condition("cutting-fails", "Write a number that cutting at gaps reads differently from CNN + GRU.", "read-number",
              _on(NumberSeen, _cutting_fails)),
    Condition("translators-differ", "Find a number that one network translates right and another wrong.", "translate",
              _on(TranslationSeen, _translators_differ)),
    Condition("luck-counted", "Wait until all seeds have been trained.", "neurons", _on(LuckSeen, _luck_counted)),
)  # fmt: skip

CONDITIONS = {condition.name: condition for condition in _LISTED}
"""Every condition by its name."""
