"""The files of the course: those that come with the app, and those that a teacher has added."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import ValidationError

from core.paths import ASSETS
from core.settings import settings

MOST_BYTES = 200_000
"""So large a file may be."""
Entry = TypeVar("Entry")


class BadCourseFile(Exception):
    """What is wrong with a file, one sentence for whoever wrote it."""


@dataclass(frozen=True)
class Shelf(Generic[Entry]):
    """What was found in the folders.

    Attributes:
        entries: by the names of their files, without the ending.
        problems: a sentence for every file that was skipped.
    """

    entries: dict[str, Entry]
    problems: tuple[str, ...]


def folders(kind: str) -> tuple[Path, ...]:
    """Return the folders in which files of a kind (``lessons``, ``questions``) may lie: the app's, then a teacher's."""
    return ASSETS / kind, settings().home / kind


def read_shelf(
    kind: str, ending: str, read: Callable[[str, frozenset[str]], Entry], paths: frozenset[str]
) -> Shelf[Entry]:
    """Return all files of a kind; one that is as it was is not read again.

    A file that cannot be read is skipped, and so is one with a name that is taken: the app's own come first.

    Args:
        kind: name of the folder.
        ending: of the files, with its dot.
        read: makes an entry of a file's text and the addresses of all pages; raises BadCourseFile.
        paths: these addresses.
    """
    found = []
    for folder in folders(kind):
        if folder.is_dir():
            found += [(path, path.stat().st_mtime_ns) for path in sorted(folder.glob(f"*{ending}")) if path.is_file()]
    return _read(tuple(found), read, paths)


@lru_cache(16)
def _read(
    found: tuple[tuple[Path, int], ...], read: Callable[[str, frozenset[str]], Entry], paths: frozenset[str]
) -> Shelf[Entry]:
    entries: dict[str, Entry] = {}
    problems = []
    for path, _changed in found:
        try:
            if path.stem in entries:
                raise BadCourseFile("Another file has the same name. Rename this one.")
            if path.stat().st_size > MOST_BYTES:
                raise BadCourseFile(f"It is larger than {MOST_BYTES:,} bytes.")
            entries[path.stem] = read(path.read_text("utf-8-sig"), paths)
        except BadCourseFile as problem:
            problems.append(f"{path.name} was skipped. {problem}")
        except UnicodeDecodeError:
            problems.append(f"{path.name} was skipped. It is not text in UTF-8.")
        except OSError:
            problems.append(f"{path.name} was skipped. It cannot be read.")
    return Shelf(entries, tuple(problems))


def read_yaml(text: str) -> Any:
    """Return what YAML holds: texts, numbers, lists and tables, nothing else.

    Raises:
        BadCourseFile: it is no YAML; the sentence names the line.
    """
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        where = f"Line {mark.line + 1}" if mark else "It"
        raise BadCourseFile(f"{where} is not valid YAML: {problem.problem}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadCourseFile("It is not valid YAML.") from None


def in_one_sentence(problem: ValidationError) -> str:
    """Return the first thing that is wrong, with where it is."""
    first = problem.errors(include_url=False)[0]
    where = ", ".join(str(part) for part in first["loc"])
    said = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{where}: {said}." if where else f"{said}."
