"""Predict, then see: the class votes on what a network will say, and then it says it. Also free questions."""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cachetools import TTLCache, cached

from core.classroom.rooms import require_member, require_teacher
from core.rate_limit import per_minute
from core.runs.store.database import Database
from core.runs.store.labels import one_line
from core.runs.store.rights import NotAllowed, Person
from core.settings import settings

TEXT, CHOICE = 360, 60
"""Most characters of a question, and of a choice."""
MOST_CHOICES = 12
"""Choices of a question."""
BEAT = 0.5
"""Seconds for which the votes are kept: one look into the store serves everybody."""


@dataclass(frozen=True)
class Question:
    """What a teacher asks the class.

    Attributes:
        id: unique.
        text: the question; people's own text.
        choices: what can be voted for; none where a number is asked for.
        picture: the PNG of 28 x 28 greys that it is about, or None.
        answer: what the network says, one of the choices; None for a free question.
        revealed: whether the answer and the votes have been shown.
    """

    id: str
    text: str
    choices: tuple[str, ...]
    picture: bytes | None
    answer: str | None
    revealed: bool


@dataclass(frozen=True)
class Poll:
    """A question with its votes.

    Attributes:
        question: what was asked.
        votes: by member, what they voted for.
    """

    question: Question
    votes: dict[str, str]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many votes each choice has; numbers in their order, as far as somebody gave them."""
        counted = Counter(self.votes.values())
        if self.question.choices:
            return tuple((choice, counted[choice]) for choice in self.question.choices)
        return tuple(sorted(counted.items(), key=lambda one: float(one[0])))

    @property
    def right(self) -> int:
        """How many voted for what the network says."""
        return sum(vote == self.question.answer for vote in self.votes.values())


class Votes(Database):
    """The questions of rooms and the votes on them, in the store of the runs."""

    def ask(
        self,
        by: Person,
        text: str,
        choices: Sequence[str] = (),
        picture: bytes | None = None,
        answer: str | None = None,
    ) -> str:
        """Ask the class of the teacher's room, in place of the question before; return the id.

        Args:
            by: the teacher.
            text: of the question, cut to `TEXT` characters.
            choices: at least two; none asks for a number.
            picture: that it is about, a PNG.
            answer: what the network says, one of the choices.

        Raises:
            NotAllowed: they are no teacher, or the question is none; the message says why.
        """
        room, text = require_teacher(by), one_line(text, TEXT)
        cleaned = tuple(dict.fromkeys(filter(None, (one_line(choice, CHOICE) for choice in choices))))
        if not text:
            raise NotAllowed("A question needs some words.")
        if choices and not 2 <= len(cleaned) <= MOST_CHOICES:
            raise NotAllowed(f"A question has 2 to {MOST_CHOICES} different choices.")
        question = secrets.token_hex(6)
        with self._write() as database:
            database.execute(
                "INSERT INTO questions (id, room, asked, text, choices, picture, answer) "
                "SELECT ?, id, ?, ?, ?, ?, ? FROM rooms WHERE id = ? AND closed IS NULL",
                (question, time.time(), text, json.dumps(cleaned), picture, answer, room),
            )
        return question

    def vote(self, by: Person, question: str, choice: str) -> None:
        """Vote, or change one's vote, until the answer is revealed.

        Raises:
            NotAllowed: they are not in its room, or were too fast; it is revealed, or has no such choice.
        """
        with self._write() as database:
            found = database.execute(
                "SELECT room, choices, revealed FROM questions WHERE id = ?", (question,)
            ).fetchone()
            if found is None or found[0] != by.room:
                raise NotAllowed("Only members of the room vote on this.")
            member = require_member(database, by)
            if found[2] is not None:
                raise NotAllowed("The answer has been shown: it is too late to vote.")
            given = _one_of(choice, json.loads(found[1]))
            if not per_minute("votes", settings().votes_per_minute).take(by.session):
                raise NotAllowed("That was a lot of votes in one minute. Wait a moment.")
            database.execute(
                "INSERT INTO votes (question, member, choice) VALUES (?, ?, ?) "
                "ON CONFLICT (question, member) DO UPDATE SET choice = excluded.choice",
                (question, member, given),
            )

    def reveal(self, by: Person, question: str) -> None:
        """Show the answer of a question to the class; from then on nobody votes.

        Raises:
            NotAllowed: they are no teacher of its room.
        """
        room = require_teacher(by)
        with self._write() as database:
            database.execute(
                "UPDATE questions SET revealed = ? WHERE id = ? AND room = ?", (time.time(), question, room)
            )

    def withdraw(self, by: Person, question: str) -> None:
        """Take a question away, with its votes and all that was asked before it: nothing waits for the class then.

        Raises:
            NotAllowed: they are no teacher of its room.
        """
        room = require_teacher(by)
        gone = "room = ? AND asked <= (SELECT asked FROM questions WHERE id = ? AND room = ?)"
        with self._write() as database:
            before = database.execute(f"SELECT id FROM questions WHERE {gone}", (room, question, room))  # noqa: S608
            for (one,) in before.fetchall():
                database.execute("DELETE FROM votes WHERE question = ?", (one,))
                database.execute("DELETE FROM questions WHERE id = ?", (one,))

    def poll(self, room: str) -> Poll | None:
        """Return the last question of a room with its votes, or None where there is none."""
        with self._read() as database:
            found = database.execute(
                "SELECT id, text, choices, picture, answer, revealed FROM questions WHERE room = ? "
                "ORDER BY asked DESC LIMIT 1",
                (room,),
            ).fetchone()
            if found is None:
                return None
            votes = dict(database.execute("SELECT member, choice FROM votes WHERE question = ?", (found[0],)))
        identity, text, choices, picture, answer, revealed = found
        question = Question(identity, text, tuple(json.loads(choices)), picture, answer, revealed is not None)
        return Poll(question, votes)


def _one_of(choice: str, choices: Sequence[str]) -> str:
    """Return a vote as it is counted: one of the choices, or a number where there are none."""
    if choices:
        if choice not in choices:
            raise NotAllowed("You cannot vote for this.")
        return choice
    try:
        number = float(choice)
    except ValueError:
        number = float("nan")
    if not abs(number) <= 1e12:
        raise NotAllowed("Give a number.")
    return f"{number + 0.0:.15g}"  # all digits that were given, and no -0


def poll(room: str) -> Poll | None:
    """Return the last question of a room and its votes as they were at most half a second ago.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return _poll(settings().home / "runs", room)


@cached(TTLCache(256, BEAT), lock=threading.Lock())
def _poll(folder: Path, room: str) -> Poll | None:
    return Votes(folder).poll(room)


def forget_poll() -> None:
    """Let the next look into the store see what has just been changed."""
    _poll.cache_clear()


def votes() -> Votes:
    """Return the votes of this house."""
    return Votes(settings().home / "runs")
