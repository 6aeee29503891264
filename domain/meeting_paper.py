"""Who was at a meeting, as it stands on paper. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.meeting import CameBy, Coming, NamedGuest, Turnout
from domain.people import Role
from domain.registry import Registered, Registry


@dataclass(frozen=True, slots=True)
class CameLine:
    """Somebody who was there. ``instead_of`` is whose place they took, empty where they came for themselves; ``at`` is
    UTC."""

    name: str
    position: str
    place: str
    by: CameBy
    at: datetime
    instead_of: str = ""
    is_invited: bool = True


@dataclass(frozen=True, slots=True)
class MissedLine:
    """Somebody who was invited and did not come: what they had answered, and why not."""

    name: str
    position: str
    place: str
    coming: Coming | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class AttendancePaper:
    """The list of participants. ``item`` is its number, ``None`` without one; the people stand by places and names."""

    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    turnout: Turnout
    came: tuple[CameLine, ...]
    missed: tuple[MissedLine, ...]
    made_on: date
    zone: ZoneInfo
    item: int | None = None
    item_title: str = ""


def lines_of(guests: tuple[NamedGuest, ...], registry: Registry) -> tuple[tuple[CameLine, ...], tuple[MissedLine, ...]]:
    """Those who came, then those invited who did not; groups are nobody."""
    came: list[CameLine] = []
    missed: list[MissedLine] = []
    for one in guests:
        if one.guest.person_id is None:
            continue
        person = registry.person(one.guest.person_id)
        position, place = (person.position if person else ""), place_of(person, registry)
        if one.guest.came_at is not None:
            came.append(_came(one, position, place))
        else:
            missed.append(MissedLine(one.name, position, place, one.guest.coming, one.guest.why))
    return tuple(came), tuple(missed)


def _came(one: NamedGuest, position: str, place: str) -> CameLine:
    guest = one.guest
    assert guest.came_at is not None and guest.came_by is not None  # noqa: S101, PT018  who came, came somehow
    invited = guest.invited_at is not None
    if stand_in(one):
        return CameLine(guest.other, "", place, guest.came_by, guest.came_at, one.name, invited)
    return CameLine(one.name, position, place, guest.came_by, guest.came_at, is_invited=invited)


def stand_in(one: NamedGuest) -> str:
    """Who comes instead; empty where nobody does."""
    return one.guest.other if one.guest.coming is Coming.OTHER else ""


def place_of(person: Registered | None, registry: Registry) -> str:
    """Where somebody works for the project: their own school, else whatever they are answerable for first."""
    duties = person.duties if person else ()
    ordered = sorted(duties, key=lambda duty: duty.role is not Role.SCHOOL)
    return next((place for duty in ordered if (place := registry.place(duty))), "")
