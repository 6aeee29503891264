"""What loading a file would do: row by row, and as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.people import Duty
from domain.registry import Registered
from domain.registry_file import FileRow, Said
from domain.registry_file_people import WantedDuty
from domain.registry_file_places import Home, Place
from domain.registry_file_questions import Question


class Kind(StrEnum):
    """What a row comes to."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row, what it comes to, and why."""

    row: FileRow
    kind: Kind
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonWork:
    """What is to be done for one person: ``known`` is who they are, without it they are new.

    ``name`` and ``position`` are empty where they stay. Of ``responsible`` the duties are given already, or among
    ``duties``.
    """

    known: Registered | None
    name: str
    position: str
    duties: tuple[WantedDuty, ...]
    responsible: Mapping[WantedDuty, bool]

    @property
    def is_nothing(self) -> bool:
        """Whether all is as it should be."""
        return not (self.name or self.position or self.duties or self.responsible)


@dataclass(frozen=True, slots=True)
class Work:
    """What loading does."""

    homes: tuple[Home, ...] = ()
    schools: tuple[Place, ...] = ()
    respelled: Mapping[int, str] = field(default_factory=dict)
    people: tuple[PersonWork, ...] = ()
    addresses: Mapping[Place, str] = field(default_factory=dict)
    """Of schools of the registry and of new ones."""

    @property
    def is_nothing(self) -> bool:
        """Whether the registry is as the file says."""
        return not (self.homes or self.schools or self.respelled or self.people or self.addresses)

    @property
    def added(self) -> int:
        """How many people are new."""
        return sum(one.known is None for one in self.people)

    @property
    def changed(self) -> int:
        """How many people and schools of the registry are changed."""
        return len(self.people) - self.added + self.changed_schools

    @property
    def changed_schools(self) -> int:
        """How many schools of the registry are written otherwise, or are elsewhere."""
        return len({*self.respelled, *(one.id for one in self.addresses if one.id is not None)})


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole answer to a file. ``absent`` are the people it does not name, ``left`` duties that it does not name
    of people whom it does: both stay."""

    outcomes: tuple[Outcome, ...]
    questions: tuple[Question, ...]
    work: Work
    absent: tuple[Registered, ...] = ()
    left: tuple[tuple[Registered, Duty], ...] = ()

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows come to what."""
        return Counter(one.kind for one in self.outcomes)

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        """The rows that have to be put right before anything is loaded."""
        return tuple(one for one in self.outcomes if one.kind is Kind.WRONG)

    @property
    def is_ready(self) -> bool:
        """Whether it can be loaded."""
        return not self.wrong and not self.questions
