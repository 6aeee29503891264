"""What passes from one person to another, and who may take over."""

from collections.abc import Iterable, Mapping

from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Registered, Registry


def passing(held: Mapping[int, Duty], duty_id: int | None) -> dict[int, Duty]:
    """What is to pass on, by the id of its row: everything, or the one duty. Raises ``Refusal`` where it is no more."""
    moved = {row: duty for row, duty in held.items() if duty_id in (None, row)}
    if not moved:
        raise Refusal("replacement.nothing-left")
    return moved


def likely_heirs(registry: Registry, former_id: int, duties: Iterable[Duty]) -> list[Registered]:
    """Whoever is offered first: of a school its own team, otherwise those who do the same work; in the same place
    before elsewhere."""
    moved = list(duties)
    near = [(max((_nearness(own, one) for own in moved), default=0), one) for one in registry.people]
    return [one for wanted in (2, 1) for nearness, one in near if nearness == wanted and one.id != former_id]


def _nearness(own: Duty, other: Registered) -> int:
    return max((_alike(own, duty) for duty in other.duties if duty.role is own.role), default=0)


def _alike(own: Duty, other: Duty) -> int:
    mine = own.school_id, own.municipality_id, own.organisation
    if mine == (other.school_id, other.municipality_id, other.organisation):
        return 2
    return 0 if own.role is Role.SCHOOL else 1
