"""Words with what readers take them for, to choose one of: what it is told, and what is read back from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from core.ui.components.component import component
from core.ui.components.pick.pick import pass_on

_show = component("tagged")


@dataclass(frozen=True)
class TaggedWord:
    """A word with an answer of every reader.

    Attributes:
        text: the word.
        answers: tag and its probability in words, of each reader.
        apart: whether the readers disagree; it is marked then.
    """

    text: str
    answers: tuple[tuple[str, str], ...]
    apart: bool


def tagged_words(
    names: Sequence[str],
    words: Sequence[TaggedWord],
    *,
    key: str,
    chosen: int | None,
    on_pick: Callable[[int], None],
    empty: str,
    address: tuple[str, str] = ("", ""),
) -> None:
    """Show words as buttons, the readers' answers below; a click calls `on_pick` before the page runs again.

    Args:
        names: of the readers, from above.
        words: with as many answers each.
        key: of the component.
        chosen: the word that is marked, or None.
        on_pick: told which was clicked; numbers that are not on show never reach it.
        empty: shown where there are no words.
        address: a name and a value that the browser keeps in the page's address, the name not at all where the value is
            empty. Python would write all of the address, and with it a text from before the last keys.
    """
    data = {
        "names": list(names),
        "words": [
            {
                "text": word.text,
                "apart": word.apart,
                "label": f"{word.text}: "
                + ", ".join(f"{name} {tag} {chance}" for name, (tag, chance) in zip(names, word.answers, strict=True)),
                "answers": [{"tag": tag, "chance": chance} for tag, chance in word.answers],
            }
            for word in words
        ],
        "chosen": chosen,
        "empty": empty,
        "address": list(address),
    }
    _show(key=key, data=data, on_picked_change=partial(pass_on, key, len(words), on_pick))
