"""Who may stand in for a person: the nearest in their work first."""

from domain.people import Duty, Role
from domain.registry import Registered, Registry

_TOO_FAR = 3
_REGION = frozenset({Role.ORGANISER, Role.MUNICIPAL, Role.CURATOR})


def possible_deputies(registry: Registry, person_id: int) -> list[Registered]:
    """Whoever does the same work in the same place, then the coordinators, then, for a coordinator, everybody of the
    region. Only people who have come in and agreed.
    """
    person = registry.person(person_id)
    if person is None:
        return []
    others = [one for one in registry.people if one.id != person_id and one.has_come and one.has_agreed]
    near = [(_nearness(person, one), one) for one in others]
    return [one for wanted in range(_TOO_FAR) for nearness, one in near if nearness == wanted]


def _nearness(person: Registered, other: Registered) -> int:
    if any(_same_work(own, duty) for own in person.duties for duty in other.duties):
        return 0
    roles = {duty.role for duty in other.duties}
    if Role.COORDINATOR in roles:
        return 1
    is_coordinator = any(duty.role is Role.COORDINATOR for duty in person.duties)
    return 2 if is_coordinator and roles & _REGION else _TOO_FAR


def _same_work(own: Duty, other: Duty) -> bool:
    """The same role; of a school its own team, of a municipality or an organisation its own people."""
    same_place = own.municipality_id == other.municipality_id and own.organisation == other.organisation
    same_school = own.role is not Role.SCHOOL or own.school_id == other.school_id
    return own.role is other.role and same_place and same_school
