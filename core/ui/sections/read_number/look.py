"""What is looked at: the number on the sheet, and what three ways of reading make of it."""

from dataclasses import dataclass

from core.course.live import NumberSeen
from core.data.numbers.line import PreparedLine
from core.inspection.numbers.cutting import CutReading, read_by_cutting
from core.inspection.numbers.reading import NumberAnswer, NumberReading, answer_line, read_line
from core.ui.state.number_sheet import Number


@dataclass(frozen=True)
class Look:
    """A number and its readings.

    Attributes:
        number: on the sheet.
        together: by convolutions, GRU and CTC.
        alone: by convolutions and CTC, without the GRU.
        cut: by cutting at gaps.
        answer: what is said of it.
    """

    number: Number
    together: NumberReading
    alone: NumberReading
    cut: CutReading
    answer: NumberAnswer

    @property
    def line(self) -> PreparedLine:
        """The line that is read."""
        return self.number.line

    def seen(self) -> NumberSeen:
        """Return what a lesson may know of it."""
        return NumberSeen(self.number.picture is not None, self.answer.digits, self.cut.digits)


def look_at(number: Number) -> Look:
    """Read a number in all three ways."""
    pixels = number.line.pixels
    together = read_line(pixels, "cnn-gru")
    return Look(number, together, read_line(pixels, "cnn"), read_by_cutting(pixels), answer_line(number.line, together))
