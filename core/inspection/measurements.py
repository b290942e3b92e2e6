"""What was measured once and is shipped in `assets/measurements`, read with a sentence where it is not there."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

Measured = TypeVar("Measured", bound=BaseModel)


class NotMeasured(RuntimeError):
    """The file with a measurement is missing or cannot be read; the message is a sentence for people."""


def load_measured(kind: type[Measured], file: Path, what: str, name: str) -> Measured:
    """Return a shipped measurement.

    Args:
        kind: of the record.
        file: where it is.
        what: was measured, to begin the sentence.
        name: with which `core.shipping.build` measures it.

    Raises:
        NotMeasured: it is missing or damaged.
    """
    try:
        return kind.model_validate_json(file.read_bytes())
    except (OSError, ValueError) as error:
        raise NotMeasured(f"{what} not been measured here: `python -m core.shipping {name}` does it.") from error
