"""Who has come in and who has not: schools without anybody, people without an account, a consent, a working chat."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.access import Reach
from domain.people import Duty, Role
from domain.registry import Registered, Registry, School, called, name_key


class Gap(StrEnum):
    """What is wanting: of a school, then of a person."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    NO_RESPONSIBLE = "no-responsible"
    NO_CURATOR = "no-curator"
    NOT_COME = "not-come"
    NOT_AGREED = "not-agreed"
    BLOCKED = "blocked"

    @property
    def is_of_people(self) -> bool:
        """Whether people are listed under it, not schools."""
        return self in (Gap.NOT_COME, Gap.NOT_AGREED, Gap.BLOCKED)


@dataclass(frozen=True, slots=True)
class Missing:
    """A line of a list for phoning: a school with its municipality and how many of its team are ``registered``, or a
    person with what they are and where."""

    id: int
    name: str
    place: str
    position: str = ""
    registered: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Totals of what is seen, and the lists. ``covered`` are schools of which somebody has come in, ``agreed`` people
    who have come in and agreed, whatever became of their chat."""

    schools: int = 0
    covered: int = 0
    people: int = 0
    come: int = 0
    agreed: int = 0
    gaps: Mapping[Gap, tuple[Missing, ...]] = field(default_factory=dict)

    def of(self, gap: Gap) -> tuple[Missing, ...]:
        """The list of what is wanting; a school may stand in several."""
        return self.gaps.get(gap, ())


def coverage(registry: Registry, seen: Reach, blocked: Collection[int]) -> Coverage:
    """Who of what a right reaches is wanting. ``blocked`` are the people whose every chat is blocked.

    People are seen by any of their duties; whoever has none is seen by who sees everything. Schools are in the order of
    municipalities and names, people in that of their places, so that one call serves a school.
    """
    schools = _in_order(registry, seen)
    people = [(person, duties) for person in registry.people if (duties := _seen(person, registry, seen)) is not None]
    come = [(person, duties) for person, duties in people if person.has_come]
    gaps = _of_schools(registry, schools)
    wanting = {
        Gap.NOT_COME: [one for one in people if not one[0].has_come],
        Gap.NOT_AGREED: [one for one in come if not one[0].has_agreed],
        Gap.BLOCKED: [one for one in come if one[0].id in blocked],
    }
    for gap, found in wanting.items():
        lines = [_of_person(registry, person, duties) for person, duties in found]
        gaps[gap] = tuple(sorted(lines, key=lambda line: name_key(line.place)))
    agreed = sum(person.has_agreed for person, _ in come)
    return Coverage(len(schools), len(schools) - len(gaps[Gap.EMPTY]), len(people), len(come), agreed, gaps)


def _in_order(registry: Registry, seen: Reach) -> list[School]:
    place = {one.id: number for number, one in enumerate(registry.municipalities)}
    return sorted(seen.among(registry.schools), key=lambda school: place[school.municipality_id])


def _seen(person: Registered, registry: Registry, seen: Reach) -> tuple[Duty, ...] | None:
    """Those of a person's duties that are seen; ``None`` where the person is not."""
    if seen.everything:
        return person.duties
    return tuple(one for one in person.duties if _covers(registry, seen, one)) or None


def _covers(registry: Registry, seen: Reach, duty: Duty) -> bool:
    school = registry.school(duty.school_id)
    return duty.municipality_id in seen.municipalities or (school is not None and seen.covers(school))


def _of_schools(registry: Registry, schools: list[School]) -> dict[Gap, tuple[Missing, ...]]:
    held = [duty for person in registry.people for duty in person.duties]
    teams = Counter(duty.school_id for duty in held if duty.role is Role.SCHOOL)
    led = {duty.school_id for duty in held if duty.role is Role.SCHOOL and duty.responsible}
    curated = {duty.school_id for duty in held if duty.role is Role.CURATOR}
    empty = {school.id for school in registry.uncovered()}
    homes = {one.id: one.name for one in registry.municipalities}
    lines = [Missing(one.id, one.name, homes[one.municipality_id], registered=teams[one.id]) for one in schools]
    return {
        Gap.EMPTY: tuple(line for line in lines if line.id in empty),
        Gap.UNKNOWN: tuple(line for line in lines if not line.registered),
        Gap.NO_RESPONSIBLE: tuple(line for line in lines if line.id not in led),
        Gap.NO_CURATOR: tuple(line for line in lines if line.id not in curated),
    }


def _of_person(registry: Registry, person: Registered, duties: tuple[Duty, ...]) -> Missing:
    place = next((found for duty in duties if (found := registry.place(duty))), "")
    return Missing(person.id, called(person.name, person.id), place, person.position)
