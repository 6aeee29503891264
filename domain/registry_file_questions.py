"""What a file leaves open, and what stops one of its rows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.registry import Registered
from domain.registry_file import FileRow, Said

_ID = 12
"""Characters of a question's id: it goes into callback data."""


class About(StrEnum):
    """Of what it is asked whether two of them are one; a namesake has the very same name and another school."""

    PERSON = "person"
    NAMESAKE = "namesake"
    SCHOOL = "school"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Question:
    """«Похоже на …, это тот же?» of a row. ``key`` is what it is about, the same whenever the file is looked at anew.

    ``other`` is the likely name; ``known`` whose that is in the registry, or it stands in row ``at`` of the same sheet.
    """

    about: About
    key: tuple[str, ...]
    row: FileRow
    name: str
    other: str
    known: Registered | None = None
    at: int | None = None

    @property
    def id(self) -> str:
        """Short enough for a button."""
        return hashlib.sha256("\n".join((self.about, *self.key)).encode()).hexdigest()[:_ID]


class WrongRowError(Exception):
    """A row that cannot be loaded; leaves the looking-up of that row only."""

    def __init__(self, *said: Said) -> None:
        super().__init__(*(one.what for one in said))
        self.said = said


def wrong(what: str, **values: object) -> WrongRowError:
    """The error of one reason."""
    return WrongRowError(Said(what, values))


class OpenQuestionError(Exception):
    """A row of which something has to be asked first."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.id)
        self.question = question


class Answers:
    """What was answered so far: question id → whether the two are one."""

    def __init__(self, given: Mapping[str, bool]) -> None:
        self._given = given

    def same(self, question: Question) -> bool:
        """The answer. Raises ``OpenQuestionError`` while there is none."""
        answer = self._given.get(question.id)
        if answer is None:
            raise OpenQuestionError(question)
        return answer
