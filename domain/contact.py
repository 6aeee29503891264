"""Whom to phone about somebody's work: the responsible people, or who stands in for them today."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from domain.debtor import Debtor
from domain.people import Duty, Role
from domain.registry import Registered, Registry, called
from domain.roadmap import OwedBy


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to phone; ``instead_of`` is whom they stand in for, empty where it is their own work."""

    name: str
    position: str = ""
    instead_of: str = ""


class Phonebook:
    """Everybody by what they are answerable for; made once for many to be looked up."""

    def __init__(self, registry: Registry, away: Mapping[int, int]) -> None:
        """``away`` says who carries whose duties today (``domain/leave.py``)."""
        self._registry = registry
        self._away = away
        self._people: dict[Debtor, list[Registered]] = defaultdict(list)
        self._led: dict[Debtor, list[Registered]] = defaultdict(list)
        self._organisers: dict[str, list[Registered]] = defaultdict(list)
        for person in registry.people:
            for duty in person.duties:
                self._enter(person, duty)

    def _enter(self, person: Registered, duty: Duty) -> None:
        match duty:
            case Duty(role=Role.SCHOOL, school_id=int() as school):
                known = self._led if duty.responsible else self._people
                known[Debtor(OwedBy.SCHOOL, school)].append(person)
            case Duty(role=Role.MUNICIPAL, municipality_id=int() as municipality):
                self._people[Debtor(OwedBy.MUNICIPALITY, municipality)].append(person)
            case Duty(role=Role.CURATOR) if person.id in self._away:
                own = self._people[Debtor(OwedBy.CURATOR, person.id)]
                own[:] = [person]
            case Duty(role=Role.ORGANISER):
                self._organisers[duty.organisation].append(person)

    def of(self, debtor: Debtor) -> tuple[Contact, ...]:
        """Of a school the one responsible, or the team where nobody is; of a municipality its coordinators; of a
        curator the deputy, where they are away: otherwise they are named already."""
        return tuple(self._contact(one) for one in self._led.get(debtor) or self._people.get(debtor, []))

    def of_organisation(self, code: str) -> tuple[Contact, ...]:
        """The people of one of the organisations."""
        return tuple(self._contact(one) for one in self._organisers.get(code, ()))

    def _contact(self, person: Registered) -> Contact:
        deputy = self._registry.person(self._away[person.id]) if person.id in self._away else None
        if deputy is None:
            return Contact(called(person.name, person.id), person.position)
        return Contact(called(deputy.name, deputy.id), deputy.position, called(person.name, person.id))
