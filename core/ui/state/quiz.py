"""What somebody has answered; nobody else sees it."""

from dataclasses import dataclass, field

import streamlit as st

_KEY = "quiz"


@dataclass(frozen=True)
class Given:
    """An answer, whether it is right, and a sentence on what was measured, where something was."""

    answer: str
    right: bool
    said: str = ""


@dataclass
class Quiz:
    """The first answers that count, by the name of the question."""

    given: dict[str, Given] = field(default_factory=dict)

    @property
    def right(self) -> int:
        """How many are right."""
        return sum(1 for one in self.given.values() if one.right)


def quiz() -> Quiz:
    """Return the answers of this session."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Quiz()
    kept: Quiz = st.session_state[_KEY]
    return kept


def take_over_answers(kept: Quiz) -> None:
    """Go on with the answers of an earlier session of the same tab."""
    st.session_state[_KEY] = kept
