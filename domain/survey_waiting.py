"""Who has not answered a survey: with whom to phone, and what they have heard of it already. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.contact import Contact, Phonebook
from domain.debtor import Debtor
from domain.people import Duty, Role
from domain.registry import Registered, Registry, called, name_key
from domain.roadmap import OwedBy
from domain.survey import Party, Respondent
from domain.survey_count import AskedDays, Group, Places, Silence, Split


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of those who have not answered: who ``began`` (``None`` where nobody may know), who is ``silent``
    and why, how often each person was reminded."""

    began: frozenset[Respondent] | None
    silent: Mapping[Respondent, Silence]
    reminded: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has not answered. ``places`` are the schools or municipalities by which they are asked, ``contacts``
    those to phone besides themselves."""

    respondent: Respondent
    name: str
    position: str
    roles: tuple[Role, ...]
    places: tuple[Group, ...]
    began: bool | None
    silence: Silence | None
    reminded: int
    contacts: tuple[Contact, ...]


def waiting(
    asked: AskedDays, places: Places, registry: Registry, book: Phonebook, known: Known, names: Mapping[int, str]
) -> list[Waiting]:
    """They, by places and names. ``names`` are of people who are not in the registry any more."""
    found = [_waiting(one, places, registry, book, known, names) for one, day in asked.items() if day is None]
    return sorted(found, key=lambda one: ([places.order(group) for group in one.places[:1]], name_key(one.name)))


def _waiting(
    one: Respondent, places: Places, registry: Registry, book: Phonebook, known: Known, names: Mapping[int, str]
) -> Waiting:
    duties, groups = places.duties(one), sorted(places.groups(one, Split.SCHOOL), key=places.order)
    is_begun = None if known.began is None else one in known.began
    if one.party is Party.SCHOOL:
        school = registry.school(one.id)
        people = [person.id for person in registry.team(one.id)]
        name, position, contacts = ("" if school is None else school.name), "", book.of(Debtor(OwedBy.SCHOOL, one.id))
    else:
        person, people = places.person(one), [one.id]
        name = called(names.get(one.id, "") if person is None else person.name, one.id)
        position = "" if person is None else person.position
        contacts = () if person is None else besides(person, duties, book)
    reminded = max((known.reminded.get(person_id, 0) for person_id in people), default=0)
    roles = tuple(sorted({duty.role for duty in duties}, key=list(Role).index))
    return Waiting(one, name, position, roles, tuple(groups), is_begun, known.silent.get(one), reminded, contacts)


def besides(person: Registered, duties: Collection[Duty], book: Phonebook) -> tuple[Contact, ...]:
    """Whom to phone about somebody: of a school's team whoever is responsible for it, and who stands in for those who
    are away."""
    own = called(person.name, person.id)
    found: dict[Contact, None] = {}
    for duty in duties:
        match duty:
            case Duty(role=Role.SCHOOL, school_id=int() as school):
                near = book.of(Debtor(OwedBy.SCHOOL, school))
            case Duty(role=Role.CURATOR):
                near = book.of(Debtor(OwedBy.CURATOR, person.id))
            case Duty(role=Role.MUNICIPAL, municipality_id=int() as home):
                near = tuple(one for one in book.of(Debtor(OwedBy.MUNICIPALITY, home)) if one.instead_of == own)
            case _:
                near = ()
        found |= dict.fromkeys(one for one in near if one.name != own)
    return tuple(found)
