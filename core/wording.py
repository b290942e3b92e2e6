"""Words for numbers of things."""


def counted(number: float, one: str, several: str = "") -> str:
    """Return a number of things in words: ``1 run``, ``2,000 runs``, ``0.5 epochs``.

    Args:
        number: how many.
        one: the word for one of them.
        several: the word for more, where it is not `one` with an s.
    """
    written = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{written} {one if number == 1 else several or one + 's'}"
