"""How well numbers are read, counted in digits and in whole lines; and how the scores on the cards are called."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.data.numbers.writing import LAYOUTS, Layout
from core.inspection.numbers.ctc import edit_distance
from core.models.cards import Card, CardScore

ALL = "all"
"""Lines of every layout together."""
CUTTING = "cut at gaps, then `digit-cnn`"
"""How the naive way is called on a card."""


@dataclass(frozen=True)
class LineScore:
    """How some lines were read.

    Attributes:
        digits: in all of them.
        mistakes: the edit distances, added up.
        lines: how many there are.
        right: lines read without a mistake.
    """

    digits: int
    mistakes: int
    lines: int
    right: int

    @property
    def digit_accuracy(self) -> float:
        """1 - edit distance / length, never below 0."""
        return max(0.0, 1 - self.mistakes / self.digits)

    def as_cards(self, what: str) -> tuple[CardScore, CardScore]:
        """Return the two scores as a card lists them."""
        return (
            CardScore(data=f"{what}: digits", cases=self.digits, correct=max(0, self.digits - self.mistakes)),
            CardScore(data=f"{what}: whole lines", cases=self.lines, correct=self.right),
        )


def count_lines(answers: Iterable[tuple[str, str]]) -> LineScore:
    """Count answers: pairs of what was read and what was written."""
    distances = [(edit_distance(read, written), len(written)) for read, written in answers]
    return LineScore(
        digits=sum(length for _, length in distances),
        mistakes=sum(distance for distance, _ in distances),
        lines=len(distances),
        right=sum(distance == 0 for distance, _ in distances),
    )


def score_name(layout: Layout | str, way: str = "") -> str:
    """Return how the lines of a layout, or of `ALL`, are called on a card, read by the network or in another way."""
    everything = "generated lines of 2 to 8 digits by writers kept apart"
    lines = everything if layout == ALL else f"{layout} lines of these"
    return f"{lines}, {way}" if way else lines


def card_scores(card: Card, way: str = "") -> dict[str, tuple[CardScore, CardScore]]:
    """Return digits and whole lines right by layout, `ALL` first, as a card lists them."""
    by_name = {score.data: score for score in (card.test, *card.also)}
    return {
        layout: (by_name[f"{score_name(layout, way)}: digits"], by_name[f"{score_name(layout, way)}: whole lines"])
        for layout in (ALL, *LAYOUTS)
    }
