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
        typing: whether the text is being typed; the one before the typing is kept.
    """

    text: str
    version: int = 0
    before: list[str] = field(default_factory=list)
    typing: bool = False

    def update(self, version: int, text: str) -> None:
        """Accept what was typed; what was typed into an older version of the field is dropped."""
        if version != self.version or text == self.text:
            return
        if not self.typing:
            self._keep()
        self._set(text)
        self.typing = True

    def replace(self, text: str) -> None:
        """Put another text into the field; Undo brings the old one back."""
        if text != self.text:
            self._keep()
            self._fill(text)

    def undo(self) -> None:
        """Bring back the text before the typing or the last `replace`."""
        if self.before:
            self._fill(self.before.pop())

    def come_from_link(self, earlier: "TextHistory") -> None:
        """Have the field show a text that came by a link; Undo brings that of an earlier copy back."""
        self.before = [*self.before, earlier.text][-_HISTORY:]
        self.version += 1
        self.typing = False

    def _keep(self) -> None:
        self.before = [*self.before, self.text][-_HISTORY:]

    def _fill(self, text: str) -> None:
        self._set(text)
        self.version += 1
        self.typing = False

    def _set(self, text: str) -> None:
        """Have another text, wherever it comes from."""
        self.text = text
