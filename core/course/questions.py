"""Questions: YAML files, each with a title and a list; `docs/teaching.md` says how one is written.

Answers that come from a network are not in the files: they name a function of `core.course.measured`, and what it is
asked about.
"""

import random
import re
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    ValidationError,
    field_validator,
    model_validator,
)

from core.course.files import BadCourseFile, Shelf, in_one_sentence, read_shelf, read_yaml
from core.course.links import CourseLink, read_link

MEASURES = frozenset(
    ("reads-digit", "reads-noise", "mistakes", "shift-gain", "parameters", "output-size", "score", "feeling")
    + ("told-apart", "order-score", "language", "gradient-factor", "lucky-seeds", "name-tag", "correction")
    + ("number-of-path", "translation-score")
)
"""Names of what can be measured; that module is slow to import, so a test holds both alike."""
_LINK = re.compile(r"\[([^\]]+)\]\((/[^)]*)\)")


class _Asked(BaseModel):
    """What all questions have.

    Attributes:
        ask: the question, Markdown.
        explain: the explanation, Markdown.
        see: where it can be seen, a Markdown link into the app.
        interview: whether it is asked in job interviews.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: StrictStr = Field(min_length=1, max_length=1_000)
    explain: StrictStr = Field(min_length=1, max_length=1_500)
    see: StrictStr
    interview: StrictBool = False

    @property
    def label(self) -> str:
        """What stands on the link."""
        found = _LINK.fullmatch(self.see)
        assert found is not None  # a bad one is skipped with its file
        return found[1]

    def link(self, paths: frozenset[str]) -> CourseLink:
        """Return where it can be seen.

        Args:
            paths: addresses of all pages.

        Raises:
            ValueError: it is no link into the app; a sentence.
        """
        found = _LINK.fullmatch(self.see)
        if not found:
            raise ValueError(f"“{self.see}” is not a link like [Draw a digit](/draw-digit).")
        return read_link(found[2], paths)


class ChoiceQuestion(_Asked):
    """Multiple choice: one right answer, one to four wrong ones."""

    kind: Literal["choice"]
    right: StrictStr = Field(min_length=1)
    wrong: tuple[StrictStr, ...] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _differ(self) -> "ChoiceQuestion":
        if len({self.right, *self.wrong}) <= len(self.wrong):
            raise ValueError("two of its answers are the same")
        return self


class ClaimQuestion(_Asked):
    """A claim that is true or false."""

    kind: Literal["claim"]
    right: StrictBool


class MeasureQuestion(_Asked):
    """A number to measure: worked out when it is asked, right within a tolerance."""

    kind: Literal["measure"]
    answer: StrictStr
    about: StrictStr = ""
    unit: StrictStr = ""
    within: float = Field(ge=0)

    @field_validator("answer")
    @classmethod
    def _known(cls, name: str) -> str:
        return _check_measure(name)


class PredictQuestion(_Asked):
    """What will a network say? First answer, then look: worked out when it is asked."""

    kind: Literal["predict"]
    answer: StrictStr
    about: StrictStr = ""
    options: tuple[StrictStr, ...] = Field(min_length=2, max_length=10)

    @field_validator("answer")
    @classmethod
    def _known(cls, name: str) -> str:
        return _check_measure(name)


def _check_measure(name: str) -> str:
    if name not in MEASURES:
        raise ValueError(f"nothing called “{name}” can be measured; docs/teaching.md lists what can")
    return name


Question = ChoiceQuestion | ClaimQuestion | MeasureQuestion | PredictQuestion


class QuestionSet(BaseModel):
    """Questions on one topic.

    Attributes:
        title: of the topic.
        place: among the topics.
        questions: in order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: StrictStr = Field(min_length=1, max_length=60)
    place: int = Field(default=100, ge=0, le=1_000)
    questions: tuple[Annotated[Question, Field(discriminator="kind")], ...] = Field(min_length=1, max_length=100)


def question_sets(paths: frozenset[str]) -> Shelf[QuestionSet]:
    """Return all questions by the names of their files.

    Args:
        paths: addresses of all pages.
    """
    return read_shelf("questions", ".yaml", read_questions, paths)


def read_questions(text: str, paths: frozenset[str]) -> QuestionSet:
    """Read the questions of a file.

    Args:
        text: of the file.
        paths: addresses of all pages.

    Raises:
        BadCourseFile: one sentence on what is wrong.
    """
    try:
        found = QuestionSet.model_validate(read_yaml(text))
    except ValidationError as problem:
        raise BadCourseFile(in_one_sentence(problem)) from None
    for number, one in enumerate(found.questions, 1):
        try:
            one.link(paths)
        except ValueError as problem:
            raise BadCourseFile(f"Question {number}: {problem}") from None
    return found


def shown_options(question: ChoiceQuestion) -> list[str]:
    """Return the answers of a multiple choice in an order of its own, always the same."""
    options = [question.right, *question.wrong]
    random.Random(question.ask).shuffle(options)
    return options
