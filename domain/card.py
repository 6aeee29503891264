"""Cards with personal codes: who is called in by them, and what stands on one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.invite import Invitation
from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School, name_key

Home = tuple[Municipality | None, School | None]
_NOWHERE: Home = (None, None)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is called in: a school's team, a municipality's people, or with neither everybody."""

    municipality_id: int | None = None
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class CodeCard:
    """What one person is handed out; ``municipality`` and ``place`` are names and may be empty."""

    person: Registered
    municipality: str
    place: str
    invitation: Invitation


def absent(registry: Registry, whom: Whom) -> list[Registered]:
    """Those of them who have something to do and have not come in.

    In the order of municipalities, their schools and names; those who belong to no municipality come last.
    """
    found = [
        person for person in registry.people if person.duties and not person.has_come and _is_of(person, registry, whom)
    ]
    return sorted(found, key=lambda person: _order(home_of(registry, person)))


def _is_of(person: Registered, registry: Registry, whom: Whom) -> bool:
    municipalities, schools = _homes(registry, person)
    if whom.school_id is not None:
        return whom.school_id in schools
    return whom.municipality_id is None or whom.municipality_id in municipalities


def by_place(registry: Registry, people: Iterable[Registered]) -> tuple[Counter[int], Counter[int]]:
    """How many of them are of each municipality and of each school, by id."""
    municipalities: Counter[int] = Counter()
    schools: Counter[int] = Counter()
    for person in people:
        home, own = _homes(registry, person)
        municipalities.update(home)
        schools.update(own)
    return municipalities, schools


def _homes(registry: Registry, person: Registered) -> tuple[set[int], set[int]]:
    homes = [_home(registry, duty) for duty in person.duties]
    return {one.id for one, _ in homes if one}, {one.id for _, one in homes if one}


def _order(home: Home) -> tuple[bool, str, str]:
    municipality, school = (name_key(place.name) if place else "" for place in home)
    return not municipality, municipality, school


def home_of(registry: Registry, person: Registered) -> Home:
    """Where a person is at home: their own school, or the municipality they answer for. A curator is nowhere."""
    homes = [_home(registry, duty) for duty in person.duties]
    return next((home for home in homes if home != _NOWHERE), _NOWHERE)


def _home(registry: Registry, duty: Duty) -> Home:
    school = registry.school(duty.school_id) if duty.role is Role.SCHOOL else None
    return registry.municipality(school.municipality_id if school else duty.municipality_id), school


def card_of(registry: Registry, person: Registered, invitation: Invitation) -> CodeCard:
    """A person's card: with their own school, or else with all the places that they answer for."""
    municipality, school = home_of(registry, person)
    home = municipality.name if municipality else ""
    places = [school.name] if school else [registry.place(duty) for duty in person.duties]
    return CodeCard(person, home, ", ".join(one for one in dict.fromkeys(places) if one not in ("", home)), invitation)
