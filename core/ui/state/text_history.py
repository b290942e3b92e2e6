"""A text that a person types, with a history that Undo walks back."""

from dataclasses import dataclass, field

_HISTORY = 30


@dataclass
class TextHistory:
    """The text of one session.

    Attributes:
        text: as it was typed.
        version: raised whenever the text comes from elsewhere than the field.
        before: texts that Undo goes back to, the newest last.
    """

    text: str
    version: int = 0
    before: list[str] = field(default_factory=list)

    def type(self, version: int, text: str) -> None:
        """Take in what stands in the field; what was typed into an older one is dropped."""
        if version == self.version:
            self._take(text)

    def replace(self, text: str) -> None:
        """Put another text into the field; Undo brings the old one back."""
        if text != self.text:
            self.before = [*self.before, self.text][-_HISTORY:]
            self._lay(text)

    def undo(self) -> None:
        """Bring back the text before the last one that was taken from elsewhere."""
        if self.before:
            self._lay(self.before.pop())

    def _lay(self, text: str) -> None:
        self._take(text)
        self.version += 1

    def _take(self, text: str) -> None:
        """Have another text, wherever it comes from."""
        self.text = text
