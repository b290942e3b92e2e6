"""Lessons: Markdown with a small front matter, which a teacher can write; `docs/teaching.md` says how."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from core.course.conditions import CONDITIONS
from core.course.files import BadCourseFile, Shelf, in_one_sentence, read_shelf, read_yaml
from core.course.links import CourseLink, read_link

MOST_STEPS = 30
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n(.*)\Z", re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
_MARKS = {"done when": "condition", "question": "question", "answer": "answer"}
_MARK = re.compile(rf"({'|'.join(_MARKS)}):\s*(.*)", re.DOTALL | re.IGNORECASE)


class CourseStep(BaseModel):
    """A step.

    Attributes:
        title: short.
        text: what to do, Markdown.
        label: of its link; empty for none.
        link: into a page with its settings, or None.
        condition: the name of what ticks it off; empty for nothing.
        question: to think about, Markdown; empty for none.
        answer: to that question.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=80)
    text: str = Field(min_length=1, max_length=2_000)
    label: str = ""
    link: CourseLink | None = None
    condition: str = ""
    question: str = Field(default="", max_length=600)
    answer: str = Field(default="", max_length=1_500)

    @field_validator("condition")
    @classmethod
    def _known(cls, name: str) -> str:
        if name and name not in CONDITIONS:
            raise ValueError(f"there is no condition “{name}”; docs/teaching.md lists them")
        return name


class CourseLesson(BaseModel):
    """A lesson.

    Attributes:
        title: of the lesson.
        minutes: that it takes.
        age: of the youngest it is for.
        needs: what one has to know before.
        place: among the lessons; they are listed by it, then by title.
        about: what it is about, Markdown.
        steps: in order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=80)
    minutes: int = Field(ge=1, le=300)
    age: int = Field(ge=6, le=99)
    needs: str = Field(default="nothing", max_length=300)
    place: int = Field(default=100, ge=0, le=1_000)
    about: str = Field(default="", max_length=2_000)
    steps: tuple[CourseStep, ...] = Field(min_length=1, max_length=MOST_STEPS)


def lessons(paths: frozenset[str]) -> Shelf[CourseLesson]:
    """Return all lessons.

    Args:
        paths: addresses of all pages.
    """
    return read_shelf("lessons", ".md", read_lesson, paths)


def read_lesson(text: str, paths: frozenset[str]) -> CourseLesson:
    """Read a lesson.

    Args:
        text: of its file.
        paths: addresses of all pages.

    Raises:
        BadCourseFile: one sentence on what is wrong.
    """
    found = _FRONT.match(text.replace("\r\n", "\n"))
    if not found:
        raise BadCourseFile("It has to begin with a line ---, then title, minutes and age, then another line ---.")
    head = read_yaml(found[1])
    if not isinstance(head, dict):
        raise BadCourseFile("Between the lines --- there have to be title, minutes and age.")
    if unknown := {"about", "steps"} & set(head):
        raise BadCourseFile(f"“{min(unknown)}” does not belong between the lines ---: it is what stands below.")
    about, parts = _split(found[2])
    steps = [_read_step(number, title, lines, paths) for number, (title, lines) in enumerate(parts, 1)]
    if not steps:
        raise BadCourseFile("It has no step: each begins with a line ## and its title.")
    try:
        return CourseLesson.model_validate({**head, "about": about, "steps": steps})
    except ValidationError as problem:
        raise BadCourseFile(in_one_sentence(problem)) from None


def _split(body: str) -> tuple[str, list[tuple[str, str]]]:
    """Part a lesson at its headings; ``##`` within a block of code is none."""
    lines = body.split("\n")
    tokens = _markdown().parse(body)
    heads = [
        (token.map[0], token.map[1], tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map
    ]
    ends = [*(begin for begin, _, _ in heads[1:]), len(lines)]
    about = "\n".join(lines[: heads[0][0] if heads else len(lines)]).strip()
    return about, [(title, "\n".join(lines[after:end])) for (_, after, title), end in zip(heads, ends, strict=False)]


def _read_step(number: int, title: str, body: str, paths: frozenset[str]) -> CourseStep:
    """Read a step: paragraphs that are a link or begin with ``Done when:`` mean what they say, all else is its text."""
    lines = body.split("\n")
    found: dict[str, Any] = {"title": title}
    taken: set[int] = set()
    where = f"Step {number}, “{title}”"
    for token, content in _paragraphs(_markdown().parse(body)):
        begin, end = token.map or (0, 0)
        mark, link = _MARK.fullmatch(content), _LINK.fullmatch(content)
        given: dict[str, Any] = {}
        if mark:
            given = {_MARKS[mark[1].lower()]: mark[2].strip()}
        elif link:
            try:
                given = {"label": link[1], "link": read_link(link[2], paths)}
            except ValueError as problem:
                raise BadCourseFile(f"{where}: {problem}") from None
        if twice := given.keys() & found.keys():
            raise BadCourseFile(f"{where}: it has two lines of the kind “{min(twice)}”, and only one fits.")
        found |= given
        taken.update(range(begin, end) if given else ())
    found["text"] = "\n".join(line for at, line in enumerate(lines) if at not in taken).strip()
    try:
        return CourseStep.model_validate(found)
    except ValidationError as problem:
        raise BadCourseFile(f"{where}: {in_one_sentence(problem)}") from None


def _paragraphs(tokens: Sequence[Token]) -> list[tuple[Token, str]]:
    """Return every paragraph that stands in no list and no quotation, with its Markdown."""
    return [
        (token, tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "paragraph_open" and token.level == 0
    ]


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
